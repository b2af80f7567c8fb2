import { Column } from './columns.ts'
import { isMarriedFor } from './couples.ts'
import { FOREVER, yearOf, yearsBetween } from './days.ts'
import type { Draft, PoolDraft } from './draft.ts'
import { NONE, WIDOWED } from './people.ts'

const YEAR_days = 365.2425
const MOTHER_years = { least: 16, most: 46 }
const BETWEEN_BIRTHS_days = 330
const TWINS = 0.009
const ATTEMPTS = 10
const ADULT_years = 18
/** Share of those without a mother whose father is still looked for. */
const WIDOWERS_CHILD = 0.35

interface Births {
  readonly last: Column
  readonly count: Column
}

/** Gives children their mothers and fathers, the eldest first. */
export function bearAll(draft: Draft): void {
  const { people } = draft
  const births: Births = {
    last: new Column(people.count, -FOREVER),
    count: new Column(people.count),
  }
  for (const pool of draft.pools) {
    for (let child = pool.from; child < pool.to; child++) {
      if (people.mother.at(child) !== NONE) continue
      const mother = findMother(draft, pool, { child, births })
      if (mother !== NONE) {
        give(draft, { child, mother }, births)
        bearTwin(draft, pool, { child, births })
      } else giveWidower(draft, pool, child)
    }
  }
}

interface Search {
  readonly child: number
  readonly births: Births
}

function findMother(draft: Draft, pool: PoolDraft, { child, births }: Search): number {
  const { plan, people, random } = draft
  const born = people.born.at(child)
  const age = yearsBetween(born, plan.asOf)
  const { motherAlive, chance } = plan.demography
  if (!random.happens(motherAlive[Math.floor(age / 10)] ?? 0)) return NONE
  const isUnwed = random.happens(chance.noFather)
  const accepts = (woman: number): boolean => mayBear(draft, { woman, born, isUnwed }, births)
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const years = plan.motherAge.pick(random) + random.share()
    const woman = pool.women.any(random, yearOf(Math.floor(born - years * YEAR_days)))
    if (woman !== NONE && accepts(woman)) return woman
  }
  // A child has a mother; where few women live, whoever can be it is.
  const year = yearOf(Math.floor(born - 26 * YEAR_days))
  return age < ADULT_years ? pool.women.near(random, year, accepts) : NONE
}

interface Birth {
  readonly woman: number
  readonly born: number
  readonly isUnwed: boolean
}

function mayBear(
  { plan, people }: Draft,
  { woman, born, isUnwed }: Birth,
  { last, count }: Births,
): boolean {
  const age = (born - people.born.at(woman)) / YEAR_days
  if (age < MOTHER_years.least || age > MOTHER_years.most) return false
  if (people.died.at(woman) <= born || last.at(woman) + BETWEEN_BIRTHS_days > born) return false
  if (count.at(woman) >= plan.demography.childrenMost) return false
  return isUnwed ? people.wed.at(woman) === FOREVER : isMarriedFor(people, woman, born)
}

function give(
  { people }: Draft,
  { child, mother }: { readonly child: number; readonly mother: number },
  { last, count }: Births,
): void {
  people.mother.set(child, mother)
  if (people.wed.at(mother) !== FOREVER) people.father.set(child, people.spouse.at(mother))
  last.set(mother, people.born.at(child))
  count.set(mother, count.at(mother) + 1)
}

/** The next to be born is moved a few days, onto the same day. */
function bearTwin(draft: Draft, pool: PoolDraft, { child, births }: Search): void {
  const { people, random } = draft
  const twin = child + 1
  if (twin >= pool.to || !random.happens(TWINS)) return
  const born = people.born.at(child)
  if (people.born.at(twin) - born > 30) return
  people.born.set(twin, born)
  give(draft, { child: twin, mother: people.mother.at(child) }, births)
}

/** A father whose wife died before the register opened. */
function giveWidower(draft: Draft, pool: PoolDraft, child: number): void {
  const { plan, people, random } = draft
  if (!random.happens(WIDOWERS_CHILD)) return
  const born = people.born.at(child)
  const years = plan.motherAge.pick(random) + 3 + random.share()
  const man = pool.men.any(random, yearOf(Math.floor(born - years * YEAR_days)))
  if (man === NONE || people.spouse.at(man) !== NONE || people.marital.at(man) !== WIDOWED) return
  if (isMarriedFor(people, man, born) && people.died.at(man) > born) people.father.set(child, man)
}

/** Whether a child's father is left out on purpose: its mother never married. */
export function isFatherUnknown({ people }: Draft, child: number): boolean {
  const mother = people.mother.at(child)
  return mother !== NONE && people.father.at(child) === NONE && people.wed.at(mother) === FOREVER
}
