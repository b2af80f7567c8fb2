import { type Context, Refusal } from '../../kernel/index.ts'
import type { PersonId } from '../types.ts'
import { findOpeningInForce } from './opening-store.ts'

/** How long an approved opening, or one in an emergency, lets the record be read. */
export const OPENING_hours = 24

/**
 * A protected record opens to who asked and was approved by a second person, or broke the glass,
 * within the last 24 hours. The program and its operator need no second person.
 */
export async function requireOpening(
  context: Pick<Context, 'tx' | 'actor' | 'now' | 'flag'>,
  personId: PersonId,
): Promise<void> {
  const { tx, actor, now } = context
  if (actor.kind === 'system' || actor.kind === 'operator') return
  const opening = await findOpeningInForce(tx, personId, { by: actor.id, now })
  if (opening === undefined) throw new Refusal('person.protected')
  context.flag(opening.breakGlass ? 'break-glass' : 'protected')
}
