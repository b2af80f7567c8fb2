import { Random, seedOf } from '../../src/register/nation/random.ts'
import { Chooser } from '../../src/register/nation/weights.ts'

/**
 * Words of an invented country whose names look English and are nobody's: syllables put together,
 * the n-th as frequent as 1 / n^s. The country is the same whatever the seed of a file.
 */
const country = new Random(seedOf('a country of syllables'), 0)

/** Chosen so that no two make a word that anybody would rather not read. */
const STARTS = 'B Br Cl Cr D Dr Fl Fr G Gl Gr H J K L M N Pl Qu R Sk St Str T Th Tr V W'.split(' ')
const VOWELS = 'a e i o ai ea ee oa ou ie y'.split(' ')
const ENDS = 'n r l s d m ll nd rn th mb rl rv v ph w nn lm rd'.split(' ')
const SURNAME_ENDS =
  'son ley ton man field well wood ford er ing es worth by ham kin ard more'.split(' ')
const MALE_ENDS = 'ard in orn en us am or ick as iel an ed'.split(' ')
const FEMALE_ENDS = 'a ina elle y ia ette wen is ora ene ith ey'.split(' ')
const CITY_ENDS = 'ton ford ham bury mouth port wick dale chester minster'.split(' ')
const STREET_KINDS = 'Street 40,Road 30,Lane 10,Avenue 12,Close 8,Drive 8,Court 5,Place 4'

const one = (list: readonly string[]): string => list[country.below(list.length)] ?? ''

function stem(): string {
  const first = one(STARTS) + one(VOWELS) + one(ENDS)
  return country.happens(0.3) ? first + one(VOWELS) + one(ENDS) : first
}

/** So many different words. */
function words(count: number, make: () => string): readonly string[] {
  const made = new Set<string>()
  while (made.size < count) made.add(make())
  return [...made]
}

/** Words drawn as unequally as names are. */
class Zipf {
  readonly words: readonly string[]
  private readonly chooser: Chooser

  constructor(list: readonly string[], exponent: number) {
    this.words = list
    this.chooser = new Chooser(list.map((_, at) => (at + 3) ** -exponent))
  }

  pick(random: Random): string {
    return this.words[this.chooser.pick(random)] ?? ''
  }
}

export const surnames = new Zipf(
  words(6000, () => stem() + one(SURNAME_ENDS)),
  0.85,
)

const GENERATION_years = 20
const FIRST_GENERATION = 1900
const givenOf = (ends: readonly string[]) =>
  Array.from(
    { length: 7 },
    () =>
      new Zipf(
        words(350, () => stem() + one(ends)),
        0.95,
      ),
  )
const male = givenOf(MALE_ENDS)
const female = givenOf(FEMALE_ENDS)

/** A given name of the fashion of the year. */
export function drawGiven(random: Random, sex: 'M' | 'F', year: number): string {
  const shift = random.below(GENERATION_years) - GENERATION_years / 2
  const at = Math.floor((year + shift - FIRST_GENERATION) / GENERATION_years)
  const lists = sex === 'M' ? male : female
  return lists[Math.min(lists.length - 1, Math.max(0, at))]?.pick(random) ?? ''
}

/** What friends call somebody: the beginning of the name, or its end. */
export function nicknameOf(random: Random, given: string): string {
  const short = /^[^aeiouy]*[aeiouy]+[^aeiouy]?/i.exec(given)?.[0] ?? given
  const kind = random.below(3)
  if (kind === 0) return short
  if (kind === 1) return `${short}${/[aeiouy]$/i.test(short) ? 'n' : ''}ie`
  const last = /[^aeiouy]+[aeiouy]+[^aeiouy]*$/i.exec(given.slice(1))?.[0] ?? given
  return last.charAt(0).toUpperCase() + last.slice(1)
}

const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/ph/, 'f'],
  [/f(?!f)/, 'ph'],
  [/ck/, 'k'],
  [/k$/, 'ck'],
  [/ie/, 'y'],
  [/y$/, 'ie'],
  [/ee/, 'ea'],
  [/ea/, 'ee'],
  [/ai/, 'ay'],
  [/ou/, 'ow'],
  [/([lmnrst])\1/, '$1'],
  [/([lnrst])(?=[aeiou])/, '$1$1'],
  [/ley$/, 'ly'],
  [/son$/, 'sen'],
  [/sh/, 'sch'],
  [/C(?=[aou])/, 'K'],
  [/K(?=[aou])/, 'C'],
  [/th/, 't'],
]

/** The same sound spelled another way; the name itself where there is none. */
export function otherSpelling(random: Random, name: string): string {
  const first = random.below(SPELLINGS.length)
  for (let step = 0; step < SPELLINGS.length; step++) {
    const [heard, written = ''] = SPELLINGS[(first + step) % SPELLINGS.length] ?? []
    if (heard?.test(name)) return name.replace(heard, written)
  }
  return name
}

export interface Home {
  readonly house: number
  readonly street: string
  readonly city: string
  readonly postcode: string
}

const kinds = STREET_KINDS.split(',').map((item) => {
  const [kind = '', weight = '1'] = item.split(' ')
  return { kind, weight: Number(weight) }
})
const kind = new Chooser(kinds.map(({ weight }) => weight))
const streets = words(4000, () => `${stem()} ${kinds[kind.pick(country)]?.kind}`)
const CITIES = 240
const STREETS_of_city = 160
const cities = words(CITIES, () => stem() + one(CITY_ENDS)).map((name, at) => ({
  name,
  area: String.fromCharCode(65 + Math.floor(at / 12), 65 + (at % 12) * 2),
  streets: Array.from({ length: STREETS_of_city }, () => country.below(streets.length)),
}))
const city = new Chooser(cities.map((_, at) => (at + 4) ** -0.9))

/** A house of the country; with `near`, one of the same city. */
export function drawHome(random: Random, near?: Home): Home {
  const place = cities.find(({ name }) => name === near?.city) ?? cities[city.pick(random)]
  const street = random.below(STREETS_of_city)
  const house = 1 + Math.floor(180 * random.share() ** 2)
  // A postcode is a stretch of a street.
  const stretch = String.fromCharCode(65 + (street % 20), 65 + Math.floor(house / 40))
  const postcode = `${place?.area}${1 + Math.floor(street / 10)} ${street % 10}${stretch}`
  return {
    house,
    street: streets[place?.streets[street] ?? 0] ?? '',
    city: place?.name ?? '',
    postcode,
  }
}

const SHORT: Readonly<Record<string, string>> = {
  Street: 'St',
  Road: 'Rd',
  Lane: 'Ln',
  Avenue: 'Ave',
  Close: 'Cl',
  Drive: 'Dr',
  Court: 'Ct',
  Place: 'Pl',
}

export function abbreviated(street: string): string {
  const at = street.lastIndexOf(' ')
  const last = street.slice(at + 1)
  return `${street.slice(0, at)} ${SHORT[last] ?? last}`
}

/** The first letters of the city: as coarse as a region. */
export const regionOf = ({ postcode }: Home): string => postcode.slice(0, 1)
