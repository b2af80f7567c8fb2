import type pg from 'pg'
import type { PlainDay } from '../../kernel/index.ts'
import type { CopyFields } from './copy-out.ts'
import { type Dictionaries, FLAG, type People } from './people.ts'
import { copyBearers, copyFacts, copyOldBearers, setDay } from './store.ts'
import { DIGITS_most, doubled, IdTable, NumberTable } from './tables.ts'

export interface SnapshotPlan {
  readonly day: PlainDay
  readonly dictionaries: Dictionaries
  /** The unit that a unit has become: itself, or what it went into whole. */
  unitNow(id: string): string
}

/**
 * Reads the whole register as of a day into columns. The caller has opened the transaction, in which
 * everything is of one moment, and ends it.
 */
export async function readPeople(client: pg.ClientBase, plan: SnapshotPlan): Promise<People> {
  const builder = new Builder(plan.dictionaries)
  await setDay(client, plan.day)
  await copyFacts(client, (bytes, fields) => builder.fact(bytes, fields))
  await copyBearers(client, (bytes, fields) => builder.bearer(bytes, fields))
  await copyOldBearers(client, (bytes, fields) => builder.oldBearer(bytes, fields))
  return builder.done(plan)
}

const [A, B, D, E, M, N, P, R, S] = [97, 98, 100, 101, 109, 110, 112, 114, 115]

class Builder {
  readonly #dictionaries: Dictionaries
  readonly #ids = new IdTable()
  readonly #byNumber = new NumberTable(1 << 16)
  readonly #byOldNumber = new NumberTable(1 << 14)
  readonly #merged = new Map<number, number>()
  #name = new Uint32Array(1 << 10)
  #birth = new Uint32Array(1 << 10)
  #sex = new Uint32Array(1 << 10)
  #unit = new Uint32Array(1 << 10)
  #number = new Float64Array(1 << 10)
  #oldNumber = new Float64Array(1 << 10)
  #flags = new Uint8Array(1 << 10)

  constructor(dictionaries: Dictionaries) {
    this.#dictionaries = dictionaries
  }

  fact(bytes: Buffer, { from, length }: CopyFields): void {
    const person = this.#person(bytes, from[0] as number)
    const begin = from[2] as number
    const size = length[2] as number
    // Null: an absence that names no country, a value of a shape that says nothing here.
    if (size < 0) return
    const end = begin + size
    const { name, birth, sex, unit } = this.#dictionaries
    const kind = bytes[from[1] as number]
    const second = bytes[(from[1] as number) + 1]
    if (kind === P && second === E) this.#unit[person] = unit.codeOf(bytes, begin, end)
    else if (kind === N && second === A) this.#name[person] = name.codeOf(bytes, begin, end)
    else if (kind === N) this.#number[person] = keyAt(bytes, begin, end)
    else if (kind === B) this.#birth[person] = birth.codeOf(bytes, begin, end)
    else if (kind === S) this.#sex[person] = sex.codeOf(bytes, begin, end)
    else if (kind === A) this.#mark(person, FLAG.abroad)
    else if (kind === D) {
      this.#mark(person, bytes[begin + 1] === E ? FLAG.deceased : FLAG.missing)
    } else if (kind === P && second === R) this.#mark(person, FLAG.protected)
    else if (kind === M) {
      this.#mark(person, FLAG.merged)
      const id = Buffer.from(bytes.toString('latin1', begin, end).replaceAll('-', ''), 'hex')
      this.#merged.set(person, this.#person(id, 0))
    }
  }

  bearer(bytes: Buffer, { from, length }: CopyFields): void {
    const key = keyAt(bytes, from[0] as number, (from[0] as number) + (length[0] as number))
    if (key !== 0) this.#byNumber.add(key, this.#person(bytes, from[1] as number))
  }

  oldBearer(bytes: Buffer, { from, length }: CopyFields): void {
    const key = keyAt(bytes, from[0] as number, (from[0] as number) + (length[0] as number))
    if (key === 0) return
    const person = this.#person(bytes, from[1] as number)
    this.#byOldNumber.add(key, person)
    this.#oldNumber[person] = key
  }

  #mark(person: number, flag: number): void {
    this.#flags[person] = (this.#flags[person] as number) | flag
  }

  #person(bytes: Uint8Array, at: number): number {
    const person = this.#ids.numberOf(bytes, at)
    if (person >= this.#name.length) {
      this.#name = doubled(this.#name)
      this.#birth = doubled(this.#birth)
      this.#sex = doubled(this.#sex)
      this.#unit = doubled(this.#unit)
      this.#number = doubled(this.#number)
      this.#oldNumber = doubled(this.#oldNumber)
      this.#flags = doubled(this.#flags)
    }
    return person
  }

  done(plan: SnapshotPlan): People {
    const now = unitsNow(plan)
    const { count } = this.#ids
    const people = {
      count,
      ids: this.#ids,
      name: shared(this.#name, count),
      birth: shared(this.#birth, count),
      sex: shared(this.#sex, count),
      unit: shared(this.#unit, count),
      number: this.#number.subarray(0, count),
      oldNumber: this.#oldNumber.subarray(0, count),
      flags: this.#flags.subarray(0, count),
      byNumber: this.#byNumber,
      byOldNumber: this.#byOldNumber,
      survivors: this.#survivors(),
    }
    for (let person = 0; person < count; person++) {
      const flags = people.flags[person] as number
      const isHidden = (flags & (FLAG.protected | FLAG.merged)) !== 0
      people.unit[person] = isHidden ? 0 : (now[people.unit[person] as number] as number)
      if ((flags & FLAG.merged) === 0) continue
      people.name[person] = 0
      people.birth[person] = 0
      people.sex[person] = 0
    }
    return people
  }

  /** Chains of mergers to their end; a circle, which would be an error in the data, ends anywhere. */
  #survivors(): ReadonlyMap<number, number> {
    const survivors = new Map<number, number>()
    for (const [person, into] of this.#merged) {
      let at = into
      for (let step = 0; step < 8; step++) at = this.#merged.get(at) ?? at
      survivors.set(person, at)
    }
    return survivors
  }
}

function shared(array: Uint32Array, count: number): Uint32Array {
  const copy = new Uint32Array(new SharedArrayBuffer(count * 4))
  copy.set(array.subarray(0, count))
  return copy
}

/** By the code of a unit: the code of what it has become. */
function unitsNow({ dictionaries: { unit }, unitNow }: SnapshotPlan): Uint32Array {
  const before = unit.count
  const now: number[] = [0]
  for (let code = 1; code < before; code++) {
    now.push(unit.codeOfText(unitNow(unit.textOf(code))))
  }
  return Uint32Array.from(now)
}

const [ZERO, NINE] = [48, 57]

/** Key of digits; 0: they are none, or more than a key can hold. */
function keyAt(bytes: Uint8Array, from: number, to: number): number {
  if (to <= from || to - from > DIGITS_most) return 0
  let key = 1
  for (let at = from; at < to; at++) {
    const digit = bytes[at] as number
    if (digit < ZERO || digit > NINE) return 0
    key = key * 10 + (digit - ZERO)
  }
  return key
}
