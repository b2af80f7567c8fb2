import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import pg from 'pg'
import { type TestKernel, testKernel } from '../../../test/kernel.ts'
import type { Operator } from '../../kernel/index.ts'
import { room as kernelRoom } from '../../kernel/kernel-room.ts'
import type { Profile } from '../../kernel/profile.ts'
import { room } from '../index.ts'
import { dayText, FOREVER } from './days.ts'
import { nameOf } from './naming.ts'
import type { Made } from './part.ts'
import { FEMALE } from './people.ts'
import type { FactRow, NationSink } from './sink.ts'

/** A fact as it was told, with its owner. */
interface Told extends FactRow {
  readonly owner: number
}

const LISTS = {
  sex: 'sex',
  ethnicity: 'ethnicity',
  religion: 'religion',
  nationality: 'nationality',
  marital: 'marital-status',
  blood: 'blood-group',
} as const

/** Keeps what a part tells and checks it against the rules of the register: for tests only. */
export class Recorder implements NationSink {
  readonly made: Made
  readonly facts: Told[] = []
  readonly householdFacts: Told[] = []
  readonly numbers: { person: number; number: string }[] = []
  readonly oldNumbers: { person: number; number: string }[] = []
  private readonly homes = new Set<number>()
  private readonly memberships = new Set<string>()
  private readonly tokens: (readonly string[])[] = []
  private persons = 0

  constructor(made: Made) {
    this.made = made
  }

  person(person: number): void {
    assert.equal(person, this.persons++)
  }
  fact(owner: number, row: FactRow): void {
    this.facts.push({ owner, ...row })
  }
  household(household: number): void {
    assert.ok(!this.homes.has(household))
    this.homes.add(household)
  }
  householdFact(owner: number, row: FactRow): void {
    this.householdFacts.push({ owner, ...row })
  }
  member(household: number, person: number): void {
    const pair = `${household} ${person}`
    assert.ok(!this.memberships.has(pair), 'a member is told once')
    this.memberships.add(pair)
  }
  number(person: number, number: string): void {
    this.numbers.push({ person, number })
  }
  oldNumber(person: number, number: string): void {
    this.oldNumbers.push({ person, number })
  }
  search(person: number, tokens: readonly string[]): void {
    this.tokens[person] = tokens
  }
  review(): void {}

  private believed(kind: string): readonly Told[] {
    return this.facts.filter((row) => row.kind === kind && row.superseded === 0)
  }

  /** At every moment of the record, believed rows of one owner, kind and key are apart. */
  checkBelief(): void {
    for (const facts of [this.facts, this.householdFacts]) {
      const slots = Map.groupBy(facts, (row) => `${row.owner} ${row.kind} ${row.key}`)
      for (const rows of slots.values()) {
        const keys = new Set(rows.map((row) => `${row.from} ${row.recorded}`))
        assert.equal(keys.size, rows.length, 'first day and moment of record are a key')
        for (const [at, one] of rows.entries()) {
          assert.ok(one.from < one.to)
          assert.ok(one.superseded === 0 || one.superseded > one.recorded)
          for (const other of rows.slice(at + 1)) {
            const isTogether =
              (one.superseded === 0 || other.recorded < one.superseded) &&
              (other.superseded === 0 || one.recorded < other.superseded)
            if (isTogether) assert.ok(one.to <= other.from || other.to <= one.from, one.kind)
          }
        }
      }
    }
  }

  checkDays(): void {
    const { people, plan } = this.made
    const end = plan.asOf * 86_400
    for (const row of this.facts) {
      assert.ok(row.from >= people.born.at(row.owner), row.kind)
      assert.ok(row.from < plan.asOf, row.kind)
      assert.ok(row.recorded >= plan.opened * 86_400 && row.recorded < end)
      assert.ok(row.superseded < end)
      const isEnding = ['permanent', 'household', 'number', 'spouse'].includes(row.kind)
      const died = people.died.at(row.owner)
      if (isEnding && row.superseded === 0 && died < FOREVER) assert.ok(row.to <= died, row.kind)
    }
  }

  checkValues(): void {
    const { codes } = this.made.plan.profile
    const relations = new Set(codes['relation-to-head'].map(({ code }) => code))
    const units = new Map(
      this.made.plan.places.flatMap(({ periods }) =>
        periods.map((one) => [one.unit, one] as const),
      ),
    )
    for (const row of [...this.facts, ...this.householdFacts]) {
      const value = JSON.parse(row.value) as unknown
      const list = LISTS[row.kind as keyof typeof LISTS]
      if (list !== undefined && value !== 'XXX') {
        assert.ok(
          codes[list].some(({ code }) => code === value),
          `${row.kind} ${row.value}`,
        )
      }
      if (row.kind === 'household')
        assert.ok(relations.has((value as { relation: string }).relation))
      if (!['permanent', 'temporary', 'current', 'address'].includes(row.kind)) continue
      const unit = units.get((value as { unit: string }).unit)
      assert.ok(unit !== undefined, row.value)
      assert.ok(unit.to > row.from)
      if (row.superseded === 0 && row.to > unit.to) assert.ok(this.isSplit(unit.unit))
    }
  }

  private isSplit(unit: string): boolean {
    const { places } = this.made.plan
    return places.filter(({ periods }) => periods.some((one) => one.unit === unit)).length > 1
  }

  checkKinship(): void {
    const { ids } = this.made
    const own = (row: Told): string => ids.person.text(row.owner)
    const told = new Set<string>()
    for (const row of this.believed('parent')) {
      const { person } = JSON.parse(row.value) as { person?: string }
      if (person !== undefined) told.add(`${person} ${own(row)}`)
    }
    const children = this.believed('child')
    for (const row of children) assert.ok(told.delete(`${own(row)} ${row.key}`))
    assert.equal(told.size, 0)
    const spouses = new Set<string>()
    for (const row of this.believed('spouse')) {
      const { person } = JSON.parse(row.value) as { person?: string }
      if (person === undefined) assert.equal(row.key, 'paper')
      else spouses.add(`${own(row)} ${person} ${row.from} ${row.to}`)
    }
    for (const pair of spouses) {
      const [one, other, from, to] = pair.split(' ')
      assert.ok(spouses.has(`${other} ${one} ${from} ${to}`), pair)
    }
  }

  checkMemberships(): void {
    const { ids, people } = this.made
    const heads = Map.groupBy(
      this.householdFacts.filter((row) => row.kind === 'head' && row.superseded === 0),
      (row) => ids.household.text(row.owner),
    )
    for (const row of this.believed('household')) {
      const { household, relation } = JSON.parse(row.value) as Record<string, string>
      const held = (heads.get(household ?? '') ?? []).filter(
        (head) => head.from < row.to && row.from < head.to,
      )
      assert.equal(held.length, 1, 'a relation holds under one head')
      assert.equal(
        JSON.parse(held[0]?.value ?? '""') === ids.person.text(row.owner),
        relation === 'head',
      )
    }
    for (const [person, rows] of Map.groupBy(this.believed('household'), (row) => row.owner)) {
      const last = Math.max(...rows.map((row) => row.to))
      const isHomeless = people.unregisteredFrom.at(person) !== FOREVER
      if (!isHomeless && people.household.at(person) >= 0)
        assert.equal(last, people.died.at(person))
    }
  }

  checkNames(): void {
    const { names } = this.made.plan.profile
    for (const row of this.facts) {
      if (row.kind !== 'name') continue
      const { full } = JSON.parse(row.value) as { full: string }
      assert.equal(names.fault(full), null, full)
      assert.equal(names.canonical(full), full)
      if (row.superseded !== 0) continue
      assert.equal(full, nameOf(this.made.draft, row.owner))
      const tokens = new Set(this.tokens[row.owner])
      for (const token of names.fold(full)) assert.ok(tokens.has(token), full)
    }
  }

  checkNumbers(seen: Set<string>): void {
    const { plan, people } = this.made
    for (const { number } of this.numbers) {
      assert.ok(!seen.has(number), number)
      seen.add(number)
    }
    for (const row of this.believed('number')) {
      if (row.to !== people.died.at(row.owner)) continue
      const parsed = plan.profile.number.parse(JSON.parse(row.value) as string)
      assert.ok(parsed.ok && parsed.scheme === 'number' && parsed.demonstration, row.value)
      const sex = people.sex.at(row.owner) === FEMALE ? 'female' : 'male'
      assert.ok(parsed.implied.sex === null || parsed.implied.sex === sex)
      const year = Number(dayText(people.born.at(row.owner)).slice(0, 4))
      assert.ok(parsed.implied.birthYear === null || parsed.implied.birthYear === year)
    }
  }

  countKinds(kinds: Map<string, number>): void {
    const add = (kind: string): void => void kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
    for (const row of this.facts) {
      if (row.superseded !== 0) continue
      add(row.kind)
      if (row.kind === 'marital') add(`marital ${JSON.parse(row.value)}`)
    }
  }
}

/** A digest of all a part told. */
export function digestOf({ facts, householdFacts, numbers, oldNumbers }: Recorder): string {
  const hash = createHash('sha256')
  for (const list of [facts, householdFacts, numbers, oldNumbers]) hash.update(JSON.stringify(list))
  return hash.digest('hex')
}

/** Hears everything and keeps nothing. */
export const NOBODY: NationSink = {
  person() {},
  fact() {},
  household() {},
  householdFact() {},
  member() {},
  number() {},
  oldNumber() {},
  search() {},
  review() {},
}

/** A database without persons, and an operator who can be told to stop. */
export interface Stage {
  readonly kernel: TestKernel
  readonly operator: Operator
  readonly stop: AbortController
  readonly lines: string[]
}

export async function stageOf(profile: Profile): Promise<Stage> {
  const kernel = await testKernel({ profile, rooms: [kernelRoom, room] })
  const stop = new AbortController()
  const lines: string[] = []
  const operator: Operator = {
    kernel,
    signal: stop.signal,
    async owner() {
      const client = new pg.Client({ ...kernel.testDatabase.owner })
      await client.connect()
      return client
    },
    print: (line) => void lines.push(line),
    progress: () => {},
  }
  return { kernel, operator, stop, lines }
}

/** Everything about the tables that a load takes away for a while. */
export const furniture = (kernel: TestKernel) =>
  kernel.owner<{ what: string }>(
    `select indexdef as what from pg_indexes where schemaname = 'register'
     union all
     select tgname || ' ' || tgenabled::text from pg_trigger
     where tgrelid in ('register.fact'::regclass, 'register.household_fact'::regclass)
     union all
     select conname || ' ' || pg_get_constraintdef(oid) from pg_constraint
     where connamespace = 'register'::regnamespace
     order by 1`,
  )
