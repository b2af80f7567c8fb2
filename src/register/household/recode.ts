import type { CommandContext, PlainDay } from '../../kernel/index.ts'
import type { ActId, HouseholdFactValues, PersonId, Residence, UnitId } from '../types.ts'
import { laterOf } from '../unit/types.ts'
import { listBelievedOfHouseholds, reviseHouseholds } from './fact-store.ts'
import { householdRevision, laterThan } from './facts.ts'
import { findHouseholdOf } from './store.ts'

/** Once it is known in which part of a split unit a head lives, the household lives there too. */
export async function moveAddressOfHead(
  { tx, today, now }: CommandContext,
  moved: {
    readonly personId: PersonId
    readonly unit: UnitId
    readonly successor: UnitId
    readonly on: PlainDay
    readonly actId: ActId
  },
): Promise<void> {
  const { personId, unit, successor, actId, on } = moved
  const own = await findHouseholdOf(tx, personId, { day: today, known: null })
  if (own === undefined) return
  const facts = await listBelievedOfHouseholds(tx, [own.householdId])
  const isHead = facts.some(
    (fact) => fact.kind === 'head' && fact.value === personId && fact.to === null,
  )
  if (!isHead) return
  const revisions = facts.flatMap(({ kind, value, householdId, from, to }) => {
    const address = value as HouseholdFactValues['address'] | string
    if (kind !== 'address' || typeof address === 'string') return []
    if (address.unit !== unit || (to !== null && to <= on)) return []
    const next: Residence = { ...address, unit: successor }
    return [householdRevision({ householdId, kind, from: laterOf(from, on), to, value: next })]
  })
  await reviseHouseholds(tx, revisions, { actId, at: laterThan(facts, now) })
}
