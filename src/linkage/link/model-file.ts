import { Refusal } from '../../kernel/index.ts'
import { type RowKey, type Rule, ruleName } from '../block/rule.ts'
import type { FieldModel, Model } from '../model/model.ts'
import type { Linked, Trained } from './types.ts'

/** Raised when what is written, or what its numbers mean, changes. */
const VERSION = 1

/** What `model.json` says: all that another run needs to score the same way. */
export interface ModelFile {
  readonly version: number
  readonly matches: number
  readonly relatives: number
  readonly fields: readonly {
    readonly name: string
    readonly kind: string
    readonly levels: readonly {
      readonly id: string
      readonly m: number
      readonly u: number
      readonly r: number | null
    }[]
  }[]
  readonly blocking: readonly {
    readonly id: string
    readonly keys: readonly string[]
    readonly pairs: number
  }[]
}

export function modelFile({ model, rules, keys, found }: Linked): ModelFile {
  return {
    version: VERSION,
    matches: model.matches,
    relatives: model.relatives,
    fields: model.fields.map(({ name, kind, levels, m, u, r }) => ({
      name,
      kind,
      levels: levels.slice(1).map(({ id }, at) => ({
        id,
        m: m[at + 1] ?? 0,
        u: u[at + 1] ?? 0,
        r: r?.[at + 1] ?? null,
      })),
    })),
    blocking: rules.map((rule, at) => ({
      id: ruleName(rule, keys),
      keys: rule.keys.map((key) => keys[key]?.id ?? ''),
      pairs: found[at] ?? 0,
    })),
  }
}

const unfit = (expected: string) =>
  new Refusal('request.invalid', { field: 'model.json', expected })

/**
 * A model trained before, for files with the same fields.
 * @throws Refusal when it was made for other fields, levels or keys: it would score nonsense.
 */
export function trainedBy(
  file: ModelFile,
  fields: readonly Pick<FieldModel, 'name' | 'kind' | 'levels'>[],
  keys: readonly RowKey[],
): Trained {
  if (file.version !== VERSION || !Array.isArray(file.fields)) throw unfit(`version ${VERSION}`)
  const model: Model = {
    matches: file.matches,
    relatives: file.relatives,
    fields: fields.map((field, at) => {
      const was = file.fields[at]
      const same =
        was?.name === field.name &&
        was.kind === field.kind &&
        was.levels.length === field.levels.length - 1 &&
        was.levels.every(({ id }, level) => id === field.levels[level + 1]?.id)
      if (!same) throw unfit(field.name)
      const hasKin = was.levels.some(({ r }) => r !== null)
      return {
        ...field,
        m: [0, ...was.levels.map(({ m }) => m)],
        u: [0, ...was.levels.map(({ u }) => u)],
        r: hasKin ? [0, ...was.levels.map(({ r }) => r ?? 0)] : null,
      }
    }),
  }
  const rules = file.blocking.map(({ keys: ids }): Rule => {
    const places = ids.map((id) => keys.findIndex((key) => key.id === id))
    if (places.includes(-1)) throw unfit(ids.join(' + '))
    return { keys: places }
  })
  return { model, rules }
}
