import type { Instant, PlainDay, Tx } from '../../kernel/index.ts'
import type { ActId, UnitId } from '../types.ts'
import type { Succession, Unit } from './types.ts'

/** Every row of every unit, a few times a year at most. */
export async function listUnits(tx: Tx): Promise<Unit[]> {
  return tx.query<Unit>(
    `select unit_id as id, code, level, kind, name, parent_id as parent,
       lower(valid) as "from", upper(valid) as "to"
     from register.unit order by unit_id, lower(valid)`,
  )
}

export async function listSuccessions(tx: Tx): Promise<Succession[]> {
  return tx.query<Succession>(
    `select unit_id as unit, successor_id as successor, whole
     from register.unit_successor order by unit_id, successor_id`,
  )
}

/** Grows by one with every change of the directory. */
export async function countUnitLists(tx: Tx): Promise<number> {
  const [row] = await tx.prepared<{ lists: number }>(
    'register.unit-lists',
    'select count(*) as lists from register.unit_list',
  )
  return row?.lists ?? 0
}

/** Two changes of the directory wait for each other. */
export async function lockUnits(tx: Tx): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtext('register.unit'))`)
}

export async function insertUnits(tx: Tx, units: readonly Unit[], actId: ActId): Promise<void> {
  if (units.length === 0) return
  await tx.query(
    `insert into register.unit (unit_id, code, level, kind, name, parent_id, valid, act_id)
     select id, code, level, kind, name, parent, daterange("from", "to"), $9::uuid
     from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[],
       $7::date[], $8::date[]) as u (id, code, level, kind, name, parent, "from", "to")`,
    [
      units.map((unit) => unit.id),
      units.map((unit) => unit.code),
      units.map((unit) => unit.level),
      units.map((unit) => unit.kind),
      units.map((unit) => unit.name),
      units.map((unit) => unit.parent),
      units.map((unit) => unit.from),
      units.map((unit) => unit.to),
      actId,
    ],
  )
}

/** A row, and the first day from which it is no longer true. */
export interface Closing {
  readonly id: UnitId
  readonly from: PlainDay
  readonly to: PlainDay | null
}

export async function closeUnits(
  tx: Tx,
  closings: readonly Closing[],
  actId: ActId,
): Promise<void> {
  if (closings.length === 0) return
  await tx.query(
    `update register.unit u set valid = daterange(c."from", c."to"), closed_by = $4::uuid
     from unnest($1::text[], $2::date[], $3::date[]) as c (id, "from", "to")
     where u.unit_id = c.id and lower(u.valid) = c."from"`,
    [
      closings.map((one) => one.id),
      closings.map((one) => one.from),
      closings.map((one) => one.to),
      actId,
    ],
  )
}

/** Answers how many were new. */
export async function insertSuccessions(
  tx: Tx,
  successions: readonly Succession[],
): Promise<number> {
  if (successions.length === 0) return 0
  const rows = await tx.query(
    `insert into register.unit_successor (unit_id, successor_id, whole)
     select * from unnest($1::text[], $2::text[], $3::boolean[])
     on conflict do nothing returning unit_id`,
    [
      successions.map((one) => one.unit),
      successions.map((one) => one.successor),
      successions.map((one) => one.whole),
    ],
  )
  return rows.length
}

/** A list that was taken: the version of the directory, and its history. */
export interface UnitList {
  readonly listId: string
  readonly validFrom: PlainDay | null
  readonly opened: number
  readonly changed: number
  readonly closed: number
  readonly successors: number
  readonly actId: ActId
  readonly recordedAt: Instant
}

export async function insertUnitList(tx: Tx, list: UnitList): Promise<void> {
  await tx.query(
    `insert into register.unit_list
       (list_id, valid_from, opened, changed, closed, successors, act_id, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      list.listId,
      list.validFrom,
      list.opened,
      list.changed,
      list.closed,
      list.successors,
      list.actId,
      list.recordedAt,
    ],
  )
}
