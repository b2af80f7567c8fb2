import { FOREVER } from './days.ts'
import { relationTo } from './heads.ts'
import { NONE } from './people.ts'
import { ACT, type Event, type FactRow, NEVER, Sequence, type TakeRow } from './sink.ts'
import { isUndecided, tellStays } from './tell-residence.ts'
import type { Telling } from './telling.ts'

/** When a head took over: at the death of the head before, or on a day of their own choice. */
function succession({ made }: Telling, household: number, turn: number): Event {
  const { households, people, moments, plan } = made
  const heads = households.heads[household] ?? []
  const from = heads[2 * turn + 1] ?? 0
  const before = turn === 0 ? NONE : (heads[2 * turn - 2] ?? NONE)
  const isDeath = before !== NONE && people.died.at(before) === from
  const known = isDeath ? moments.of(from, before) : moments.of(from, -1 - household)
  return { act: from < plan.opened ? ACT.opening : ACT.household, known }
}

/** Membership and relation to each head in turn. */
export function tellMembership(telling: Telling, person: number): void {
  const { made, sink } = telling
  const { people, households } = made
  const sequence = new Sequence((row) => sink.fact(person, row))
  const household = people.household.at(person)
  const former = people.formerHousehold.at(person)
  const died = people.died.at(person)
  const left = Math.min(
    people.formerLeft.at(person),
    household === NONE ? died : people.joined.at(person),
  )
  const hasLeft =
    former !== NONE &&
    (households.heads[former]?.length ?? 0) > 0 &&
    tellStayIn(
      telling,
      { person, sequence },
      { household: former, from: people.formerJoined.at(person), to: left },
    )
  if (hasLeft) sink.member(former, person)
  if (household === NONE) return
  const stay = { household, from: people.joined.at(person), to: died }
  const isMember = tellStayIn(telling, { person, sequence }, stay)
  // Who came back to the parents is a member once.
  if (isMember && !(hasLeft && former === household)) sink.member(household, person)
}

interface StayIn {
  readonly household: number
  readonly from: number
  readonly to: number
}

interface Member {
  readonly person: number
  readonly sequence: Sequence
}

/** Answers whether there was a day of it. */
function tellStayIn(telling: Telling, { person, sequence }: Member, stay: StayIn): boolean {
  const { made } = telling
  const { people, households, ids } = made
  const { household, from, to } = stay
  const heads = households.heads[household] ?? []
  let isMember = false
  for (let turn = 0; 2 * turn < heads.length; turn++) {
    const starts = heads[2 * turn + 1] ?? 0
    const ends = heads[2 * turn + 3] ?? households.ended.at(household)
    const first = Math.max(from, starts)
    const last = Math.min(to, ends)
    if (first >= last) continue
    isMember = true
    const relation = relationTo(people, heads[2 * turn] ?? NONE, person)
    const hasNext = heads[2 * turn + 2] !== undefined
    sequence.tell({
      kind: 'household',
      key: '',
      value: `{"household":"${ids.household.text(household)}","relation":"${relation}"}`,
      from: first,
      to: last,
      begin: first === from ? entry(telling, person, from) : succession(telling, household, turn),
      end:
        last === ends && last < to && hasNext
          ? succession(telling, household, turn + 1)
          : leaving(telling, person, last),
    })
  }
  return isMember
}

/** By birth, or by a declaration of residence. */
function entry({ made, known }: Telling, person: number, day: number): Event {
  const { people, moments, plan } = made
  const isBirth = day === people.born.at(person)
  return {
    act: day < plan.opened ? ACT.opening : isBirth ? ACT.birth : ACT.residence,
    known: isBirth ? known.at(person) : moments.of(day, person),
  }
}

function leaving({ made }: Telling, person: number, day: number): Event {
  const isDeath = day === made.people.died.at(person)
  return { act: isDeath ? ACT.death : ACT.residence, known: made.moments.of(day, person) }
}

/** Head, address and file of every household. */
export function tellHouseholds(telling: Telling): void {
  const { made } = telling
  for (let household = 0; household < made.households.count; household++) {
    if ((made.households.heads[household]?.length ?? 0) > 0) tellHousehold(telling, household)
  }
}

function tellHousehold(telling: Telling, household: number): void {
  const { made, sink } = telling
  const { households, plan, part } = made
  const row = (fact: FactRow): void => sink.householdFact(household, fact)
  const founding = succession(telling, household, 0)
  sink.household(household, founding.known)
  tellHeads(telling, household, row)
  tellAddress(telling, household, { row, founding })
  const number = String(part.first + household + 1).padStart(8, '0')
  row({
    kind: 'file',
    key: '',
    from: households.founded.at(household),
    to: FOREVER,
    value: `"${plan.provinces[part.province]?.code ?? ''}-${number}"`,
    act: founding.act,
    recorded: founding.known,
    superseded: NEVER,
    by: 0,
  })
}

function tellHeads(telling: Telling, household: number, row: TakeRow): void {
  const { made } = telling
  const { households, people, ids, moments } = made
  const heads = households.heads[household] ?? []
  const sequence = new Sequence(row)
  for (let turn = 0; 2 * turn < heads.length; turn++) {
    const head = heads[2 * turn] ?? NONE
    const hasNext = heads[2 * turn + 2] !== undefined
    sequence.tell({
      kind: 'head',
      key: '',
      value: `"${ids.person.text(head)}"`,
      from: heads[2 * turn + 1] ?? 0,
      to: heads[2 * turn + 3] ?? households.ended.at(household),
      begin: succession(telling, household, turn),
      end: hasNext
        ? succession(telling, household, turn + 1)
        : { act: ACT.death, known: moments.of(people.died.at(head), head) },
    })
  }
}

function tellAddress(
  telling: Telling,
  household: number,
  { row, founding }: { readonly row: TakeRow; readonly founding: Event },
): void {
  const { made, addresses } = telling
  const { households, moments, plan } = made
  const from = households.founded.at(household)
  const to = households.ended.at(household)
  const moved = households.movedOn.at(household)
  const end = { act: ACT.death, known: moments.of(to, -1 - household) }
  const place = households.place.at(household)
  const address = addresses[0][household] ?? ''
  const how = { kind: 'address', undecided: isUndecided(made, household), row }
  if (moved >= to) {
    tellStays(telling, [{ from, to, place, address, begin: founding, end }], how)
    return
  }
  const act = moved < plan.opened ? ACT.opening : ACT.residence
  const moving = { act, known: moments.of(moved, -1 - household) }
  const next = { place: households.nextPlace.at(household), address: addresses[1][household] ?? '' }
  const stays = [
    { from, to: moved, place, address, begin: founding, end: moving },
    { from: moved, to, place: next.place, address: next.address, begin: moving, end },
  ]
  tellStays(telling, stays, how)
}
