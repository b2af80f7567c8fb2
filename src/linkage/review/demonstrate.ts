import {
  type Actor,
  execute,
  findActorByLogin,
  insertActor,
  insertGrant,
  type Kernel,
  type Operator,
  plainDay,
  type Tx,
  todayOf,
  uuidv7,
} from '../../kernel/index.ts'
import { unitsOf } from '../../register/index.ts'
import { decideReview } from './commands.ts'
import { erringRows } from './demonstration-rows.ts'
import { type ScoredRow, scoreRows } from './demonstration-score.ts'
import {
  hasCases,
  listOpenCases,
  listSomebodies,
  type SomebodyWish,
} from './demonstration-store.ts'
import { putForReview } from './put.ts'
import type { Candidate, Cause, Decision, Reason, RowForReview } from './types.ts'

const ROLE = 'reviewer'
const PEOPLE = 1_600
const LISTED = 480
const CASES_most = 48
const SEED_each = 16
/** Of probability 99.9 %: from there on a machine would decide. */
const THRESHOLD_bits = 10
const MODEL = 'demonstration-1'

/** Two reviewers, and pairs of synthetic persons that a small check could not settle. */
export async function demonstrateReviews({ kernel }: Operator): Promise<void> {
  const reviewers = await kernel.database.transaction((tx) => ensureReviewers(tx, kernel))
  const people = await kernel.database.transaction(async (tx) =>
    (await hasCases(tx)) ? [] : listSomebodies(tx, await wishOf(tx, kernel)),
  )
  if (people.length < PEOPLE) return
  const rows = erringRows(kernel, people).slice(0, LISTED)
  const scored = await scoreRows(kernel, people, rows)
  const [lang = 'en'] = kernel.profile.languages
  const agency = { code: 'health-insurance', name: AGENCY[lang] }
  const checkId = uuidv7()
  const cases = scored.flatMap((one) => caseOf(one, { checkId, agency }))
  // Whose row it is, is known here: some pairs measure the reviewers.
  const own = new Map(rows.map(({ ref, personId }) => [ref, personId]))
  const put = evenly(cases, CASES_most).map((one, at) => {
    if (at % SEED_each !== 12) return one
    const isSame = one.candidates[0]?.personId === own.get(one.row)
    return { ...one, truth: isSame ? ('same' as const) : ('different' as const) }
  })
  await kernel.database.transaction((tx) => putForReview({ tx, kernel }, put))
  await decideSome(kernel, reviewers)
}

/** People of the two officers' places come first: what follows from reviews is theirs to do. */
async function wishOf(tx: Tx, kernel: Kernel): Promise<SomebodyWish> {
  const units = await unitsOf({ tx, kernel })
  const day = todayOf(kernel)
  const under = async (login: string): Promise<readonly string[]> => {
    const place = (await findActorByLogin(tx, login))?.unit ?? null
    if (place === null) return []
    return [place, ...[...units.rows()].map(({ id }) => id)].filter((id) =>
      units.pathOf(id, day).includes(place),
    )
  }
  const [first, then] = [await under('officer'), await under('supervisor')]
  return { day, limit: PEOPLE, first, then }
}

const AGENCY = {
  vi: 'Bảo hiểm y tế Minh Hoạ',
  en: 'Demonstration Health Insurance',
  fr: 'Assurance maladie de démonstration',
} as const

/** Accounts of two reviewers; the supervisor settles what they disagree on. */
async function ensureReviewers(tx: Tx, kernel: Kernel): Promise<readonly Actor[]> {
  const { profile } = kernel
  const [lang = 'en'] = profile.languages
  const title = profile.roles[ROLE]?.words[lang] ?? ROLE
  const reviewers: Actor[] = []
  for (const n of [1, 2]) {
    const login = `${ROLE}-${n}`
    const found = await findActorByLogin(tx, login)
    if (found !== undefined) {
      reviewers.push({ ...found, level: 2 })
      continue
    }
    const id = uuidv7()
    const body = profile.state.registerOffice[lang]
    const nobody = { unit: null, personId: null, agencyId: null }
    const actor = { id, kind: 'officer' as const, name: `${title} ${n}`, body, ...nobody }
    await insertActor(tx, { ...actor, login })
    const from = plainDay(profile.population.registerOpenedOn)
    await insertGrant(tx, { actorId: id, role: ROLE, unit: 'nation', from })
    const grants = [{ role: ROLE, unit: 'nation', from, to: null }]
    reviewers.push({ ...actor, level: 2, grants })
  }
  return reviewers
}

interface Source {
  readonly checkId: string
  readonly agency: { readonly code: string; readonly name: string }
}

function rowOf({ row, candidates, prior }: ScoredRow, source: Source): Omit<RowForReview, 'cause'> {
  const { claims } = row
  return {
    ...source,
    row: row.ref,
    unit: claims.resident_city === '' ? null : claims.resident_city,
    claims: Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== '')),
    model: MODEL,
    prior,
    threshold: THRESHOLD_bits,
    candidates,
  }
}

const LIKELY = 0.1
const CERTAIN = 0.999
/** Bits between two candidates below which neither is clearly the one. */
const CLOSE_bits = 5

/** Whether a row is one that persons must settle, and why. */
function caseOf(scored: ScoredRow, source: Source): readonly RowForReview[] {
  const [best, second] = scored.candidates
  if (best === undefined || best.probability < LIKELY) return []
  const cause = causeOf(best, second)
  return cause === null ? [] : [{ ...rowOf(scored, source), cause }]
}

function causeOf(best: Candidate, second: Candidate | undefined): Cause | null {
  if (second !== undefined && best.weight - second.weight < CLOSE_bits) return 'ambiguous'
  if (best.probability < CERTAIN) return 'probable'
  const differs = best.fields.some(({ level }) => level === 'different')
  return differs ? 'mismatch' : null
}

/** So many of a list, from all of it. */
const evenly = <One>(list: readonly One[], most: number): readonly One[] =>
  list.length <= most
    ? list
    : Array.from({ length: most }, (_, at) => list[Math.floor((at * list.length) / most)] as One)

/** What two reviewers might have said of some. */
const DECISIONS: readonly (readonly [Decision, Decision, Reason])[] = [
  ['same', 'same', 'typing'],
  ['same', 'same', 'register-error'],
  ['different', 'different', 'namesake'],
  ['same', 'different', 'namesake'],
  ['same', 'same', 'diacritics'],
  ['same', 'unclear', 'not-enough'],
  ['same', 'same', 'day-month'],
  ['same', 'same', 'register-error'],
  ['different', 'different', 'namesake'],
  ['same', 'same', 'moved'],
]

async function decideSome(kernel: Kernel, reviewers: readonly Actor[]): Promise<void> {
  const [first, second] = reviewers
  if (first === undefined || second === undefined) return
  const cases = await kernel.database.transaction((tx) => listOpenCases(tx))
  for (const [at, [one, other, reason]] of DECISIONS.entries()) {
    const caseId = cases[at * 3]?.caseId
    if (caseId === undefined) return
    for (const [actor, decision] of [
      [first, one],
      [second, other],
    ] as const) {
      const input = { case: caseId, decision, reason }
      await execute(decideReview, input, { kernel, actor, key: uuidv7() })
    }
  }
}
