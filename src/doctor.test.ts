import assert from 'node:assert/strict'
import fs from 'node:fs'
import path from 'node:path'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { profile } from '../profiles/demo/index.ts'
import { type TestKernel, testKernel } from '../test/kernel.ts'
import { examineAll } from './doctor.ts'
import { uuidv7 } from './kernel/index.ts'
import { loadCatalogues, translator } from './kernel/locale.ts'

let kernel: TestKernel
let client: pg.Client
before(async () => {
  kernel = await testKernel({ profile })
  kernel.keys.active('checkpoint')
  client = new pg.Client(kernel.testDatabase.owner)
  await client.connect()
})
after(async () => {
  await client.end()
  await kernel.close()
})

const ill = async () =>
  (await examineAll(client, kernel.config)).filter((one) => !one.isWell).map((one) => one.about)

test('what is well is said to be, but for a server that forgets', async () => {
  // The server of tests is quick because a power cut may cost it everything.
  assert.deepEqual(await ill(), ['server'])
})

test('whatever was looked at has words in every language, and a remedy', async () => {
  const catalogues = loadCatalogues([])
  for (const { about, values } of await examineAll(client, kernel.config)) {
    for (const lang of ['vi', 'en', 'fr'] as const) {
      const t = translator(lang, catalogues)
      assert.ok(!/[{}⟦]/.test(t(`kernel.doctor.${about}`, values)))
      assert.ok(!/[{}⟦]/.test(t(`kernel.doctor.${about}.remedy`, values)))
    }
  }
})

test('a key that others may read is found', async () => {
  const { keysDir } = kernel.config
  const file = path.join(keysDir, 'checkpoint.active.pem')
  fs.chmodSync(file, 0o640)
  assert.deepEqual(await ill(), ['server', 'keys'])
  fs.chmodSync(file, 0o600)
  fs.chmodSync(keysDir, 0o755)
  assert.deepEqual(await ill(), ['server', 'keys'])
  fs.chmodSync(keysDir, 0o700)
  assert.deepEqual(await ill(), ['server'])
})

test('an event without a line, a fact given up and a month that is missing are found', async () => {
  await kernel.owner(
    `insert into kernel.audit_event (event_id, actor_id, body, salt, leaf)
     values (kernel.uuid_floor(now() - interval '90 s'), $1, '{}', $2, $2)`,
    [uuidv7(), Buffer.alloc(32)],
  )
  await kernel.owner(
    `insert into kernel.subscriber (name, xid, fact_id)
     values ('test.reader', '3', '00000000-0000-0000-0000-000000000000')`,
  )
  await kernel.owner(
    `insert into kernel.delivery (subscriber, fact_id, ordering_key, attempts, next_at)
     values ('test.reader', gen_random_uuid(), 'a', 10, 'infinity')`,
  )
  assert.deepEqual(await ill(), ['server', 'ledger', 'outbox'])
  await kernel.owner(
    `do $$ declare part text; begin
       for part in select relname from pg_class where relname ~ '^outbox_\\d{4}_\\d{2}$' loop
         execute 'drop table kernel.' || part;
       end loop; end $$`,
  )
  assert.deepEqual(await ill(), ['server', 'partitions', 'ledger', 'outbox'])
})
