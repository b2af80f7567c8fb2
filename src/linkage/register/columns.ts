import type { Column, FieldSpec } from '../types.ts'
import type { Claimed } from './claims.ts'
import { digitsOfKey } from './tables.ts'
import type { Scene } from './view.ts'

/** A field of the model, with the column that both sides are compared in. */
export interface ModelField {
  readonly spec: FieldSpec
  readonly column: Column
}

const KINDS: Readonly<Record<Claimed, FieldSpec['kind']>> = {
  number: 'identifier',
  oldNumber: 'identifier',
  name: 'full-name',
  birth: 'date',
  sex: 'category',
  unit: 'code',
}

export interface ColumnPlan {
  readonly scene: Scene
  /** Rows of the file that are scored. */
  readonly rows: Uint32Array
  /** The unit above all others of each unit, and its own code: what places are compared by. */
  placeText(unit: number): string
}

/** The fields that the file has, the register on the right; empty ones teach nothing. */
export function modelFields(plan: ColumnPlan): readonly ModelField[] {
  const { claims, people, dictionaries, nameValues, birthValues } = plan.scene
  const sexes = Array.from({ length: dictionaries.sex.count }, (_, code) =>
    code === 0 ? '' : `${code}`,
  )
  const places = Array.from({ length: dictionaries.unit.count }, (_, code) =>
    code === 0 ? '' : plan.placeText(code),
  )
  const of = (values: readonly string[], left: Uint32Array, right: Uint32Array): Column => ({
    values,
    left: taken(left, plan.rows),
    right,
  })
  const fields: readonly (readonly [Claimed, Column | null])[] = [
    ['number', numberColumn(plan)],
    ['oldNumber', oldNumberColumn(plan)],
    ['name', of(nameValues, claims.name, people.name)],
    ['birth', of(birthValues, claims.birth, people.birth)],
    ['sex', of(sexes, claims.sex, people.sex)],
    ['unit', of(places, claims.unit, people.unit)],
  ]
  return fields.flatMap(([name, column]) => {
    if (column === null || column.left.every((code) => code === 0)) return []
    return [{ spec: { name, kind: KINDS[name], columns: [name], format: null }, column }]
  })
}

function taken(codes: Uint32Array, rows: Uint32Array): Uint32Array {
  const some = sharedCodes(rows.length)
  for (let at = 0; at < rows.length; at++) some[at] = codes[rows[at] as number] as number
  return some
}

const sharedCodes = (length: number): Uint32Array =>
  new Uint32Array(new SharedArrayBuffer(length * 4))

/** A person's number is its own value; what a file says beyond these comes behind them. */
class NumberValues {
  readonly values: string[] = ['']
  readonly #others = new Map<number, number>()

  add(key: number): number {
    return this.values.push(digitsOfKey(key)) - 1
  }

  other(key: number): number {
    let code = this.#others.get(key)
    if (code === undefined) {
      code = this.add(key)
      this.#others.set(key, code)
    }
    return code
  }
}

function numberColumn({ scene: { claims, people }, rows }: ColumnPlan): Column | null {
  if (claims.number.every((key) => key === 0)) return null
  const values = new NumberValues()
  const right = sharedCodes(people.count)
  for (let person = 0; person < people.count; person++) {
    const key = people.number[person] as number
    if (key !== 0) right[person] = values.add(key)
  }
  const left = sharedCodes(rows.length)
  for (let at = 0; at < rows.length; at++) {
    const key = claims.number[rows[at] as number] as number
    if (key === 0) continue
    const bearer = people.byNumber.find(key)
    left[at] = people.number[bearer] === key ? (right[bearer] as number) : values.other(key)
  }
  return { values: values.values, left, right }
}

function oldNumberColumn({ scene: { claims, people }, rows }: ColumnPlan): Column | null {
  const [first, second] = claims.oldNumbers
  const keyOf = (row: number): number => (first?.[row] || second?.[row]) ?? 0
  if (rows.every((row) => keyOf(row) === 0)) return null
  // Two may bear one number, so values are interned on both sides.
  const values = new NumberValues()
  const right = sharedCodes(people.count)
  for (let person = 0; person < people.count; person++) {
    const key = people.oldNumber[person] as number
    if (key !== 0) right[person] = values.other(key)
  }
  const left = sharedCodes(rows.length)
  for (let at = 0; at < rows.length; at++) {
    const key = keyOf(rows[at] as number)
    if (key !== 0) left[at] = values.other(key)
  }
  return { values: values.values, left, right }
}
