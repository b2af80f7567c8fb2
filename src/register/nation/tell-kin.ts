import { isFatherUnknown } from './children.ts'
import { FOREVER, yearOf } from './days.ts'
import { comesFrom, strangerName } from './naming.ts'
import { FEMALE, MALE, NONE } from './people.ts'
import { ACT, NEVER, tell } from './sink.ts'
import { actOfBirth, partingOf, weddingOf } from './tell-person.ts'
import type { Telling } from './telling.ts'

/** Parents whom only the papers know are older than the child by so much. */
const GENERATION_years = 27
/** Share of those without a parent in the register whose papers name one. */
const NAMED_ON_PAPER = 0.94

/** Parents, children and spouse: always told on both sides. */
export function tellKin(telling: Telling, person: number): void {
  const { made } = telling
  tellParent(telling, person, { parent: made.people.mother.at(person), sex: FEMALE })
  if (!isFatherUnknown(made.draft, person)) {
    tellParent(telling, person, { parent: made.people.father.at(person), sex: MALE })
  }
  tellChildren(telling, person)
  tellSpouse(telling, person)
}

const personValue = ({ made }: Telling, person: number): string =>
  `{"person":"${made.ids.person.text(person)}"}`
const paperValue = (name: string): string => `{"name":"${name}"}`

function tellParent(
  telling: Telling,
  person: number,
  { parent, sex }: { readonly parent: number; readonly sex: number },
): void {
  const { made, sink, known } = telling
  const { people, draft, plan } = made
  if (parent === NONE && !draft.random.happens(NAMED_ON_PAPER)) return
  const born = people.born.at(person)
  sink.fact(person, {
    kind: 'parent',
    key: sex === FEMALE ? 'mother' : 'father',
    from: born,
    to: FOREVER,
    value: parent === NONE ? strangeParent(telling, person, sex) : personValue(telling, parent),
    act: actOfBirth(born, plan.opened),
    recorded: known.at(person),
    superseded: NEVER,
    by: 0,
  })
}

function strangeParent({ made }: Telling, person: number, sex: number): string {
  const stranger = {
    of: person,
    sex,
    year: yearOf(made.people.born.at(person)) - GENERATION_years,
    isSource: comesFrom(made.draft, person, sex),
  }
  return paperValue(strangerName(made.draft, stranger))
}

function tellChildren(telling: Telling, person: number): void {
  const { made, sink, known } = telling
  const { people, kin, plan, ids } = made
  for (let child = kin.after(person, NONE); child !== NONE; child = kin.after(person, child)) {
    const born = people.born.at(child)
    sink.fact(person, {
      kind: 'child',
      key: ids.person.text(child),
      from: born,
      to: FOREVER,
      value: personValue(telling, child),
      act: actOfBirth(born, plan.opened),
      recorded: known.at(child),
      superseded: NEVER,
      by: 0,
    })
  }
}

function tellSpouse(telling: Telling, person: number): void {
  const { made, sink } = telling
  const { people, moments, ids } = made
  const wed = people.wed.at(person)
  if (wed === FOREVER) return
  const spouse = people.spouse.at(person)
  const died = people.died.at(person)
  const parted = people.parted.at(person)
  const isPaper = spouse === NONE
  const diesFirst = died !== FOREVER && died <= parted
  tell(
    {
      kind: 'spouse',
      key: isPaper ? 'paper' : ids.person.text(spouse),
      value: isPaper ? strangeSpouse(telling, person) : personValue(telling, spouse),
      from: wed,
      to: diesFirst ? died : parted,
      begin: weddingOf(telling, person),
      end: diesFirst
        ? { act: ACT.death, known: moments.of(died, person) }
        : partingOf(telling, person),
    },
    (row) => sink.fact(person, row),
  )
}

function strangeSpouse({ made }: Telling, person: number): string {
  const { people, draft } = made
  const stranger = {
    of: person,
    sex: people.sex.at(person) === FEMALE ? MALE : FEMALE,
    year: yearOf(people.born.at(person)),
    isSource: false,
  }
  return paperValue(strangerName(draft, stranger))
}
