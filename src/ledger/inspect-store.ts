import type { Statements } from './client-tx.ts'

/** A line of the log beside the event it stands for, as both are stored. */
export interface Line {
  readonly seq: number
  readonly eventId: string
  readonly commitment: Buffer
  /** Null when the event is gone altogether. */
  readonly leaf: Buffer | null
  readonly xid: string | null
  readonly actorId: string | null
  readonly personId: string | null
  readonly body: string | null
  readonly salt: Buffer | null
  readonly hiddenUntil: string | null
  /** Two persons have agreed that it be erased. */
  readonly erasureAgreed: boolean
}

/** Lines from a place on, in order. */
export function listLines(tx: Statements, from: number, most: number): Promise<Line[]> {
  return tx.prepared<Line>(
    'ledger.lines',
    `select l.seq, l.event_id as "eventId", l.commitment, e.leaf, e.xid::text,
       e.actor_id as "actorId", e.person_id as "personId", e.body, e.salt,
       e.hidden_until::text as "hiddenUntil", r.approved_by is not null as "erasureAgreed"
     from ledger.audit_leaf l left join kernel.audit_event e using (event_id)
     left join ledger.erasure r using (event_id)
     where l.seq >= $1 order by l.seq limit $2`,
    [from, most],
  )
}

export interface SubjectRow {
  readonly eventId: string
  readonly personId: string
  readonly salt: Buffer
}

/** Subjects of events that name several, in their positions. */
export function listSubjects(tx: Statements, eventIds: readonly string[]): Promise<SubjectRow[]> {
  return tx.prepared<SubjectRow>(
    'ledger.subjects-of-many',
    `select event_id as "eventId", person_id as "personId", salt from kernel.audit_subject
     where event_id = any($1::uuid[]) order by event_id, position`,
    [eventIds],
  )
}

export interface CheckpointRow {
  readonly size: number
  readonly root: Buffer
  readonly note: string
  readonly cosignatures: readonly string[]
}

/** Checkpoints from a size on, with their cosignatures, in order. */
export function listCheckpoints(
  tx: Statements,
  above: number,
  most: number,
): Promise<CheckpointRow[]> {
  return tx.prepared<CheckpointRow>(
    'ledger.checkpoints',
    `select c.size, c.root, c.note,
       coalesce((select array_agg(s.line order by s.witness) from ledger.cosignature s
                 where s.size = c.size), '{}') as cosignatures
     from ledger.checkpoint c where c.size > $1 order by c.size limit $2`,
    [above, most],
  )
}

/** Events behind the log's place that are in no line: put there afterwards. */
export async function listUnlogged(tx: Statements, most: number): Promise<string[]> {
  const rows = await tx.query<{ eventId: string }>(
    `select e.event_id as "eventId" from kernel.audit_event e, ledger.sequencer p
     where (e.xid, e.event_id) <= (p.xid, p.event_id)
       and not exists (select from ledger.audit_leaf l where l.event_id = e.event_id)
     order by e.event_id limit $1`,
    [most],
  )
  return rows.map((row) => row.eventId)
}

export async function countWaiting(tx: Statements): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    `select count(*) as count from kernel.audit_event e, ledger.sequencer p
     where (e.xid, e.event_id) > (p.xid, p.event_id)`,
  )
  return row?.count ?? 0
}

export async function countTiles(tx: Statements): Promise<number> {
  const [row] = await tx.query<{ count: number }>('select count(*) as count from ledger.tile')
  return row?.count ?? 0
}
