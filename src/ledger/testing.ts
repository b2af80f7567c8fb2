import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { type TestDatabase, testDatabase } from '../../test/harness.ts'
import {
  actorCommitment,
  eventLeaf,
  merkleRoot,
  type SigningKey,
  signingKey,
  subjectCommitment,
  uuidv7,
} from '../kernel/index.ts'
import { room as kernelRoom } from '../kernel/kernel-room.ts'
import { transactionOn, txOn } from './client-tx.ts'
import { logSigner } from './note.ts'
import { room } from './room.ts'
import { LEADER_LOCK, type Round, Sequencer } from './sequencer.ts'

/** A fresh Ed25519 key, for tests. */
export function newKey(): SigningKey {
  const { privateKey } = generateKeyPairSync('ed25519')
  return signingKey(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())
}

export interface TestEvent {
  readonly eventId: string
  readonly actorId: string
  readonly personId: string | null
  readonly body: string
  readonly salt: Buffer
  readonly leaf: Buffer
  readonly hiddenUntil: string | null
  readonly subjects: readonly { readonly personId: string; readonly salt: Buffer }[]
}

export interface EventWishes {
  readonly persons?: readonly string[]
  readonly operation?: string
  readonly hiddenUntil?: string
  readonly eventId?: string
}

/** An audit event as the kernel writes it. */
export function newEvent(wishes: EventWishes = {}): TestEvent {
  const { persons = [uuidv7()], operation = 'person.get', hiddenUntil } = wishes
  const eventId = wishes.eventId ?? uuidv7()
  const actorId = uuidv7()
  const salt = randomBytes(32)
  const several = persons.length > 1
  const subjects = persons.map((personId) => ({
    personId,
    salt: several ? randomBytes(32) : salt,
  }))
  const root = merkleRoot(subjects.map((one) => subjectCommitment(one.salt, one.personId)))
  const body = JSON.stringify({
    actor: { body: null, commitment: actorCommitment(salt, actorId), kind: 'officer' },
    attributes: ['name'],
    ...(hiddenUntil !== undefined && { hiddenUntil }),
    id: eventId,
    operation,
    ...(persons.length > 0 && { subjectRoot: root.toString('hex') }),
    subjects: persons.length,
  })
  return {
    eventId,
    actorId,
    personId: several ? null : (persons[0] ?? null),
    body,
    salt,
    leaf: eventLeaf(salt, body),
    hiddenUntil: hiddenUntil ?? null,
    subjects: several ? subjects : [],
  }
}

/** Inserts events, as the role and in the transaction of the connection given. */
export async function insertEvents(client: pg.Client, events: readonly TestEvent[]): Promise<void> {
  await client.query(
    `insert into kernel.audit_event (event_id, actor_id, person_id, body, salt, leaf, hidden_until)
     select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::bytea[], $6::bytea[], $7::date[])`,
    [
      events.map((event) => event.eventId),
      events.map((event) => event.actorId),
      events.map((event) => event.personId),
      events.map((event) => event.body),
      events.map((event) => event.salt),
      events.map((event) => event.leaf),
      events.map((event) => event.hiddenUntil),
    ],
  )
  for (const event of events) {
    for (const [position, subject] of event.subjects.entries()) {
      await client.query(
        'insert into kernel.audit_subject (event_id, person_id, position, salt) values ($1, $2, $3, $4)',
        [event.eventId, subject.personId, position, subject.salt],
      )
    }
  }
}

/**
 * Waits until no transaction is under way that could come before the events written so far: the
 * horizon is that of the whole cluster, on which other tests are at work.
 */
export async function untilDecided(client: pg.Client): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ decided: boolean }>(
      `select coalesce(max(xid) < pg_snapshot_xmin(pg_current_snapshot()), true) as decided
       from kernel.audit_event`,
    )
    if (rows[0]?.decided === true) return
    await sleep(20)
  }
}

/** A log on a database of its own, with a connection of each role it knows. */
export interface TestLog {
  readonly database: TestDatabase
  readonly origin: string
  readonly key: SigningKey
  /** The owner, who is a superuser here: what a tampering operator can do. */
  readonly owner: pg.Client
  readonly app: pg.Client
  readonly sequencer: pg.Client
  /** Writes events in one transaction of the app role. */
  insert(events: readonly TestEvent[]): Promise<void>
  /** The same, and waits until the sequencer may take them. */
  write(events: readonly TestEvent[]): Promise<void>
  /** Takes the log up afresh and runs rounds until nothing is left. */
  sequence(most?: number): Promise<Round>
  close(): Promise<void>
}

export async function testLog(): Promise<TestLog> {
  const database = await testDatabase({ rooms: [kernelRoom, room] })
  const key = newKey()
  const origin = 'goc.example/ledger/test'
  const [owner, app, sequencer] = await Promise.all(
    [database.owner, database.app, database.connection('goc_sequencer')].map(async (connection) => {
      const client = new pg.Client(connection)
      await client.connect()
      return client
    }),
  )
  if (owner === undefined || app === undefined || sequencer === undefined) throw new Error('three')
  await app.query('insert into ledger.log (origin) values ($1)', [origin])
  const insert = async (events: readonly TestEvent[]) => {
    await app.query('begin')
    await insertEvents(app, events)
    await app.query('commit')
  }
  return {
    database,
    origin,
    key,
    owner,
    app,
    sequencer,
    insert,
    async write(events) {
      await insert(events)
      await untilDecided(app)
    },
    async sequence(most) {
      // As in the program: a killed leader's last statement ends before the lead is free.
      await sequencer.query('select pg_advisory_lock($1)', [LEADER_LOCK])
      const log = await Sequencer.takeUp(txOn(sequencer), origin, [logSigner(origin, key)])
      for (;;) {
        const round = await transactionOn(sequencer, (tx) => log.round(tx, most))
        if (round.events > 0) continue
        await sequencer.query('select pg_advisory_unlock($1)', [LEADER_LOCK])
        return round
      }
    },
    async close() {
      await Promise.all([owner.end(), app.end(), sequencer.end()])
    },
  }
}
