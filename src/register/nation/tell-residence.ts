import { FOREVER } from './days.ts'
import type { Made } from './part.ts'
import { NONE } from './people.ts'
import { mix } from './random.ts'
import { ACT, type Event, type FactRow, Sequence, type TakeRow, tell } from './sink.ts'
import type { Telling } from './telling.ts'

/** A stay at one place from a day on. */
export interface Stay {
  readonly from: number
  /** FOREVER: no end. */
  readonly to: number
  readonly place: number
  readonly address: string
  readonly begin: Event
  readonly end: Event
}

/**
 * Tells stays as residences in the units the places belonged to: a new unit over the same ground
 * gives a new fact by decree, except where the unit was split and nobody has decided yet. Answers
 * the unit of the last day, '' when there is none, and whether it waits for a decision.
 */
export function tellStays(
  { made }: Telling,
  stays: readonly Stay[],
  {
    kind,
    undecided,
    row,
  }: {
    readonly kind: string
    readonly undecided: boolean
    readonly row: TakeRow
  },
): { readonly unit: string; readonly waits: boolean } {
  const { plan, moments } = made
  const sequence = new Sequence(row)
  let unit = ''
  let waits = false
  for (const stay of stays) {
    const place = plan.places[stay.place]
    if (place === undefined || stay.to <= stay.from) continue
    const address = stay.address === '' ? '"}' : `","address":"${stay.address}"}`
    let { from, begin } = stay
    for (const period of place.periods) {
      if (period.to <= from) continue
      const isSplit = undecided && place.splitOn === period.to && period.to < FOREVER
      const to = isSplit ? stay.to : Math.min(period.to, stay.to)
      const known = Math.max(moments.decreed(to), begin.known)
      const end = to < stay.to ? { act: ACT.units, known } : stay.end
      sequence.tell({
        kind,
        key: '',
        value: `{"unit":"${period.unit}${address}`,
        from,
        to,
        begin,
        end,
      })
      unit = to === FOREVER ? period.unit : ''
      waits = to === FOREVER && isSplit
      if (to >= stay.to) break
      from = to
      begin = known > moments.opening ? end : { act: begin.act, known }
    }
  }
  return { unit, waits }
}

/** Where a person's home was, from birth to death, as stays that follow each other. */
export function homesOf(telling: Telling, person: number): readonly Stay[] {
  const { made, known } = telling
  const { people, moments, plan } = made
  const born = people.born.at(person)
  const died = people.died.at(person)
  const joined = people.joined.at(person)
  const birth = { act: born < plan.opened ? ACT.opening : ACT.birth, known: known.at(person) }
  const death = { act: ACT.death, known: moments.of(died, person) }
  const at = people.bornAt.at(person)
  if (people.household.at(person) === NONE) {
    return [{ from: born, to: died, place: at, address: '', begin: birth, end: death }]
  }
  if (joined <= born) return atHome(telling, person, { from: born, begin: birth, end: death })
  const came = { act: homeAct(plan.opened, joined), known: moments.of(joined, person) }
  const before = { from: born, to: joined, place: at, address: '', begin: birth, end: came }
  const [first, ...later] = atHome(telling, person, { from: joined, begin: came, end: death })
  if (first === undefined) return [before]
  // The same place under a household's address is no move.
  if (first.place === at) return [{ ...first, from: born, begin: birth }, ...later]
  return [before, first, ...later]
}

/** The stays in the household the person is of, which may have moved in the meantime. */
function atHome(
  { made, addresses }: Telling,
  person: number,
  { from, begin, end }: Pick<Stay, 'from' | 'begin' | 'end'>,
): readonly Stay[] {
  const { people, households, moments, plan } = made
  const household = people.household.at(person)
  const to = people.died.at(person)
  const moved = households.movedOn.at(household)
  const place = households.place.at(household)
  const address = addresses[0][household] ?? ''
  if (moved >= to || moved === FOREVER) return [{ from, to, place, address, begin, end }]
  const nextPlace = households.nextPlace.at(household)
  const nextAddress = addresses[1][household] ?? ''
  if (moved <= from) return [{ from, to, place: nextPlace, address: nextAddress, begin, end }]
  const moving = { act: homeAct(plan.opened, moved), known: moments.of(moved, -1 - household) }
  return [
    { from, to: moved, place, address, begin, end: moving },
    { from: moved, to, place: nextPlace, address: nextAddress, begin: moving, end },
  ]
}

const homeAct = (opened: number, day: number): number =>
  day < opened ? ACT.opening : ACT.residence

/** Whether a household of a split unit still waits for an officer to say where it went. */
export function isUndecided({ plan, part }: Made, household: number): boolean {
  const noise = mix(plan.seed ^ Math.imul(part.first + household + 1, 0x27d4eb2f)) >>> 0
  return noise < plan.demography.chance.splitUndecided * 0x1_0000_0000
}

/** Permanent, temporary and current residence and absence; answers the units of search. */
export function tellResidence(telling: Telling, person: number): readonly string[] {
  const { made, sink } = telling
  const { plan, people, settler } = made
  if (people.unregisteredFrom.at(person) !== FOREVER) return tellUnregistered(telling, person)
  const household = people.household.at(person)
  const undecided = household !== NONE && isUndecided(made, household)
  const row = (fact: FactRow): void => sink.fact(person, fact)
  const how = { kind: 'permanent', undecided, row }
  const { unit, waits } = tellStays(telling, homesOf(telling, person), how)
  if (waits) {
    const place = plan.places[settler.placeOf(person, plan.asOf)]
    const recorded = Math.max(made.moments.decreed(place?.splitOn ?? 0), telling.known.at(person))
    sink.review(person, { unit, recorded })
  }
  return [unit, ...tellTemporary(telling, person)].filter((one) => one !== '')
}

/** No registered residence: struck off at home, and only where the person was found is known. */
function tellUnregistered(telling: Telling, person: number): readonly string[] {
  const { made, sink } = telling
  const { people, moments, plan } = made
  const from = people.unregisteredFrom.at(person)
  const row = (fact: FactRow): void => sink.fact(person, fact)
  const found = { act: homeAct(plan.opened, from), known: moments.of(from, person) }
  const [birthplace] = homesOf(telling, person)
  if (birthplace !== undefined) {
    const struck = { ...birthplace, to: from, end: found }
    tellStays(telling, [struck], { kind: 'permanent', undecided: false, row })
  }
  const place = people.bornAt.at(person)
  const died = people.died.at(person)
  const end = { act: ACT.death, known: moments.of(died, person) }
  const stay = { from, to: died, place, address: '', begin: found, end }
  const { unit } = tellStays(telling, [stay], { kind: 'current', undecided: false, row })
  return unit === '' ? [] : [unit]
}

/** Workers and students away from home: registered there, and said to live there. */
function tellTemporary(telling: Telling, person: number): readonly string[] {
  const { made, sink, texts } = telling
  const { people, moments, plan, draft } = made
  const place = people.awayAt.at(person)
  if (place === NONE) return []
  const from = people.awayFrom.at(person)
  const to = people.awayTo.at(person)
  // The last day is agreed when the stay is registered.
  const begin = { act: homeAct(plan.opened, from), known: moments.of(from, person) }
  const address = texts.drawAddress(draft.random)
  const stays = [{ from, to, place, address, begin, end: begin }]
  const row = (fact: FactRow): void => sink.fact(person, fact)
  const units: string[] = []
  for (const kind of ['temporary', 'current']) {
    tellStays(telling, stays, { kind, undecided: false, row })
  }
  const there = plan.places[place]
  if (to > plan.asOf && there !== undefined) {
    const period = there.periods.find((one) => one.to > plan.asOf)
    if (period !== undefined) units.push(period.unit)
  }
  if (people.isAbsent.at(person) === 1) {
    const reason = texts.absences[texts.absence.pick(draft.random)] ?? ''
    const value = `{"reason":"${reason}"}`
    tell({ kind: 'absence', key: '', value, from, to, begin, end: begin }, row)
  }
  return units
}
