import { Column } from './columns.ts'
import { Numbers } from './identifiers.ts'
import { nameOf } from './naming.ts'
import type { Made } from './part.ts'
import { NONE } from './people.ts'
import type { Plan } from './plan.ts'
import type { Random } from './random.ts'
import type { NationSink } from './sink.ts'
import { Chooser, parseWeights } from './weights.ts'

const HOUSE_NUMBERS = 24

/** Texts of values that many facts share, made once a nation. */
export class Texts {
  /** Folded tokens of each word of the names' book. */
  readonly tokens: readonly (readonly string[])[]
  private readonly addresses: readonly string[]
  private readonly address: Chooser
  readonly absences: readonly string[]
  readonly absence: Chooser
  readonly bloods: readonly string[]
  readonly blood: Chooser

  constructor(plan: Plan) {
    const { fold } = plan.profile.names
    this.tokens = plan.names.words.map((word) => (word === '' ? [] : fold(word)))
    const quoted = (weights: string): readonly string[] =>
      parseWeights(weights).map(({ word }) => JSON.stringify(word).slice(1, -1))
    const chooser = (weights: string): Chooser =>
      new Chooser(parseWeights(weights).map(({ weight }) => weight))
    const { addresses, absences, bloods } = plan.population
    this.addresses = quoted(addresses)
    this.address = chooser(addresses)
    this.absences = quoted(absences)
    this.absence = chooser(absences)
    this.bloods = quoted(bloods)
    this.blood = chooser(bloods)
  }

  /** A house, street or hamlet as it is written, ready for a JSON text. */
  drawAddress(random: Random): string {
    const pattern = this.addresses[this.address.pick(random)] ?? ''
    return pattern.replace('#', String(1 + random.below(HOUSE_NUMBERS)))
  }
}

/** What is needed to tell the facts of one part. */
export interface Telling {
  readonly made: Made
  readonly texts: Texts
  readonly sink: NationSink
  readonly numbers: Numbers
  /** When each person came into the register. */
  readonly known: Column
  /** Index of the written address of each household's two places. */
  readonly addresses: readonly [readonly string[], readonly string[]]
}

export function tellingOf(made: Made, texts: Texts, sink: NationSink): Telling {
  const { plan, part, people, households, draft, moments } = made
  const known = new Column(people.count)
  for (let person = 0; person < people.count; person++) {
    known.set(person, moments.of(people.born.at(person), person))
  }
  const written = (): string => texts.drawAddress(draft.random)
  const addresses = [
    Array.from({ length: households.count }, written),
    Array.from({ length: households.count }, written),
  ] as const
  return { made, texts, sink, numbers: new Numbers(plan, part), known, addresses }
}

/** The code of the province a person was registered in at birth. */
export function provinceOfBirth({ made }: Telling, person: number): string {
  const { plan, people } = made
  const place = plan.places[people.bornAt.at(person)]
  return plan.provinces[place?.province ?? NONE]?.code ?? ''
}

/** The value of a fact of kind name. */
export const fullName = (name: string): string => `{"full":"${name}"}`

/** Names hold no sign that JSON would escape: see `NameBook`. */
export const nameValue = ({ made }: Telling, person: number): string =>
  fullName(nameOf(made.draft, person))
