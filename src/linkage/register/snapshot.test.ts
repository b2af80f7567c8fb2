import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { profile } from '../../../profiles/vn/index.ts'
import { type TestKernel, testKernel } from '../../../test/kernel.ts'
import { type PlainDay, uuidv7 } from '../../kernel/index.ts'
import { copyOut } from './copy-out.ts'
import { FLAG, idOfPerson, newDictionaries, type People } from './people.ts'
import { readPeople } from './snapshot.ts'
import { keyOfDigits } from './tables.ts'

const DAY = '2026-10-16' as PlainDay
const ACT = '00000000-0000-7000-8000-0000000000ac'
const AT = `${DAY}T00:00:00.000Z`

type Fact = readonly [kind: string, value: unknown, valid?: string]

let kernel: TestKernel
before(async () => {
  kernel = await testKernel({ profile, now: `${DAY}T03:00:00.000Z` })
})
after(() => kernel.close())

async function add(facts: readonly Fact[], numbers: readonly string[] = []): Promise<string> {
  const id = uuidv7()
  await kernel.owner('insert into register.person values ($1, $2, $3)', [id, ACT, AT])
  for (const [at, [kind, value, valid = '[2000-01-01,)']] of facts.entries()) {
    await kernel.owner(
      `insert into register.fact (person_id, kind, key, valid, value, act_id, recorded_at)
       values ($1, $2, $3, $4::daterange, $5, $6, $7)`,
      [id, kind, String(at), valid, JSON.stringify(value), ACT, AT],
    )
  }
  for (const number of numbers) {
    await kernel.owner('insert into register.number values ($1, $2)', [number, id])
  }
  return id
}

async function read(unitNow = (id: string) => id) {
  const dictionaries = newDictionaries()
  const client = await kernel.database.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    const people = await readPeople(client, { day: DAY, dictionaries, unitNow })
    // The connection is pg's again.
    const { rows } = await client.query('select 1 as one')
    assert.equal(rows[0].one, 1)
    const find = (id: string) => people.ids.find(Buffer.from(id.replaceAll('-', ''), 'hex'), 0)
    return { people, dictionaries, find }
  } finally {
    await client.end()
  }
}

const flagsOf = ({ flags }: People, person: number): number => flags[person] ?? 0

test('the snapshot holds what is believed of the day, and nothing of another', async () => {
  const id = await add(
    [
      ['name', { full: 'Nguyễn Tuấn Xuân' }, '[1997-01-26,2020-01-01)'],
      ['name', { full: 'Nguyễn Tuấn Xuyến' }, '[2020-01-01,)'],
      ['birth', { on: '1997-01-26', place: { unit: 'u0' } }],
      ['sex', 'male'],
      ['number', '079097000001', '[2000-01-01,2024-01-01)'],
      ['number', '079097375971', '[2024-01-01,)'],
      ['permanent', { unit: 'u1' }, '[2000-01-01,2022-01-01)'],
      ['permanent', { unit: 'u2', address: 'Số 1' }, '[2022-01-01,)'],
    ],
    ['079097000001', '079097375971'],
  )
  const { people, dictionaries, find } = await read()
  const person = find(id)
  assert.ok(person >= 0)
  assert.equal(idOfPerson(people, person), id)
  assert.equal(dictionaries.name.textOf(people.name[person] ?? 0), 'Nguyễn Tuấn Xuyến')
  assert.equal(dictionaries.birth.textOf(people.birth[person] ?? 0), '1997-01-26')
  assert.equal(dictionaries.sex.textOf(people.sex[person] ?? 0), 'male')
  assert.equal(dictionaries.unit.textOf(people.unit[person] ?? 0), 'u2')
  assert.equal(people.number[person], keyOfDigits('079097375971'))
  for (const number of ['079097000001', '079097375971']) {
    assert.equal(people.byNumber.find(keyOfDigits(number)), person)
  }
  assert.equal(flagsOf(people, person), 0)
})

test('units that went whole into another are that other, for the register and the file alike', async () => {
  const id = await add([['permanent', { unit: 'old-unit' }]])
  const { people, dictionaries, find } = await read((unit) =>
    unit === 'old-unit' ? 'new-unit' : unit,
  )
  assert.equal(dictionaries.unit.textOf(people.unit[find(id)] ?? 0), 'new-unit')
})

test('deceased, missing and abroad are marked', async () => {
  const dead = await add([['death', { on: '2020', kind: 'death' }]])
  const missing = await add([['death', { on: '2020-02', kind: 'disappearance' }]])
  const abroad = await add([['absence', { reason: 'work', place: { country: 'JPN' } }]])
  const away = await add([['absence', { reason: 'study', place: { unit: 'u1' } }]])
  const { people, find } = await read()
  assert.equal(flagsOf(people, find(dead)), FLAG.deceased)
  assert.equal(flagsOf(people, find(missing)), FLAG.missing)
  assert.equal(flagsOf(people, find(abroad)), FLAG.abroad)
  assert.ok(find(away) < 0 || flagsOf(people, find(away)) === 0)
})

test('where a protected person lives is in no snapshot', async () => {
  const id = await add([
    ['name', { full: 'Lê Thị Hồng' }],
    ['permanent', { unit: 'secret' }],
    ['protected', { reason: 'witness' }],
  ])
  const { people, find } = await read()
  assert.equal(people.unit[find(id)], 0)
  assert.equal(flagsOf(people, find(id)), FLAG.protected)
})

test('a merged record is found by its number alone, and is whoever remained', async () => {
  const kept = await add([['name', { full: 'Trần Thị Lan' }]], ['001190000001'])
  const between = await add(
    [
      ['name', { full: 'Trần Thị Lan' }],
      ['merged', { into: kept }],
    ],
    ['001190000002'],
  )
  const first = await add([['merged', { into: between }]], ['001190000003'])
  const { people, find } = await read()
  for (const [id, number] of [
    [between, '001190000002'],
    [first, '001190000003'],
  ] as const) {
    assert.equal(people.byNumber.find(keyOfDigits(number)), find(id))
    assert.equal(people.survivors.get(find(id)), find(kept))
    assert.equal(people.name[find(id)], 0)
  }
})

test('a statement that fails in the middle is an error, and the connection goes on', async () => {
  const client = await kernel.database.connect()
  const text = 'copy (select 1 / (3 - n), n from generate_series(1, 9) n) to stdout (format binary)'
  let rows = 0
  await assert.rejects(
    copyOut(client, {
      text,
      fields: 2,
      take: () => {
        rows++
      },
    }),
    /division by zero/,
  )
  assert.ok(rows <= 2)
  const answer = await client.query('select 2 as two')
  assert.equal(answer.rows[0].two, 2)
  await client.end()
})

test('rows of any length, nulls among them, arrive whole', async () => {
  const client = await kernel.database.connect()
  const lengths: number[] = []
  await copyOut(client, {
    text: `copy (select case when n % 7 <> 0 then repeat('x', n * 13) end, n
           from generate_series(1, 3000) n) to stdout (format binary)`,
    fields: 2,
    take(bytes, { from, length }) {
      assert.equal(bytes.readInt32BE(from[1] ?? 0), lengths.length + 1)
      lengths.push(length[0] ?? 0)
    },
  })
  await client.end()
  assert.deepEqual(
    lengths,
    Array.from({ length: 3000 }, (_, at) => ((at + 1) % 7 === 0 ? -1 : (at + 1) * 13)),
  )
})
