import { type Kernel, type Tx, todayOf, uuidv7 } from '../../kernel/index.ts'
import { unitsOf } from '../../register/index.ts'
import { insertCandidates, insertCases, type NewCandidate, type NewCase } from './store.ts'
import { REVIEW_LIMITS, type RowForReview } from './types.ts'

/**
 * Published: puts rows of a checked file up for review, in the transaction of the check. A row that
 * was put up before, by the same check, is left as it is. Answers how many are new.
 *
 * @throws RangeError for a row without candidates: a bug of the caller
 */
export async function putForReview(
  { tx, kernel }: { readonly tx: Tx; readonly kernel: Kernel },
  rows: readonly RowForReview[],
): Promise<number> {
  if (rows.length === 0) return 0
  const units = await unitsOf({ tx, kernel })
  const today = todayOf(kernel)
  const cases: NewCase[] = []
  const candidates: NewCandidate[] = []
  for (const row of rows) {
    const [best] = row.candidates
    if (best === undefined) throw new RangeError('a case has at least one candidate')
    const caseId = uuidv7()
    cases.push({
      case_id: caseId,
      check_id: row.checkId,
      row_ref: row.row,
      agency: row.agency.code,
      agency_name: row.agency.name,
      cause: row.cause,
      area: row.unit === null ? ['nation'] : units.pathOf(row.unit, today),
      claims: row.claims,
      model: row.model,
      prior: row.prior,
      threshold: row.threshold,
      probability: best.probability,
      truth: row.truth ?? null,
    })
    const kept = row.candidates.slice(0, REVIEW_LIMITS.candidates)
    for (const [at, { personId, weight, probability, fields }] of kept.entries()) {
      const rank = at + 1
      candidates.push({ case_id: caseId, person_id: personId, rank, weight, probability, fields })
    }
  }
  const made = await insertCases(tx, cases, kernel.now())
  if (made.size > 0) {
    await insertCandidates(
      tx,
      candidates.filter((one) => made.has(one.case_id)),
    )
  }
  return made.size
}

/** Whether a check should put up one of its certain rows next, as a seeded pair: one in twenty. */
export const isSeedDue = (put: { readonly cases: number; readonly seeds: number }): boolean =>
  put.seeds < REVIEW_LIMITS.seededShare * (put.cases + put.seeds)
