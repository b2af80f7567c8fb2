import { profile } from '../../profiles/vn/index.ts'
import { dayText, yearOf, yearStart } from '../../src/register/nation/days.ts'
import { Numbers } from '../../src/register/nation/identifiers.ts'
import { type Made, makePart } from '../../src/register/nation/part.ts'
import { DAY, FEMALE, MONTH, NONE, YEAR } from '../../src/register/nation/people.ts'
import { type Plan, planNation } from '../../src/register/nation/plan.ts'
import { Random } from '../../src/register/nation/random.ts'
import { type Drawing, field, type People, type Setting, type Writer } from './batch.ts'
import { writeDate } from './dates.ts'
import { Dice } from './dice.ts'
import { shows } from './office.ts'
import type { Severity } from './rates.ts'
import { transposed, wrongDigit } from './typing.ts'
import { writeName } from './vn-name.ts'

const PEOPLE_STREAM = 3_000_003
/** The profile has a third of the communes a nation has; a sixth digit divides each. */
const HAMLETS = 5
const FIRST_OF_JANUARY_before = 1975
const NEAR_steps = 40
const NAMESAKE_tries = 12
const PLACEHOLDERS = ['000000000000', '123456789', '999999999999', '111111111111'] as const

/**
 * Codes no province ever had. With one of them a number may begin with 0, which a spreadsheet then
 * drops, and still belongs to nobody.
 */
const given = new Set(profile.population.provinces.map(({ code }) => code))
const FREE_CODES = Array.from({ length: 96 }, (_, at) => String(at + 1).padStart(2, '0')).filter(
  (code) => !given.has(code),
)

/** The profile's numbers, moved out of the range that is in use. */
const free: typeof profile = {
  ...profile,
  number: {
    ...profile.number,
    compose(parts) {
      const number = profile.number.compose({ ...parts, demonstration: true })
      const code = FREE_CODES[Number(number.slice(1, 3)) % FREE_CODES.length] ?? '00'
      return `0${code}${number.slice(3)}`
    },
  },
}

/** People of the Vietnamese profile: families, homes, peoples and names as it draws them. */
export function vnSetting(persons: number, seed: string): Setting {
  const plan = planNation(free, { persons, seed })
  return {
    columns: ['number', 'full_name', 'birth_date', 'sex', 'commune_code'],
    strata: ['sex', 'age', 'people', 'region'],
    batches: plan.parts.length,
    people: (batch, drawing) => new VnPeople(plan, batch, drawing),
  }
}

class VnPeople implements People {
  readonly count: number
  private readonly made: Made
  private readonly plan: Plan
  private readonly numbers: readonly string[]
  private readonly oldNumbers: readonly string[]

  constructor(plan: Plan, batch: number, { seed, severity, tally }: Drawing) {
    const part = plan.parts[batch]
    if (part === undefined) throw new RangeError(`there is no batch ${batch}`)
    this.plan = plan
    this.made = makePart(plan, part)
    this.count = part.persons
    const dice = new Dice(new Random(seed ^ PEOPLE_STREAM, batch), severity as Severity, tally)
    for (let person = 0; person < this.count; person++) this.likenOne(dice, person)
    const numbers = new Numbers(plan, part)
    this.numbers = Array.from({ length: this.count }, (_, person) =>
      numbers.next(this.birthOf(person)),
    )
    const old = plan.population.oldNumber
    this.oldNumbers = Array.from({ length: this.count }, (_, person) => {
      const { province, year } = this.birthOf(person)
      if (old === null || year > old.bornUntil || !dice.random.happens(old.share)) return ''
      return numbers.nextOld(person, province, dice.random.happens(old.duplicated))
    })
  }

  /** Makes people more alike than chance makes them: twins, siblings, neighbours, 1 January. */
  private likenOne(dice: Dice, person: number): void {
    const { people } = this.made
    const before = person - 1
    const isSibling =
      before >= 0 &&
      people.mother.at(person) !== NONE &&
      people.mother.at(before) === people.mother.at(person)
    if (isSibling && people.born.at(before) === people.born.at(person)) {
      if (dice.happens('people.twin-middle')) people.middle.set(person, people.middle.at(before))
    } else this.likenSibling(dice, person)
    if (dice.happens('people.namesake-nearby')) this.likenNeighbour(dice, person)
    const born = people.born.at(person)
    const isOld = yearOf(born) < FIRST_OF_JANUARY_before && people.precision.at(person) === DAY
    if (isOld && dice.happens('people.first-of-january')) {
      people.born.set(person, yearStart(yearOf(born)))
    }
  }

  /** The middle name of the next older child of the same mother and sex. */
  private likenSibling(dice: Dice, person: number): void {
    const { people, kin } = this.made
    const mother = people.mother.at(person)
    if (mother === NONE) return
    const older = kin.after(mother, person)
    if (older === NONE || people.sex.at(older) !== people.sex.at(person)) return
    if (dice.happens('people.sibling-middle')) people.middle.set(person, people.middle.at(older))
  }

  /** The whole name of somebody of about the same age from the same place. */
  private likenNeighbour({ random }: Dice, person: number): void {
    const { people } = this.made
    for (let attempt = 0; attempt < NAMESAKE_tries; attempt++) {
      const other = person + random.between(-NEAR_steps, NEAR_steps)
      if (other === person || other < 0 || other >= this.count) continue
      if (people.family.at(other) !== people.family.at(person)) continue
      if (people.sex.at(other) !== people.sex.at(person)) continue
      if (people.bornAt.at(other) !== people.bornAt.at(person)) continue
      // Twins have two names.
      if (people.born.at(other) === people.born.at(person)) continue
      people.middle.set(person, people.middle.at(other))
      people.given.set(person, people.given.at(other))
      return
    }
  }

  private birthOf(person: number) {
    const { people } = this.made
    const place = this.plan.places[people.bornAt.at(person)]
    const province = this.plan.provinces[place?.province ?? NONE]?.code ?? ''
    const sex = people.sex.at(person) === FEMALE ? ('female' as const) : ('male' as const)
    return { province, sex, year: yearOf(people.born.at(person)) }
  }

  private bornText(person: number): string {
    const { people } = this.made
    const text = dayText(people.born.at(person))
    const precision = people.precision.at(person)
    return precision === YEAR ? text.slice(0, 4) : precision === MONTH ? text.slice(0, 7) : text
  }

  private placeOf(person: number): number {
    return this.made.settler.placeOf(person, this.plan.asOf - 1)
  }

  write(person: number, writer: Writer): string {
    const { dice, office } = writer
    const { people } = this.made
    const number = this.writeNumber(person, writer)
    const named = dice.errs('name.other-member') ? this.relativeOf(person, dice.random) : person
    const name = writeName(dice, office, this.nameOf(named))
    const born = writeDate(dice, office, this.bornText(person))
    const commune = this.writePlace(person, writer)
    let sex = people.sex.at(person) === FEMALE ? 'F' : 'M'
    if (dice.errs('sex.wrong')) sex = sex === 'F' ? 'M' : 'F'
    if (dice.errs('sex.missing')) sex = ''
    return `${number},${field(name)},${born},${sex},${commune}`
  }

  private nameOf(person: number) {
    const { people } = this.made
    const { names } = this.plan
    const word = (id: number): string => names.words[id] ?? ''
    return {
      family: word(people.family.at(person)),
      middle: word(people.middle.at(person)),
      given: word(people.given.at(person)),
      familyFirst: names.isFamilyFirst(people.group.at(person)),
    }
  }

  private writeNumber(person: number, { dice, office, ownNumberOf }: Writer): string {
    const { random } = dice
    if (shows(dice, office, 'office.no-numbers') || dice.errs('number.missing')) {
      const givesOwn = ownNumberOf !== -1 && dice.errs('clerk.own-number', 1)
      return givesOwn ? (this.numbers[ownNumberOf] ?? '') : ''
    }
    if (dice.errs('number.placeholder')) return dice.pick(PLACEHOLDERS)
    let bearer = person
    if (dice.errs('number.of-relative')) bearer = this.relativeOf(person, random)
    else if (dice.errs('number.of-namesake')) bearer = this.alikeOf(person, random)
    const old = this.oldNumbers[bearer] ?? ''
    let number = old !== '' && dice.errs('number.old') ? old : (this.numbers[bearer] ?? '')
    if (dice.errs('number.digit')) number = wrongDigit(random, number)
    if (dice.errs('number.transposed')) number = transposed(random, number)
    const losesZeros = number.startsWith('0') && shows(dice, office, 'office.loses-leading-zeros')
    if (losesZeros) number = number.replace(/^0+/, '')
    return dice.errs('number.separated') ? number.replace(/(\d{3})(?=\d)/g, '$1 ') : number
  }

  /** A parent, spouse or child; somebody near where there is none. */
  private relativeOf(person: number, random: Random): number {
    const { people, kin } = this.made
    const child = kin.after(person, NONE)
    const near = [
      people.mother.at(person),
      people.father.at(person),
      people.spouse.at(person),
      child,
    ]
    const first = random.below(near.length)
    for (let step = 0; step < near.length; step++) {
      const relative = near[(first + step) % near.length] ?? NONE
      if (relative !== NONE) return relative
    }
    return this.alikeOf(person, random)
  }

  /** Somebody with the same given name among those born next, else whoever was. */
  private alikeOf(person: number, random: Random): number {
    const { people } = this.made
    for (let step = 1; step <= 4 * NEAR_steps; step++) {
      const other = (person + step) % this.count
      if (people.given.at(other) === people.given.at(person)) return other
    }
    return (person + 1 + random.below(NEAR_steps)) % this.count
  }

  private writePlace(person: number, { dice, office }: Writer): string {
    if (dice.errs('place.missing')) return ''
    const isOwn = shows(dice, office, 'office.own-unit')
    const household = this.made.people.household.at(isOwn ? office.at : person)
    let at = this.placeOf(isOwn ? office.at : person)
    let hamlet = household === NONE ? person : household
    if (dice.errs('place.moved-near')) at = this.placeNear(at, dice.random)
    else if (dice.errs('place.moved-far')) {
      at = this.made.settler.faraway()
      hamlet = dice.random.below(HAMLETS)
    }
    const { periods } = this.plan.places[at] ?? { periods: [] }
    const isOld = shows(dice, office, 'office.old-units')
    const unit = (isOld ? periods[0] : periods.at(-1))?.unit ?? ''
    const code = `${unit.slice(0, unit.lastIndexOf('@'))}${hamlet % HAMLETS}`
    return dice.errs('place.digit') ? wrongDigit(dice.random, code) : code
  }

  private placeNear(at: number, random: Random): number {
    const province = this.plan.provinces[this.plan.places[at]?.province ?? NONE]
    return province ? (province.places[province.place.pick(random)] ?? at) : at
  }

  strata(person: number): string {
    const { people } = this.made
    const group = this.plan.population.groups[people.group.at(person)]?.id ?? ''
    const place = this.plan.places[this.placeOf(person)]
    const region = this.plan.provinces[place?.province ?? NONE]?.region ?? ''
    const age = yearOf(this.plan.asOf) - yearOf(people.born.at(person))
    return `${people.sex.at(person) === FEMALE ? 'F' : 'M'},${ageBand(age)},${group},${region}`
  }
}

const BANDS = [0, 6, 18, 30, 45, 60, 75] as const

/** '18-29'; the last band is open. */
export function ageBand(age: number): string {
  const at = BANDS.findLastIndex((from) => age >= from)
  const next = BANDS[at + 1]
  return next === undefined ? `${BANDS[at]}+` : `${BANDS[Math.max(0, at)]}-${next - 1}`
}
