import { Type } from 'typebox'
import { command, type PlainDay, Refusal } from '../../kernel/index.ts'
import { ActInput, KEEPING } from '../act.ts'
import { type Revision, revision } from '../facts.ts'
import { reviseHouseholds } from '../household/fact-store.ts'
import { laterThan } from '../household/facts.ts'
import { writeSearchRow } from '../search/search-row.ts'
import type { ActId, FactKind } from '../types.ts'
import { endHeadship, householdsOf, restoreHeadship } from './headship.ts'
import { findOn, firstDay, lastValue, type OwnedFact, reversalOf } from './revisions.ts'
import { record, type Subject, takeSubjects } from './subject.ts'
import { linkDuplicate, listHistoryOf } from './subject-store.ts'

const NumberText = Type.String({ minLength: 1, maxLength: 40 })

/** What two records of one person would say twice; it is the survivor's from now on. */
const HELD_ONCE: ReadonlySet<FactKind> = new Set<FactKind>([
  'permanent',
  'temporary',
  'current',
  'absence',
  'household',
])

/**
 * One person was recorded twice: the duplicate points to the record that remains. All its facts
 * stay, its numbers find the survivor; only where it lives ends today, until it is unmerged.
 */
export const mergePersons = command({
  name: 'person.merge',
  ...KEEPING,
  input: Type.Object(
    { act: ActInput, duplicate: NumberText, survivor: NumberText },
    { additionalProperties: false },
  ),
  async run(input, context) {
    const { tx, today, concerns, emit } = context
    const { subjects, at } = await takeSubjects(context, [input.duplicate, input.survivor], {
      deceased: 'all',
      area: 'all',
    })
    const [duplicate, survivor] = subjects as [Subject, Subject]
    if (duplicate.personId === survivor.personId) throw new Refusal('person.same')
    const households = householdsOf(duplicate.believed, today)
    const heads = await endHeadship(tx, duplicate.personId, { households, day: today })
    if (heads.headless.length > 0) throw new Refusal('household.head-required')
    const merged = revision({
      personId: duplicate.personId,
      kind: 'merged',
      from: firstDay(duplicate.believed) ?? today,
      value: { into: survivor.personId },
    })
    const revisions = [merged, ...ended(duplicate.believed, today)]
    const later = laterThan(heads.believed, at)
    const actId = await record(context, revisions, { act: input.act, basis: KEEPING, at: later })
    await reviseHouseholds(tx, heads.revisions, { actId, at: later })
    linkDuplicate(tx, survivor.personId, duplicate.personId)
    await writeSearchRow(context, duplicate.personId)
    for (const { personId } of subjects) concerns(personId, ['merged'])
    const { personId } = duplicate
    emit('person.merged', personId, { personId, into: survivor.personId })
    return { number: lastValue(survivor.believed, 'number') ?? null }
  },
})

function ended(believed: readonly OwnedFact[], day: PlainDay): Revision[] {
  return believed
    .filter((fact) => HELD_ONCE.has(fact.kind) && (fact.to === null || fact.to > day))
    .map(({ personId, kind, key, from, to }): Revision => {
      return { personId, kind, key, from: from > day ? from : day, to, value: null }
    })
}

/** They are two persons after all: the record stands for itself again, as it was. */
export const unmergePersons = command({
  name: 'person.unmerge',
  ...KEEPING,
  input: Type.Object({ act: ActInput, duplicate: NumberText }, { additionalProperties: false }),
  async run(input, context) {
    const { tx, today, concerns, emit } = context
    const { subjects, at } = await takeSubjects(context, [input.duplicate], {
      deceased: 'all',
      merged: true,
    })
    const { personId, believed } = subjects[0] as Subject
    const merged = findOn(believed, { kind: 'merged', key: '' }, today)
    if (merged === undefined) throw new Refusal('person.not-merged')
    const history = await listHistoryOf(tx, [personId])
    const kinds = history.filter((fact) => HELD_ONCE.has(fact.kind))
    const { restored } = reversalOf(kinds, new Set<ActId>([merged.actId]))
    const { from, to } = merged
    const gone: Revision = { personId, kind: 'merged', key: '', from, to, value: null }
    const homes = await restoreHeadship(tx, personId, new Set<ActId>([merged.actId]))
    const later = laterThan(homes.believed, at)
    const by = { act: input.act, basis: KEEPING, at: later }
    const actId = await record(context, [gone, ...restored], by)
    await reviseHouseholds(tx, homes.revisions, { actId, at: later })
    await writeSearchRow(context, personId)
    concerns(personId, ['merged'])
    const { into } = merged.value as { readonly into: string }
    concerns(into, ['merged'])
    emit('person.unmerged', personId, { personId, from: into })
    return { number: lastValue(believed, 'number') ?? null }
  },
})
