import type { MaritalShares } from '../../kernel/profile.ts'
import { addYears, FOREVER, yearOf, yearsBetween } from './days.ts'
import type { Draft, PoolDraft } from './draft.ts'
import { DIVORCED, FEMALE, MALE, MARRIED, NONE, type People, SINGLE, WIDOWED } from './people.ts'
import { maritalShares } from './plan.ts'
import type { Random } from './random.ts'

const YEAR_days = 365.2425
/** Husband and wife are at most so far apart in age. */
const GAP_years = 16
/** A couple needs so long between the wedding and whatever ends the story. */
const MARRIAGE_days = 40

/** Joins men and women; whoever finds nobody is single, widowed or divorced by the shares. */
export function marryAll(draft: Draft): void {
  for (const pool of draft.pools) {
    for (let person = pool.from; person < pool.to; person++) {
      if (draft.people.sex.at(person) === FEMALE) marryWoman(draft, pool, person)
    }
  }
  for (let person = 0; person < draft.people.count; person++) {
    const { people } = draft
    if (people.sex.at(person) === MALE && people.wed.at(person) === FOREVER) {
      settleMan(draft, person)
    }
  }
}

/** The last day the person was there to marry, part or be counted. */
function lastDay({ plan, people }: Draft, person: number): number {
  return Math.min(plan.asOf, people.died.at(person)) - 1
}

function statusOf(random: Random, shares: MaritalShares, mayBeMarried: boolean): number {
  const { single, married, widowed, divorced } = shares
  const inUse = mayBeMarried ? married : 0
  let at = random.share() * (single + inUse + widowed + divorced)
  at -= single
  if (at < 0) return SINGLE
  at -= inUse
  if (at < 0) return MARRIED
  return at < widowed ? WIDOWED : DIVORCED
}

function marryWoman(draft: Draft, pool: PoolDraft, woman: number): void {
  const { plan, people, random } = draft
  const age = yearsBetween(people.born.at(woman), lastDay(draft, woman))
  const shares = maritalShares(plan.demography.marital.female, age)
  if (shares === undefined) return
  const status = statusOf(random, shares, true)
  if (status === SINGLE) return
  const man = findMan(draft, pool, { woman, status })
  if (man !== NONE) join(draft, { woman, man, isDivorced: status === DIVORCED })
  else if (status !== MARRIED) partFromStranger(draft, woman, status)
}

interface Sought {
  readonly woman: number
  /** What she is by now: the man must be alive, dead before her, or divorced from her. */
  readonly status: number
}

function findMan(draft: Draft, own: PoolDraft, { woman, status }: Sought): number {
  const { plan, people, random, pools } = draft
  const isMixed = pools.length > 1 && random.happens(plan.demography.chance.mixedCouple)
  const pool = isMixed ? (pools[random.below(pools.length)] ?? own) : own
  const born = people.born.at(woman)
  const died = people.died.at(woman)
  const year = yearOf(Math.floor(born - (plan.ageGap.pick(random) + random.share() - 0.5) * 365.25))
  return pool.men.near(random, year, (man) => {
    if (people.wed.at(man) !== FOREVER) return false
    if (Math.abs(people.born.at(man) - born) > GAP_years * YEAR_days) return false
    const ended = people.died.at(man)
    if (status === WIDOWED ? ended >= died : ended < died) return false
    if (status === DIVORCED && ended !== FOREVER) return false
    return earliestWedding(draft, woman, man) + MARRIAGE_days < Math.min(plan.asOf, ended, died)
  })
}

function earliestWedding({ plan, people }: Draft, woman: number, man: number): number {
  const { marriageAge } = plan.demography
  return Math.max(
    addYears(people.born.at(woman), marriageAge.female),
    man === NONE ? -FOREVER : addYears(people.born.at(man), marriageAge.male),
  )
}

interface Couple {
  readonly woman: number
  readonly man: number
  readonly isDivorced: boolean
}

function join(draft: Draft, { woman, man, isDivorced }: Couple): void {
  const { people, random } = draft
  const last = Math.min(lastDay(draft, woman), lastDay(draft, man))
  const earliest = earliestWedding(draft, woman, man)
  const wed = weddingDay(draft, woman, { earliest, latest: last - 1 })
  const end = Math.min(people.died.at(woman), people.died.at(man))
  const parted = isDivorced ? random.between(wed + 1, last) : end
  for (const [one, other] of [
    [woman, man],
    [man, woman],
  ] as const) {
    people.spouse.set(one, other)
    people.wed.set(one, wed)
    people.parted.set(one, parted)
    const isWidowed = end !== FOREVER && people.died.at(one) > end
    people.marital.set(one, isDivorced ? DIVORCED : isWidowed ? WIDOWED : MARRIED)
  }
}

function weddingDay(
  { plan, people, random }: Draft,
  bride: number,
  { earliest, latest }: { readonly earliest: number; readonly latest: number },
): number {
  for (let attempt = 0; attempt < 4; attempt++) {
    const age = plan.brideAge.pick(random) + random.share()
    const day = Math.floor(people.born.at(bride) + age * YEAR_days)
    if (day >= earliest && day <= latest) return day
  }
  return random.between(earliest, Math.min(latest, earliest + 1500))
}

/** A marriage to somebody who was gone before the register opened, or whom it never knew. */
function partFromStranger(draft: Draft, person: number, status: number): void {
  const { plan, people, random } = draft
  const law = plan.demography.marriageAge
  const sex = people.sex.at(person) === FEMALE ? 'female' : 'male'
  const earliest = addYears(people.born.at(person), law[sex])
  // A husband or wife who died later would be in the register, so the death lies before it.
  const latest = status === WIDOWED ? plan.opened - 1 : lastDay(draft, person)
  if (earliest + 2 * MARRIAGE_days > latest) return
  const wed = weddingDay(draft, person, { earliest, latest: latest - MARRIAGE_days })
  people.wed.set(person, wed)
  people.parted.set(person, partedDay(random, { wed, latest }, status))
  people.marital.set(person, status)
}

/** Divorces come soon, deaths late. */
function partedDay(
  random: Random,
  { wed, latest }: { readonly wed: number; readonly latest: number },
  status: number,
): number {
  const share = random.share()
  const late = status === WIDOWED ? 1 - share * share * 0.6 : share * share
  return wed + 1 + Math.floor((latest - wed - 1) * late)
}

/** A man no woman chose. */
function settleMan(draft: Draft, man: number): void {
  const { plan, people, random } = draft
  const age = yearsBetween(people.born.at(man), lastDay(draft, man))
  const shares = maritalShares(plan.demography.marital.male, age)
  if (shares === undefined) return
  const status = statusOf(random, shares, false)
  if (status !== SINGLE) partFromStranger(draft, man, status)
}

/** Whether a child born that day is of the person's marriage. */
export function isMarriedFor(people: People, person: number, birth: number): boolean {
  const grace = people.marital.at(person) === WIDOWED ? 270 : 200
  return people.wed.at(person) + 210 <= birth && birth - grace < people.parted.at(person)
}
