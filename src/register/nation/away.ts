import type { IntList } from './columns.ts'
import { addYears, FOREVER } from './days.ts'
import type { Draft } from './draft.ts'
import type { Settler } from './homes.ts'
import { NONE, SINGLE } from './people.ts'

const WORKING_years = { from: 17, to: 55 }
const SINGLE_FACTOR = 1.7
const COUPLE_FACTOR = 0.7
/** The longest temporary stay that is still going on began so long ago. */
const LONGEST_days = 1500
const TERM_days = 730
/** Share of temporary stays that have ended. */
const CAME_BACK = 0.25
/** Share of those away who said so at home. */
const DECLARED_ABSENCE = 0.15

/** Who lives elsewhere for a time, and who has no registered home at all. */
export function sendAway(draft: Draft, settler: Settler, members: readonly IntList[]): void {
  const { people } = draft
  unregisterSome(draft, settler, members)
  for (let person = 0; person < people.count; person++) sendOne(draft, settler, person)
}

function sendOne({ plan, people, random }: Draft, settler: Settler, person: number): void {
  if (people.died.at(person) !== FOREVER || people.household.at(person) === NONE) return
  if (people.unregisteredFrom.at(person) !== FOREVER) return
  const born = people.born.at(person)
  const grown = addYears(born, WORKING_years.from)
  if (grown + 60 > plan.asOf || addYears(born, WORKING_years.to) < plan.asOf) return
  const factor = people.marital.at(person) === SINGLE ? SINGLE_FACTOR : COUPLE_FACTOR
  if (!random.happens(plan.demography.chance.temporary * factor)) return
  const place = settler.faraway()
  const from = random.between(Math.max(grown, plan.asOf - LONGEST_days), plan.asOf - 20)
  const isBack = random.happens(CAME_BACK)
  const latest = isBack ? plan.asOf - 10 : plan.asOf + TERM_days
  const earliest = isBack ? from + 5 : plan.asOf + 1
  if (latest <= earliest || place === settler.placeOf(person, plan.asOf)) return
  people.awayAt.set(person, place)
  people.awayFrom.set(person, from)
  people.awayTo.set(person, random.between(earliest, latest))
  people.isAbsent.set(person, random.happens(DECLARED_ABSENCE) ? 1 : 0)
}

/** Takes the home from as many of those who live alone as the profile says. */
function unregisterSome(draft: Draft, settler: Settler, members: readonly IntList[]): void {
  const { plan, people, random } = draft
  const alone: number[] = []
  for (const list of members) {
    if (list.length === 1 && people.marital.at(list.at(0)) === SINGLE) alone.push(list.at(0))
  }
  const wanted = plan.demography.chance.noRegisteredResidence * people.count
  for (const person of alone) {
    const household = people.household.at(person)
    const from = Math.max(people.joined.at(person), plan.opened)
    if (!random.happens(wanted / alone.length) || from >= people.died.at(person)) continue
    people.unregisteredFrom.set(person, from)
    people.household.set(person, NONE)
    people.formerLeft.set(person, from)
    settler.households.heads[household] = []
    // Nobody of the part may be told to have lived in a household that never was.
    members[household]?.clear()
  }
}
