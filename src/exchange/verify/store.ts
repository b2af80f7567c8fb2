import type { Instant, PlainDay, Tx } from '../../kernel/index.ts'
import type { FactTriple } from './held.ts'

/** A nonce of a signed request, as it is remembered. */
export interface SeenNonce {
  /** The first 16 bytes of SHA-256(key id ‖ nonce), as hex. */
  readonly digest: string
  /** Seconds since 1970. */
  readonly expires: number
}

const BUCKET_s = 600
const BUCKETS = 4

/** Remembers nonces; answers for each whether this was its first time, in this process or any. */
export async function claimNonces(
  tx: Tx,
  nonces: readonly SeenNonce[],
): Promise<readonly boolean[]> {
  const sorted = [...nonces].sort((a, b) => (a.digest < b.digest ? -1 : 1))
  const rows = await tx.prepared<{ digest: string }>(
    'exchange.claim-nonces',
    `insert into exchange.nonce (bucket, expires, digest)
     select * from unnest($1::smallint[], $2::int[], $3::uuid[])
     on conflict do nothing returning replace(digest::text, '-', '') as digest`,
    [
      sorted.map((one) => Math.floor(one.expires / BUCKET_s) % BUCKETS),
      sorted.map((one) => one.expires),
      sorted.map((one) => one.digest),
    ],
  )
  const fresh = new Set(rows.map((row) => row.digest))
  // Of one nonce twice in this round the first call takes it.
  return nonces.map((one) => fresh.delete(one.digest))
}

/** Somebody asked about, by the number as claimed. */
export interface Subject {
  readonly number: string
  readonly agencyId: string
  /** MAC of the number, as hex: attempts are counted by it, whether or not anyone bears it. */
  readonly mac: string
  /** The person, where the number has been looked up already. */
  readonly personId?: string
}

export interface FoundSubject {
  /** Null: nobody bears the number, and the facts are the dummy's. */
  readonly personId: string | null
  readonly facts: readonly FactTriple[]
  readonly pseudonym: Buffer | null
  /** Whether the person lets the agency ask, for some purpose in force. */
  readonly consents: readonly string[]
  readonly failuresOnDay: number
  readonly failuresSince: number
}

export interface SubjectQuery {
  readonly subjects: readonly Subject[]
  readonly kinds: readonly string[]
  readonly day: PlainDay
  /** A person whose facts are read where nobody bears the number, so that the work is the same. */
  readonly dummy: string
  /** Days after which old failures are forgotten. */
  readonly window_days: number
}

interface SubjectRow extends Omit<FoundSubject, 'facts' | 'consents'> {
  /** Kind, key and JSON of each, between the ASCII separators of units and records. */
  readonly facts: string | null
  readonly consents: readonly string[] | null
}

/** Everything the answers rest on, one row for each subject, in their order. */
export async function findSubjects(tx: Tx, query: SubjectQuery): Promise<readonly FoundSubject[]> {
  const { subjects } = query
  const rows = await tx.prepared<SubjectRow>(
    'exchange.find-subjects',
    `select who.person_id as "personId", p.pseudonym,
       (select string_agg(f.kind || chr(31) || f.key || chr(31) || f.value::text, chr(30))
        from register.believed f
        where f.person_id = coalesce(who.person_id, $6::uuid) and f.kind = any($4::text[]) and f.valid @> $5::date) as facts,
       (select array_agg(c.purpose) from exchange.consent c
        where c.person_id = who.person_id and c.agency_id = q.agency_id
          and c.withdrawn_at is null and c.valid @> $5::date) as consents,
       case when g.day = $5::date then g.on_day else 0 end as "failuresOnDay",
       case when g.since > $5::date - $7::int then g.since_then else 0 end as "failuresSince"
     from unnest($1::text[], $2::uuid[], $3::bytea[], $8::uuid[]) with ordinality
       as q (number, agency_id, number_mac, known_id, at)
     left join register.bearer n on n.number = q.number
     cross join lateral (select coalesce(q.known_id, n.person_id) as person_id) who
     left join exchange.pseudonym p on p.person_id = who.person_id and p.agency_id = q.agency_id
     left join exchange.guess g on g.agency_id = q.agency_id and g.number_mac = q.number_mac
     order by q.at`,
    [
      subjects.map((one) => one.number),
      subjects.map((one) => one.agencyId),
      subjects.map((one) => Buffer.from(one.mac, 'hex')),
      query.kinds,
      query.day,
      query.dummy,
      query.window_days,
      subjects.map((one) => one.personId ?? null),
    ],
  )
  return rows.map((row) => ({
    ...row,
    facts: row.facts === null ? [] : row.facts.split('\x1e').map(readFact),
    consents: row.consents ?? [],
  }))
}

/** A text is a quarter cheaper to put together than JSON of JSON; JSON itself holds no separator. */
function readFact(text: string): FactTriple {
  const [kind = '', key = '', value = 'null'] = text.split('\x1f')
  return [kind, key, JSON.parse(value)]
}

/** Any one person, to be read where nobody bears a number; none in an empty register. */
export async function findDummy(tx: Tx): Promise<string | undefined> {
  const [row] = await tx.query<{ personId: string }>(
    'select person_id as "personId" from register.bearer order by number limit 1',
  )
  return row?.personId
}

/** Rows of one agreement's count on one day, so that transactions side by side seldom wait. */
const SLOTS = 32
let slot = process.pid % SLOTS
export function nextSlot(): number {
  slot = (slot + 1) % SLOTS
  return slot
}

export interface Usage {
  readonly calls: number
  readonly unconfirmed: number
}

/** What was asked under agreements on a day; zero where nothing stands. */
export async function listUsage(
  tx: Tx,
  agreementIds: readonly string[],
  { day, bulk }: { readonly day: PlainDay; readonly bulk: boolean },
): Promise<ReadonlyMap<string, Usage>> {
  const rows = await tx.prepared<Usage & { agreementId: string }>(
    'exchange.list-usage',
    `select agreement_id as "agreementId", sum(calls)::bigint as calls,
       sum(unconfirmed)::bigint as unconfirmed
     from exchange.usage where agreement_id = any($1::uuid[]) and day = $2 and bulk = $3
     group by agreement_id`,
    [agreementIds, day, bulk],
  )
  return new Map(rows.map((row) => [row.agreementId, row]))
}

export interface UsageAdded extends Usage {
  readonly agreementId: string
}

/** Lists have one slot, so that one statement can hold them to their quota. */
const BULK_SLOT = 0

/**
 * Counts a list under its agreement, unless that would go over the day's quota: then nothing is
 * counted and the answer is false. Said last, as transactions side by side wait for the row.
 */
export async function takeBulk(
  tx: Tx,
  { agreementId, calls, unconfirmed }: UsageAdded,
  { day, quota }: { readonly day: PlainDay; readonly quota: number },
): Promise<boolean> {
  const rows = await tx.prepared(
    'exchange.take-bulk',
    `insert into exchange.usage as u (agreement_id, day, bulk, slot, calls, unconfirmed)
     select $1::uuid, $2::date, true, $6::smallint, $3::bigint, $4::bigint
     where $3::bigint <= $5::bigint
     on conflict (agreement_id, day, bulk, slot) do update
       set calls = u.calls + excluded.calls, unconfirmed = u.unconfirmed + excluded.unconfirmed
       where u.calls + excluded.calls <= $5::bigint
     returning slot`,
    [agreementId, day, calls, unconfirmed, quota, BULK_SLOT],
  )
  return rows.length === 1
}

/**
 * Adds calls one by one to the counts, in a slot that transactions side by side do not share. Their
 * quota is soft for that: rounds under way together do not see each other's calls, and a day may
 * end that many calls over it.
 */
export function addUsage(
  tx: Tx,
  added: readonly UsageAdded[],
  at: { readonly day: PlainDay; readonly slot: number },
): void {
  const sorted = [...added].sort((a, b) => (a.agreementId < b.agreementId ? -1 : 1))
  tx.atCommit(
    'exchange.add-usage',
    `insert into exchange.usage as u (agreement_id, day, bulk, slot, calls, unconfirmed)
     select id, $4, false, $5, calls, unconfirmed
     from unnest($1::uuid[], $2::bigint[], $3::bigint[]) as a (id, calls, unconfirmed)
     on conflict (agreement_id, day, bulk, slot) do update
       set calls = u.calls + excluded.calls, unconfirmed = u.unconfirmed + excluded.unconfirmed`,
    [
      sorted.map((one) => one.agreementId),
      sorted.map((one) => one.calls),
      sorted.map((one) => one.unconfirmed),
      at.day,
      at.slot,
    ],
  )
}

export interface Failure {
  readonly agencyId: string
  readonly mac: string
  readonly times: number
}

/** Counts failed attempts, by agency and number as claimed. */
export function addFailures(
  tx: Tx,
  failures: readonly Failure[],
  { day, window_days }: Pick<SubjectQuery, 'day' | 'window_days'>,
): void {
  const sorted = [...failures].sort((a, b) => (a.agencyId + a.mac < b.agencyId + b.mac ? -1 : 1))
  tx.atCommit(
    'exchange.add-failures',
    `insert into exchange.guess as g (agency_id, number_mac, day, on_day, since, since_then)
     select agency_id, mac, $4, times, $4, times
     from unnest($1::uuid[], $2::bytea[], $3::smallint[]) as f (agency_id, mac, times)
     on conflict (agency_id, number_mac) do update set
       on_day = least(32000, excluded.on_day + case when g.day = excluded.day then g.on_day else 0 end),
       since_then = excluded.since_then
         + case when g.since > excluded.day - $5::int then g.since_then else 0 end,
       since = case when g.since > excluded.day - $5::int then g.since else excluded.since end,
       day = excluded.day`,
    [
      sorted.map((one) => one.agencyId),
      sorted.map((one) => Buffer.from(one.mac, 'hex')),
      sorted.map((one) => one.times),
      day,
      window_days,
    ],
  )
}

export interface NewPseudonym {
  readonly personId: string
  readonly agencyId: string
  readonly pseudonym: Buffer
}

/** Stores pseudonyms at first use; answers those that hold, which another may have stored first. */
export async function storePseudonyms(
  tx: Tx,
  fresh: readonly NewPseudonym[],
  at: Instant,
): Promise<readonly NewPseudonym[]> {
  const sorted = [...fresh].sort((a, b) =>
    a.personId + a.agencyId < b.personId + b.agencyId ? -1 : 1,
  )
  const values = [sorted.map((one) => one.personId), sorted.map((one) => one.agencyId)]
  const stored = await tx.prepared<NewPseudonym>(
    'exchange.store-pseudonyms',
    `insert into exchange.pseudonym (person_id, agency_id, pseudonym, first_used_at)
     select *, $4::timestamptz from unnest($1::uuid[], $2::uuid[], $3::bytea[])
     on conflict (person_id, agency_id) do nothing
     returning person_id as "personId", agency_id as "agencyId", pseudonym`,
    [...values, sorted.map((one) => one.pseudonym), at],
  )
  if (stored.length === sorted.length) return stored
  return tx.prepared<NewPseudonym>(
    'exchange.find-pseudonyms',
    `select person_id as "personId", agency_id as "agencyId", pseudonym
     from exchange.pseudonym
     where (person_id, agency_id) in (select * from unnest($1::uuid[], $2::uuid[]))`,
    values,
  )
}
