import { yearOf } from './days.ts'
import type { Made } from './part.ts'
import type { NationSink } from './sink.ts'
import { tellHouseholds, tellMembership } from './tell-household.ts'
import { tellKin } from './tell-kin.ts'
import { tellPerson } from './tell-person.ts'
import { tellResidence } from './tell-residence.ts'
import { type Telling, type Texts, tellingOf } from './telling.ts'

/** Tells everything the register holds of a part: persons in order, then households. */
export function tellPart(made: Made, texts: Texts, sink: NationSink): void {
  const telling = tellingOf(made, texts, sink)
  for (let person = 0; person < made.people.count; person++) {
    tellPerson(telling, person)
    tellKin(telling, person)
    const units = tellResidence(telling, person)
    tellMembership(telling, person)
    sink.search(person, tokensOf(telling, person, units))
  }
  tellHouseholds(telling)
}

/** What the person is found by: folded name, birth year, units of residence; each once. */
function tokensOf(
  { made, texts }: Telling,
  person: number,
  units: readonly string[],
): readonly string[] {
  const { people } = made
  const tokens: string[] = []
  for (const word of [
    people.family.at(person),
    people.middle.at(person),
    people.given.at(person),
  ]) {
    for (const token of texts.tokens[word] ?? []) if (!tokens.includes(token)) tokens.push(token)
  }
  tokens.push(`y${yearOf(people.born.at(person))}`)
  for (const unit of units) {
    const token = `u${unit}`
    if (!tokens.includes(token)) tokens.push(token)
  }
  return tokens
}
