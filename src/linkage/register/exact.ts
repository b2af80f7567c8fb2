import type { Claims } from './claims.ts'
import { identify } from './decide.ts'
import type { People } from './people.ts'
import { isOf, type Scene, type View } from './view.ts'

/** What the exact stages found. */
export interface Exact {
  /** By row: the person and 1; 0: none. */
  readonly person: Uint32Array
  /** By row: 1 where nobody else, and no other row, has its name, birth, sex and place. */
  readonly alone: Uint8Array
  /** By row: the one person with its name, birth, sex and place, and 1; 0: none, or several. */
  readonly namesake: Uint32Array
}

/**
 * The stages that need no score, each unique on both sides: number, name and birth date; an older
 * number by the history of numbers, with both; name, birth date, sex and place. Rows of one person
 * are told apart afterwards: a number has one bearer, and who repeats it is the same.
 */
export function exactStages(scene: Scene, view: View, asked: Uint8Array): Exact {
  const { claims } = scene
  const person = new Uint32Array(claims.rows)
  const { namesake, alone } = uniqueByPlace(scene, asked)
  for (let row = 0; row < claims.rows; row++) {
    if (asked[row] === 0) continue
    const found =
      byNumber(scene, view, row) ??
      byOldNumber(scene, view, row) ??
      byPlace({ scene, view, namesake, row })
    if (found !== undefined) person[row] = found + 1
  }
  return { person, alone, namesake }
}

const EXACT_NAMES = new Set(['same', 'folded'])

function byNumber({ claims, people }: Scene, view: View, row: number): number | undefined {
  const bearer = bearerOf(people, claims.number[row] as number)
  if (bearer === undefined) return undefined
  const isExact = EXACT_NAMES.has(view.nameOf(row, bearer)) && view.birthOf(row, bearer) === 'same'
  return isExact ? bearer : undefined
}

/** Who bears a number now: of a merged record, the one that everything holds of. */
export function bearerOf(people: People, key: number): number | undefined {
  if (key === 0) return undefined
  const bearer = people.byNumber.find(key)
  return bearer < 0 ? undefined : (people.survivors.get(bearer) ?? bearer)
}

function byOldNumber({ claims, people }: Scene, view: View, row: number): number | undefined {
  const found = new Set<number>()
  for (const bearer of oldBearersOf(claims, people, row)) {
    if (!EXACT_NAMES.has(view.nameOf(row, bearer))) continue
    if (view.birthOf(row, bearer) === 'same') found.add(bearer)
  }
  // The provinces gave some numbers twice: two who agree are left to the score.
  return found.size === 1 ? [...found][0] : undefined
}

/** Everybody who bears one of a row's older numbers. */
export function oldBearersOf(claims: Claims, people: People, row: number): ReadonlySet<number> {
  const found = new Set<number>()
  for (const keys of claims.oldNumbers) {
    const key = keys[row] as number
    if (key === 0) continue
    for (const bearer of people.byOldNumber.all(key)) {
      found.add(people.survivors.get(bearer) ?? bearer)
    }
  }
  return found
}

interface ByPlace {
  readonly scene: Scene
  readonly view: View
  readonly namesake: Uint32Array
  readonly row: number
}

function byPlace({ scene, view, namesake, row }: ByPlace): number | undefined {
  const found = (namesake[row] as number) - 1
  if (found < 0) return undefined
  const { claims, people } = scene
  // Whoever bears the row's number must not be somebody who agrees with it too.
  const bearer = bearerOf(people, claims.number[row] as number)
  if (bearer !== undefined && !isOf(people, bearer, found)) {
    if (identify(view.of(row, bearer, false)) !== null) return undefined
    if (EXACT_NAMES.has(view.nameOf(row, bearer))) return undefined
  }
  return identify(view.of(row, found, true)) === null ? undefined : found
}

/**
 * Rows and persons of one folded name, whole birth date and place, where there is one of each; the
 * sex, which a file may lack, is compared after. Rows with the person's number, with the same other
 * one or with none count as one.
 */
function uniqueByPlace(scene: Scene, asked: Uint8Array): Pick<Exact, 'alone' | 'namesake'> {
  const { claims, people, nameFeatures, birthValues } = scene
  const { meaning } = nameFeatures
  const isDay = Uint8Array.from(birthValues, (day) => (day.length === 10 ? 1 : 0))
  const groups = new Groups(people.count + claims.rows)
  const groupOf = (fields: Pick<Claims, 'name' | 'birth' | 'unit'>, at: number): number => {
    const name = meaning[fields.name[at] as number] as number
    const [birth, unit] = [fields.birth[at] as number, fields.unit[at] as number]
    if (name === 0 || unit === 0 || isDay[birth] !== 1) return -1
    return groups.of(name, birth, unit)
  }
  const persons = new Uint32Array(people.count + claims.rows)
  const personOf = new Uint32Array(people.count + claims.rows)
  for (let person = 0; person < people.count; person++) {
    const group = groupOf(people, person)
    if (group < 0) continue
    persons[group] = (persons[group] as number) + 1
    personOf[group] = person + 1
  }
  const keys = new Float64Array(people.count + claims.rows)
  const several = new Uint8Array(people.count + claims.rows)
  const groupOfRow = new Int32Array(claims.rows).fill(-1)
  for (let row = 0; row < claims.rows; row++) {
    if (asked[row] === 0) continue
    const group = groupOf(claims, row)
    groupOfRow[row] = group
    const key = claims.number[row] as number
    if (group < 0 || key === 0 || persons[group] !== 1) continue
    // The person's own number, in force or not, is no sign of another.
    const bearer = bearerOf(people, key)
    if (bearer !== undefined && bearer + 1 === personOf[group]) continue
    if (keys[group] === 0) keys[group] = key
    else if (keys[group] !== key) several[group] = 1
  }
  const namesake = new Uint32Array(claims.rows)
  const alone = new Uint8Array(claims.rows)
  for (let row = 0; row < claims.rows; row++) {
    const group = groupOfRow[row] as number
    if (group < 0 || persons[group] !== 1 || several[group] === 1) continue
    namesake[row] = personOf[group] as number
    alone[row] = 1
  }
  return { alone, namesake }
}

/** Numbers groups of three codes from 0: open addressing, a group's codes beside its number. */
class Groups {
  readonly #mask: number
  readonly #slots: Uint32Array
  readonly #codes: Uint32Array
  count = 0

  constructor(most: number) {
    const slots = 2 ** Math.ceil(Math.log2(Math.max(16, most * 2)))
    this.#mask = slots - 1
    this.#slots = new Uint32Array(slots)
    this.#codes = new Uint32Array(most * 3)
  }

  of(a: number, b: number, c: number): number {
    const codes = this.#codes
    let mixed = Math.imul(a ^ Math.imul(b, 0x9e3779b1), 0x85ebca6b)
    mixed = Math.imul(mixed ^ (mixed >>> 15) ^ Math.imul(c, 0xc2b2ae35), 0x27d4eb2f)
    let slot = (mixed ^ (mixed >>> 15)) & this.#mask
    for (;;) {
      const group = (this.#slots[slot] as number) - 1
      if (group < 0) break
      const at = group * 3
      if (codes[at] === a && codes[at + 1] === b && codes[at + 2] === c) return group
      slot = (slot + 1) & this.#mask
    }
    const group = this.count++
    this.#slots[slot] = group + 1
    codes[group * 3] = a
    codes[group * 3 + 1] = b
    codes[group * 3 + 2] = c
    return group
  }
}
