import { Type } from 'typebox'
import {
  type CommandContext,
  command,
  LIMITS,
  type PlainDay,
  query,
  Refusal,
  yearOf,
} from '../../kernel/index.ts'
import { ActInput, actOf } from '../act.ts'
import { insertAct } from '../act-store.ts'
import { type Revision, revision } from '../facts.ts'
import { moveAddressOfHead } from '../household/recode.ts'
import { listProtected } from '../household/store.ts'
import { UnitText } from '../person/fields.ts'
import { requireOpening } from '../person/opening.ts'
import { handlesFor } from '../person/queries.ts'
import { isProtected, takePersons, writeFacts } from '../person/subject.ts'
import { RESIDENCE } from '../residence/law.ts'
import { writeSearchRow } from '../search/search-row.ts'
import type { ActId, Residence, UnitId } from '../types.ts'
import type { UnitDirectory } from './directory.ts'
import {
  closeReview,
  countOpenReviews,
  findOpenReview,
  listOpenReviews,
  listReviewUnits,
  type Review,
} from './review-store.ts'
import { laterOf } from './types.ts'
import { unitsOf } from './units.ts'

const ReviewId = Type.String({ pattern: '^[0-9a-f-]{36}$' })

/**
 * An officer of the receiving unit says in which part of a split unit a person lives: from the day
 * of the split the residence is there.
 */
export const decideReview = command({
  name: 'unit.review-decide',
  input: Type.Object(
    { unit: UnitText, review: ReviewId, successor: UnitText, act: ActInput },
    { additionalProperties: false },
  ),
  ...RESIDENCE,
  async run({ unit, review: reviewId, successor, act }, context) {
    const { tx, today, requireArea, concerns, emit } = context
    const directory = await unitsOf(context)
    const review = await findOpenReview(tx, unit, reviewId)
    if (review === undefined) throw new Refusal('unit.review-not-found')
    // Before anything is checked: whom a refused attempt concerned sees it.
    concerns(review.personId, [review.kind])
    const on = directory.find(unit)?.to
    requireArea(directory.pathOf(successor))
    if (on == null || !directory.isResidential(successor, on)) {
      throw new Refusal('unit.not-valid-on-day', { field: 'successor' })
    }
    if (!mayBeIn(directory, unit, successor)) {
      throw new Refusal('request.invalid', { field: 'successor', expected: 'a part of the unit' })
    }
    const { subjects, at } = await takePersons(context, [review.personId])
    const [subject] = subjects
    const believed = subject?.believed ?? []
    if (isProtected(believed, today)) await requireOpening(context, review.personId)
    const revisions: Revision[] = believed.flatMap((fact) => {
      const { unit: lived, ...rest } = fact.value as Residence
      const isOver = fact.to !== null && fact.to <= on
      if (fact.kind !== review.kind || lived !== unit || isOver) return []
      const from = laterOf(fact.from, on)
      const kind = fact.kind as 'permanent'
      const value = { ...rest, unit: successor }
      return [revision({ personId: review.personId, kind, from, to: fact.to, value })]
    })
    const actId = await insertAct(tx, actOf(act, context, RESIDENCE.legalBasis), at)
    await writeFacts(tx, revisions, { actId, at })
    await settle(context, { review, successor, on, actId })
    emit('residence.recoded', review.personId, { persons: [review.personId] })
    return { decided: review.reviewId }
  },
})

interface Settled {
  readonly review: Review
  readonly successor: UnitId
  readonly on: PlainDay
  readonly actId: ActId
}

async function settle(context: CommandContext, settled: Settled): Promise<void> {
  const { review, successor, on, actId } = settled
  const { personId, unit } = review
  await moveAddressOfHead(context, { personId, unit, successor, on, actId })
  await closeReview(context.tx, review, { successor, at: context.now })
  await writeSearchRow(context, personId)
}

/**
 * Whether people of a unit that ended may now be in another, or below it: in one of its successors,
 * or, where nobody recorded any, anywhere in what its highest unit became.
 */
export function mayBeIn(directory: UnitDirectory, ended: UnitId, unit: UnitId): boolean {
  const successors = directory.successorsOf(ended)
  if (successors.length > 0) return successors.some((id) => directory.pathOf(id).includes(unit))
  const top = directory.unitsAbove(ended).at(-1)?.id
  if (top === undefined) return false
  const path = directory.pathOf(unit)
  return [top, ...directory.successorsOf(top)].some((id) => path.includes(id))
}

/** How many open reviews are for officers of some units, or of the nation: a figure alone. */
export async function countReviewsIn(
  within: Pick<CommandContext, 'tx' | 'kernel'>,
  areas: readonly string[],
): Promise<number> {
  if (areas.length === 0) return 0
  const directory = await unitsOf(within)
  const isOurs = (ended: UnitId) =>
    areas.some((area) => area === 'nation' || mayBeIn(directory, ended, area))
  return countOpenReviews(within.tx, (await listReviewUnits(within.tx)).filter(isOurs))
}

/** Open reviews whose people may now live in a unit, or anywhere below it. */
export const listReviews = query({
  name: 'unit.reviews',
  input: Type.Object(
    { unit: UnitText, after: Type.Optional(ReviewId) },
    { additionalProperties: false },
  ),
  purposes: [RESIDENCE.purpose],
  async run({ unit, after = null }, context) {
    const { tx, today, requireArea, concerns } = context
    const directory = await unitsOf(context)
    requireArea(directory.pathOf(unit))
    const units = (await listReviewUnits(tx)).filter((ended) => mayBeIn(directory, ended, unit))
    const rows = await listOpenReviews(tx, { units, after, limit: LIMITS.pageRows })
    const handle = handlesFor(context)
    const ids = rows.map((row) => row.personId)
    const kept = await listProtected(tx, ids, today)
    for (const row of rows) concerns(row.personId, ['name', 'birth', row.kind])
    return {
      open: await countOpenReviews(tx, units),
      rows: rows.map(({ reviewId, name, born, residence, ...row }) => ({
        review: reviewId,
        person: handle(row.personId),
        unit: row.unit,
        kind: row.kind,
        /** Who is protected, and where they live, is told with the record, once it is opened. */
        ...(kept.has(row.personId)
          ? { name: null, birthYear: null, address: null }
          : {
              name,
              birthYear: born === null ? null : yearOf(born as never),
              address: residence?.address ?? null,
            }),
        /** None recorded: any unit of what its highest unit became. */
        candidates: directory.successorsOf(row.unit),
      })),
    }
  },
})
