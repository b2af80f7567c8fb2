import type { Actor, Instant, PlainDay, Tx } from '../../kernel/index.ts'
import type {
  Candidate,
  CaseHead,
  Cause,
  ComparedField,
  Review,
  ReviewField,
  Status,
  Turn,
} from './types.ts'

/** A case as it is stored; the program makes its id. */
export interface NewCase {
  readonly case_id: string
  readonly check_id: string
  readonly row_ref: string
  readonly agency: string
  readonly agency_name: string
  readonly cause: Cause
  readonly area: readonly string[]
  readonly claims: unknown
  readonly model: string
  readonly prior: number
  readonly threshold: number
  readonly probability: number
  readonly truth: string | null
}

export interface NewCandidate {
  readonly case_id: string
  readonly person_id: string
  readonly rank: number
  readonly weight: number
  readonly probability: number
  readonly fields: readonly ComparedField[]
}

/** Answers the ids of those that are new: a check that goes on puts its last rows up again. */
export async function insertCases(
  tx: Tx,
  cases: readonly NewCase[],
  at: Instant,
): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ caseId: string }>(
    `insert into linkage.review_case (case_id, made_at, check_id, row_ref, agency, agency_name,
       cause, area, claims, model, prior, threshold, probability, truth, status)
     select case_id, $2, check_id, row_ref, agency, agency_name, cause, area, claims, model, prior,
       threshold, probability, truth, 'open'
     from jsonb_to_recordset($1::jsonb) as r (case_id uuid, check_id uuid, row_ref text,
       agency text, agency_name text, cause text, area text[], claims jsonb, model text,
       prior real, threshold real, probability real, truth text)
     on conflict (check_id, row_ref) do nothing returning case_id as "caseId"`,
    [JSON.stringify(cases), at],
  )
  return new Set(rows.map(({ caseId }) => caseId))
}

export async function insertCandidates(tx: Tx, rows: readonly NewCandidate[]): Promise<void> {
  await tx.query(
    `insert into linkage.review_candidate (person_id, case_id, rank, weight, probability, fields)
     select person_id, case_id, rank, weight, probability, fields
     from jsonb_to_recordset($1::jsonb) as r (person_id uuid, case_id uuid, rank smallint,
       weight real, probability real, fields jsonb)`,
    [JSON.stringify(rows)],
  )
}

const HEAD = `c.case_id as "caseId", c.check_id as "checkId", c.row_ref as "rowRef",
  c.agency_name as "agencyName", c.cause, c.area, c.model, c.prior, c.threshold, c.probability,
  c.truth, c.status, c.decision, c.chosen, c.made_at as "madeAt"`

export type Claims = Readonly<Partial<Record<ReviewField, string>>>

export async function findCase(tx: Tx, caseId: string) {
  const [row] = await tx.query<CaseHead & { readonly claims: Claims | null }>(
    `select ${HEAD}, c.claims from linkage.review_case c where c.case_id = $1`,
    [caseId],
  )
  return row
}

/** Locks the cases, in one order for all, so that no two reviewers are both the second. */
export async function lockCases(tx: Tx, caseIds: readonly string[]): Promise<CaseHead[]> {
  return tx.query<CaseHead>(
    `select ${HEAD} from linkage.review_case c where c.case_id = any($1::uuid[])
     order by c.case_id for update`,
    [caseIds],
  )
}

export interface StoredCandidate extends Candidate {
  readonly caseId: string
  readonly rank: number
}

export async function listCandidates(
  tx: Tx,
  caseIds: readonly string[],
): Promise<readonly StoredCandidate[]> {
  return tx.query<StoredCandidate>(
    `select case_id as "caseId", person_id as "personId", rank, weight, probability, fields
     from linkage.review_candidate where case_id = any($1::uuid[]) order by case_id, rank`,
    [caseIds],
  )
}

export async function listReviews(
  tx: Tx,
  caseIds: readonly string[],
): Promise<readonly (Review & { readonly caseId: string })[]> {
  return tx.query(
    `select case_id as "caseId", reviewer_id as "reviewerId", turn, decision, chosen, reason,
       decided_at as "decidedAt"
     from linkage.review where case_id = any($1::uuid[]) order by case_id, decided_at`,
    [caseIds],
  )
}

export interface NewReview extends Omit<Review, 'reviewerId'> {
  readonly caseId: string
  readonly turn: Turn
  readonly inBulk: boolean
}

export async function insertReviews(
  tx: Tx,
  reviews: readonly NewReview[],
  by: Pick<Actor, 'id'>,
): Promise<void> {
  await tx.query(
    `insert into linkage.review (case_id, reviewer_id, turn, decision, chosen, reason, in_bulk,
       decided_at)
     select "caseId", $2, turn, decision, chosen, reason, "inBulk", "decidedAt"
     from jsonb_to_recordset($1::jsonb) as r ("caseId" uuid, turn text, decision text,
       chosen smallint, reason text, "inBulk" boolean, "decidedAt" timestamptz)`,
    [JSON.stringify(reviews), by.id],
  )
}

/** Where a case stands after a decision. */
export interface Standing {
  readonly caseId: string
  readonly status: Status
  readonly decision: string | null
  readonly chosen: number | null
  readonly decidedAt: Instant | null
}

export async function updateCases(tx: Tx, standings: readonly Standing[]): Promise<void> {
  await tx.query(
    `update linkage.review_case c set status = r.status, decision = r.decision, chosen = r.chosen,
       decided_at = r."decidedAt"
     from jsonb_to_recordset($1::jsonb) as r ("caseId" uuid, status text, decision text,
       chosen smallint, "decidedAt" timestamptz)
     where c.case_id = r."caseId"`,
    [JSON.stringify(standings)],
  )
}

/** A believed fact of one day, of one of several persons. */
export interface HeldFact {
  readonly personId: string
  readonly kind: string
  readonly value: unknown
}

/** What the register holds of persons, of the kinds that a row is compared on. */
export async function listHeld(
  tx: Tx,
  personIds: readonly string[],
  day: PlainDay,
): Promise<readonly HeldFact[]> {
  return tx.query<HeldFact>(
    `select person_id as "personId", kind, value from register.believed
     where person_id = any($1::uuid[]) and valid @> $2::date
       and kind in ('name', 'birth', 'sex', 'number', 'old-number', 'permanent', 'protected')`,
    [personIds, day],
  )
}

/** What rows say is erased: days after their decision, or after a time without one. */
export async function eraseClaims(
  tx: Tx,
  before: { readonly decided: Instant; readonly made: Instant },
): Promise<void> {
  await tx.query(
    `update linkage.review_case set claims = null
     where claims is not null and (decided_at < $1 or made_at < $2)`,
    [before.decided, before.made],
  )
}

/** A pair that persons decided: levels by field, and whether it is one person. */
export interface LabelledPair {
  readonly model: string
  readonly fields: readonly ComparedField[]
  readonly isSeeded: boolean
  readonly isMatch: boolean
}

/** Published: what a model may be trained by, the newest first. It is nobody's data. */
export async function listLabelledPairs(tx: Tx, limit: number): Promise<readonly LabelledPair[]> {
  return tx.query<LabelledPair>(
    `select model, fields, is_seeded as "isSeeded", is_match as "isMatch"
     from linkage.labelled_pair order by decided_at desc limit $1`,
    [limit],
  )
}
