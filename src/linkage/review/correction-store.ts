import type { Actor, Instant, PlainDay, Tx } from '../../kernel/index.ts'

/** A record that reviewers believe to be wrong in some fields. */
export interface Correction {
  readonly correctionId: string
  readonly personId: string
  readonly caseId: string
  readonly fields: readonly string[]
  readonly area: readonly string[]
  readonly openedAt: Instant
  readonly dueOn: PlainDay
  readonly closedAt: Instant | null
  readonly outcome: 'corrected' | 'register-right' | null
}

const CORRECTION = `k.correction_id as "correctionId", k.person_id as "personId",
  k.case_id as "caseId", k.fields, k.area, k.opened_at as "openedAt", k.due_on as "dueOn",
  k.closed_at as "closedAt", k.outcome`

export type NewCorrection = Omit<Correction, 'closedAt' | 'outcome'>

export async function insertCorrection(tx: Tx, one: NewCorrection): Promise<void> {
  await tx.query(
    `insert into linkage.correction (correction_id, person_id, case_id, fields, area, opened_at,
       due_on)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (person_id, case_id) do nothing`,
    [one.correctionId, one.personId, one.caseId, one.fields, one.area, one.openedAt, one.dueOn],
  )
}

export async function lockCorrection(tx: Tx, id: string): Promise<Correction | undefined> {
  const [row] = await tx.query<Correction>(
    `select ${CORRECTION} from linkage.correction k where k.correction_id = $1 for update`,
    [id],
  )
  return row
}

export interface Closing {
  readonly at: Instant
  readonly by: Pick<Actor, 'id'>
  readonly outcome: string
  readonly document: string
}

export async function closeCorrection(
  tx: Tx,
  { personId, correctionId }: Pick<Correction, 'personId' | 'correctionId'>,
  { at, by, outcome, document }: Closing,
): Promise<void> {
  await tx.query(
    `update linkage.correction set closed_at = $3, closed_by = $4, outcome = $5, document = $6
     where person_id = $1 and correction_id = $2 and closed_at is null`,
    [personId, correctionId, at, by.id, outcome, document],
  )
}

export interface OpenCorrection extends Correction {
  readonly agencyName: string
}

/** Those of some units that are open, the first due first; and the last that were closed. */
export async function listCorrections(
  tx: Tx,
  areas: readonly string[],
  { closed, limit }: { readonly closed: boolean; readonly limit: number },
): Promise<readonly OpenCorrection[]> {
  return tx.query<OpenCorrection>(
    `select ${CORRECTION}, c.agency_name as "agencyName"
     from linkage.correction k join linkage.review_case c using (case_id)
     where k.area && $1::text[] and (k.closed_at is not null) = $2
     order by case when $2 then null else k.due_on end, k.closed_at desc, k.correction_id limit $3`,
    [areas, closed, limit],
  )
}
