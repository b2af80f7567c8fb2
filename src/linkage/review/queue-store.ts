import type { Tx } from '../../kernel/index.ts'
import type { Confusion } from './rules.ts'
import type { Cause, Status } from './types.ts'

/** Which cases a reviewer wants to see, of those there are for them. */
export interface QueueWish {
  /** Units the reviewer is in charge of; 'nation' is all. */
  readonly areas: readonly string[]
  readonly reviewerId: string
  /** Those that two have disagreed on; else those that wait for a first or a second. */
  readonly disputed: boolean
  readonly cause: Cause | null
  /** One unit of those in charge. */
  readonly office: string | null
  readonly least: number
  readonly most: number
}

/** The first $1…$7 of every statement on a queue. */
const WANTED = `c.area && $1::text[]
  and not exists (select from linkage.review r where r.case_id = c.case_id and r.reviewer_id = $2)
  and (case when $3 then c.status = 'disputed' else c.status in ('open', 'second') end)
  and ($4::text is null or c.cause = $4) and ($5::text is null or $5 = any(c.area))
  and c.probability between $6 and $7 and c.claims is not null`

const valuesOf = (wish: QueueWish): readonly unknown[] => [
  wish.areas,
  wish.reviewerId,
  wish.disputed,
  wish.cause,
  wish.office,
  wish.least,
  wish.most,
]

/** A case in the queue: nothing of anybody is in it. */
export interface QueueRow {
  readonly caseId: string
  readonly rowRef: string
  readonly agencyName: string
  readonly cause: Cause
  readonly unit: string
  readonly probability: number
  readonly status: Status
  readonly candidates: number
}

/** The least certain come first, as their decisions teach most; then in the order of their ids. */
export async function listQueue(tx: Tx, wish: QueueWish, limit: number): Promise<QueueRow[]> {
  return tx.query<QueueRow>(
    `select c.case_id as "caseId", c.row_ref as "rowRef", c.agency_name as "agencyName", c.cause,
       c.area[1] as unit, c.probability, c.status,
       (select count(*)::int from linkage.review_candidate k where k.case_id = c.case_id)
         as candidates
     from linkage.review_case c where ${WANTED}
     order by abs(c.probability - 0.5), c.case_id limit $8`,
    [...valuesOf(wish), limit],
  )
}

/** The case before and the one after, in the same order; null at the ends. */
export async function findNeighbours(
  tx: Tx,
  wish: QueueWish,
  caseId: string,
): Promise<{ readonly before: string | null; readonly after: string | null }> {
  const [row] = await tx.query<{ before: string | null; after: string | null }>(
    `with here as (select abs(probability - 0.5) as far, case_id from linkage.review_case
       where case_id = $8)
     select
       (select c.case_id from linkage.review_case c, here h where ${WANTED}
          and (abs(c.probability - 0.5), c.case_id) < (h.far, h.case_id)
        order by abs(c.probability - 0.5) desc, c.case_id desc limit 1) as before,
       (select c.case_id from linkage.review_case c, here h where ${WANTED}
          and (abs(c.probability - 0.5), c.case_id) > (h.far, h.case_id)
        order by abs(c.probability - 0.5), c.case_id limit 1) as after`,
    [...valuesOf(wish), caseId],
  )
  return row ?? { before: null, after: null }
}

/** How many wait, by cause, and the offices they belong to. */
export async function countQueue(
  tx: Tx,
  wish: QueueWish,
): Promise<readonly { readonly cause: Cause; readonly unit: string; readonly count: number }[]> {
  return tx.query(
    `select c.cause, c.area[1] as unit, count(*)::int as count
     from linkage.review_case c where ${WANTED} group by 1, 2 order by 3 desc, 2`,
    [...valuesOf(wish)],
  )
}

/** How one reviewer works. */
export interface Measured {
  readonly name: string
  readonly decisions: number
  /** Of seeded pairs: how many were seen, and how many were decided as is known of them. */
  readonly seeded: number
  readonly right: number
  /** Of cases that are settled and not seeded: how many, and how many as this reviewer had said. */
  readonly settled: number
  readonly upheld: number
  /** Half of the decisions of a sitting took less, in seconds; null: fewer than two. */
  readonly median_s: number | null
}

export async function listMeasured(
  tx: Tx,
  areas: readonly string[],
  sitting_s: number,
): Promise<readonly Measured[]> {
  return tx.query<Measured>(
    `with timed as (
       select r.*, extract(epoch from r.decided_at - lag(r.decided_at)
         over (partition by r.reviewer_id order by r.decided_at)) as gap
       from linkage.review r)
     select coalesce(a.name, '') as name, count(*)::int as decisions,
       count(c.truth)::int as seeded,
       count(*) filter (where c.truth is not null
         and (c.truth = 'same') = (t.decision = 'same' and t.chosen = 1)
         and t.decision <> 'unclear')::int as right,
       count(*) filter (where c.truth is null and c.status = 'decided'
         and c.decision <> 'unclear')::int as settled,
       count(*) filter (where c.truth is null and c.decision = t.decision
         and c.decision <> 'unclear' and c.chosen is not distinct from t.chosen)::int as upheld,
       percentile_cont(0.5) within group (order by t.gap)
         filter (where t.gap between 0.1 and $1 and not t.in_bulk) as median_s
     from timed t join linkage.review_case c on c.case_id = t.case_id and c.area && $2::text[]
     left join kernel.actor a on a.actor_id = t.reviewer_id
     group by t.reviewer_id, a.name order by 2 desc, 1`,
    [sitting_s, areas],
  )
}

/** First against second decisions, for kappa. */
export async function readConfusion(tx: Tx, areas: readonly string[]): Promise<Confusion> {
  const rows = await tx.query<{ pair: string; count: number }>(
    `select f.decision || ' ' || s.decision as pair, count(*)::int as count
     from linkage.review f join linkage.review s using (case_id)
       join linkage.review_case c using (case_id)
     where c.area && $1::text[] and f.turn = 'first' and s.turn = 'second' group by 1`,
    [areas],
  )
  return Object.fromEntries(rows.map(({ pair, count }) => [pair, count]))
}
