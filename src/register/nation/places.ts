import type { Profile, UnitFact } from '../../kernel/profile.ts'
import { dayOf, FOREVER } from './days.ts'

/** The unit a place belonged to, from a day to a day. */
export interface Period {
  /** `code@since`. */
  readonly unit: string
  readonly from: number
  readonly to: number
}

/** A spot of ground: the lowest units it has been part of, the oldest first. */
export interface Place {
  /** Index of the oldest province in the population's list. */
  readonly province: number
  readonly periods: readonly Period[]
  /** Relative number of residents. */
  readonly weight: number
  /** The day the unit it was in fell apart, so that an officer had to say where it went. */
  readonly splitOn: number
}

interface Unit {
  readonly id: string
  readonly level: string
  readonly parent: string | null
  readonly from: number
  readonly to: number
  readonly successors: readonly string[]
}

function unitsOf(facts: readonly UnitFact[]): ReadonlyMap<string, Unit> {
  const units = new Map<string, Unit>()
  for (const fact of facts) {
    const id = `${fact.code}@${fact.since}`
    const before = units.get(id)
    const to = fact.to === null ? FOREVER : dayOf(fact.to)
    units.set(id, {
      id,
      level: fact.level,
      parent: before?.parent ?? fact.parent,
      from: Math.min(before?.from ?? FOREVER, dayOf(fact.from)),
      to: Math.max(before?.to ?? -FOREVER, to),
      successors: fact.successors ?? before?.successors ?? [],
    })
  }
  return units
}

/** All places of a profile's demonstration units, in the order of its provinces and units. */
export function placesOf(profile: Profile): readonly Place[] {
  const facts = [...profile.units.builtIn, ...profile.units.demonstration()]
  const units = unitsOf(facts)
  const oldest = profile.units.generations[0]
  if (oldest === undefined) throw new RangeError('a profile needs a generation of units')
  const byCode = Map.groupBy(units.values(), (unit) => unit.id.slice(0, unit.id.lastIndexOf('@')))
  const validOn = (code: string, day: number): Unit | undefined =>
    byCode.get(code)?.find((unit) => unit.from <= day && unit.to > day)
  const provinceOf = (unit: Unit): string => {
    let at: Unit | undefined = unit
    while (at !== undefined && at.level !== oldest.levels[0]) {
      at = at.parent === null ? undefined : validOn(at.parent, unit.from)
    }
    return at === undefined ? '' : at.id.slice(0, at.id.lastIndexOf('@'))
  }
  const provinces = new Map(profile.population.provinces.map(({ code }, index) => [code, index]))
  const places: Place[] = []
  for (const unit of units.values()) {
    if (unit.level !== oldest.levels.at(-1) || unit.from !== dayOf(oldest.from)) continue
    const province = provinces.get(provinceOf(unit))
    if (province === undefined) continue
    for (const chain of chainsFrom(unit, validOn)) places.push({ province, ...chain })
  }
  return places
}

type Chain = Omit<Place, 'province'>

/** A split unit gives a place for each successor, each with its share of the residents. */
function chainsFrom(
  unit: Unit,
  validOn: (code: string, day: number) => Unit | undefined,
): readonly Chain[] {
  const period: Period = { unit: unit.id, from: unit.from, to: unit.to }
  const successors = unit.successors
    .map((code) => validOn(code, unit.to))
    .filter((next) => next !== undefined)
  if (successors.length === 0) return [{ periods: [period], weight: 1, splitOn: FOREVER }]
  return successors.flatMap((next) =>
    chainsFrom(next, validOn).map((chain) => ({
      periods: [period, ...chain.periods],
      weight: chain.weight / successors.length,
      splitOn: successors.length > 1 ? unit.to : chain.splitOn,
    })),
  )
}

/** The unit of a place on a day; days before the first known unit refer to that one. */
export function unitOn(place: Place, day: number): string {
  for (const period of place.periods) {
    if (period.to > day) return period.unit
  }
  return place.periods.at(-1)?.unit ?? ''
}
