import { entitle, type Lang, type PlainDay } from '../../kernel/index.ts'
import type { UnitId } from '../types.ts'
import { foldWords } from './fold.ts'
import { holdsOn, type Succession, type Unit, type UnitRules } from './types.ts'

export interface UnitSearch {
  /** Only units that exist on this day; all there ever were where none is given. */
  readonly day?: PlainDay
  readonly level?: string
  /** Only units below this one. */
  readonly within?: UnitId
  readonly limit?: number
}

/** Ancestors and successors are few; a longer walk would be a circle in the data. */
const WALK_MOST = 16
const FOUND_MOST = 50

/**
 * All administrative units with their days, in memory: some 14,000 rows that change a few times a
 * year. A code without a day is ambiguous, so whatever is asked by code is asked of a day.
 */
export class UnitDirectory {
  readonly #rules: UnitRules
  readonly #rows = new Map<UnitId, Unit[]>()
  readonly #ids = new Map<string, UnitId[]>()
  readonly #children = new Map<UnitId, UnitId[]>()
  readonly #successions = new Map<UnitId, Succession[]>()
  readonly #predecessors = new Map<UnitId, UnitId[]>()
  readonly #words = new Map<Unit, readonly string[]>()

  constructor(rules: UnitRules, rows: readonly Unit[], successions: readonly Succession[]) {
    this.#rules = rules
    for (const row of [...rows].sort((a, b) => (a.from < b.from ? -1 : 1))) {
      push(this.#rows, row.id, row)
      const ids = this.#ids.get(row.code)
      if (ids?.includes(row.id) !== true) push(this.#ids, row.code, row.id)
      if (row.parent !== null) pushNew(this.#children, row.parent, row.id)
    }
    for (const succession of successions) {
      push(this.#successions, succession.unit, succession)
      push(this.#predecessors, succession.successor, succession.unit)
    }
  }

  /** The unit as it is on a day; without a day, as it is or was last. */
  find(id: UnitId, day?: PlainDay): Unit | undefined {
    const rows = this.#rows.get(id) ?? []
    return day === undefined ? rows.at(-1) : rows.find((row) => holdsOn(row, day))
  }

  /** The unit that bears a code on a day. */
  unitOn(code: string, day: PlainDay): Unit | undefined {
    for (const id of this.#ids.get(code) ?? []) {
      const unit = this.find(id, day)
      if (unit !== undefined) return unit
    }
    return undefined
  }

  /** Whether people are registered in this unit on a day: it is of the lowest level of that day. */
  isResidential(id: UnitId, day: PlainDay): boolean {
    const unit = this.find(id, day)
    return unit !== undefined && unit.level === this.lowestLevelOn(day)
  }

  lowestLevelOn(day: PlainDay): string | undefined {
    return this.#rules.generations.find((one) => holdsOn(one, day))?.levels.at(-1)
  }

  /** The unit, those above it up to the highest, then 'nation'. */
  pathOf(id: UnitId, day?: PlainDay): readonly string[] {
    return [...this.unitsAbove(id, day).map((unit) => unit.id), 'nation']
  }

  /** The unit and those above it, as on a day or as they were last. */
  unitsAbove(id: UnitId, day?: PlainDay): readonly Unit[] {
    const path: Unit[] = []
    let at: UnitId | null = id
    while (at !== null && path.length < WALK_MOST) {
      const unit: Unit | undefined = this.find(at, day) ?? this.find(at)
      if (unit === undefined) break
      path.push(unit)
      at = unit.parent
    }
    return path
  }

  successorsOf(id: UnitId): readonly UnitId[] {
    return (this.#successions.get(id) ?? []).map((one) => one.successor)
  }

  /** What a unit became when all of it went into one other. */
  wholeSuccessorOf(id: UnitId): UnitId | undefined {
    const [only, ...others] = this.#successions.get(id) ?? []
    return only?.whole === true && others.length === 0 ? only.successor : undefined
  }

  /** Units of which a part or all is in this one now. */
  predecessorsOf(id: UnitId): readonly UnitId[] {
    return this.#predecessors.get(id) ?? []
  }

  /** Units directly below on a day; below null, those of the highest level. */
  childrenOf(id: UnitId | null, day: PlainDay): readonly Unit[] {
    const ids = id === null ? [...this.#rows.keys()] : (this.#children.get(id) ?? [])
    return ids
      .map((child) => this.find(child, day))
      .filter((unit) => unit !== undefined && unit.parent === id)
      .sort(byCode) as Unit[]
  }

  /** The directory as it is once rows have been closed and others opened. */
  with(change: {
    readonly closings: readonly Pick<Unit, 'id' | 'from' | 'to'>[]
    readonly opened: readonly Unit[]
    readonly changed: readonly Unit[]
  }): UnitDirectory {
    const ends = new Map(change.closings.map((one) => [`${one.id} ${one.from}`, one.to]))
    const rows = [...this.rows()].map((row) => {
      const to = ends.get(`${row.id} ${row.from}`)
      return to === undefined ? row : { ...row, to }
    })
    const all = [...rows, ...change.opened, ...change.changed]
    return new UnitDirectory(this.#rules, all, [...this.#successions.values()].flat())
  }

  /** All rows of every unit, in no order. */
  *rows(): Iterable<Unit> {
    for (const rows of this.#rows.values()) yield* rows
  }

  /** 'Phường Ba Đình', 'Ba Đình Ward', 'quartier de Ba Đình'; an unknown id is its own title. */
  titleOf(id: UnitId, lang: Lang, day?: PlainDay): string {
    const unit = this.find(id, day) ?? this.find(id)
    if (unit === undefined) return id
    const kind = this.#rules.kinds.find((one) => one.id === unit.kind && one.level === unit.level)
    return kind === undefined ? unit.name : entitle(kind.title, unit.name, lang)
  }

  /** The title with those above it: 'Phường Ba Đình, Thành phố Hà Nội'. */
  fullTitleOf(id: UnitId, lang: Lang, day?: PlainDay): string {
    const path = this.unitsAbove(id, day)
    if (path.length === 0) return id
    return path.map((unit) => this.titleOf(unit.id, lang, day)).join(', ')
  }

  /**
   * Units by name, with or without accents, or by code. Words of units above narrow it, as 245
   * commune names are borne in more than one province: 'ba dinh ha noi'.
   */
  search(text: string, options: UnitSearch = {}): readonly Unit[] {
    const wanted = foldWords(text)
    if (wanted.length === 0) return []
    const { day, level, within, limit = FOUND_MOST } = options
    const found: { readonly unit: Unit; readonly own: number }[] = []
    for (const rows of this.#rows.values()) {
      const row = day === undefined ? rows.at(-1) : rows.find((one) => holdsOn(one, day))
      if (row === undefined || (level !== undefined && row.level !== level)) continue
      if (within !== undefined && !this.pathOf(row.id, day).includes(within)) continue
      const own = this.#matched(row, wanted, day)
      if (own > 0) found.push({ unit: row, own })
    }
    found.sort((a, b) => b.own - a.own || byCode(a.unit, b.unit))
    return found.slice(0, limit).map(({ unit }) => unit)
  }

  /** How well a unit answers: 0 not at all, else the wanted words its own name holds. */
  #matched(row: Unit, wanted: readonly string[], day: PlainDay | undefined): number {
    if (wanted.length === 1 && wanted[0] === row.code) return WALK_MOST
    const own = this.#wordsOf(row)
    const isIn = (words: readonly string[]) => (word: string) =>
      words.some((one) => one.startsWith(word))
    const inOwn = wanted.filter(isIn(own)).length
    if (inOwn === 0 || inOwn === wanted.length) {
      const exact = inOwn > 0 && wanted.length === own.length && own.join() === wanted.join()
      return inOwn + (exact ? WALK_MOST : 0)
    }
    const all = this.unitsAbove(row.id, day).flatMap((unit) => this.#wordsOf(unit))
    return wanted.every(isIn(all)) ? inOwn : 0
  }

  #wordsOf(row: Unit): readonly string[] {
    let words = this.#words.get(row)
    if (words === undefined) {
      words = foldWords(row.name)
      this.#words.set(row, words)
    }
    return words
  }
}

const byCode = (a: Unit | undefined, b: Unit | undefined): number =>
  (a?.code ?? '') < (b?.code ?? '') ? -1 : 1

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}

function pushNew<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  if (map.get(key)?.includes(value) !== true) push(map, key, value)
}
