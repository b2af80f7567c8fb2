import { type CommandContext, Refusal } from '../../kernel/index.ts'
import { areaOfUnit } from '../area.ts'
import { checkedNumber } from '../identifier/rules.ts'
import { listByNumbers } from '../identifier/store.ts'
import { requireOpening } from '../person/opening.ts'
import { isClosed, isMerged, isProtected, type Taken, takePersons } from '../person/subject.ts'
import type { PersonId, UnitId } from '../types.ts'

/**
 * The persons of some numbers, in their order; refuses a number nobody has, or one written twice.
 * They are named before anything is checked of them: who is refused is seen by whom it concerned.
 */
export async function personsByNumbers(
  { tx, kernel, concerns }: CommandContext,
  numbers: readonly string[],
): Promise<PersonId[]> {
  const wanted = numbers.map((text) => checkedNumber(kernel.profile, text, 'number'))
  if (new Set(wanted).size < wanted.length) throw new Refusal('person.same')
  const rows = await listByNumbers(tx, wanted)
  return wanted.map((number) => {
    const personId = rows.find((row) => row.number === number)?.personId
    if (personId === undefined) throw new Refusal('number.not-found')
    concerns(personId)
    return personId
  })
}

/**
 * Takes persons who come to the officer to be registered: the area that counts is the receiving
 * unit's, wherever they lived before (Law on Residence 68/2020, art. 22). Who has died, was merged,
 * or is protected and not opened, is refused.
 */
export async function takeComing(
  context: CommandContext,
  personIds: readonly PersonId[],
  receiving: UnitId | null,
): Promise<Taken> {
  for (const personId of personIds) context.concerns(personId)
  context.requireArea(await areaOfUnit(context, receiving))
  const taken = await takePersons(context, personIds)
  for (const { personId, believed } of taken.subjects) {
    if (isMerged(believed, context.today)) throw new Refusal('person.merged')
    if (isClosed(believed, context.today)) throw new Refusal('person.deceased')
    if (isProtected(believed, context.today)) await requireOpening(context, personId)
  }
  return taken
}
