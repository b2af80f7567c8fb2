import type { Instant, Tx } from '../../kernel/index.ts'
import type { FactKind, PersonId, Residence, UnitId } from '../types.ts'

/** A residence in a unit that was split, which waits for an officer's word. */
export interface Review {
  readonly reviewId: string
  readonly personId: PersonId
  readonly kind: FactKind
  readonly unit: UnitId
}

const REVIEW = `r.review_id as "reviewId", r.person_id as "personId", r.fact_kind as kind,
  r.unit_id as unit`

/** Locks the open review, so that two officers cannot both decide it. */
export async function findOpenReview(
  tx: Tx,
  unit: UnitId,
  reviewId: string,
): Promise<Review | undefined> {
  const [row] = await tx.query<Review>(
    `select ${REVIEW} from register.unit_review r
     where r.unit_id = $1 and r.review_id = $2 and r.decided_at is null for update`,
    [unit, reviewId],
  )
  return row
}

export async function closeReview(
  tx: Tx,
  review: Review,
  decided: { readonly successor: UnitId; readonly at: Instant },
): Promise<void> {
  await tx.query(
    `update register.unit_review set decided_at = $3, successor_id = $4
     where person_id = $1 and review_id = $2 and decided_at is null`,
    [review.personId, review.reviewId, decided.at, decided.successor],
  )
}

/** An open review with what an officer needs to decide it. */
export interface OpenReview extends Review {
  readonly name: string | null
  readonly born: string | null
  readonly residence: Residence | null
}

export interface ReviewPage {
  readonly units: readonly UnitId[]
  /** Only behind this one. */
  readonly after: string | null
  readonly limit: number
}

export async function listOpenReviews(tx: Tx, page: ReviewPage): Promise<OpenReview[]> {
  return tx.query<OpenReview>(
    `select ${REVIEW},
       (select f.value ->> 'full' from register.fact f where f.person_id = r.person_id
          and f.kind = 'name' and f.superseded_at is null
        order by lower(f.valid) desc limit 1) as name,
       (select f.value ->> 'on' from register.fact f where f.person_id = r.person_id
          and f.kind = 'birth' and f.superseded_at is null limit 1) as born,
       (select f.value from register.fact f where f.person_id = r.person_id
          and f.kind = r.fact_kind and f.superseded_at is null and f.value ->> 'unit' = r.unit_id
        order by lower(f.valid) desc limit 1) as residence
     from register.unit_review r
     where r.unit_id = any($1::text[]) and r.decided_at is null
       and ($2::uuid is null or r.review_id > $2::uuid)
     order by r.review_id limit $3`,
    [page.units, page.after, page.limit],
  )
}

export async function countOpenReviews(tx: Tx, units: readonly UnitId[]): Promise<number> {
  const [row] = await tx.query<{ open: number }>(
    `select count(*) as open from register.unit_review
     where unit_id = any($1::text[]) and decided_at is null`,
    [units],
  )
  return row?.open ?? 0
}

/** Units that some open review is about. */
export async function listReviewUnits(tx: Tx): Promise<UnitId[]> {
  const rows = await tx.query<{ unit: UnitId }>(
    'select distinct unit_id as unit from register.unit_review where decided_at is null',
  )
  return rows.map((row) => row.unit)
}
