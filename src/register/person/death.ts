import { isDeepStrictEqual } from 'node:util'
import { Type } from 'typebox'
import {
  type CommandContext,
  command,
  earliest,
  type Instant,
  latest,
  type PlainDay,
  Refusal,
} from '../../kernel/index.ts'
import { ActInput, CIVIL_REGISTRATION, PartialDayText } from '../act.ts'
import { requireUnits } from '../area.ts'
import { type Revision, revision } from '../facts.ts'
import { reviseHouseholds } from '../household/fact-store.ts'
import { laterThan } from '../household/facts.ts'
import { writeSearchRow } from '../search/search-row.ts'
import type { ActId, Death, PersonId, Place } from '../types.ts'
import { checkedField, unitsOf } from './check.ts'
import { actsOfDeath, closingDay, closings, relativeOf, reopenings, tiedTo } from './death-rules.ts'
import { PlaceInput } from './fields.ts'
import { endHeadship, householdsOf, restoreHeadship } from './headship.ts'
import { findOn, lastValue, type OwnedFact } from './revisions.ts'
import { record, type Subject, takePersons, takeSubjects } from './subject.ts'
import { listHistoryOf } from './subject-store.ts'

const DeathInput = Type.Object(
  {
    act: ActInput,
    number: Type.String({ minLength: 1, maxLength: 40 }),
    /** The day of death, or the one a court names for a disappearance; perhaps partial. */
    on: PartialDayText,
    place: Type.Optional(PlaceInput),
  },
  { additionalProperties: false },
)
type DeathInput = { act: ActInput; number: string; on: string; place?: Place }

/** Registers a death: the record is closed, and what cannot outlive a person ends that day. */
export const registerDeath = command({
  name: 'death.register',
  ...CIVIL_REGISTRATION,
  input: DeathInput,
  run: (input, context) => declare(context, input as DeathInput, 'death'),
})

/** A court declares someone missing: residence and membership end, marriage and number do not. */
export const registerDisappearance = command({
  name: 'disappearance.register',
  ...CIVIL_REGISTRATION,
  input: DeathInput,
  run: (input, context) => declare(context, input as DeathInput, 'disappearance'),
})

async function declare(
  context: CommandContext,
  input: DeathInput,
  kind: Death['kind'],
): Promise<{ number: string | null; on: string }> {
  const { tx, kernel, today, concerns, emit } = context
  const { subjects } = await takeSubjects(context, [input.number], { deceased: 'all' })
  const { believed, personId } = subjects[0] as Subject
  const before = findOn(believed, { kind: 'death', key: '' }, today)?.value as Death | undefined
  if (before !== undefined && (kind === 'disappearance' || before.kind === 'death')) {
    throw new Refusal('death.already-registered')
  }
  const death = { on: input.on, kind, ...(input.place && { place: input.place }) } as Death
  const day = checkedDeath(context, death, believed)
  const wishes = unitsOf('death', death, { today, from: earliest(death.on), to: null })
  await requireUnits(context, wishes)
  // Named before anything more is checked: whom a refused attempt concerned sees it.
  const tied = tiedTo(believed, kind, day)
  for (const other of tied) concerns(other, ['marital', 'representative'])
  const taken = await takePersons(context, [personId, ...tied])
  const [own, ...others] = taken.subjects
  const facts = { own: own?.believed ?? [], others: others.flatMap((other) => other.believed) }
  const households = householdsOf(facts.own, day)
  const heads = await endHeadship(tx, personId, { households, day })
  const at = laterThan(heads.believed, taken.at)
  const revisions = [
    revision({ personId, kind: 'death', from: day, value: death }),
    ...closings(kernel.profile, { personId, kind, day }, facts),
  ]
  const actId = await record(context, revisions, { act: input.act, basis: CIVIL_REGISTRATION, at })
  await reviseHouseholds(tx, heads.revisions, { actId, at })
  await writeSearchRow(context, personId)
  concerns(personId, ['death'])
  emit(`${kind}.registered`, personId, { personId })
  for (const householdId of heads.headless) {
    emit('household.head-lost', householdId, { householdId })
  }
  return { number: lastValue(believed, 'number') ?? null, on: death.on }
}

/** The closing day of a death that can be: it has come, and not before the birth. */
function checkedDeath(
  { today, kernel: { profile } }: CommandContext,
  death: Death,
  believed: readonly OwnedFact[],
): PlainDay {
  checkedField(profile, { kind: 'death', value: { on: death.on, ...place(death) } }, today)
  const birth = lastValue(believed, 'birth')
  if (birth !== undefined && latest(death.on) < earliest(birth.on)) {
    throw new Refusal('death.before-birth')
  }
  return closingDay(death.on, believed, today)
}

const place = ({ place: at }: Death) => (at === undefined ? {} : { place: at })

/** Someone declared dead or missing is alive: what the declaration closed is opened again. */
export const reverseDeath = command({
  name: 'death.reverse',
  ...CIVIL_REGISTRATION,
  input: Type.Object(
    { act: ActInput, number: Type.String({ minLength: 1, maxLength: 40 }) },
    { additionalProperties: false },
  ),
  async run(input, context) {
    const { tx, concerns, emit, today } = context
    const { subjects } = await takeSubjects(context, [input.number], { deceased: 'all' })
    const { believed, personId } = subjects[0] as Subject
    const death = findOn(believed, { kind: 'death', key: '' }, today)?.value as Death | undefined
    if (death === undefined) throw new Refusal('death.not-registered')
    const own = await listHistoryOf(tx, [personId])
    const acts = actsOfDeath(own, death.kind)
    const ties = own.filter((fact) => fact.supersededBy !== null && acts.has(fact.supersededBy))
    const relatives = [...new Set(ties.flatMap((tie) => relativeOf(tie) ?? []))]
    for (const relative of relatives) concerns(relative, ['marital', 'representative'])
    const taken = await takePersons(context, [personId, ...relatives])
    const history = [...own, ...(await listHistoryOf(tx, relatives))]
    const revisions = reopenings(history, personId, death.kind)
    const heads = await restoreHeadship(tx, personId, acts)
    const at = laterThan(heads.believed, taken.at)
    const by = { act: input.act, basis: CIVIL_REGISTRATION, at }
    const actId = await record(context, revisions, by)
    await reviseHouseholds(tx, heads.revisions, { actId, at })
    await writeSearchRow(context, personId)
    concerns(personId, ['death'])
    emit('death.reversed', personId, { personId, kind: death.kind })
    return { number: numberOf(revisions, personId) ?? lastValue(believed, 'number') ?? null }
  },
})

const numberOf = (revisions: readonly Revision[], personId: PersonId): string | undefined =>
  revisions.find((one) => one.kind === 'number' && one.personId === personId)?.value as
    | string
    | undefined

/** Another day or place of a death that stays registered: what it closed moves with its day. */
export async function correctDeath(
  context: CommandContext,
  { believed, personId }: Subject,
  corrected: Pick<Death, 'on' | 'place'>,
): Promise<{ readonly revisions: readonly Revision[]; readonly at: Instant }> {
  const { tx, kernel, today } = context
  const row = findOn(believed, { kind: 'death', key: '' }, today)
  if (row === undefined) throw new Refusal('death.not-registered')
  const before = row.value as Death
  const death: Death = { ...corrected, kind: before.kind }
  if (isDeepStrictEqual(death, before)) throw new Refusal('fact.nothing-changed', { kind: 'death' })
  const day = checkedDeath(context, death, believed)
  const own = await listHistoryOf(tx, [personId])
  const acts = actsOfDeath(own, death.kind)
  const ties = own.filter(
    (fact) =>
      relativeOf(fact) !== undefined &&
      (fact.supersededAt === null || acts.has(fact.supersededBy as ActId)),
  )
  const relatives = [...new Set(ties.flatMap((tie) => relativeOf(tie) ?? []))]
  for (const relative of relatives) context.concerns(relative, ['marital', 'representative'])
  const taken = await takePersons(context, [personId, ...relatives])
  const history = [...own, ...(await listHistoryOf(tx, relatives))]
  const declared = revision({ personId, kind: 'death', from: day, to: row.to, value: death })
  if (day <= row.from) {
    const facts = history.filter((fact) => fact.supersededAt === null)
    const split = {
      own: facts.filter((fact) => fact.personId === personId && fact.kind !== 'death'),
      others: facts.filter((fact) => fact.personId !== personId),
    }
    const at = taken.at
    const ended = closings(kernel.profile, { personId, kind: death.kind, day }, split)
    return { at, revisions: [declared, ...ended] }
  }
  const again = reopenings(history, personId, death.kind).filter((one) => one.kind !== 'death')
  const until = again.flatMap((one) => {
    const to = one.to == null || one.to > day ? day : one.to
    return one.from < to ? [{ ...one, to }] : []
  })
  const undeclared = revision({ personId, kind: 'death', from: row.from, to: day, value: null })
  return { at: taken.at, revisions: [undeclared, declared, ...until] }
}
