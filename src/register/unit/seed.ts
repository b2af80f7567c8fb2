import {
  type Instant,
  type Kernel,
  type PlainDay,
  type Profile,
  SYSTEM,
  type Tx,
  uuidv7,
} from '../../kernel/index.ts'
import { KEEPING } from '../act.ts'
import { insertAct } from '../act-store.ts'
import {
  type Closing,
  closeUnits,
  insertSuccessions,
  insertUnitList,
  insertUnits,
  listUnits,
  lockUnits,
} from './store.ts'
import { holdsOn, type Succession, type Unit, type UnitFact, unitId } from './types.ts'
import { forgetUnits } from './units.ts'

/** Units as rows of the register, and what became of those that ended. */
export interface UnitRows {
  readonly units: readonly Unit[]
  readonly successions: readonly Succession[]
}

/** The profile's facts as rows: parents and successors are codes there, and ids here. */
export function unitRows(facts: readonly UnitFact[]): UnitRows {
  const byCode = Map.groupBy(facts, (fact) => fact.code)
  const idOn = (code: string, day: PlainDay): string => {
    const fact = byCode.get(code)?.find((one) => holdsOn(one, day))
    if (fact === undefined) throw new RangeError(`no unit ${code} on ${day}`)
    return unitId(code, fact.since)
  }
  const units = facts.map(({ code, since, level, kind, name, parent, from, to }) => ({
    id: unitId(code, since),
    code,
    level,
    kind,
    name,
    parent: parent === null ? null : idOn(parent, from),
    from,
    to,
  }))
  const successions = facts.flatMap(({ code, since, to, successors = [] }) =>
    to === null
      ? []
      : successors.map((successor) => ({
          unit: unitId(code, since),
          successor: idOn(successor, to),
          whole: successors.length === 1,
        })),
  )
  return { units, successions }
}

/** The units every nation of a profile has from the start, with those of a demonstration. */
export function builtInRows(profile: Profile, demonstration: boolean): UnitRows {
  const { builtIn, demonstration: invented } = profile.units
  return unitRows(demonstration ? [...builtIn, ...invented()] : builtIn)
}

interface Seeding {
  readonly tx: Tx
  readonly profile: Profile
  readonly demonstration: boolean
  readonly at: Instant
}

/**
 * Brings the built-in units of the profile into the register: all of them the first time, later
 * those a newer program knows more of. Nothing is done when there is nothing new.
 */
export async function seedUnits({ tx, profile, demonstration, at }: Seeding): Promise<void> {
  await lockUnits(tx)
  const present = new Map((await listUnits(tx)).map((unit) => [keyOf(unit), unit]))
  const { units, successions } = builtInRows(profile, demonstration)
  const opened = units.filter((unit) => !present.has(keyOf(unit)))
  const closed: Closing[] = units.filter((unit) => {
    const row = present.get(keyOf(unit))
    return row !== undefined && row.to !== unit.to
  })
  if (opened.length === 0 && closed.length === 0) return
  const actId = await insertAct(
    tx,
    {
      kind: 'unit-list',
      document: null,
      decidedOn: null,
      body: SYSTEM.body,
      unitId: null,
      legalBasis: KEEPING.legalBasis,
      note: null,
      actorId: SYSTEM.id,
    },
    at,
  )
  await closeUnits(tx, closed, actId)
  await insertUnits(tx, opened, actId)
  const joined = await insertSuccessions(tx, successions)
  await insertUnitList(tx, {
    listId: uuidv7(),
    validFrom: null,
    opened: opened.length,
    changed: 0,
    closed: closed.length,
    successors: joined,
    actId,
    recordedAt: at,
  })
}

/** Seeds the units of the nation a kernel is of, in a transaction of its own. */
export async function ensureUnits(kernel: Kernel): Promise<void> {
  const { database, profile, demonstration } = kernel
  await database.transaction((tx) => seedUnits({ tx, profile, demonstration, at: kernel.now() }))
  forgetUnits(kernel)
}

const keyOf = ({ id, from }: Unit): string => `${id} ${from}`
