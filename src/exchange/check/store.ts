import type pg from 'pg'
import type { Instant, PlainDay, Tx } from '../../kernel/index.ts'
import { copyOut } from '../../linkage/index.ts'
import { EXCHANGE_LIMITS } from '../limits.ts'
import type { Failed } from './attempts.ts'

const PSEUDONYMS = `copy (
  select person_id, pseudonym from exchange.pseudonym
  where agency_id = (select current_setting('goc.agency')::uuid)
) to stdout (format binary)`

const FAILURES = `copy (
  select number_mac, case when day = s.today then on_day else 0::smallint end,
    case when since > s.today - s.days then since_then else 0 end
  from exchange.guess,
    (select current_setting('goc.day')::date as today, current_setting('goc.days')::int as days) s
  where agency_id = (select current_setting('goc.agency')::uuid)
    and (day = s.today or since > s.today - s.days)
) to stdout (format binary)`

/** Whose pseudonyms and failures are read, in this transaction. */
export async function setAgency(
  client: pg.ClientBase,
  { agencyId, day }: { readonly agencyId: string; readonly day: PlainDay },
): Promise<void> {
  await client.query(
    `select set_config('goc.agency', $1, true), set_config('goc.day', $2, true),
       set_config('goc.days', $3, true)`,
    [agencyId, day, String(EXCHANGE_LIMITS.attemptsWindow_days)],
  )
}

/** The agency's pseudonyms: where the sixteen bytes of each person's id and pseudonym lie. */
export const eachPseudonym = (
  client: pg.ClientBase,
  take: (bytes: Buffer, person: number, pseudonym: number) => void,
): Promise<void> =>
  copyOut(client, {
    text: PSEUDONYMS,
    fields: 2,
    take: (bytes, { from }) => take(bytes, from[0] as number, from[1] as number),
  })

/** Failed attempts of the agency that still count, by MAC as hex. */
export async function readFailures(client: pg.ClientBase): Promise<Map<string, Failed>> {
  const failures = new Map<string, Failed>()
  await copyOut(client, {
    text: FAILURES,
    fields: 3,
    take(bytes, { from }) {
      const [mac = 0, day = 0, window = 0] = from
      failures.set(bytes.toString('hex', mac, mac + 16), {
        day: bytes.readInt16BE(day),
        window: bytes.readInt32BE(window),
      })
    },
  })
  return failures
}

/** Persons who let the agency ask for a purpose on a day: their ids. */
export async function listConsenting(
  client: pg.ClientBase,
  consent: { readonly agencyId: string; readonly purpose: string; readonly day: PlainDay },
): Promise<readonly string[]> {
  const { rows } = await client.query<{ id: string }>(
    `select person_id as id from exchange.consent
     where agency_id = $1 and purpose = $2 and withdrawn_at is null and valid @> $3::date`,
    [consent.agencyId, consent.purpose, consent.day],
  )
  return rows.map(({ id }) => id)
}

export interface FreshPseudonyms {
  readonly agencyId: string
  /** Sixteen bytes each, one behind the other, by ascending id. */
  readonly ids: Buffer
  readonly pseudonyms: Buffer
}

/** Stores pseudonyms at first use; false where another has stored one of them meanwhile. */
export async function insertPseudonyms(
  tx: Tx,
  { agencyId, ids, pseudonyms }: FreshPseudonyms,
  at: Instant,
): Promise<boolean> {
  const count = ids.length / 16
  const [row] = await tx.prepared<{ stored: number }>(
    'exchange.insert-pseudonyms',
    `with stored as (
       insert into exchange.pseudonym (person_id, agency_id, pseudonym, first_used_at)
       select encode(substring($2::bytea from 16 * at + 1 for 16), 'hex')::uuid, $1::uuid,
         substring($3::bytea from 16 * at + 1 for 16), $5::timestamptz
       from generate_series(0, $4::int - 1) as at
       on conflict (person_id, agency_id) do nothing returning 1
     ) select count(*) as stored from stored`,
    [agencyId, ids, pseudonyms, count, at],
  )
  return row?.stored === count
}

/** The pseudonyms that hold of persons, by their ids: where the sixteen bytes of each lie. */
export async function listPseudonyms(
  tx: Tx,
  { agencyId, ids }: Pick<FreshPseudonyms, 'agencyId' | 'ids'>,
): Promise<readonly { readonly id: Buffer; readonly pseudonym: Buffer }[]> {
  return tx.query(
    `select decode(replace(person_id::text, '-', ''), 'hex') as id, pseudonym
     from exchange.pseudonym
     where agency_id = $1 and person_id in (
       select encode(substring($2::bytea from 16 * at + 1 for 16), 'hex')::uuid
       from generate_series(0, length($2::bytea) / 16 - 1) as at)`,
    [agencyId, ids],
  )
}

export interface FailedPart {
  readonly agencyId: string
  /** MACs of sixteen bytes each, one behind the other, ascending; and how often each failed. */
  readonly macs: Buffer
  readonly times: readonly number[]
}

/** Counts failed attempts by the MAC of number or person, as single requests do. */
export function addFailedPart(tx: Tx, { agencyId, macs, times }: FailedPart, day: PlainDay): void {
  tx.atCommit(
    'exchange.add-failed-part',
    `insert into exchange.guess as g (agency_id, number_mac, day, on_day, since, since_then)
     select $1::uuid, substring($2::bytea from 16 * (at::int - 1) + 1 for 16), $4, times, $4, times
     from unnest($3::smallint[]) with ordinality as f (times, at)
     on conflict (agency_id, number_mac) do update set
       on_day = least(32000, excluded.on_day + case when g.day = excluded.day then g.on_day else 0 end),
       since_then = excluded.since_then
         + case when g.since > excluded.day - $5::int then g.since_then else 0 end,
       since = case when g.since > excluded.day - $5::int then g.since else excluded.since end,
       day = excluded.day`,
    [agencyId, macs, times, day, EXCHANGE_LIMITS.attemptsWindow_days],
  )
}

/** Part of a check whose event is written, and the key its results were sealed with. */
export interface SealedPart {
  readonly check: string
  readonly part: number
  readonly sealKey: Buffer
}

/** False where another has written this part before. */
export async function insertPart(tx: Tx, part: SealedPart, at: Instant): Promise<boolean> {
  const rows = await tx.query(
    `insert into exchange.checked_part (check_id, part, seal_key, recorded_at)
     values ($1, $2, $3, $4) on conflict do nothing returning part`,
    [part.check, part.part, part.sealKey, at],
  )
  return rows.length === 1
}

/** The key of a part that was written; nothing where it was not. */
export async function findPart(
  tx: Tx,
  { check, part }: Pick<SealedPart, 'check' | 'part'>,
): Promise<Buffer | undefined> {
  const [row] = await tx.query<{ sealKey: Buffer }>(
    `select seal_key as "sealKey" from exchange.checked_part where check_id = $1 and part = $2`,
    [check, part],
  )
  return row?.sealKey
}

/** The event of a part, where its answer was lost with the process. */
export async function findPartEvent(
  tx: Tx,
  { check, part, actorId }: Pick<SealedPart, 'check' | 'part'> & { readonly actorId: string },
): Promise<{ readonly eventId: string; readonly leaf: Buffer } | undefined> {
  const [row] = await tx.query<{ eventId: string; leaf: Buffer }>(
    `select event_id as "eventId", leaf from kernel.audit_event
     where actor_id = $3 and event_id >= kernel.uuid_floor(
         (select recorded_at - interval '1 hour' from exchange.checked_part
          where check_id = $1 and part = $2))
       and body::jsonb -> 'notes' ->> 'check' = $1::text
       and body::jsonb -> 'notes' ->> 'part' = $2::text
       and body::jsonb ->> 'outcome' = 'done'
     order by event_id limit 1`,
    [check, part, actorId],
  )
  return row
}
