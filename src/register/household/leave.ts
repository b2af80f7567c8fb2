import { isDeepStrictEqual } from 'node:util'
import { type CommandContext, type Instant, type PlainDay, Refusal } from '../../kernel/index.ts'
import type { Revision } from '../facts.ts'
import { findOn } from '../person/revisions.ts'
import type { Subject } from '../person/subject.ts'
import type { ActId, FactValues, Residence } from '../types.ts'
import { reviseHouseholds } from './fact-store.ts'
import { laterThan } from './facts.ts'
import { dissolved, takeHousehold } from './taking.ts'

/** What leaving changes of the person, and of the household once the act is stored. */
export interface Leaving {
  readonly revisions: readonly Revision[]
  settle(actId: ActId, at: Instant): Promise<void>
}

const STAYS: Leaving = { revisions: [], settle: async () => {} }

/** Ends a membership on a day, for as long as it would have gone on. */
export function membershipEnding({ personId, believed }: Subject, on: PlainDay): Revision[] {
  const held = findOn(believed, { kind: 'household', key: '' }, on)
  if (held === undefined) return []
  return [{ personId, kind: 'household', from: on, to: held.to, value: null }]
}

/**
 * Whoever goes to live elsewhere leaves the household; the last one closes it behind them. A head
 * cannot leave while others stay: another is chosen first.
 */
export async function leaveHousehold(
  context: CommandContext,
  subject: Subject,
  { from, residence }: { readonly from: PlainDay; readonly residence: Residence | null },
): Promise<Leaving> {
  const held = findOn(subject.believed, { kind: 'household', key: '' }, from)
  if (held === undefined) return STAYS
  const { household: id } = held.value as FactValues['household']
  const household = await takeHousehold(context, id, from)
  if (residence !== null && isDeepStrictEqual(household.address, residence)) return STAYS
  const isAlone = household.members.every((member) => member.personId === subject.personId)
  if (household.head === subject.personId && !isAlone) throw new Refusal('household.head-required')
  return {
    revisions: membershipEnding(subject, from),
    async settle(actId, at) {
      const revisions = isAlone ? dissolved(household, from) : []
      await reviseHouseholds(context.tx, revisions, { actId, at: laterThan(household.facts, at) })
      context.emit('household.changed', id, { householdId: id })
    },
  }
}
