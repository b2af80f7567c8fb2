import type { TObject } from 'typebox'
import { profile as demo } from '../../profiles/demo/index.ts'
import { profile as vn } from '../../profiles/vn/index.ts'
import { EVERYTHING, withTestRoles } from '../../test/commands.ts'
import { anActor, type TestKernel, testKernel } from '../../test/kernel.ts'
import {
  type Actor,
  addMs,
  type Command,
  execute,
  type Instant,
  type Profile,
  uuidv7,
} from '../kernel/index.ts'
import { room as kernelRoom } from '../kernel/kernel-room.ts'
import { room } from './index.ts'
import { registerBirth } from './person/birth.ts'
import { registerPerson } from './person/register.ts'
import type { UnitId } from './types.ts'
import { ensureUnits } from './unit/seed.ts'
import { unitsOf } from './unit/units.ts'

/** Every room is tried with the real country and with the invented one. */
export const PROFILES: readonly Profile[] = [vn, demo]

/** A register with units and nobody in it, and officers of two places. */
export interface Stage {
  readonly kernel: TestKernel
  readonly profile: Profile
  /** A lowest unit, and one of another highest unit. */
  readonly home: UnitId
  readonly elsewhere: UnitId
  readonly officer: Actor
  readonly stranger: Actor
  /** Lets time pass: each act of a test has a moment of its own. */
  tick(): Instant
  do<Input extends TObject, Output>(
    command: Command<Input, Output>,
    input: unknown,
    actor?: Actor,
  ): Promise<Output>
  close(): Promise<void>
}

export const NOW = '2026-10-16T03:00:00.000Z' as Instant

export async function stageOf(given: Profile): Promise<Stage> {
  const profile = withTestRoles(given)
  const kernel = await testKernel({ profile, rooms: [kernelRoom, room], now: NOW })
  await ensureUnits(kernel)
  const directory = await kernel.database.transaction((tx) => unitsOf({ tx, kernel }))
  const day = NOW.slice(0, 10) as never
  const tops = directory.childrenOf(null, day)
  const lowest = (at: number): UnitId => {
    let unit = tops[at]
    for (;;) {
      const [child] = unit === undefined ? [] : directory.childrenOf(unit.id, day)
      if (child === undefined) return unit?.id ?? ''
      unit = child
    }
  }
  const home = lowest(0)
  const elsewhere = lowest(1)
  const officer = anActor([[EVERYTHING, home]], { unit: home })
  let now = NOW
  const stage: Stage = {
    kernel,
    profile,
    home,
    elsewhere,
    officer,
    stranger: anActor([[EVERYTHING, elsewhere]], { unit: elsewhere }),
    tick() {
      now = addMs(now, 1_000)
      kernel.setNow(now)
      return now
    },
    do(command, input, actor = officer) {
      stage.tick()
      return execute(command, input, {
        kernel,
        actor,
        key: uuidv7(),
      })
    },
    close: () => kernel.close(),
  }
  return stage
}

export const ACT = { kind: 'certificate', document: 'GCS 12/2026' } as const
let named = 0

/** A name nobody else of the tests bears, that both profiles accept. */
export function aName(): string {
  const letters = 'an ba chi duc em gia ha khoa lan minh nam oanh phu quy son tam uyen van xuan yen'
  const words = letters.split(' ').map((word) => `${word[0]?.toUpperCase()}${word.slice(1)}`)
  const at = named++
  const pick = (turn: number) => words[Math.floor(at / words.length ** turn) % words.length]
  return `Le ${pick(2)} ${pick(1)} ${pick(0)}`
}

/** Someone already living, registered at the stage's home. Answers the number. */
export async function aPerson(
  stage: Stage,
  more: { sex?: string; on?: string; name?: string } & Record<string, unknown> = {},
): Promise<string> {
  const { sex = 'male', on = '1980-05-17', name = aName(), ...rest } = more
  const { number } = await stage.do(registerPerson, {
    act: ACT,
    ground: 'late',
    name,
    sex,
    birth: { on, registered: { unit: stage.home } },
    nationalities: [stage.profile.country],
    ...rest,
  })
  return number
}

/** A birth at the stage's home; answers the input, to be registered. */
export function aBirth(stage: Stage, more: Record<string, unknown> = {}) {
  return {
    act: ACT,
    name: aName(),
    sex: 'female',
    birth: { on: '2026-10-01', place: { unit: stage.home }, registered: { unit: stage.home } },
    nationalities: [stage.profile.country],
    ...more,
  }
}

/** A newborn of these parents. Answers the number. */
export async function aChild(stage: Stage, more: Record<string, unknown> = {}): Promise<string> {
  const { number } = await stage.do(registerBirth, aBirth(stage, more))
  return number
}

/** Numbers of those whom the newest event names: who sees it in their own log. */
export async function namedLast(stage: Stage): Promise<readonly string[]> {
  const rows = await stage.kernel.owner<{ number: string }>(
    `with last as (select event_id, person_id from kernel.audit_event order by event_id desc limit 1),
       named as (select person_id from last where person_id is not null
         union select s.person_id from kernel.audit_subject s join last using (event_id))
     select n.number from named join register.number n using (person_id) order by 1`,
  )
  return rows.map((row) => row.number)
}
