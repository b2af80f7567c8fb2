import { Type } from 'typebox'
import {
  type CommandContext,
  command,
  type PlainDay,
  plainDay,
  Refusal,
} from '../../kernel/index.ts'
import { actOf, Day, KEEPING } from '../act.ts'
import { insertAct } from '../act-store.ts'
import { type Revision, revision } from '../facts.ts'
import { listBelievedOfHouseholds, reviseHouseholds } from '../household/fact-store.ts'
import { householdRevision, laterThan } from '../household/facts.ts'
import { takePersons, writeFacts } from '../person/subject.ts'
import { writeSearchRows } from '../search/search-row.ts'
import type { FactKind, Residence, UnitId } from '../types.ts'
import { endedUnits } from './concordance.ts'
import type { UnitDirectory } from './directory.ts'
import {
  findLastPass,
  insertPass,
  insertReviews,
  insertStep,
  listHouseholdsAfter,
  listPersonsAfter,
  listResidents,
  lockRecoding,
  type NewReview,
  type Pass,
  type Step,
  sumOfPass,
} from './recode-store.ts'
import { laterOf } from './types.ts'
import { unitsOf } from './units.ts'

/** Persons or households that one step goes over. */
const PAGE_ROWS = 1_000
const RESIDENCES: ReadonlySet<FactKind> = new Set(['permanent', 'temporary', 'current'])

export interface Recoded {
  readonly done: boolean
  readonly phase: 'persons' | 'households'
  /** Persons and households whose residence was moved in this pass, and reviews it opened. */
  readonly revised: number
  readonly reviews: number
}

/** What became of the units that ended on a day. */
interface Ending {
  readonly on: PlainDay
  /** The unit each went into as a whole; null: it was split, or nobody knows. */
  readonly into: ReadonlyMap<UnitId, UnitId | null>
}

/**
 * One step of moving residences from the units that ended on a day to the units they went into.
 * It goes over the whole register, a page at a time, and the next call goes on where the last one
 * committed: whoever lives in a unit that was split, or joined to nothing, gets a review instead.
 */
export const recodeUnits = command({
  name: 'unit.recode',
  input: Type.Object({ on: Day }, { additionalProperties: false }),
  ...KEEPING,
  async run(input, context): Promise<Recoded> {
    const { tx, now, requireArea } = context
    requireArea(['nation'])
    const on = plainDay(input.on)
    if (on > context.today) throw new Refusal('fact.in-future', { field: 'on' })
    const ending = endingOf(await unitsOf(context), on)
    await lockRecoding(tx)
    const last = await findLastPass(tx, ending.on)
    const pass =
      last !== undefined && last.phase !== 'done' ? last : await newPass(context, ending.on)
    const step =
      pass.phase === 'persons'
        ? await recodePersons(context, pass, ending)
        : await recodeHouseholds(context, pass, ending)
    await insertStep(tx, pass, { ...step, at: now })
    const sum = await sumOfPass(tx, pass.recodeId)
    const phase = pass.phase === 'persons' ? 'persons' : 'households'
    return { done: step.phase === 'done', phase, ...sum }
  },
})

function endingOf(directory: UnitDirectory, on: PlainDay): Ending {
  const ended = endedUnits(directory, on)
  const into = new Map(ended.map((unit) => [unit, directory.wholeSuccessorOf(unit) ?? null]))
  // Without a concordance everybody would go to review.
  if (![...into.values()].some((successor) => successor !== null)) {
    throw new Refusal('unit.not-joined', { day: on })
  }
  return { on, into }
}

async function newPass(context: CommandContext, on: PlainDay): Promise<Pass> {
  const { tx, now } = context
  const act = actOf({ kind: 'decision', decidedOn: on }, context, KEEPING.legalBasis)
  const actId = await insertAct(tx, { ...act, kind: 'unit-recode' }, now)
  return insertPass(tx, { on, actId, at: now })
}

async function recodePersons(context: CommandContext, pass: Pass, ending: Ending): Promise<Step> {
  const { tx, emit, concerns } = context
  const page = await listPersonsAfter(tx, pass.lastId, PAGE_ROWS)
  const lastId = page.at(-1) ?? null
  const units = [...ending.into.keys()]
  const residents = await listResidents(tx, page, { units, on: ending.on })
  const revisions: Revision[] = []
  const reviews: NewReview[] = []
  const { subjects, at } = await takePersons(context, residents)
  for (const { personId, believed } of subjects) {
    for (const fact of believed) {
      if (!RESIDENCES.has(fact.kind)) continue
      const value = fact.value as Residence
      const moved = movedOf({ ...fact, value }, ending)
      if (moved === null) continue
      if (moved.value === null) reviews.push({ personId, kind: fact.kind, unit: value.unit })
      else {
        const kind = fact.kind as 'permanent'
        revisions.push(revision({ personId, kind, ...moved, value: moved.value }))
        concerns(personId, [fact.kind])
      }
    }
  }
  await writeFacts(tx, revisions, { actId: pass.actId, at })
  const moved = [...new Set(revisions.map((one) => one.personId))]
  await writeSearchRows(context, moved)
  const opened = await insertReviews(tx, reviews, at)
  if (moved.length > 0) emit('residences.recoded', pass.recodeId, { persons: moved })
  const phase = page.length < PAGE_ROWS ? 'households' : 'persons'
  const next = phase === 'persons' ? lastId : null
  return { phase, lastId: next, revised: moved.length, reviews: opened }
}

async function recodeHouseholds(
  { tx, now }: CommandContext,
  pass: Pass,
  ending: Ending,
): Promise<Step> {
  const page = await listHouseholdsAfter(tx, pass.lastId, PAGE_ROWS)
  const facts = await listBelievedOfHouseholds(tx, page)
  const revisions = facts.flatMap((fact) => {
    if (fact.kind !== 'address') return []
    const moved = movedOf({ ...fact, value: fact.value as Residence }, ending)
    if (moved === null || moved.value === null) return []
    const { householdId } = fact
    return [householdRevision({ householdId, kind: 'address', ...moved, value: moved.value })]
  })
  await reviseHouseholds(tx, revisions, { actId: pass.actId, at: laterThan(facts, now) })
  const done = page.length < PAGE_ROWS
  const lastId = done ? null : (page.at(-1) ?? null)
  return { phase: done ? 'done' : 'households', lastId, revised: 0, reviews: 0 }
}

interface Held {
  readonly value: Residence
  readonly from: PlainDay
  readonly to: PlainDay | null
}

/** How a residence goes on from the day its unit ended; a null value: nobody can say. */
function movedOf(
  { value, from, to }: Held,
  { on, into }: Ending,
): { from: PlainDay; to: PlainDay | null; value: Residence | null } | null {
  const unit = into.get(value.unit)
  if (unit === undefined || (to !== null && to <= on)) return null
  const days = { from: laterOf(from, on), to }
  return { ...days, value: unit === null ? null : { ...value, unit } }
}
