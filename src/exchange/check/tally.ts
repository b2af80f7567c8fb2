import { STATUSES, type Status } from '../../linkage/index.ts'
import { decodeUtf8, openSource, parseLines, readBlocks, readSource } from '../../register/index.ts'
import { CAUSES, type Cause } from './causes.ts'
import type { Column } from './columns.ts'
import { type ResultRow, readResult } from './results.ts'
import type { Standard } from './standard.ts'
import type { FieldVerdict } from './value.ts'

type Counts<Key extends string> = Partial<Record<Key, number>>

/** Bins of the probabilities that are told. */
export const CHANCE_BINS = 20
/** Offices told one by one; the rows of others are counted together. */
const OFFICES_most = 1_000

/** What a check found, in numbers only: nothing of a person. */
export class Tally {
  rows = 0
  readonly statuses: Counts<Status> = {}
  readonly causes: Counts<Cause> = {}
  readonly fields: Partial<Record<Column, Counts<FieldVerdict>>> = {}
  readonly flags: Record<string, number> = {}
  readonly chances = new Array<number>(CHANCE_BINS).fill(0)
  /** Statuses by the code of the unit in the dictionary; 0: none that is known. */
  readonly units = new Map<number, Counts<Status>>()
  readonly offices = new Map<string, Counts<Status>>()
  /** Places of rows by office and cause: what is to be put right. */
  readonly fixes = new Map<string, Map<Cause, number[]>>()
  readonly #standard: Standard

  constructor(standard: Standard) {
    this.#standard = standard
  }

  add({ status: told, verdicts, flags, causes, probability }: ResultRow): void {
    const row = this.rows++
    const { layout, claims } = this.#standard
    const status = told as Status
    bump(this.statuses, status)
    for (const cause of causes) bump(this.causes, cause)
    for (const flag of flags) bump(this.flags, flag)
    for (const [at, column] of layout.columns.entries()) {
      const verdict = verdicts[at] ?? ''
      if (verdict === '') continue
      const counts = this.fields[column] ?? {}
      this.fields[column] = counts
      bump(counts, verdict)
    }
    if (probability !== null) {
      const bin = Math.min(CHANCE_BINS - 1, Math.floor(probability * CHANCE_BINS))
      this.chances[bin] = (this.chances[bin] ?? 0) + 1
    }
    bump(countsOf(this.units, claims.unit[row] as number), status)
    const office = this.#officeOf(row)
    bump(countsOf(this.offices, office), status)
    for (const cause of causes) this.#fix(office, cause, row)
  }

  #officeOf(row: number): string {
    const { office } = this.#standard
    const text = office?.texts.textOf(office.codes[row] ?? 0) ?? ''
    const isKnown = this.offices.has(text) || this.offices.size < OFFICES_most
    return isKnown ? text : ''
  }

  #fix(office: string, cause: Cause, row: number): void {
    let causes = this.fixes.get(office)
    if (causes === undefined) {
      causes = new Map()
      this.fixes.set(office, causes)
    }
    const rows = causes.get(cause)
    if (rows === undefined) causes.set(cause, [row])
    else rows.push(row)
  }
}

function countsOf<Key>(map: Map<Key, Counts<Status>>, key: Key): Counts<Status> {
  let counts = map.get(key)
  if (counts === undefined) {
    counts = {}
    map.set(key, counts)
  }
  return counts
}

function bump<Key extends string>(counts: Counts<Key>, key: Key): void {
  counts[key] = (counts[key] ?? 0) + 1
}

const BLOCK_rows = 20_000

/** Counts what results.csv says: whatever run wrote a line, it is counted as it was given out. */
export async function tallyResults(results: string, standard: Standard): Promise<Tally> {
  const tally = new Tally(standard)
  const blocks = readBlocks(readSource(openSource(results)), { rows: BLOCK_rows, place: null })
  await blocks.next()
  for await (const { bytes, firstLine } of blocks) {
    for (const { fields } of parseLines(decodeUtf8(bytes, firstLine), firstLine)) {
      tally.add(readResult(fields, standard.layout))
    }
  }
  return tally
}

export const inOrder = {
  statuses: ({ statuses }: Pick<Tally, 'statuses'>): readonly Status[] =>
    STATUSES.filter((status) => statuses[status] !== undefined),
  /** The most frequent first. */
  causes: ({ causes }: Pick<Tally, 'causes'>): readonly Cause[] =>
    CAUSES.filter((cause) => causes[cause] !== undefined).sort(
      (a, b) => (causes[b] ?? 0) - (causes[a] ?? 0),
    ),
}
