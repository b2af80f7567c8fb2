import type { Instant, Tx } from '../kernel/index.ts'
import type { Revision } from './facts.ts'
import type { ActId, AsOf, Fact, PersonId } from './types.ts'

interface By {
  readonly actId: ActId
  readonly at: Instant
}

/**
 * The one writer of facts. What was believed of the same person, kind and key on those days is
 * superseded, its days outside stay believed under their old act, and the new value holds. Answers
 * how many rows were superseded.
 */
export async function revise(
  tx: Tx,
  revisions: readonly Revision[],
  { actId, at }: By,
): Promise<number> {
  if (revisions.length === 0) return 0
  const rows = await tx.prepared<{ superseded: number }>(
    'register.revise',
    `with new as (
       select person_id, kind, key, daterange("from", "to") as valid, value
       from unnest($1::uuid[], $2::text[], $3::text[], $4::date[], $5::date[], $6::jsonb[])
         as n (person_id, kind, key, "from", "to", value)
     ), hit as (
       update register.fact f set superseded_at = $8::timestamptz, superseded_by = $7::uuid
       from new n
       where f.person_id = n.person_id and f.kind = n.kind and f.key = n.key
         and f.superseded_at is null and f.valid && n.valid
       returning f.person_id, f.kind, f.key, f.valid, f.value, f.act_id
     ), rest as (
       select h.person_id, h.kind, h.key, h.value, h.act_id, unnest(datemultirange(h.valid) - (
           select range_agg(n.valid) from new n
           where n.person_id = h.person_id and n.kind = h.kind and n.key = h.key)) as valid
       from hit h
     ), added as (
       insert into register.fact (person_id, kind, key, valid, value, act_id, recorded_at)
       select person_id, kind, key, valid, value, act_id, $8::timestamptz from rest
       union all
       select person_id, kind, key, valid, value, $7::uuid, $8::timestamptz from new
       where value is not null
     )
     select count(*) as superseded from hit`,
    [
      revisions.map((one) => one.personId),
      revisions.map((one) => one.kind),
      revisions.map((one) => one.key ?? ''),
      revisions.map((one) => one.from),
      revisions.map((one) => one.to ?? null),
      revisions.map((one) => (one.value === null ? null : JSON.stringify(one.value))),
      actId,
      at,
    ],
  )
  return rows[0]?.superseded ?? 0
}

const COLUMNS = `f.kind, f.key, f.value, lower(f.valid) as "from", upper(f.valid) as "to",
  f.act_id as "actId", f.recorded_at as "recordedAt", f.superseded_at as "supersededAt",
  f.superseded_by as "supersededBy"`

/** What held on a day, as known at a moment (null: as believed now). */
export async function listFactsAsOf(tx: Tx, personId: PersonId, asOf: AsOf): Promise<Fact[]> {
  if (asOf.known === null) {
    return tx.prepared<Fact>(
      'register.facts-on-day',
      `select ${COLUMNS} from register.fact f
       where f.person_id = $1 and f.superseded_at is null and f.valid @> $2::date
       order by f.kind, f.key`,
      [personId, asOf.day],
    )
  }
  return tx.prepared<Fact>(
    'register.facts-as-known',
    `select ${COLUMNS} from register.fact f
     where f.person_id = $1 and f.valid @> $2::date and f.recorded_at <= $3::timestamptz
       and (f.superseded_at is null or f.superseded_at > $3::timestamptz)
     order by f.kind, f.key`,
    [personId, asOf.day, asOf.known],
  )
}

/** Every row there ever was, believed or superseded: the whole record with its history. */
export async function listHistory(tx: Tx, personId: PersonId): Promise<Fact[]> {
  return tx.prepared<Fact>(
    'register.history',
    `select ${COLUMNS} from register.fact f where f.person_id = $1
     order by f.kind, f.key, lower(f.valid), f.recorded_at`,
    [personId],
  )
}
