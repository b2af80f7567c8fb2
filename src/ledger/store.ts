import type { Statements } from './client-tx.ts'
import type { Tile, TileId } from './tile.ts'

/** How far the log has come: leaves, and the last event in the order (xid, event_id). */
export interface Position {
  readonly size: number
  /** A 64-bit transaction id, in decimal. */
  readonly xid: string
  readonly eventId: string
}

/** What one round took from the audit events. */
export interface Batch {
  readonly count: number
  /** Leaf hashes one after the other. */
  readonly leaves: Buffer
  /** The last event taken, and the first; null when there was none. */
  readonly last: Pick<Position, 'xid' | 'eventId'> | null
  readonly firstEventId: string | null
  /** Below this transaction id everything is decided. */
  readonly horizon: string
}

/**
 * This transaction is over when the disk has it: a published checkpoint that a power cut unwrites
 * would look like a rollback to every witness.
 */
export async function commitToDisk(tx: Statements): Promise<void> {
  await tx.query('set local synchronous_commit = on')
}

/** The name the log signs under; null before it was ever used. */
export async function findOrigin(tx: Statements): Promise<string | null> {
  const [row] = await tx.query<{ origin: string }>('select origin from ledger.log')
  return row?.origin ?? null
}

/** Gives the log its name, once; whoever comes second gets the first one's. */
export async function makeOrigin(tx: Statements, origin: string): Promise<string> {
  await tx.query('insert into ledger.log (origin) values ($1) on conflict do nothing', [origin])
  return (await findOrigin(tx)) ?? origin
}

export async function getPosition(tx: Statements): Promise<Position> {
  const [row] = await tx.query<Position>(
    'select size, xid::text, event_id as "eventId" from ledger.sequencer',
  )
  if (row === undefined) throw new Error('ledger.sequencer has lost its row')
  return row
}

/**
 * Gives the next events their places. Commit-safe without locks: below the horizon of this
 * statement's own snapshot no transaction is under way, so none can add an event there later.
 */
export async function appendLeaves(tx: Statements, from: Position, most: number): Promise<Batch> {
  const [row] = await tx.prepared<{
    count: number
    leaves: Buffer
    xid: string | null
    eventId: string | null
    firstEventId: string | null
    horizon: string
  }>(
    'ledger.append',
    `with taken as materialized (
       select e.event_id, e.xid, e.leaf, e.salt, e.body from kernel.audit_event e
       where (e.xid, e.event_id) > ($1::xid8, $2::uuid)
         and e.xid < pg_snapshot_xmin(pg_current_snapshot())
       order by e.xid, e.event_id limit $4
     ), placed as materialized (
       select event_id, xid, leaf,
         coalesce(sha256(salt || convert_to(body, 'UTF8')), decode(repeat('00', 32), 'hex')) as commitment,
         $3::bigint + row_number() over (order by xid, event_id) - 1 as seq
       from taken
     ), written as (
       insert into ledger.audit_leaf (seq, event_id, commitment)
       select seq, event_id, commitment from placed order by seq
     )
     select count(*)::int as count,
       coalesce(string_agg(leaf, ''::bytea order by seq), ''::bytea) as leaves,
       (select xid::text from placed order by seq desc limit 1) as xid,
       (select event_id from placed order by seq desc limit 1) as "eventId",
       (select event_id from placed order by seq limit 1) as "firstEventId",
       pg_snapshot_xmin(pg_current_snapshot())::text as horizon
     from placed`,
    [from.xid, from.eventId, from.size, most],
  )
  if (row === undefined) throw new Error('an aggregate gave no row')
  const { xid, eventId, ...batch } = row
  return { ...batch, last: xid === null || eventId === null ? null : { xid, eventId } }
}

/** Moves on, unless somebody else did: then the round must be undone. */
export async function movePosition(tx: Statements, from: Position, to: Position): Promise<void> {
  const moved = await tx.prepared(
    'ledger.move',
    `update ledger.sequencer set size = $4, xid = $5, event_id = $6, moved_at = now()
     where size = $1 and xid = $2::xid8 and event_id = $3 returning size`,
    [from.size, from.xid, from.eventId, to.size, to.xid, to.eventId],
  )
  if (moved.length !== 1) throw new Error('another process has moved the log on')
}

/** Stores tiles; a wider one takes the place of the narrower one it begins with. */
export async function writeTiles(tx: Statements, tiles: readonly Tile[]): Promise<void> {
  await tx.prepared(
    'ledger.tiles',
    `insert into ledger.tile as t (level, tile_index, width, data)
     select * from unnest($1::smallint[], $2::bigint[], $3::smallint[], $4::bytea[])
     on conflict (level, tile_index) do update set width = excluded.width, data = excluded.data
     where t.width < excluded.width`,
    [
      tiles.map((tile) => tile.level),
      tiles.map((tile) => tile.index),
      tiles.map((tile) => tile.width),
      tiles.map((tile) => tile.data),
    ],
  )
}

/** Reads tiles as far as they are written; those that are not there are left out. */
export async function findTiles(tx: Statements, ids: readonly TileId[]): Promise<Tile[]> {
  if (ids.length === 0) return []
  return tx.prepared<Tile>(
    'ledger.find-tiles',
    `select t.level, t.tile_index as index, t.width, t.data
     from unnest($1::smallint[], $2::bigint[]) as w (level, tile_index)
     join ledger.tile t using (level, tile_index)`,
    [ids.map((id) => id.level), ids.map((id) => id.index)],
  )
}

/** A signed state of the log as it is stored. */
export interface StoredCheckpoint {
  readonly size: number
  readonly root: Buffer
  readonly note: string
}

export async function insertCheckpoint(
  tx: Statements,
  checkpoint: StoredCheckpoint,
): Promise<void> {
  await tx.prepared(
    'ledger.checkpoint',
    'insert into ledger.checkpoint (size, root, note) values ($1, $2, $3)',
    [checkpoint.size, checkpoint.root, checkpoint.note],
  )
}

export async function findLatestCheckpoint(
  tx: Statements,
): Promise<(StoredCheckpoint & { readonly recordedAt: string }) | undefined> {
  const [row] = await tx.prepared<StoredCheckpoint & { recordedAt: string }>(
    'ledger.latest',
    `select size, root, note, recorded_at as "recordedAt" from ledger.checkpoint
     order by size desc limit 1`,
  )
  return row
}

/** Cosigned checkpoints looked at for the one most witnesses have seen. */
const RECENT_COSIGNATURES = 300

/** Of the recent checkpoints that hold a leaf, the newest one that most witnesses have cosigned. */
export async function findWitnessedCheckpoint(
  tx: Statements,
  seq: number,
): Promise<StoredCheckpoint | undefined> {
  const [row] = await tx.prepared<StoredCheckpoint>(
    'ledger.witnessed',
    `select c.size, c.root, c.note
     from (select size from ledger.cosignature where size > $1 order by size desc limit $2) recent
     join ledger.checkpoint c using (size)
     group by c.size order by count(*) desc, c.size desc limit 1`,
    [seq, RECENT_COSIGNATURES],
  )
  return row
}

export async function listCosignatures(tx: Statements, size: number): Promise<string[]> {
  const rows = await tx.prepared<{ line: string }>(
    'ledger.cosignatures',
    'select line from ledger.cosignature where size = $1 order by witness',
    [size],
  )
  return rows.map((row) => row.line)
}

export interface Cosignature {
  readonly size: number
  /** The witness's key name. */
  readonly witness: string
  /** Its signature line, without the newline. */
  readonly line: string
}

export async function insertCosignature(tx: Statements, cosignature: Cosignature): Promise<void> {
  await tx.query(
    `insert into ledger.cosignature (size, witness, line) values ($1, $2, $3)
     on conflict do nothing`,
    [cosignature.size, cosignature.witness, cosignature.line],
  )
}

/** The newest cosignature of a witness. */
export interface Witnessed extends Cosignature {
  readonly recordedAt: string
}

/** How far each witness has come. */
export async function listWitnessed(tx: Statements): Promise<Witnessed[]> {
  return tx.query<Witnessed>(
    `select distinct on (witness) size, witness, line, recorded_at as "recordedAt"
     from ledger.cosignature order by witness, size desc`,
  )
}

/** Size of the newest checkpoint a witness has cosigned; 0 when it has none of ours. */
export async function cosignedSize(tx: Statements, witness: string): Promise<number> {
  const [row] = await tx.query<{ size: number }>(
    'select coalesce(max(size), 0)::bigint as size from ledger.cosignature where witness = $1',
    [witness],
  )
  return row?.size ?? 0
}

/** Commitments of the leaves [from, to), in order. */
export async function listCommitments(tx: Statements, from: number, to: number): Promise<Buffer[]> {
  const rows = await tx.prepared<{ commitment: Buffer }>(
    'ledger.commitments',
    'select commitment from ledger.audit_leaf where seq >= $1 and seq < $2 order by seq',
    [from, to],
  )
  return rows.map((row) => row.commitment)
}

/** The place of an event in the log; null while it waits, undefined when there is no such event. */
export async function findSeq(tx: Statements, eventId: string): Promise<number | null | undefined> {
  const [row] = await tx.prepared<{ seq: number | null }>(
    'ledger.seq',
    `select l.seq from kernel.audit_event e left join ledger.audit_leaf l using (event_id)
     where e.event_id = $1`,
    [eventId],
  )
  return row === undefined ? undefined : row.seq
}

/** The event oldest in order that has no leaf yet; undefined when the log is up to date. */
export async function findOldestWaiting(
  tx: Statements,
  from: Position,
): Promise<string | undefined> {
  const [row] = await tx.prepared<{ eventId: string }>(
    'ledger.waiting',
    `select event_id as "eventId" from kernel.audit_event
     where (xid, event_id) > ($1::xid8, $2::uuid) order by xid, event_id limit 1`,
    [from.xid, from.eventId],
  )
  return row?.eventId
}
