import { Column } from './columns.ts'
import { FOREVER } from './days.ts'
import type { Draft } from './draft.ts'
import { NONE } from './people.ts'

const ORIGIN_PLACES = 4
/** Of those who come from elsewhere, the share that moved when the household was founded. */
const MOVED_AT_FOUNDING = 0.5
const STAYS_NEAR = 0.72
const YEAR_days = 365

/** The households of a part, by index. */
export class Households {
  count = 0
  readonly founder: Column
  readonly founded: Column
  /** The day the last member died; FOREVER while it exists. */
  readonly ended: Column
  readonly place: Column
  readonly movedOn: Column
  readonly nextPlace: Column
  /** 1 once a married child lives there. */
  readonly isJoined: Column
  /** 1 where elders wait for a child to come. */
  readonly wantsChild: Column
  /** Heads in turn: person, first day, person, first day. */
  readonly heads: (readonly number[])[] = []

  constructor(size: number) {
    this.founder = new Column(size)
    this.founded = new Column(size)
    this.ended = new Column(size, FOREVER)
    this.place = new Column(size)
    this.movedOn = new Column(size, FOREVER)
    this.nextPlace = new Column(size)
    this.isJoined = new Column(size)
    this.wantsChild = new Column(size)
  }

  placeOn(household: number, day: number): number {
    const isLater = this.movedOn.at(household) <= day
    return isLater ? this.nextPlace.at(household) : this.place.at(household)
  }
}

/** The places most families of a part come from. */
export function originsOf({ province, random }: Draft): readonly number[] {
  return Array.from(
    { length: ORIGIN_PLACES },
    () => province.places[province.place.pick(random)] ?? 0,
  )
}

export class Settler {
  private readonly draft: Draft
  readonly households: Households
  private readonly origins: readonly number[]

  constructor(draft: Draft) {
    this.draft = draft
    this.households = new Households(draft.people.count)
    this.origins = originsOf(draft)
  }

  private origin(): number {
    return this.origins[this.draft.random.below(this.origins.length)] ?? 0
  }

  /** Another place of the same province. */
  private nearby(place: number): number {
    const { plan, random } = this.draft
    const province = plan.provinces[plan.places[place]?.province ?? NONE]
    return province ? (province.places[province.place.pick(random)] ?? place) : place
  }

  /** A place in a province people move to. */
  faraway(): number {
    const { plan, random } = this.draft
    const province = plan.provinces[plan.destination.pick(random)]
    return province ? (province.places[province.place.pick(random)] ?? 0) : this.origin()
  }

  /** Where a person lives on a day, before or after coming into the present household. */
  placeOf(person: number, day: number): number {
    const { people } = this.draft
    const household = people.household.at(person)
    if (household === NONE || day < people.joined.at(person)) return people.bornAt.at(person)
    return this.households.placeOn(household, day)
  }

  /** Settles where a person was born: where the mother lived, else the father, else an origin. */
  bear(person: number): void {
    const { people } = this.draft
    const mother = people.mother.at(person)
    const parent = mother === NONE ? people.father.at(person) : mother
    const born = people.born.at(person)
    people.bornAt.set(person, parent === NONE ? this.origin() : this.placeOf(parent, born))
  }

  /** Opens a household and decides where it is and whether it moves. */
  found(founder: number, founded: number): number {
    const { plan, people, random } = this.draft
    const { households } = this
    const { fromElsewhere, movedWithin } = plan.demography.chance
    const household = households.count++
    const origin = people.bornAt.at(founder)
    const comes = random.happens(fromElsewhere)
    const comesFirst = comes && random.happens(MOVED_AT_FOUNDING)
    const near = random.happens(STAYS_NEAR) ? origin : this.nearby(origin)
    const place = comesFirst ? this.faraway() : near
    households.founder.set(household, founder)
    households.founded.set(household, founded)
    households.place.set(household, place)
    const last = Math.min(plan.asOf, people.died.at(founder)) - 1
    const moves = (comes && !comesFirst) || random.happens(movedWithin)
    if (moves && founded + YEAR_days < last) {
      const next = comes && !comesFirst ? this.faraway() : this.nearby(place)
      if (next !== place) {
        households.movedOn.set(household, random.between(founded + YEAR_days, last))
        households.nextPlace.set(household, next)
      }
    }
    return household
  }
}
