import { Type } from 'typebox'
import { type CommandContext, command, Refusal } from '../../kernel/index.ts'
import { openCorrection } from './correction.ts'
import { REVIEWING } from './law.ts'
import { outcomeOf, type Said } from './rules.ts'
import {
  insertReviews,
  listCandidates,
  listReviews,
  lockCases,
  type NewReview,
  type Standing,
  type StoredCandidate,
  updateCases,
} from './store.ts'
import {
  CAUSES,
  type CaseHead,
  DECISIONS,
  REASONS,
  REVIEW_LIMITS,
  type Review,
  type Turn,
} from './types.ts'

export const CaseId = Type.String({ pattern: '^[0-9a-f-]{36}$' })
const closed = { additionalProperties: false } as const
const Decided = {
  decision: Type.Enum([...DECISIONS]),
  /** The candidate who is the person, by rank; the first where nothing is said. */
  candidate: Type.Optional(Type.Integer({ minimum: 1, maximum: REVIEW_LIMITS.candidates })),
  reason: Type.Enum([...REASONS]),
}

interface Given extends Said {
  readonly reason: string
}

const givenBy = (input: {
  readonly decision: Given['decision']
  readonly candidate?: number
  readonly reason: string
}): Given => ({
  decision: input.decision,
  chosen: input.decision === 'same' ? (input.candidate ?? 1) : null,
  reason: input.reason,
})

/** A case under the reviewer's hands, locked. */
interface Open {
  readonly head: CaseHead
  readonly candidates: readonly StoredCandidate[]
  readonly reviews: readonly Review[]
}

async function openCases(
  context: CommandContext,
  caseIds: readonly string[],
): Promise<readonly Open[]> {
  const { tx, requireArea } = context
  const heads = await lockCases(tx, caseIds)
  if (heads.length < caseIds.length) throw new Refusal('review.not-found')
  for (const { area } of heads) requireArea(area)
  const candidates = await listCandidates(tx, caseIds)
  const reviews = await listReviews(tx, caseIds)
  return heads.map((head) => ({
    head,
    candidates: candidates.filter(({ caseId }) => caseId === head.caseId),
    reviews: reviews.filter(({ caseId }) => caseId === head.caseId),
  }))
}

const reviewedBy = ({ reviews }: Open, { id }: CommandContext['actor']): boolean =>
  reviews.some(({ reviewerId }) => reviewerId === id)

/** What decisions on open cases come to; the first of two alone settles nothing. */
async function settle(
  context: CommandContext,
  cases: readonly Open[],
  {
    given,
    turnOf,
    inBulk,
  }: {
    readonly given: Given
    readonly turnOf: (one: Open) => Turn
    readonly inBulk: boolean
  },
): Promise<readonly Standing[]> {
  const { tx, now, actor, emit, concerns } = context
  const reviews: NewReview[] = []
  const standings: Standing[] = []
  for (const one of cases) {
    const { caseId, checkId, truth } = one.head
    const turn = turnOf(one)
    const [first] = one.reviews
    const outcome = turn === 'second' && first !== undefined ? outcomeOf(first, given) : given
    const standing = standingOf(one, { turn, outcome, now })
    reviews.push({ ...given, caseId, turn, inBulk, decidedAt: now })
    standings.push(standing)
    for (const { personId, fields } of one.candidates) {
      concerns(
        personId,
        fields.map(({ name }) => name),
      )
    }
    emit('review.given', caseId, { caseId })
    if (standing.status === 'decided' && truth === null) {
      emit('review.decided', caseId, { caseId, checkId })
      await openCorrection(context, { ...one, given })
    }
  }
  await insertReviews(tx, reviews, actor)
  await updateCases(tx, standings)
  return standings
}

function standingOf(
  { head }: Open,
  {
    turn,
    outcome,
    now,
  }: {
    readonly turn: Turn
    readonly outcome: Said | 'disputed'
    readonly now: CommandContext['now']
  },
): Standing {
  const { caseId } = head
  const waiting = { caseId, decision: null, chosen: null, decidedAt: null }
  if (turn === 'first') return { ...waiting, status: 'second' }
  if (outcome === 'disputed') return { ...waiting, status: 'disputed' }
  const { decision, chosen } = outcome
  return { caseId, status: 'decided', decision, chosen, decidedAt: now }
}

const turnOf = ({ reviews }: Open): Turn => (reviews.length === 0 ? 'first' : 'second')

function requireCandidate({ candidates }: Open, { chosen }: Given): void {
  if (chosen !== null && candidates.every(({ rank }) => rank !== chosen)) {
    throw new Refusal('request.invalid', { field: 'candidate', expected: 'one of those shown' })
  }
}

/** One of two independent reviewers says whether a row and a person of the register are one. */
export const decideReview = command({
  name: 'review.decide',
  input: Type.Object({ case: CaseId, ...Decided }, closed),
  ...REVIEWING,
  async run(input, context) {
    const given = givenBy(input)
    const [one] = await openCases(context, [input.case])
    if (one === undefined) throw new Refusal('review.not-found')
    if (reviewedBy(one, context.actor)) throw new Refusal('actor.same-person')
    if (one.reviews.length > 1) throw new Refusal('review.decided')
    requireCandidate(one, given)
    const [standing] = await settle(context, [one], { given, turnOf, inBulk: false })
    return { case: input.case, isSettled: standing?.status === 'decided' }
  },
})

/** Two disagreed: a third person, who may see what both said, settles it. */
export const adjudicateReview = command({
  name: 'review.adjudicate',
  input: Type.Object({ case: CaseId, ...Decided }, closed),
  ...REVIEWING,
  async run(input, context) {
    const given = givenBy(input)
    const [one] = await openCases(context, [input.case])
    if (one === undefined) throw new Refusal('review.not-found')
    if (reviewedBy(one, context.actor)) throw new Refusal('actor.same-person')
    if (one.head.status !== 'disputed') throw new Refusal('review.not-disputed')
    requireCandidate(one, given)
    await settle(context, [one], { given, turnOf: () => 'adjudication', inBulk: false })
    return { case: input.case, isSettled: true }
  },
})

/**
 * The same decision on many cases of one cause. It is one reviewer's on each, and the second's is
 * still needed; a case that another has settled meanwhile, or that this reviewer has seen, is left.
 */
export const decideMany = command({
  name: 'review.decide-many',
  input: Type.Object(
    {
      cases: Type.Array(CaseId, { minItems: 1, maxItems: REVIEW_LIMITS.bulk, uniqueItems: true }),
      cause: Type.Enum([...CAUSES]),
      decision: Type.Enum(['same', 'different']),
      reason: Type.Enum([...REASONS]),
    },
    closed,
  ),
  ...REVIEWING,
  async run(input, context) {
    const given = givenBy(input)
    const cases = await openCases(context, input.cases)
    if (cases.some(({ head }) => head.cause !== input.cause)) {
      throw new Refusal('request.invalid', { field: 'cases', expected: `of cause ${input.cause}` })
    }
    const mine = cases.filter((one) => one.reviews.length < 2 && !reviewedBy(one, context.actor))
    if (mine.length === 0) throw new Refusal('review.decided')
    await settle(context, mine, { given, turnOf, inBulk: true })
    return { decided: mine.length, left: cases.length - mine.length }
  },
})
