import type { Kernel, Lang } from '../../kernel/index.ts'
import { STATUSES, type Status } from '../../linkage/index.ts'
import { type Cause, type Owner, ownerOf } from './causes.ts'
import type { Column } from './columns.ts'
import type { CheckDone } from './job.ts'
import { inOrder, type Tally } from './tally.ts'
import type { FieldVerdict } from './value.ts'

/** A count with its share of the rows, and the bounds of that share at 95 % (Wilson 1927). */
export interface Share {
  readonly count: number
  readonly share: number
  readonly low: number
  readonly high: number
}

type Counts = Readonly<Partial<Record<Status, number>>>

/** What report.json says: numbers about a check, and nothing of a person. */
export interface CheckReport {
  readonly format: 'goc-check-report-v2'
  readonly agency: string
  readonly purpose: string
  readonly legalBasis: string
  /** SHA-256 of the file as it lay there. */
  readonly file: string
  readonly encoding: string
  readonly made: string
  readonly rows: number
  /** Persons of the register that the file was matched to. */
  readonly persons: number
  readonly statuses: readonly (Share & { readonly status: Status })[]
  readonly fields: Readonly<
    Partial<Record<Column, readonly (Share & { readonly verdict: FieldVerdict })[]>>
  >
  readonly causes: readonly (Share & { readonly cause: Cause; readonly owner: Owner })[]
  readonly flags: Readonly<Record<string, number>>
  /** By the highest unit above each row's, the most rows first; '' where none is known. */
  readonly places: readonly {
    readonly code: string
    readonly name: string
    readonly counts: Counts
  }[]
  /** By the office the file names; '' where it names none. */
  readonly offices: readonly { readonly name: string; readonly counts: Counts }[]
  /** Probabilities that were told, in bins of equal width from 0 to 1. */
  readonly chances: readonly number[]
  readonly model: {
    /** Whether the shares were learnt from this file, or are the stored ones. */
    readonly taught: boolean
    readonly fields: readonly {
      readonly name: string
      readonly levels: readonly { readonly id: string; readonly m: number; readonly u: number }[]
    }[]
    /** Keys that rows were compared by, and pairs each found that no other had. */
    readonly blocking: readonly { readonly keys: readonly string[]; readonly pairs: number }[]
  } | null
}

const Z_95 = 1.959964

/** Wilson's bounds hold for shares near 0 and 1, where the usual ones leave the scale. */
export function shareOf(count: number, rows: number): Share {
  if (rows === 0) return { count, share: 0, low: 0, high: 0 }
  const share = count / rows
  const spread = Z_95 ** 2 / rows
  const middle = share + spread / 2
  const half = Z_95 * Math.sqrt((share * (1 - share) + spread / 4) / rows)
  const bound = (value: number) => Math.min(1, Math.max(0, value / (1 + spread)))
  return { count, share, low: bound(middle - half), high: bound(middle + half) }
}

export function summarise(
  kernel: Kernel,
  done: CheckDone,
  { tally, lang }: { readonly tally: Tally; readonly lang: Lang },
): CheckReport {
  const { agreement, agency, fileDigest, standard, matched, ground } = done
  const { rows } = tally
  const share = (count: number | undefined) => shareOf(count ?? 0, rows)
  return {
    format: 'goc-check-report-v2',
    agency: agency.agency.code,
    purpose: agreement.purpose,
    legalBasis: agreement.legalBasis,
    file: fileDigest,
    encoding: standard.table.encoding,
    made: kernel.now(),
    rows,
    persons: ground.people.count,
    statuses: inOrder
      .statuses(tally)
      .map((status) => ({ status, ...share(tally.statuses[status]) })),
    fields: Object.fromEntries(
      standard.layout.columns.map((column) => [
        column,
        Object.entries(tally.fields[column] ?? {}).map(([verdict, count]) => ({
          verdict: verdict as FieldVerdict,
          ...share(count),
        })),
      ]),
    ),
    causes: inOrder
      .causes(tally)
      .map((cause) => ({ cause, owner: ownerOf(cause), ...share(tally.causes[cause]) })),
    flags: tally.flags,
    places: placesOf(done, { tally, lang }),
    offices: [...tally.offices]
      .map(([name, counts]) => ({ name, counts }))
      .sort((a, b) => total(b.counts) - total(a.counts)),
    chances: tally.chances,
    model:
      matched.model === null
        ? null
        : {
            taught: matched.isTaught,
            fields: matched.model.fields.map(({ name, levels }) => ({
              name,
              levels: levels.map(({ id, m, u }) => ({ id, m, u })),
            })),
            blocking: matched.model.blocking.map(({ keys, pairs }) => ({ keys, pairs })),
          },
  }
}

/** Statuses by the highest unit above each row's. */
function placesOf(
  { ground: { units, dictionaries } }: CheckDone,
  { tally, lang }: { readonly tally: Tally; readonly lang: Lang },
): CheckReport['places'] {
  const places = new Map<string, Partial<Record<Status, number>>>()
  const names = new Map<string, string>()
  for (const [unit, counts] of tally.units) {
    const top = unit === 0 ? undefined : units.unitsAbove(dictionaries.unit.textOf(unit)).at(-1)
    const code = top?.code ?? ''
    if (top !== undefined) names.set(code, units.titleOf(top.id, lang))
    const sum = places.get(code) ?? {}
    places.set(code, sum)
    for (const status of STATUSES) {
      const count = counts[status]
      if (count !== undefined) sum[status] = (sum[status] ?? 0) + count
    }
  }
  return [...places]
    .map(([code, counts]) => ({ code, name: names.get(code) ?? '', counts }))
    .sort((a, b) => total(b.counts) - total(a.counts))
}

const total = (counts: Counts): number =>
  STATUSES.reduce((sum, status) => sum + (counts[status] ?? 0), 0)
