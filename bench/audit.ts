import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { type AuditRow, auditRow } from '../src/kernel/audit.ts'
import { writeAudit } from '../src/kernel/audit-store.ts'
import { type Kernel, SYSTEM } from '../src/kernel/index.ts'
import { startLedger } from '../src/ledger/index.ts'
import { absolute, alternate, type Bench, type Figure, percentile, ROUNDS, sized } from './bench.ts'
import { type BenchHouse, openBenchHouse, openPool } from './house.ts'

const CONNECTIONS = 8
const ROUND_ms = sized(4_000, 200)
const RATE = sized(5_000, 500)
const PACED_ms = sized(10_000, 1_000)
/** Events of one shared transaction: as many as come within a few milliseconds at that rate. */
const SHARED = 25
const POLL_ms = 20
const COLUMNS = '(event_id, actor_id, person_id, body, salt, leaf, hidden_until)'

/** One disclosure as the exchange makes them: who, why, which law, which attributes, whom. */
function newRow(kernel: Kernel, person: string): AuditRow {
  return auditRow({
    operation: 'person.verify',
    at: kernel.now(),
    actor: SYSTEM,
    unit: 'nation',
    role: 'agency',
    purpose: 'account-opening',
    legalBasis: 'bank.customer',
    outcome: 'done',
    case: 'HS-2026-000123',
    attributes: ['birthdate', 'family_name', 'given_name', 'number'],
    subjects: [person],
  })
}

/** Events a second of `one` repeated on several connections for a while. */
async function rateOf(one: () => Promise<unknown>): Promise<number> {
  const until = performance.now() + ROUND_ms
  let done = 0
  const worker = async () => {
    while (performance.now() < until) {
      await one()
      done += 1
    }
  }
  const began = performance.now()
  await Promise.all(Array.from({ length: CONNECTIONS }, worker))
  return (done / (performance.now() - began)) * 1000
}

/** A table with the same columns, keys and months, and nobody behind it. */
async function makePlainTable(house: BenchHouse): Promise<void> {
  const owner = await house.owner()
  await owner.query('drop table if exists kernel.bench_plain')
  await owner.query(
    'create table kernel.bench_plain (like kernel.audit_event including all) partition by range (event_id)',
  )
  await owner.query(
    `do $$ declare part record; begin
       for part in select c.relname as name, pg_get_expr(c.relpartbound, c.oid) as bound
         from pg_inherits i join pg_class c on c.oid = i.inhrelid
         where i.inhparent = 'kernel.audit_event'::regclass
       loop
         execute format('create table kernel.%I partition of kernel.bench_plain %s',
           replace(part.name, 'audit_event', 'bench_plain'), part.bound);
       end loop;
     end $$`,
  )
  await owner.query('grant insert on kernel.bench_plain to goc_app')
  await owner.end()
}

/** Rows made before the clock runs, one after the other; far more than a round can use. */
function* rowsFor(kernel: Kernel, people: readonly string[]): Generator<AuditRow> {
  for (let n = 0; ; n++) yield newRow(kernel, people[n % people.length] ?? '')
}

const valuesOf = (row: AuditRow) => [
  row.eventId,
  row.actorId,
  row.personId,
  row.body,
  row.salt,
  row.leaf,
  row.hiddenUntil,
]

export const auditBench: Bench = {
  name: 'audit',
  async run(say) {
    const house = await openBenchHouse('audit')
    const pool = openPool({
      ...house.foundation.connection('goc_app'),
      max: CONNECTIONS,
      pipeline: true,
    } as pg.PoolConfig)
    try {
      await makePlainTable(house)
      const { kernel } = house
      const people = Array.from({ length: 10_000 }, () => newPerson())
      const source = rowsFor(kernel, people)
      const prepared: unknown[][] = []
      const prepare = () => {
        prepared.length = 0
        for (let n = 0; n < 80_000; n++) prepared.push(valuesOf(source.next().value))
      }
      const insert = `insert into kernel.bench_plain ${COLUMNS} values ($1, $2, $3, $4, $5, $6, $7)`
      const limit = async () => {
        prepare()
        return rateOf(() =>
          pool.query({ name: 'plain', text: insert, values: prepared.pop() ?? [] }),
        )
      }
      let person = 0
      const event = () =>
        kernel.database.transaction(async (tx) =>
          writeAudit(tx, [newRow(kernel, people[person++ % people.length] ?? '')]),
        )
      say('without the sequencer')
      const alone = await alternate({
        name: 'audit event, no sequencer',
        unit: 'events/s',
        moreIsBetter: true,
        limitIs: 'plain insert of the same columns',
        goalShare: 0.75,
        limit,
        ours: () => rateOf(event),
      })
      const figures: Figure[] = [alone]
      const { caughtUp_s, figure } = await withSequencer(house, { limit, event, say })
      figures.push(figure, caughtUp_s, await provable(house, people, say))
      return figures
    } finally {
      await pool.end()
      await house.close()
    }
  },
}

const newPerson = (): string => crypto.randomUUID()

interface Sides {
  readonly limit: () => Promise<number>
  readonly event: () => Promise<unknown>
  readonly say: (line: string) => void
}

/** The same with the sequencer at work, and how long it then still needs to be up to date. */
async function withSequencer(house: BenchHouse, { limit, event, say }: Sides) {
  say('the log catches up before the rounds')
  const behind_s: number[] = []
  await catchUp(house)
  say('with the sequencer')
  const figure = await alternate({
    name: 'audit event, with the sequencer',
    unit: 'events/s',
    moreIsBetter: true,
    limitIs: 'plain insert of the same columns',
    goalShare: 0.5,
    limit,
    async ours() {
      const ledger = startLedger(house.kernel, house.foundation.connection('goc_sequencer'))
      await sleep(1_500)
      const rate = await rateOf(event)
      const ended = performance.now()
      await untilUpToDate(house)
      behind_s.push((performance.now() - ended) / 1000)
      await ledger.stop()
      return rate
    },
  })
  const caughtUp_s = absolute({
    name: 'log up to date after such a round',
    unit: 's',
    values: behind_s,
    goal: '≤ 2 s',
    met: (value) => value <= 2,
  })
  return { figure, caughtUp_s }
}

async function catchUp(house: BenchHouse): Promise<void> {
  const ledger = startLedger(house.kernel, house.foundation.connection('goc_sequencer'))
  await untilUpToDate(house)
  await ledger.stop()
}

async function untilUpToDate(house: BenchHouse): Promise<void> {
  for (;;) {
    const [row] = await house.kernel.database.transaction((tx) =>
      tx.query<{ waits: boolean }>(
        `select exists (select from kernel.audit_event e, ledger.sequencer p
           where (e.xid, e.event_id) > (p.xid, p.event_id)) as waits`,
      ),
    )
    if (row?.waits === false) return
    await sleep(POLL_ms)
  }
}

/** At 5,000 events a second: from an event's commit to the checkpoint that proves it, p99. */
async function provable(
  house: BenchHouse,
  people: readonly string[],
  say: (line: string) => void,
): Promise<Figure> {
  const p99s: number[] = []
  const { kernel } = house
  const ledger = startLedger(kernel, house.foundation.connection('goc_sequencer'))
  try {
    await untilUpToDate(house)
    await sleep(1_500)
    for (let round = 0; round < ROUNDS; round++) {
      const { latencies_ms, rate } = await pacedRound(house, people)
      const p99 = percentile(latencies_ms, 0.99)
      say(
        `${Math.round(rate)} events/s: provable after ${Math.round(percentile(latencies_ms, 0.5))} ms (p50), ${Math.round(p99)} ms (p99), ${Math.round(Math.max(...latencies_ms.slice(-50_000)))} ms at most`,
      )
      p99s.push(p99 / 1000)
    }
  } finally {
    await ledger.stop()
  }
  return absolute({
    name: `event to provable, p99, at ${RATE} events/s`,
    unit: 's',
    values: p99s,
    goal: '≤ 2 s',
    met: (value) => value <= 2,
  })
}

async function pacedRound(house: BenchHouse, people: readonly string[]) {
  const { kernel } = house
  const committed = new Map<string, number>()
  const watch = watchCheckpoints(house)
  const began = performance.now()
  let sent = 0
  const under: Promise<unknown>[] = []
  while (performance.now() - began < PACED_ms) {
    const due = ((performance.now() - began) / 1000) * RATE
    for (; sent < due; sent += SHARED) {
      const rows = Array.from({ length: SHARED }, (_, n) =>
        newRow(kernel, people[(sent + n) % people.length] ?? ''),
      )
      const writing = kernel.database
        .transaction(async (tx) => writeAudit(tx, rows))
        .then(() => {
          const now = performance.now()
          for (const row of rows) committed.set(row.eventId, now)
        })
      under.push(writing)
    }
    await sleep(1)
  }
  await Promise.all(under)
  const rate = (sent / (performance.now() - began)) * 1000
  await untilUpToDate(house)
  const seen = await watch.stop()
  const ids = [...committed.keys()]
  const owner = await house.owner()
  const { rows } = await owner.query<{ eventId: string; seq: number }>(
    'select event_id as "eventId", seq from ledger.audit_leaf where event_id = any($1::uuid[])',
    [ids],
  )
  await owner.end()
  const latencies_ms = rows.map(({ eventId, seq }) => {
    const covered = seen.find((one) => one.size > seq)
    return (covered?.at ?? Number.NaN) - (committed.get(eventId) ?? 0)
  })
  if (latencies_ms.length !== ids.length) throw new Error('an event has no line')
  return { latencies_ms, rate }
}

/** Looks, as an outsider would, which checkpoint is the newest. */
function watchCheckpoints(house: BenchHouse) {
  const seen: { size: number; at: number }[] = []
  let going = true
  const work = (async () => {
    const client = await house.owner()
    for (;;) {
      const last = !going
      const { rows } = await client.query<{ size: number }>(
        'select size from ledger.checkpoint order by size desc limit 1',
      )
      const { size = 0 } = rows[0] ?? {}
      if (size > (seen.at(-1)?.size ?? 0)) seen.push({ size, at: performance.now() })
      if (last) break
      await sleep(POLL_ms)
    }
    await client.end()
  })()
  return {
    async stop() {
      going = false
      await work
      return seen
    },
  }
}
