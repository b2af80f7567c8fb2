import type { Demography, MaritalShares, Population, Profile } from '../../kernel/profile.ts'
import { dayOf } from './days.ts'
import { NameBook } from './names.ts'
import { type Place, placesOf } from './places.ts'
import { Random, seedOf } from './random.ts'
import { Chooser, NumberChooser, parseWeights } from './weights.ts'

/** Persons made together: kin are found within a part, and parts know nothing of each other. */
const PART_PERSONS = 4096
/** A province with fewer is left out of a small nation. */
const PROVINCE_PERSONS_MIN = 60
/** A people with fewer would find no partners among its own. */
const POOL_PERSONS_MIN = 14
const NATION_PERSONS_MAX = 20_000_000
/** Of the persons of one part, at most this share is born in one year. */
const ONE_YEAR_MOST = 0.025

export interface Pool {
  /** Index of the people. */
  readonly group: number
  readonly persons: number
}

export interface Part {
  readonly index: number
  readonly province: number
  readonly persons: number
  /** Persons in the parts before. */
  readonly first: number
}

export interface Ages {
  /** Draws sex and five-year age group: `2 × band + sex`. */
  readonly living: Chooser
  readonly dead: Chooser
  /** Share of all persons who died since the register opened. */
  readonly deadShare: number
}

export interface ProvincePlan {
  readonly code: string
  readonly region: string
  /** Indexes of places and a draw among them. */
  readonly places: readonly number[]
  readonly place: Chooser
  readonly groups: readonly { readonly group: number; readonly share: number }[]
}

export interface Plan {
  readonly profile: Profile
  readonly population: Population
  readonly demography: Demography
  readonly persons: number
  readonly seed: number
  /** The nation is true for this day; nothing happens on it or later. */
  readonly asOf: number
  readonly opened: number
  readonly places: readonly Place[]
  readonly provinces: readonly (ProvincePlan | null)[]
  readonly parts: readonly Part[]
  /** Draws the index of the province one moves to. */
  readonly destination: Chooser
  readonly ages: Ages
  readonly ageGap: NumberChooser
  readonly brideAge: NumberChooser
  readonly motherAge: NumberChooser
  readonly names: NameBook
  readonly religions: readonly { readonly chooser: Chooser; readonly codes: readonly string[] }[]
  readonly countries: { readonly chooser: Chooser; readonly codes: readonly string[] }
}

export interface NationRequest {
  readonly persons: number
  readonly seed: string
  /** 'yyyy-mm-dd'; the population's own day when left out. */
  readonly asOf?: string
}

/** Everything that is drawn from, compiled once; parts are then made in any order. */
export function planNation(profile: Profile, request: NationRequest): Plan {
  const { population } = profile
  const { persons } = request
  if (!Number.isInteger(persons) || persons < 1 || persons > NATION_PERSONS_MAX) {
    throw new RangeError(`a nation has 1 to ${NATION_PERSONS_MAX} persons`)
  }
  const { demography } = population
  const places = placesOf(profile)
  const provinces = population.provinces.map((_, index) => provincePlan(population, places, index))
  const asOf = dayOf(request.asOf ?? population.asOf)
  const opened = dayOf(population.registerOpenedOn)
  if (asOf <= opened) throw new RangeError(`the register opened on ${population.registerOpenedOn}`)
  const parts = partsOf(originShares(population, provinces), persons)
  refuseFewSerials(profile, parts)
  return {
    profile,
    population,
    demography,
    persons,
    seed: seedOf(request.seed),
    asOf,
    opened,
    places,
    provinces,
    parts,
    destination: new Chooser(
      population.provinces.map((one, at) =>
        provinces[at] === null ? 0 : one.residents * one.attraction,
      ),
    ),
    ages: agesOf(demography, (asOf - opened) / 365.2425),
    ageGap: new NumberChooser(demography.ageGap_years),
    brideAge: new NumberChooser(demography.brideAge_years),
    motherAge: new NumberChooser(demography.motherAge_years),
    names: new NameBook(population),
    religions: population.groups.map(({ religions }) => codesOf(religions)),
    countries: codesOf(population.countries),
  }
}

/** Each part owns a slice of the serials; those born in one year must find room in it. */
function refuseFewSerials({ number }: Profile, parts: readonly Part[]): void {
  const most = Math.max(...parts.map(({ persons }) => persons))
  const partsMost = Math.floor(number.serials / Math.ceil(most * ONE_YEAR_MOST))
  if (parts.length > partsMost) {
    throw new RangeError(`at most ${partsMost * PART_PERSONS} persons: the numbers do not reach`)
  }
}

function codesOf(weights: string): { chooser: Chooser; codes: readonly string[] } {
  const items = parseWeights(weights)
  return {
    chooser: new Chooser(items.map((item) => item.weight)),
    codes: items.map((item) => item.word),
  }
}

function provincePlan(
  population: Population,
  all: readonly Place[],
  index: number,
): ProvincePlan | null {
  const own = [...all.keys()].filter((at) => all[at]?.province === index)
  const province = population.provinces[index]
  if (own.length === 0 || province === undefined) return null
  const shares = parseWeights(province.groups)
  const total = shares.reduce((sum, { weight }) => sum + weight, 0)
  return {
    code: province.code,
    region: province.region,
    places: own,
    place: new Chooser(own.map((at) => all[at]?.weight ?? 0)),
    groups: shares.map(({ word, weight }) => {
      const group = population.groups.findIndex(({ id }) => id === word)
      if (group === -1) throw new RangeError(`'${word}' is no people of the population`)
      return { group, share: weight / total }
    }),
  }
}

/**
 * How many come *from* each province so that, once a share of them has moved to where work is,
 * as many live there as the profile says.
 */
function originShares(
  { provinces, demography }: Population,
  plans: readonly (ProvincePlan | null)[],
): readonly number[] {
  const residents = provinces.map((one, at) => (plans[at] === null ? 0 : one.residents))
  const drawn = provinces.map((one, at) => (residents[at] ?? 0) * one.attraction)
  const people = residents.reduce((sum, value) => sum + value, 0)
  const pull = drawn.reduce((sum, value) => sum + value, 0)
  const moved = demography.chance.fromElsewhere
  return residents.map((count, at) =>
    Math.max(0.2 * count, count - moved * people * ((drawn[at] ?? 0) / pull)),
  )
}

function partsOf(shares: readonly number[], persons: number): readonly Part[] {
  const total = shares.reduce((sum, share) => sum + share, 0)
  let used = shares.map((share) => (persons * share) / total >= PROVINCE_PERSONS_MIN)
  if (!used.includes(true)) used = shares.map((share) => share === Math.max(...shares))
  const usedTotal = shares.reduce((sum, share, at) => sum + (used[at] ? share : 0), 0)
  const parts: Part[] = []
  let first = 0
  let reached = 0
  for (const [province, share] of shares.entries()) {
    if (!used[province]) continue
    reached += share
    let left = Math.round((persons * reached) / usedTotal) - first
    for (let pieces = Math.ceil(left / PART_PERSONS); pieces > 0; pieces--) {
      const count = Math.ceil(left / pieces)
      parts.push({ index: parts.length, province, persons: count, first })
      first += count
      left -= count
    }
  }
  return parts
}

function agesOf(demography: Demography, years: number): Ages {
  const living: number[] = []
  const dead: number[] = []
  for (const [band, males] of demography.pyramid.male.entries()) {
    const females = demography.pyramid.female[band] ?? 0
    living.push(males, females)
    dead.push(
      (males * (demography.mortality.male[band] ?? 0) * years) / 1000,
      (females * (demography.mortality.female[band] ?? 0) * years) / 1000,
    )
  }
  const sum = (weights: readonly number[]): number => weights.reduce((all, one) => all + one, 0)
  const deaths = sum(dead)
  return {
    living: new Chooser(living),
    dead: new Chooser(dead),
    deadShare: deaths / (sum(living) + deaths),
  }
}

/** Streams of random numbers: one a part, and one for what concerns the nation as a whole. */
export function randomOf(plan: Plan, part: Part): Random {
  return new Random(plan.seed, part.index + 1)
}

/** The peoples of a part: shares of its province, too small ones left to chance. */
export function poolsOf(plan: Plan, part: Part, random: Random): readonly Pool[] {
  const province = plan.provinces[part.province]
  if (!province) throw new RangeError('a part needs a province with places')
  const pools: Pool[] = []
  let left = part.persons
  const [first, ...others] = [...province.groups].sort((a, b) => b.share - a.share)
  for (const { group, share } of others) {
    const wanted = Math.round(part.persons * share)
    const persons =
      wanted >= POOL_PERSONS_MIN
        ? wanted
        : random.happens((part.persons * share) / POOL_PERSONS_MIN)
          ? POOL_PERSONS_MIN
          : 0
    if (persons === 0 || persons > left - POOL_PERSONS_MIN) continue
    pools.push({ group, persons })
    left -= persons
  }
  return [{ group: first?.group ?? 0, persons: left }, ...pools]
}

/** The shares of the age group a person of that age belongs to; undefined for children. */
export function maritalShares(
  table: readonly MaritalShares[],
  age: number,
): MaritalShares | undefined {
  let found: MaritalShares | undefined
  for (const shares of table) {
    if (shares.fromAge > age) break
    found = shares
  }
  return found
}
