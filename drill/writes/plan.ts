import { createHash } from 'node:crypto'
import type { Actor, Command } from '../../src/kernel/index.ts'
import { addMember, establish, move, removeMember } from '../../src/register/household/commands.ts'
import { changeHead, merge, split } from '../../src/register/household/reshape.ts'
import { linkKin } from '../../src/register/kinship/commands.ts'
import { registerBirth } from '../../src/register/person/birth.ts'
import { correctFact } from '../../src/register/person/correct.ts'
import { registerPerson } from '../../src/register/person/register.ts'
import { EVERYTHING } from '../../test/commands.ts'
import { anActor } from '../../test/kernel.ts'

/** Answers of the steps of a lane that were done, by the words after the lane's name. */
export type Answers = ReadonlyMap<string, { readonly number?: string } & Record<string, unknown>>

export interface Step {
  /** The idempotency key, the same whenever it is sent. */
  readonly key: string
  readonly name: string
  readonly command: Command
  /** An officer who does nothing else: the event is found by whose it is. */
  readonly actor: Actor
  input(answers: Answers): unknown
}

/** Steps that rest on one another, each sent when the one before was answered. */
export interface Lane {
  readonly name: string
  readonly steps: readonly Step[]
}

const SYLLABLES = 'An Bình Chi Dung Giang Hà Khánh Lan Minh Ngọc Oanh Phúc Quân Sơn Thư'.split(' ')

/** A name that no other person of the plan bears. */
function nameOf(lane: number, who: number): string {
  const at = lane * 16 + who
  const pick = (turn: number) => SYLLABLES[Math.floor(at / SYLLABLES.length ** turn) % 15] ?? ''
  return `Nguyễn ${pick(2)} ${pick(1)} ${pick(0)}`
}

/** The same officer for the same key in every process. */
function officerOf(key: string): Actor {
  const hex = createHash('sha256').update(key).digest('hex')
  const id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
  return anActor([[EVERYTHING, 'nation']], { id })
}

type Planned = readonly [name: string, command: Command, input: (answers: Answers) => unknown]

/** What the inputs of a lane are made of. */
interface Family {
  readonly lane: number
  readonly home: string
  readonly act: { readonly kind: string; readonly document: string }
}

const number = (answers: Answers, who: string): string => answers.get(who)?.number ?? ''

/** Three adults, two of them married, in a household that changes in every way there is. */
function householdSteps({ lane, home, act }: Family): Planned[] {
  const at = (address: string) => ({ unit: home, address })
  const adult = (who: number, sex: string, on: string) => () => ({
    act,
    ground: 'late',
    name: nameOf(lane, who),
    sex,
    birth: { on, registered: { unit: home } },
    nationalities: ['VNM'],
  })
  const elder = (a: Answers) => ({ number: number(a, 'elder'), relation: 'other-relative' })
  const change = (on: string, input: (a: Answers) => object) => (a: Answers) => ({
    act,
    on,
    ...input(a),
  })
  const toMove = change('2025-11-01', (a) => ({ number: number(a, 'mother'), residence: at('2') }))
  return [
    ['mother', registerPerson, adult(0, 'female', '1990-02-03')],
    ['father', registerPerson, adult(1, 'male', '1988-04-05')],
    ['elder', registerPerson, adult(2, 'female', '1960-06-07')],
    [
      'marriage',
      linkKin,
      (a) => ({
        act,
        number: number(a, 'mother'),
        relation: 'spouse',
        relative: { number: number(a, 'father') },
        from: '2015-05-05',
      }),
    ],
    [
      'establish',
      establish,
      change('2025-08-01', (a) => ({
        head: number(a, 'father'),
        members: [{ number: number(a, 'mother'), relation: 'spouse' }, elder(a)],
        residence: at('1'),
      })),
    ],
    ['leave', removeMember, change('2025-09-01', (a) => ({ number: number(a, 'elder') }))],
    ['join', addMember, change('2025-10-01', (a) => ({ ...elder(a), of: number(a, 'father') }))],
    ['move', move, toMove],
    ['head', changeHead, change('2025-12-01', (a) => ({ number: number(a, 'mother') }))],
    [
      'split',
      split,
      change('2026-01-01', (a) => ({
        head: number(a, 'elder'),
        members: [],
        residence: at('3'),
      })),
    ],
    [
      'merge',
      merge,
      change('2026-02-01', (a) => ({
        number: number(a, 'elder'),
        into: number(a, 'mother'),
        relations: [elder(a)],
      })),
    ],
  ]
}

/** Two children, and what was written wrongly of them put right. */
function childrenSteps({ lane, home, act }: Family): Planned[] {
  const child = (who: number, on: string) => (a: Answers) => ({
    act,
    name: nameOf(lane, who),
    sex: 'female',
    birth: { on, place: { unit: home }, registered: { unit: home } },
    nationalities: ['VNM'],
    ethnicity: '01',
    mother: { number: number(a, 'mother') },
    father: { number: number(a, 'father') },
    household: { of: 'mother', relation: 'child' },
  })
  const correct = (child: string, kind: string, value: unknown) => (a: Answers) => ({
    act,
    number: number(a, child),
    kind,
    value,
  })
  return [
    ['first', registerBirth, child(3, '2025-12-24')],
    ['name', correctFact, correct('first', 'name', { full: nameOf(lane, 4) })],
    ['second', registerBirth, child(5, '2026-10-10')],
    ['ethnicity', correctFact, correct('second', 'ethnicity', '02')],
    ['name-again', correctFact, correct('first', 'name', { full: nameOf(lane, 6) })],
  ]
}

/** The lane of a number: the same keys and inputs in every process. */
export function laneOf(lane: number, home: string): Lane {
  const name = `family-${lane}`
  const act = { kind: 'certificate', document: `GCS ${lane}/2026` }
  const family: Family = { lane, home, act }
  const steps = [...householdSteps(family), ...childrenSteps(family)].map(
    ([word, command, input]) => {
      const key = `${name}/${word}`
      return { key, name: word, command, actor: officerOf(key), input }
    },
  )
  return { name, steps }
}
