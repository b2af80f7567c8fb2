import type { NameRules } from '../../kernel/index.ts'
import { comparerOf, type Features, featuresOf } from '../compare/index.ts'
import type { Comparer } from '../types.ts'
import { type Claims, canBeAsked } from './claims.ts'
import type { BirthEvidence, Evidence, NameEvidence, NumberEvidence } from './decide.ts'
import type { Dictionaries, People } from './people.ts'
import { digitsOfKey } from './tables.ts'

/** A file beside the register, with what comparing names and days needs. */
export interface Scene {
  readonly claims: Claims
  readonly people: People
  readonly dictionaries: Dictionaries
  readonly names: NameRules
  readonly nameValues: readonly string[]
  readonly birthValues: readonly string[]
  readonly nameFeatures: Features
  readonly birthFeatures: Features
  /** Whether the first of two units went in part into the second, or the other way round. */
  areAkin(unit: number, other: number): boolean
}

export function sceneOf(
  scene: Pick<Scene, 'claims' | 'people' | 'dictionaries' | 'names' | 'areAkin'>,
): Scene {
  const nameValues = scene.dictionaries.name.texts()
  const birthValues = scene.dictionaries.birth.texts()
  const plain = { format: null, columns: [] } as const
  return {
    ...scene,
    nameValues,
    birthValues,
    nameFeatures: featuresOf(
      { ...plain, name: 'name', kind: 'full-name' },
      nameValues,
      scene.names,
    ),
    birthFeatures: featuresOf({ ...plain, name: 'birth', kind: 'date' }, birthValues, null),
  }
}

const NAME_LEVELS: Readonly<Record<string, NameEvidence>> = {
  missing: 'none',
  exact: 'same',
  folded: 'folded',
  contradicting: 'contradicting',
  slip: 'near',
  near: 'near',
  // Minh Anh and Anh Minh are two names, Thị left out is one.
  'same-words': 'part',
  shortened: 'part',
  most: 'part',
}
const BIRTH_LEVELS: Readonly<Record<string, BirthEvidence>> = {
  missing: 'none',
  exact: 'same',
  partial: 'partial',
  swapped: 'slip',
  'one-digit': 'slip',
  'two-parts': 'part',
  year: 'part',
}

const BEYOND_ASCII = /[^\x20-\x7e]/

type Mutable<T> = { -readonly [key in keyof T]: T[key] }

/** Sees what rows and persons have in common. One answer, overwritten by the next pair. */
export class View {
  readonly #scene: Scene
  readonly #name: Comparer
  readonly #birth: Comparer
  readonly #nameLevels: readonly NameEvidence[]
  readonly #birthLevels: readonly BirthEvidence[]
  /** 1: of a day, year, month and day are known. */
  readonly #isWholeDay: Uint8Array
  /** By code of a name: 2 with marks, 1 without, 0 not looked at yet. */
  readonly #marked: Uint8Array
  readonly #evidence: Mutable<Evidence> = {
    number: 'none',
    contradicts: false,
    oldNumber: 'none',
    name: 'none',
    birth: 'none',
    sex: 'none',
    place: 'none',
    alone: false,
  }

  constructor(scene: Scene) {
    this.#scene = scene
    this.#name = comparerOf(scene.nameFeatures)
    this.#birth = comparerOf(scene.birthFeatures)
    this.#nameLevels = this.#name.levels.map(({ id }) => NAME_LEVELS[id] ?? 'differs')
    this.#birthLevels = this.#birth.levels.map(({ id }) => BIRTH_LEVELS[id] ?? 'differs')
    this.#marked = new Uint8Array(scene.nameValues.length)
    this.#isWholeDay = Uint8Array.from(scene.birthValues, (day) => (day.length === 10 ? 1 : 0))
  }

  /** `alone` is what the caller knows of the row, once all rows have been seen. */
  of(row: number, person: number, alone: boolean): Evidence {
    const { claims, people } = this.#scene
    const evidence = this.#evidence
    evidence.number = this.#numberOf(row, person)
    evidence.contradicts = claims.contradicts[row] === 1
    evidence.oldNumber = this.#oldNumberOf(row, person)
    evidence.name = this.nameOf(row, person)
    evidence.birth = this.birthOf(row, person)
    evidence.sex = same(claims.sex[row] as number, people.sex[person] as number)
    evidence.place = this.#placeOf(claims.unit[row] as number, people.unit[person] as number)
    evidence.alone = alone
    return evidence
  }

  nameOf(row: number, person: number): NameEvidence {
    const { claims, people, names, nameValues } = this.#scene
    const [claimed, held] = [claims.name[row] as number, people.name[person] as number]
    if (claimed === held) return claimed === 0 ? 'none' : 'same'
    const level = this.#nameLevels[this.#name.compare(claimed, held)] as NameEvidence
    if (level !== 'folded' || !this.#isMarked(claimed) || !this.#isMarked(held)) return level
    // The country's own rules know which names differ although they fold alike.
    const told = names.compare(nameValues[claimed] ?? '', nameValues[held] ?? '')
    if (told === 'contradicting') return 'contradicting'
    return told === 'same' || told === 'tone-placement' ? 'same' : 'folded'
  }

  /** Whether a name bears a sign beyond plain letters, remembered by its code. */
  #isMarked(code: number): boolean {
    let known = this.#marked[code]
    if (known === 0) {
      known = BEYOND_ASCII.test(this.#scene.nameValues[code] ?? '') ? 2 : 1
      this.#marked[code] = known
    }
    return known === 2
  }

  birthOf(row: number, person: number): BirthEvidence {
    const { claims, people } = this.#scene
    const [claimed, held] = [claims.birth[row] as number, people.birth[person] as number]
    const level = this.#birthLevels[this.#birth.compare(claimed, held)] as BirthEvidence
    // Of two who know only the year, the year agrees: that is not a day.
    return level === 'same' && this.#isWholeDay[held] === 0 ? 'partial' : level
  }

  #numberOf(row: number, person: number): NumberEvidence {
    const { claims, people } = this.#scene
    const key = claims.number[row] as number
    const held = people.number[person] as number
    if (key === 0) return 'none'
    if (key === held) return 'same'
    const bearer = people.byNumber.find(key)
    if (bearer === person || people.survivors.get(bearer) === person) return 'earlier'
    if (held === 0) return 'none'
    if (isSlip(digitsOfKey(key), digitsOfKey(held))) return 'slip'
    return bearer < 0 ? 'differs' : 'foreign'
  }

  #oldNumberOf(row: number, person: number): Evidence['oldNumber'] {
    const { claims, people } = this.#scene
    let told: Evidence['oldNumber'] = 'none'
    for (const keys of claims.oldNumbers) {
      const key = keys[row] as number
      if (key === 0) continue
      if (people.byOldNumber.all(key).some((bearer) => isOf(people, bearer, person))) return 'same'
      const held = people.oldNumber[person] as number
      if (held === 0 || told === 'slip') continue
      told = isSlip(digitsOfKey(key), digitsOfKey(held)) ? 'slip' : 'differs'
    }
    return told
  }

  #placeOf(claimed: number, held: number): Evidence['place'] {
    if (claimed === 0 || held === 0) return 'none'
    if (claimed === held) return 'same'
    // Of a commune that was divided nobody can tell yet in which part a person lives.
    return this.#scene.areAkin(claimed, held) ? 'none' : 'differs'
  }
}

/** Whether a bearer is the person, or a record merged into the person's. */
export const isOf = (people: People, bearer: number, person: number): boolean =>
  bearer === person || people.survivors.get(bearer) === person

const same = (claimed: number, held: number): 'none' | 'same' | 'differs' =>
  claimed === 0 || held === 0 ? 'none' : claimed === held ? 'same' : 'differs'

/**
 * One digit wrong, left out or too many, or two neighbours that changed places. A zero that was put
 * before a number too short may stand for a digit lost anywhere.
 */
export const isSlip = (a: string, b: string): boolean =>
  isOneSlip(a, b) || (a.startsWith('0') && isOneSlip(a.slice(1), b))

function isOneSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let from = 0
  while (from < a.length && a[from] === b[from]) from++
  let [toA, toB] = [a.length, b.length]
  while (toA > from && toB > from && a[toA - 1] === b[toB - 1]) {
    toA--
    toB--
  }
  const [restA, restB] = [a.slice(from, toA), b.slice(from, toB)]
  if (restA.length <= 1 && restB.length <= 1) return true
  return restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0]
}

/** Rows that say too little are not compared at all. */
export const askable = (scene: Scene): Uint8Array =>
  Uint8Array.from({ length: scene.claims.rows }, (_, row) =>
    canBeAsked(scene.claims, row) ? 1 : 0,
  )
