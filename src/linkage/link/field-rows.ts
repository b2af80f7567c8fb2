import { comparerOf, type Features } from '../compare/index.ts'
import type { Column, Comparer, FieldKind, Level } from '../types.ts'

/** Given name and surname written in each other's place: one level of the given name. */
const SWAPPED: Level = { id: 'swapped', byFrequency: false }

/** The rows of one field on both sides, and how they compare. */
export class FieldRows {
  readonly levels: readonly Level[]
  readonly kind: FieldKind
  readonly meaning: Uint32Array
  readonly left: Uint32Array
  readonly right: Uint32Array
  readonly #comparer: Comparer
  readonly #different: number
  #other: FieldRows | null = null
  /** What is said of a pair whose names are swapped: the given name says so, the surname nothing. */
  #swapped = 0

  constructor(features: Features, { left, right }: Pick<Column, 'left' | 'right'>, swaps: boolean) {
    this.#comparer = comparerOf(features)
    const { levels } = this.#comparer
    this.#different = levels.length - 1
    this.levels = swaps && features.kind === 'given-name' ? [...levels, SWAPPED] : levels
    this.kind = features.kind
    this.meaning = features.meaning
    this.left = left
    this.right = right
  }

  static of(
    features: readonly Features[],
    columns: readonly Pick<Column, 'left' | 'right'>[],
  ): readonly FieldRows[] {
    const places = (['given-name', 'surname'] as const).map((kind) =>
      features.flatMap((one, at) => (one.kind === kind ? [at] : [])),
    )
    // Several given names or surnames may be swapped in more ways than one: they are left alone.
    const [[given], [surname]] = places as [number[], number[]]
    const swaps = places.every(({ length }) => length === 1)
    const fields = features.map(
      (one, at) => new FieldRows(one, columns[at] ?? { left: NONE, right: NONE }, swaps),
    )
    if (swaps) {
      const [first, last] = [fields[given ?? 0], fields[surname ?? 0]]
      if (first !== undefined && last !== undefined) first.#swapWith(last)
    }
    return fields
  }

  #swapWith(surname: FieldRows): void {
    this.#other = surname
    this.#swapped = this.levels.length - 1
    surname.#other = this
  }

  level(left: number, right: number): number {
    const level = this.#comparer.compare(this.left[left] as number, this.right[right] as number)
    if (level !== this.#different || this.#other === null) return level
    return this.#isSwapped(this.#other, left, right) ? this.#swapped : level
  }

  /** Both names stand in one list of values, so either field's meanings tell them apart. */
  #isSwapped(other: FieldRows, left: number, right: number): boolean {
    const { meaning } = this
    const own = meaning[this.left[left] as number]
    return (
      own !== 0 &&
      own === meaning[other.right[right] as number] &&
      meaning[other.left[left] as number] === meaning[this.right[right] as number]
    )
  }
}

const NONE = new Uint32Array(0)
