import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { Refusal, type Tx } from '../../kernel/index.ts'
import { actsOf } from './acts.ts'
import type { Candidate } from './candidate.ts'
import { TABLES } from './encode.ts'
import type { NationRequest, Plan } from './plan.ts'

/** Tables that rules are checked on, once, instead of row by row. */
const CHECKED = ['fact', 'household_fact'] as const
type Checked = (typeof CHECKED)[number]
type Owner = 'person' | 'household'
const NAMES = TABLES.map((table) => table.slice(0, table.indexOf(' ')))
const QUALIFIED = NAMES.map((name) => `register.${name}`)

interface Index {
  readonly table: string
  readonly name: string
  readonly definition: string
  /** The constraint the index serves; null for a plain one. */
  readonly constraint: string | null
  readonly rule: string | null
}

/**
 * Makes the empty tables of persons ready to be filled: no indexes and no triggers until `finish`.
 * In the caller's transaction, so that an end of any kind before its commit leaves nothing.
 *
 * @throws Refusal `nation.exists` when anybody is in the register
 */
export async function prepare(client: pg.Client): Promise<readonly Index[]> {
  // The tables are locked first: whoever writes to them meanwhile would be truncated away.
  await client.query(`lock table ${QUALIFIED.join(', ')} in access exclusive mode`)
  const someone = QUALIFIED.map((name) => `exists (select from ${name})`).join(' or ')
  const { rows } = await client.query<{ someone: boolean }>(`select ${someone} as someone`)
  if (rows[0]?.someone !== false) throw new Refusal('nation.exists')
  // Rows copied into a table truncated by the same transaction need never be looked at again.
  await client.query(`truncate ${QUALIFIED.join(', ')}`)
  for (const name of CHECKED)
    await client.query(`alter table register.${name} disable trigger user`)
  const indexes = await listIndexes(client)
  for (const { table, name, constraint } of indexes) {
    await client.query(
      constraint === null
        ? `drop index register.${client.escapeIdentifier(name)}`
        : `alter table ${table} drop constraint ${client.escapeIdentifier(constraint)}`,
    )
  }
  return indexes
}

async function listIndexes(client: pg.Client): Promise<readonly Index[]> {
  const { rows } = await client.query<Index>(
    `select i.indrelid::regclass::text as "table", c.relname as name,
       pg_get_indexdef(i.indexrelid) as definition, k.conname as "constraint",
       pg_get_constraintdef(k.oid) as rule
     from pg_index i join pg_class c on c.oid = i.indexrelid
       left join pg_constraint k on k.conindid = i.indexrelid and k.contype in ('p', 'u')
     where i.indrelid = any($1::regclass[]) order by c.relname`,
    [QUALIFIED],
  )
  return rows
}

/** Puts indexes and triggers back and checks what the triggers would have checked. */
export async function finish(
  client: pg.Client,
  indexes: readonly Index[],
  onStep: (step: number, steps: number) => void,
): Promise<void> {
  const steps = indexes.length + CHECKED.length
  await client.query(`set local maintenance_work_mem = '512MB'`)
  for (const [step, { table, definition, constraint, rule }] of indexes.entries()) {
    onStep(step, steps)
    await client.query(
      constraint === null
        ? definition
        : `alter table ${table} add constraint ${client.escapeIdentifier(constraint)} ${rule}`,
    )
  }
  await client.query(`analyze ${QUALIFIED.join(', ')}`)
  onStep(indexes.length, steps)
  await refuseUnowned(client, 'fact', 'person')
  await refuseOverlap(client, 'fact', 'person')
  onStep(indexes.length + 1, steps)
  await refuseUnowned(client, 'household_fact', 'household')
  await refuseOverlap(client, 'household_fact', 'household')
  for (const name of CHECKED) await client.query(`alter table register.${name} enable trigger user`)
}

/**
 * The rule of ADR 0002 in one pass: of the believed rows of one owner, kind and key, in the order of
 * their first days, none may reach into the next.
 */
async function refuseOverlap(client: pg.Client, table: Checked, owner: Owner): Promise<void> {
  // The unique key has the order already; sorting tens of millions of rows would take longer.
  await client.query('set local enable_seqscan = off')
  await client.query('set local enable_sort = off')
  const { rows } = await client.query(
    `select from (
       select f.valid, lag(f.valid) over (
         partition by f.${owner}_id, f.kind, f.key order by lower(f.valid)) as before
       from register.${table} f where f.superseded_at is null) s
     where s.before && s.valid limit 1`,
  )
  await client.query('set local enable_seqscan = on')
  await client.query('set local enable_sort = on')
  if (rows.length > 0) throw new Error(`believed rows of register.${table} overlap`)
}

/** The other rule of the triggers: a fact is one of somebody who is there. */
async function refuseUnowned(client: pg.Client, table: Checked, owner: Owner): Promise<void> {
  const { rows } = await client.query(
    `select from register.${table} f where not exists
       (select from register.${owner} o where o.${owner}_id = f.${owner}_id) limit 1`,
  )
  if (rows.length > 0) throw new Error(`a row of register.${table} names nobody of the register`)
}

export async function insertNation(
  client: pg.Client,
  plan: Required<NationRequest>,
  { profile, citizen }: { readonly profile: string; readonly citizen: Candidate | null },
): Promise<void> {
  await client.query(
    `insert into register.synthetic_nation
       (profile, persons, seed, as_of, citizen_id, citizen_name, unit_id)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      profile,
      plan.persons,
      plan.seed,
      plan.asOf,
      citizen?.personId ?? null,
      citizen?.name ?? null,
      citizen?.unit ?? null,
    ],
  )
}

/** Whom and what a visitor of a synthetic nation is shown. */
export interface Showcase {
  readonly citizenId: string
  readonly citizenName: string
  /** The unit of the citizen's residence. */
  readonly unit: string
  readonly seed: string
}

export async function findShowcase(tx: Tx): Promise<Showcase | undefined> {
  const [row] = await tx.query<Showcase>(
    `select n.citizen_id as "citizenId", n.citizen_name as "citizenName", n.unit_id as unit, n.seed
     from register.synthetic_nation n where n.citizen_id is not null`,
  )
  return row
}

export function copy(client: pg.Client, table: string, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const stream = client.query(
      copyFrom(`copy register.${table} from stdin (format binary, freeze)`),
    )
    stream.on('error', reject)
    stream.on('finish', () => resolve())
    stream.end(bytes)
  })
}

export async function insertActs(client: pg.Client, plan: Plan, actorId: string): Promise<void> {
  const acts = actsOf(plan)
  await client.query(
    `insert into register.act (act_id, kind, document, body, unit_id, legal_basis, actor_id,
       recorded_at)
     select a.id, a.kind, a.document, a.body, a.unit, a.legal_basis, $2::uuid, $3::timestamptz
     from jsonb_to_recordset($1::jsonb) as a (id uuid, kind text, document text, body text,
       unit text, legal_basis text)`,
    [JSON.stringify(acts), actorId, plan.population.registerOpenedOn],
  )
}

/** Stops the statement under way on another connection. */
export async function cancelBackend(client: pg.Client, processId: number): Promise<void> {
  await client.query('select pg_cancel_backend($1)', [processId])
}

/** One transaction on a connection of the owner's, whose commit outlives the server's end. */
export async function inTransaction<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  await client.query('begin')
  try {
    await client.query('set local synchronous_commit = on')
    const answer = await work()
    const { command } = await client.query('commit')
    if (command !== 'COMMIT') throw new Error('the transaction was rolled back')
    return answer
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  }
}
