import type { Kernel } from '../../kernel/index.ts'
import { linkRows } from '../link/engine.ts'
import { FieldRows } from '../link/field-rows.ts'
import type { Linked } from '../link/types.ts'
import { fieldScores } from '../model/score.ts'
import type { Column, FieldKind, LinkSpec } from '../types.ts'
import type { ErringRow } from './demonstration-rows.ts'
import type { Somebody } from './demonstration-store.ts'
import type { Candidate, ComparedField } from './types.ts'

export interface ScoredRow {
  readonly row: ErringRow
  /** Bits before anything is compared. */
  readonly prior: number
  /** The likeliest first. */
  readonly candidates: readonly Candidate[]
}

const FIELDS = [
  ['name', 'full-name'],
  ['birthdate', 'date'],
  ['sex', 'category'],
  ['number', 'identifier'],
  ['resident_city', 'code'],
] as const satisfies readonly (readonly [ComparedField['name'], FieldKind])[]

const CANDIDATES_most = 3

/** Scores a list against people, as the engine learns to from them, with the weight of each field. */
export async function scoreRows(
  kernel: Kernel,
  people: readonly Somebody[],
  rows: readonly ErringRow[],
): Promise<readonly ScoredRow[]> {
  const held = people.map(({ unit, ...one }) => ({ ...one, resident_city: unit }))
  const columns = FIELDS.map(([name]) =>
    columnOf(
      rows.map(({ claims }) => claims[name]),
      held.map((one) => one[name]),
    ),
  )
  const spec: LinkSpec = {
    id: 'row',
    fields: FIELDS.map(([name, kind]) => ({ name, kind, columns: [name], format: null })),
    blocking: null,
    names: kernel.profile.names,
  }
  const matter = {
    spec,
    columns,
    leftRows: rows.length,
    rightRows: people.length,
    isDedupe: false,
  }
  const linked = await linkRows(matter, {
    threads: 1,
    trained: null,
    shard: { index: 0, of: 1 },
    signal: null,
    onStage: () => {},
  })
  return scoredBy(linked, columns, { people, rows })
}

function columnOf(left: readonly string[], right: readonly string[]): Column {
  const codes = new Map([['', 0]])
  const encode = (texts: readonly string[]) =>
    Uint32Array.from(texts, (text) => {
      const code = codes.get(text) ?? codes.size
      codes.set(text, code)
      return code
    })
  const [ours, theirs] = [encode(left), encode(right)]
  return { values: [...codes.keys()], left: ours, right: theirs }
}

interface Sides {
  readonly people: readonly Somebody[]
  readonly rows: readonly ErringRow[]
}

function scoredBy(
  linked: Linked,
  columns: readonly Column[],
  { people, rows }: Sides,
): readonly ScoredRow[] {
  const { model, features, frequencies, pairs } = linked
  const fields = FieldRows.of(features, columns)
  const scores = fieldScores(model, frequencies)
  const prior = Math.log2(model.matches / (1 - model.matches))
  const compared = (left: number, right: number): readonly ComparedField[] =>
    FIELDS.map(([name], at) => {
      const [field, score] = [fields[at] as FieldRows, scores[at] as (typeof scores)[number]]
      const level = field.level(left, right)
      const meaning = field.meaning[field.right[right] as number] as number
      const rarity = score.byRarity[level] === 1 ? (score.rarity[meaning] as number) : 0
      const weight = (score.weights[level] as number) + rarity
      return { name, level: field.levels[level]?.id ?? 'missing', weight }
    })
  const found = new Map<number, Candidate[]>()
  for (const [at, left] of pairs.left.entries()) {
    const right = pairs.right[at] as number
    const weight = pairs.weights[at] as number
    const list = found.get(left) ?? []
    list.push({
      personId: people[right]?.personId ?? '',
      weight,
      probability: 1 / (1 + 2 ** -weight),
      fields: compared(left, right),
    })
    found.set(left, list)
  }
  return rows.flatMap((row, left) => {
    const list = (found.get(left) ?? []).sort((a, b) => b.weight - a.weight)
    return list.length === 0 ? [] : [{ row, prior, candidates: list.slice(0, CANDIDATES_most) }]
  })
}
