import { Column, IntList } from './columns.ts'
import { FIRST_YEAR, monthStart, yearOf, yearStart } from './days.ts'
import { DAY, FEMALE, MALE, MONTH, NONE, People, YEAR } from './people.ts'
import { type Part, type Plan, type ProvincePlan, poolsOf, randomOf } from './plan.ts'
import type { Random } from './random.ts'

/** Everybody within a walk of so many neighbours by age may be chosen. */
const WALK_STEPS = 90
const BANDS_YEARS = 5
/** Keeps day and flags of a person in one sortable number; above every day before 1900. */
const DAY_OFFSET = 40_000

/** Men or women of one people in order of birth, found by year. */
export class ByBirth {
  private readonly ids = new IntList()
  private readonly starts: Int32Array

  constructor(people: People, range: Range, sex: number) {
    const years: number[] = []
    for (let person = range.from; person < range.to; person++) {
      if (people.sex.at(person) !== sex) continue
      this.ids.push(person)
      years.push(yearOf(people.born.at(person)))
    }
    this.starts = new Int32Array(302)
    for (const year of years) {
      const at = year - FIRST_YEAR + 1
      this.starts[at] = (this.starts[at] as number) + 1
    }
    for (let at = 1; at < this.starts.length; at++) {
      this.starts[at] = (this.starts[at] as number) + (this.starts[at - 1] as number)
    }
  }

  /**
   * The first who is accepted, beginning with somebody born in that year and going on to older
   * and younger neighbours in turn; NONE when nobody near is.
   */
  near(random: Random, year: number, accepts: (person: number) => boolean): number {
    const at = Math.max(0, year - FIRST_YEAR)
    const from = this.starts[at] ?? 0
    const to = this.starts[at + 1] ?? this.ids.length
    const start = from + (to > from ? random.below(to - from) : 0)
    for (let step = 0; step < WALK_STEPS; step++) {
      const place = start + (step & 1 ? (step + 1) >> 1 : -(step >> 1))
      if (place < 0 || place >= this.ids.length) continue
      const person = this.ids.at(place)
      if (accepts(person)) return person
    }
    return NONE
  }

  /** Somebody born in that year, or NONE. */
  any(random: Random, year: number): number {
    const at = year - FIRST_YEAR
    if (at < 0) return NONE
    const from = this.starts[at] ?? 0
    const to = this.starts[at + 1] ?? 0
    return to > from ? this.ids.at(from + random.below(to - from)) : NONE
  }
}

/** Persons from, up to but not including, to. */
export interface Range {
  readonly from: number
  readonly to: number
}

export interface PoolDraft extends Range {
  readonly group: number
  readonly men: ByBirth
  readonly women: ByBirth
}

/** A part of a nation while it is made. */
export interface Draft {
  readonly plan: Plan
  readonly part: Part
  readonly province: ProvincePlan
  readonly random: Random
  readonly people: People
  readonly pools: readonly PoolDraft[]
  /** All persons in order of birth. */
  readonly order: Column
}

/** Draws who there is: sex, birth, death and people; kin and homes come later. */
export function draftPart(plan: Plan, part: Part): Draft {
  const province = plan.provinces[part.province]
  if (!province) throw new RangeError('a part needs a province with places')
  const random = randomOf(plan, part)
  const people = new People(part.persons)
  const pools: PoolDraft[] = []
  let from = 0
  for (const { group, persons } of poolsOf(plan, part, random)) {
    const range = { from, to: from + persons }
    drawPool(plan, random, { people, group, ...range })
    pools.push({
      group,
      ...range,
      men: new ByBirth(people, range, MALE),
      women: new ByBirth(people, range, FEMALE),
    })
    from += persons
  }
  return { plan, part, province, random, people, pools, order: inOrderOfBirth(people) }
}

interface Drawn extends Range {
  readonly people: People
  readonly group: number
}

function drawPool(plan: Plan, random: Random, { people, group, from, to }: Drawn): void {
  const lastDay = plan.asOf - 1
  const keys = new Int32Array(to - from)
  for (let at = 0; at < keys.length; at++) {
    const isDead = random.happens(plan.ages.deadShare)
    const pick = (isDead ? plan.ages.dead : plan.ages.living).pick(random)
    const reference = isDead ? random.between(plan.opened, lastDay) : lastDay
    const years = ((pick >> 1) + random.share()) * BANDS_YEARS
    const born = Math.max(yearStart(FIRST_YEAR), Math.floor(reference - years * 365.2425))
    const precision = drawPrecision(plan, random, born)
    const first = precision === YEAR ? yearStart(yearOf(born)) : born
    keys[at] = (first + DAY_OFFSET) * 16 + precision * 4 + (pick & 1) * 2 + (isDead ? 1 : 0)
  }
  keys.sort()
  for (const [at, key] of keys.entries()) {
    const person = from + at
    const born = (key >> 4) - DAY_OFFSET
    const precision = (key >> 2) & 3
    people.born.set(person, precision === MONTH ? monthStart(born) : born)
    people.precision.set(person, precision)
    people.sex.set(person, (key >> 1) & 1)
    people.group.set(person, group)
    // Sorting parted the dead from their day of death; any later day since the opening will do.
    const first = Math.max(plan.opened, born) + 1
    if (key & 1 && first <= lastDay) people.died.set(person, random.between(first, lastDay))
  }
}

/** The old often know the year of their birth only. */
function drawPrecision({ demography }: Plan, random: Random, born: number): number {
  if (born >= yearStart(demography.yearOnlyBefore)) return DAY
  const share = random.share()
  const { yearOnly, monthOnly } = demography.chance
  return share < yearOnly ? YEAR : share < yearOnly + monthOnly ? MONTH : DAY
}

function inOrderOfBirth(people: People): Column {
  const keys = new Float64Array(people.count)
  for (let person = 0; person < people.count; person++) {
    keys[person] = (people.born.at(person) + DAY_OFFSET) * people.count + person
  }
  keys.sort()
  const order = new Column(people.count)
  for (const [at, key] of keys.entries()) order.set(at, key % people.count)
  return order
}
