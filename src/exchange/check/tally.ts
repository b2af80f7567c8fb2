import type { CheckedRow, Status } from './outcome.ts'
import { type Cause, COLUMN_NAMES, type Column, type FieldVerdict } from './row.ts'

type Counts<Key extends string> = Partial<Record<Key, number>>

/** What a check found, in numbers only; kept with the progress, so that it survives a stop. */
export class Tally {
  readonly statuses: Counts<Status> = {}
  readonly causes: Counts<Cause> = {}
  readonly fields: Partial<Record<Column, Counts<FieldVerdict>>> = {}
  /** Statuses by unit; the report puts the units' highest level in words. */
  readonly units: Record<string, Counts<Status>> = {}

  static from(json: unknown): Tally {
    return Object.assign(new Tally(), json)
  }

  add({ status, causes, fields, unit }: CheckedRow): void {
    bump(this.statuses, status)
    for (const cause of new Set(causes)) bump(this.causes, cause)
    for (const column of COLUMN_NAMES) {
      const verdict = fields[column]
      if (verdict === undefined || verdict === '') continue
      const counts = this.fields[column] ?? {}
      this.fields[column] = counts
      bump(counts, verdict)
    }
    const counts = this.units[unit ?? ''] ?? {}
    this.units[unit ?? ''] = counts
    bump(counts, status)
  }

  /** Rows the register was asked about. */
  get asked(): number {
    const { verified = 0, mismatch = 0, not_confirmed = 0, attempts_spent = 0 } = this.statuses
    return verified + mismatch + not_confirmed + attempts_spent
  }

  get unconfirmed(): number {
    return this.statuses.not_confirmed ?? 0
  }

  toJSON() {
    const { statuses, causes, fields, units } = this
    return { statuses, causes, fields, units }
  }
}

function bump<Key extends string>(counts: Counts<Key>, key: Key): void {
  counts[key] = (counts[key] ?? 0) + 1
}
