import assert from 'node:assert/strict'
import type pg from 'pg'
import type { Lane } from './plan.ts'

/** Each of these finds what must not be: a query without a row is a promise kept. */
const NEVER: Readonly<Record<string, string>> = {
  'believed facts of a person overlap': `
    select a.person_id from register.fact a join register.fact b
      on a.person_id = b.person_id and a.kind = b.kind and a.key = b.key and a.valid && b.valid
     and (lower(a.valid), a.recorded_at) < (lower(b.valid), b.recorded_at)
    where a.superseded_at is null and b.superseded_at is null`,
  'believed facts of a household overlap': `
    select a.household_id from register.household_fact a join register.household_fact b
      on a.household_id = b.household_id and a.kind = b.kind and a.key = b.key
     and a.valid && b.valid and (lower(a.valid), a.recorded_at) < (lower(b.valid), b.recorded_at)
    where a.superseded_at is null and b.superseded_at is null`,
  'a parent whose child does not know it, or the reverse': `
    with tie as (
      select person_id as child, value ->> 'person' as parent, 1 as told from register.fact
      where kind = 'parent' and superseded_at is null
      union all
      select (value ->> 'person')::uuid, person_id::text, 2 from register.fact
      where kind = 'child' and superseded_at is null)
    select child, parent from tie group by child, parent having array_agg(told order by told) <> '{1,2}'`,
  'a marriage on one record only': `
    select a.person_id from register.fact a where a.kind = 'spouse' and a.superseded_at is null
      and not exists (select from register.fact b where b.kind = 'spouse' and b.superseded_at is null
        and b.person_id = (a.value ->> 'person')::uuid and b.value ->> 'person' = a.person_id::text
        and b.valid = a.valid)`,
  'a household with members and not one head among them': `
    with member as (
      select value ->> 'household' as household, person_id, value ->> 'relation' as relation
      from register.fact
      where kind = 'household' and superseded_at is null and valid @> current_date)
    select m.household from member m left join register.household_fact h
      on h.household_id = m.household::uuid and h.kind = 'head' and h.superseded_at is null
     and h.valid @> current_date
    group by m.household
    having count(*) filter (where m.relation = 'head') <> 1
      or count(*) filter (where m.relation = 'head' and to_jsonb(m.person_id) = h.value) <> 1`,
  'a person without exactly one number': `
    select p.person_id from register.person p left join register.number n using (person_id)
    group by p.person_id having count(n.number) <> 1`,
  'a person who cannot be searched': `
    select from register.person p left join register.search s using (person_id)
    where s.person_id is null`,
  'a fact without its act, or an act without a fact': `
    select act_id from register.act a
    where not exists (select from register.fact f where a.act_id in (f.act_id, f.superseded_by))
      and not exists (select from register.household_fact f where a.act_id in (f.act_id, f.superseded_by))
      and a.actor_id <> '00000000-0000-7000-8000-000000000001'
    union all
    select f.act_id from register.fact f left join register.act a using (act_id) where a.act_id is null`,
}

export async function requireWhole(owner: pg.Client): Promise<void> {
  for (const [what, query] of Object.entries(NEVER)) {
    const { rows } = await owner.query(query)
    assert.deepEqual(rows, [], what)
  }
}

interface Done {
  readonly actor: string
  readonly keys: number
  readonly events: number
  readonly operation: string
  readonly outcome: string
  readonly facts: number
  readonly xid: number
}

/** Every key was done once: one answer, one event and its facts, and each lane in its order. */
export async function requireOnce(owner: pg.Client, lanes: readonly Lane[]): Promise<void> {
  const { rows } = await owner.query<Done>(`
    select e.actor_id as actor, count(*)::int as events, max(e.xid::text)::int8 as xid,
      min(e.body::jsonb ->> 'operation') as operation, min(e.body::jsonb ->> 'outcome') as outcome,
      (select count(*) from kernel.idempotency i where i.actor_id = e.actor_id)::int as keys,
      (select count(*) from kernel.outbox o where o.event_id = any(array_agg(e.event_id)))::int as facts
    from kernel.audit_event e group by e.actor_id`)
  const byActor = new Map(rows.map((row) => [row.actor, row]))
  for (const { name, steps } of lanes) {
    let before = 0
    for (const { key, command, actor } of steps) {
      const done = byActor.get(actor.id)
      assert.ok(done !== undefined, `${key} has no event`)
      const { operation, outcome, events, keys, facts, xid } = done
      assert.deepEqual(
        { operation, outcome, events, keys },
        { operation: command.name, outcome: 'done', events: 1, keys: 1 },
        key,
      )
      assert.ok(facts > 0, `${key} told nothing`)
      assert.ok(xid > before, `${name} was not done in its order`)
      before = xid
    }
  }
  const births = lanes.flatMap(({ steps }) =>
    steps.filter(({ command }) => /\.register$/.test(command.name)),
  )
  const { rows: counted } = await owner.query<{ persons: number; acts: number }>(
    `select (select count(*) from register.person)::int as persons,
       (select count(*) from register.act a join kernel.audit_event e using (actor_id))::int as acts`,
  )
  const acts = lanes.reduce((sum, { steps }) => sum + steps.length, 0)
  assert.deepEqual(counted, [{ persons: births.length, acts }])
}

/** Rows of every table of the register, and what was answered: a repeat changes none. */
export async function countAll(owner: pg.Client): Promise<unknown> {
  const { rows } = await owner.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname = 'register'
       or format('%I.%I', schemaname, tablename) in ('kernel.audit_event', 'kernel.outbox', 'kernel.idempotency')
     order by 1`,
  )
  const counts = rows.map(({ name }) => `select '${name}' as name, count(*)::int as n from ${name}`)
  return (await owner.query(counts.join(' union all '))).rows
}
