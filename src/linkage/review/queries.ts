import { Type } from 'typebox'
import { type Context, mayDo, query, Refusal, unitsWhere } from '../../kernel/index.ts'
import { CaseId } from './commands.ts'
import { type Held, heldOf } from './held.ts'
import { REVIEWING } from './law.ts'
import {
  countQueue,
  findNeighbours,
  listMeasured,
  listQueue,
  type QueueWish,
  readConfusion,
} from './queue-store.ts'
import { agreementOf, maskNumbers } from './rules.ts'
import {
  type Claims,
  findCase,
  listCandidates,
  listHeld,
  listReviews,
  type StoredCandidate,
} from './store.ts'
import {
  CAUSES,
  type CaseHead,
  type ComparedField,
  type Decision,
  REVIEW_LIMITS,
  type ReviewField,
} from './types.ts'

/** From which to which probability: nearly certain, in between, unlikely. */
export const BANDS = {
  high: [0.9, 1],
  middle: [0.5, 0.9],
  low: [0, 0.5],
} as const
export type Band = keyof typeof BANDS

const closed = { additionalProperties: false } as const
const Wish = {
  cause: Type.Optional(Type.Enum([...CAUSES])),
  band: Type.Optional(Type.Enum(Object.keys(BANDS) as Band[])),
  office: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
  /** Those on which two disagreed. */
  disputed: Type.Optional(Type.Boolean()),
}

interface Wished {
  readonly cause?: QueueWish['cause']
  readonly band?: Band
  readonly office?: string
  readonly disputed?: boolean
}

const SETTLING = 'review.adjudicate'
const READING = 'review.queue'

function wishOf({ kernel, actor }: Context, wished: Wished, operation: string): QueueWish {
  const [least, most] = wished.band === undefined ? [0, 1] : BANDS[wished.band]
  return {
    areas: unitsWhere(kernel, actor, operation),
    reviewerId: actor.id,
    disputed: wished.disputed === true,
    cause: wished.cause ?? null,
    office: wished.office ?? null,
    least,
    most,
  }
}

/** What waits for a reviewer: cases by number, and nothing of anybody. */
export const reviewQueue = query({
  name: READING,
  input: Type.Object(Wish, closed),
  purposes: [REVIEWING.purpose],
  async run(wished: Wished, context) {
    const { tx } = context
    const wish = wishOf(context, wished, READING)
    const all = wishOf(context, { disputed: wish.disputed }, READING)
    const [rows, matching, waiting] = await Promise.all([
      listQueue(tx, wish, REVIEW_LIMITS.page),
      countQueue(tx, wish),
      countQueue(tx, all),
    ])
    return { rows, matching: matching.reduce((sum, { count }) => sum + count, 0), waiting }
  },
})
export type ReviewQueue = Awaited<ReturnType<typeof reviewQueue.declaration.run>>

/** One field of a pair, side by side. */
export interface ShownField extends ComparedField {
  readonly theirs: string | null
  readonly ours: string | null
}

export interface ShownCandidate extends Omit<StoredCandidate, 'personId' | 'caseId' | 'fields'> {
  readonly name: string | null
  readonly born: string | null
  readonly unit: string | null
  readonly isProtected: boolean
}

export interface CaseView {
  readonly head: Omit<CaseHead, 'truth' | 'decision' | 'chosen'>
  readonly fields: readonly ShownField[]
  readonly shown: ShownCandidate
  readonly candidates: readonly ShownCandidate[]
  /** What the others said, for whoever settles their dispute; an independent reviewer sees none. */
  readonly said: readonly {
    readonly decision: Decision
    readonly reason: string
    readonly chosen: number | null
  }[]
  readonly before: string | null
  readonly after: string | null
  readonly left: number
  readonly isMasked: boolean
}

/** One case with both sides: the candidates see that their record was compared. */
export const reviewCase = query({
  name: 'review.case',
  input: Type.Object(
    {
      case: CaseId,
      candidate: Type.Optional(Type.Integer({ minimum: 1, maximum: REVIEW_LIMITS.candidates })),
      ...Wish,
    },
    closed,
  ),
  purposes: [REVIEWING.purpose],
  async run({ case: caseId, candidate = 1, ...wished }, context): Promise<CaseView> {
    const { tx, today, requireArea, concerns, kernel, actor } = context
    const found = await findCase(tx, caseId)
    if (found === undefined) throw new Refusal('review.not-found')
    requireArea(found.area)
    const { claims, truth: _, decision: __, chosen: ___, ...head } = found
    if (claims === null || head.status === 'decided') throw new Refusal('review.decided')
    const settles = head.status === 'disputed'
    const reviews = await listReviews(tx, [caseId])
    const isSeen = reviews.some(({ reviewerId }) => reviewerId === actor.id)
    if (isSeen) throw new Refusal('review.decided')
    if (settles && !mayDo(kernel, actor, SETTLING)) throw new Refusal('review.decided')
    const candidates = await listCandidates(tx, [caseId])
    const one = candidates.find(({ rank }) => rank === candidate) ?? candidates[0]
    if (one === undefined) throw new Refusal('review.not-found')
    const facts = await listHeld(
      tx,
      candidates.map(({ personId }) => personId),
      today,
    )
    for (const { personId, fields } of candidates) {
      const whole = personId === one.personId
      concerns(personId, whole ? fields.map(({ name }) => name) : ['name', 'birthdate'])
    }
    const isMasked = !mayDo(kernel, actor, SETTLING)
    const wish = wishOf(context, { ...wished, disputed: settles } as Wished, READING)
    const around = await findNeighbours(tx, wish, caseId)
    const counted = await countQueue(tx, wish)
    const shown = candidates.map((person) => candidateOf(person, heldOf(facts, person.personId)))
    return {
      head,
      fields: fieldsOf({ claims, held: heldOf(facts, one.personId), one, isMasked }),
      shown: shown.find(({ rank }) => rank === one.rank) ?? (shown[0] as ShownCandidate),
      candidates: shown,
      said: (settles ? reviews : []).map(({ decision, reason, chosen }) => ({
        decision,
        reason,
        chosen,
      })),
      ...around,
      left: counted.reduce((sum, { count }) => sum + count, 0),
      isMasked,
    }
  },
})

function candidateOf(
  { rank, weight, probability }: StoredCandidate,
  { name, birthdate, unit, isProtected }: Held,
): ShownCandidate {
  const told = { name, born: birthdate, unit }
  const kept = { name: null, born: null, unit: null }
  return { rank, weight, probability, isProtected, ...(isProtected ? kept : told) }
}

const NUMBERS: ReadonlySet<ReviewField> = new Set(['number', 'old_number'])

interface Sides {
  readonly claims: Claims
  readonly held: Held
  readonly one: StoredCandidate
  readonly isMasked: boolean
}

function fieldsOf({ claims, held, one, isMasked }: Sides): readonly ShownField[] {
  return one.fields.map((field) => {
    const theirs = claims[field.name] ?? null
    const ours = held.isProtected ? null : held[field.name]
    if (!isMasked || !NUMBERS.has(field.name)) return { ...field, theirs, ours }
    const [left, right] = maskNumbers(theirs, ours)
    return { ...field, theirs: left, ours: right }
  })
}

/** How reviewers work: seeded pairs they got right, how far two agree, how fast. */
export const measureReviews = query({
  name: 'review.measure',
  input: Type.Object({}, closed),
  purposes: [REVIEWING.purpose],
  async run(_, { tx, kernel, actor }) {
    const areas = unitsWhere(kernel, actor, 'review.measure')
    const confusion = await readConfusion(tx, areas)
    const reviewers = await listMeasured(tx, areas, REVIEW_LIMITS.sitting_s)
    return { reviewers, confusion, ...agreementOf(confusion) }
  },
})
export type Measures = Awaited<ReturnType<typeof measureReviews.declaration.run>>
