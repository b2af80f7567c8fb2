import { dayText, yearOf, yearStart } from '../../src/register/nation/days.ts'
import { Random } from '../../src/register/nation/random.ts'
import { type Drawing, field, type People, type Setting, type Writer } from './batch.ts'
import { writeDate } from './dates.ts'
import { Dice } from './dice.ts'
import {
  abbreviated,
  drawGiven,
  drawHome,
  type Home,
  nicknameOf,
  otherSpelling,
  regionOf,
  surnames,
} from './english-words.ts'
import { shows } from './office.ts'
import { misread, slip, transposed, wrongDigit } from './typing.ts'
import { ageBand } from './vn.ts'

const BATCH_persons = 4096
const YEAR = 2026
const PEOPLE_STREAM = 4_000_003
/** Chances of the households, the same in every file. */
const IS_COUPLE = 0.62
const CHILDREN_most = 4
const HAS_LODGER = 0.06
const HAS_GRANDPARENT = 0.08
const PHONE_FROM_age = 12

export const ENGLISH_COLUMNS = [
  'given_name',
  'surname',
  'birth_date',
  'sex',
  'address',
  'city',
  'postcode',
  'phone',
  'insurance_number',
] as const
export type EnglishColumn = (typeof ENGLISH_COLUMNS)[number]

interface Person {
  readonly given: string
  readonly surname: string
  /** The name before or after marriage, where there is one. */
  readonly otherSurname: string
  readonly sex: 'M' | 'F'
  readonly born: number
  readonly home: Home
  readonly phone: string
  readonly number: string
  /** Index of the household's first person. */
  readonly household: number
}

/**
 * People of an invented country with English-looking names: families at one address, juniors with
 * their father's name, twins, lodgers. Columns may be left out of both files.
 */
export function englishSetting(persons: number, without: readonly EnglishColumn[] = []): Setting {
  const columns = ENGLISH_COLUMNS.filter((column) => !without.includes(column))
  return {
    columns,
    strata: ['sex', 'age', 'region'],
    batches: Math.ceil(persons / BATCH_persons),
    people(batch, drawing) {
      const count = Math.min(BATCH_persons, persons - batch * BATCH_persons)
      return new EnglishPeople({ batch, count, columns }, drawing)
    },
  }
}

interface Request {
  readonly batch: number
  readonly count: number
  readonly columns: readonly EnglishColumn[]
}

class EnglishPeople implements People {
  readonly count: number
  private readonly all: Person[] = []
  private readonly dice: Dice
  private readonly request: Request

  constructor(request: Request, { seed, severity, tally }: Drawing) {
    this.request = request
    this.count = request.count
    this.dice = new Dice(new Random(seed ^ PEOPLE_STREAM, request.batch), severity, tally)
    while (this.all.length < this.count) this.addHousehold()
    this.all.length = this.count
  }

  private addHousehold(): void {
    const { random } = this.dice
    const household = this.all.length
    const home = drawHome(random)
    const phone = this.drawPhone()
    const surname = surnames.pick(random)
    const age = 20 + random.below(66)
    const head = random.happens(0.5) ? 'M' : 'F'
    const add = (
      one: Pick<Person, 'given' | 'surname' | 'otherSurname' | 'sex' | 'born'>,
    ): void => {
      const own = random.happens(0.75) ? this.drawPhone() : phone
      this.all.push({ ...one, home, phone: own, household, number: this.drawNumber() })
    }
    const adult = (sex: 'M' | 'F', years: number, family: string): void => {
      const born = this.dayOfAge(years)
      const other = sex === 'F' ? surnames.pick(random) : ''
      const given = drawGiven(random, sex, yearOf(born))
      add({ given, surname: family, otherSurname: other, sex, born })
    }
    adult(head, age, surname)
    if (random.happens(IS_COUPLE)) {
      adult(head === 'M' ? 'F' : 'M', Math.max(18, age - 6 + random.below(11)), surname)
      this.addChildren({ age, surname, father: this.all[household], add })
    }
    if (random.happens(HAS_GRANDPARENT)) {
      adult(random.happens(0.7) ? 'F' : 'M', Math.min(99, age + 24 + random.below(10)), surname)
    }
    if (random.happens(HAS_LODGER)) adult('M', 18 + random.below(50), surnames.pick(random))
  }

  private addChildren(family: {
    readonly age: number
    readonly surname: string
    readonly father: Person | undefined
    add(one: Pick<Person, 'given' | 'surname' | 'otherSurname' | 'sex' | 'born'>): void
  }): void {
    const { random } = this.dice
    const oldest = Math.min(26, family.age - 20)
    if (oldest < 0) return
    const ages = new Set<number>()
    let born = -1
    let hasJunior = false
    for (let left = random.below(CHILDREN_most + 1); left > 0; left--) {
      const isTwin = born !== -1 && this.dice.happens('people.twins')
      if (!isTwin) {
        const age = random.below(oldest + 1)
        // No two births in one year but those of twins.
        if (ages.has(age)) continue
        ages.add(age)
        born = this.dayOfAge(age)
      }
      const sex = random.happens(0.5) ? 'M' : 'F'
      const isJunior: boolean =
        sex === 'M' &&
        !hasJunior &&
        family.father?.sex === 'M' &&
        this.dice.happens('people.junior')
      hasJunior ||= isJunior
      const given = isJunior ? (family.father?.given ?? '') : drawGiven(random, sex, yearOf(born))
      family.add({ given, surname: family.surname, otherSurname: '', sex, born })
    }
  }

  private dayOfAge(years: number): number {
    return yearStart(YEAR - years) - this.dice.random.below(365)
  }

  private drawPhone(): string {
    return `0${7000 + this.dice.random.below(900)} ${String(this.dice.random.below(1_000_000)).padStart(6, '0')}`
  }

  private drawNumber(): string {
    const letters = 'ABCEGHJKLMNPRSTWXYZ'
    const letter = (): string => letters[this.dice.random.below(letters.length)] ?? 'A'
    return `${letter()}${letter()}${String(this.dice.random.below(100_000_000)).padStart(8, '0')}`
  }

  write(at: number, writer: Writer): string {
    const person = this.all[at] as Person
    const { dice, office } = writer
    const [given, surname] = this.writeNames(person, writer)
    const isMoved = dice.errs('place.moved-near')
    const isFar = !isMoved && dice.errs('place.moved-far')
    const home = isMoved
      ? drawHome(dice.random, person.home)
      : isFar
        ? drawHome(dice.random)
        : person.home
    const values: Readonly<Record<EnglishColumn, string>> = {
      given_name: given,
      surname,
      birth_date: writeDate(dice, office, dayText(person.born)),
      sex: writeSex(dice, person.sex),
      address: writeAddress(writer, home),
      city: writeCity(dice, home.city),
      postcode: writePostcode(dice, home.postcode),
      phone: this.writePhone(person, writer),
      insurance_number: this.writeNumber(at, writer),
    }
    return this.request.columns.map((column) => field(values[column])).join(',')
  }

  private writeNames(person: Person, { dice, office }: Writer): readonly [string, string] {
    const { random } = dice
    let { given, surname } = person
    const isWife = person.otherSurname !== '' && yearOf(person.born) < YEAR - 20
    if (isWife && dice.errs('surname.of-marriage')) surname = person.otherSurname
    if (dice.errs('given.nickname')) given = nicknameOf(random, given)
    else if (dice.errs('given.initial')) given = given.slice(0, 1)
    if (dice.errs('given.spelling')) given = otherSpelling(random, given)
    if (dice.errs('surname.spelling')) surname = otherSpelling(random, surname)
    if (dice.errs('name.typing')) given = slip(random, given)
    if (dice.errs('name.typing')) surname = slip(random, surname)
    if (shows(dice, office, 'office.scans') && dice.errs('name.scanned')) {
      surname = misread(random, surname)
    }
    if (dice.errs('given.missing')) given = ''
    if (dice.errs('surname.missing')) surname = ''
    if (dice.errs('names.swapped')) [given, surname] = [surname, given]
    if (!shows(dice, office, 'office.capitals')) return [given, surname]
    return [given.toUpperCase(), surname.toUpperCase()]
  }

  private writePhone(person: Person, { dice, office }: Writer): string {
    const isChild = yearOf(person.born) > YEAR - PHONE_FROM_age
    if (shows(dice, office, 'office.no-phones') || dice.errs('phone.missing')) return ''
    if (isChild || dice.errs('phone.of-household')) {
      return this.all[person.household]?.phone ?? person.phone
    }
    return dice.errs('phone.changed') ? this.drawOtherPhone(dice.random) : person.phone
  }

  private drawOtherPhone(random: Random): string {
    return `0${7000 + random.below(900)} ${String(random.below(1_000_000)).padStart(6, '0')}`
  }

  private writeNumber(at: number, { dice, office, ownNumberOf }: Writer): string {
    const { random } = dice
    if (shows(dice, office, 'office.no-numbers') || dice.errs('number.missing')) {
      const givesOwn = ownNumberOf !== -1 && dice.errs('clerk.own-number', 1)
      return givesOwn ? (this.all[ownNumberOf]?.number ?? '') : ''
    }
    const person = this.all[at] as Person
    let number = person.number
    if (dice.errs('number.of-relative')) number = this.all[person.household]?.number ?? number
    if (dice.errs('number.placeholder')) number = 'AA00000000'
    if (dice.errs('number.digit')) number = wrongDigit(random, number)
    return dice.errs('number.transposed') ? transposed(random, number) : number
  }

  strata(at: number): string {
    const { sex, born, home } = this.all[at] as Person
    return `${sex},${ageBand(YEAR - yearOf(born))},${regionOf(home)}`
  }
}

function writeSex(dice: Dice, sex: 'M' | 'F'): string {
  if (dice.errs('sex.missing')) return ''
  const isWrong = dice.errs('sex.wrong')
  return isWrong ? (sex === 'M' ? 'F' : 'M') : sex
}

function writeAddress({ dice }: Writer, home: Home): string {
  if (dice.errs('place.missing')) return ''
  const street = dice.errs('address.abbreviated') ? abbreviated(home.street) : home.street
  const written = dice.errs('address.no-number') ? street : `${home.house} ${street}`
  return dice.errs('address.typing') ? slip(dice.random, written) : written
}

function writeCity(dice: Dice, city: string): string {
  if (dice.errs('city.missing')) return ''
  return dice.errs('city.typing') ? slip(dice.random, city) : city
}

function writePostcode(dice: Dice, postcode: string): string {
  if (dice.errs('postcode.missing')) return ''
  return dice.errs('postcode.wrong') ? wrongDigit(dice.random, postcode) : postcode
}
