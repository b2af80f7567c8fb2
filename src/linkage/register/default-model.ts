import type { ModelFile } from '../link/model-file.ts'
import type { FieldModel } from '../model/model.ts'

/** By level: chance among pairs of one person, and of two persons at random. */
type Shares = Readonly<Record<string, readonly [m: number, u: number]>>

/**
 * What is believed of a field where a file is too small to teach it: shares as they are found in
 * large files of agencies beside a register, rounded. A level not named here is rare in both.
 */
const BELIEVED: Readonly<Record<string, Shares>> = {
  number: {
    exact: [0.9, 1e-6],
    'one-edit': [0.03, 1e-7],
    'two-edits': [0.01, 1e-5],
    different: [0.06, 1],
  },
  oldNumber: {
    exact: [0.9, 1e-6],
    'one-edit': [0.02, 1e-7],
    'two-edits': [0.01, 1e-5],
    different: [0.07, 1],
  },
  name: {
    exact: [0.8, 1e-4],
    folded: [0.08, 1e-4],
    contradicting: [0.01, 2e-4],
    parts: [0.04, 2e-3],
    near: [0.05, 5e-4],
    most: [0.01, 5e-3],
    last: [0.005, 0.02],
    first: [0.003, 0.2],
    different: [0.002, 0.77],
  },
  birth: {
    exact: [0.88, 4e-5],
    swapped: [0.01, 2e-5],
    'one-digit': [0.02, 5e-4],
    partial: [0.06, 2e-3],
    'two-parts': [0.015, 4e-3],
    year: [0.01, 0.014],
    different: [0.005, 0.98],
  },
  sex: { exact: [0.99, 0.5], close: [0.001, 0.001], different: [0.009, 0.5] },
  unit: {
    exact: [0.85, 5e-4],
    'one-edit': [0.005, 1e-3],
    prefix: [0.08, 0.03],
    different: [0.065, 0.97],
  },
}
const RARE = [1e-3, 1e-3] as const

/** Keys that together find most pairs of one person, whatever one or two fields say wrongly. */
const BLOCKING: readonly (readonly string[])[] = [
  ['number:exact'],
  ['oldNumber:exact'],
  ['name:exact', 'birth:year'],
  ['name:exact', 'unit:exact'],
  ['birth:exact', 'name:last-word'],
  ['birth:exact', 'unit:exact'],
  ['name:last-word', 'birth:year-month', 'unit:exact'],
]
/** As many pairs are compared whole. */
const EVERY_PAIR_most = 16_000_000

export interface DefaultPlan {
  readonly fields: readonly Pick<FieldModel, 'name' | 'kind' | 'levels'>[]
  /** Ids of the keys there are. */
  readonly keys: ReadonlySet<string>
  readonly rows: number
  readonly persons: number
}

/** The stored model for a file of these fields: most rows are believed to be in the register. */
export function defaultModel({ fields, keys, rows, persons }: DefaultPlan): ModelFile {
  const rules = BLOCKING.filter((rule) => rule.every((key) => keys.has(key)))
  const isSmall = rows * persons <= EVERY_PAIR_most || rules.length === 0
  return {
    version: 1,
    matches: Math.min(0.5, 0.8 / Math.max(1, persons)),
    relatives: 0,
    fields: fields.map(({ name, kind, levels }) => {
      const told = levels.slice(1).map(({ id }) => BELIEVED[name]?.[id] ?? RARE)
      const [sumM, sumU] = [0, 1].map((at) => told.reduce((sum, one) => sum + (one[at] ?? 0), 0))
      return {
        name,
        kind,
        levels: levels.slice(1).map(({ id }, at) => ({
          id,
          m: (told[at]?.[0] ?? 0) / (sumM ?? 1),
          u: (told[at]?.[1] ?? 0) / (sumU ?? 1),
          r: null,
        })),
      }
    }),
    blocking: (isSmall ? [[]] : rules).map((rule) => ({
      id: rule.join(' + ') || 'every pair',
      keys: rule,
      pairs: 0,
    })),
  }
}
