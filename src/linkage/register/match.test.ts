import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { profile } from '../../../profiles/vn/index.ts'
import { MODULES } from './decide.ts'
import { matchRows, OUTCOMES } from './match.ts'
import { FLAG } from './people.ts'
import { type Held, type Row, stage } from './testing.ts'
import { sceneOf } from './view.ts'

const XUAN: Held = {
  number: '079097375971',
  old: ['024681012'],
  name: 'Nguyễn Tuấn Xuân',
  birth: '1997-01-26',
  sex: 'male',
  unit: 'u1',
}
const HONG: Held = {
  number: '079145000017',
  old: ['024681012'],
  name: 'Lê Thị Hồng',
  birth: '1945-03-04',
  sex: 'female',
  unit: 'u2',
}
/** Namesakes of one day, in two places. */
const LAN_1: Held = {
  number: '001190000001',
  name: 'Trần Thị Lan',
  birth: '1990-05-06',
  sex: 'female',
  unit: 'u3',
}
const LAN_2: Held = { ...LAN_1, number: '001190000002', unit: 'u4' }

async function match(held: readonly Held[], rows: readonly Row[]) {
  const scene = sceneOf({ ...stage(held, rows), names: profile.names, areAkin: () => false })
  const matched = await matchRows({
    scene,
    threads: 1,
    signal: null,
    placeText: (unit) => scene.dictionaries.unit.textOf(unit),
    onStage: () => {},
  })
  return rows.map((_, row) => ({
    outcome: OUTCOMES[matched.outcome[row] ?? 0],
    person: (matched.person[row] ?? 0) - 1,
    module: MODULES[(matched.module[row] ?? 0) - 1] ?? null,
    repeats: (matched.repeats[row] ?? 0) - 1,
    close: matched.close.get(row),
  }))
}

const one = async (row: Row, held: readonly Held[] = [XUAN, HONG, LAN_1, LAN_2]) =>
  (await match(held, [row]))[0]
const rowOf = ({ number, name, birth, sex, unit }: Held): Row => ({
  ...(number !== undefined && { number }),
  ...(name !== undefined && { name }),
  ...(birth !== undefined && { birth }),
  ...(sex !== undefined && { sex }),
  ...(unit !== undefined && { unit }),
})
const without = (row: Row, ...fields: (keyof Row)[]): Row =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !fields.includes(name as keyof Row)))

describe('a row beside the register', () => {
  test('is found by number, name and date, also without accents', async () => {
    for (const name of ['Nguyễn Tuấn Xuân', 'NGUYEN TUAN XUAN']) {
      const found = await one({ ...rowOf(XUAN), name })
      assert.deepEqual([found?.outcome, found?.person], ['identified', 0])
      assert.equal(found?.module, 'number-exact')
    }
  })

  test('is found by an older number that two persons bear, by who agrees', async () => {
    const found = await one({ old: '024681012', name: 'Lê Thị Hồng', birth: '1945-03-04' })
    assert.deepEqual(
      [found?.outcome, found?.person, found?.module],
      ['identified', 1, 'old-number'],
    )
  })

  test('without a number is found by name, date, sex and place', async () => {
    const found = await one(without(rowOf(LAN_2), 'number'))
    assert.deepEqual([found?.outcome, found?.person, found?.module], ['identified', 3, 'place'])
  })

  test('that says name and date alone is never identified', async () => {
    const alone = await one(without(rowOf(XUAN), 'number', 'unit'))
    assert.notEqual(alone?.outcome, 'identified')
    const two = await one(without(rowOf(LAN_1), 'number', 'unit'))
    assert.equal(two?.outcome, 'ambiguous')
    assert.deepEqual([...(two?.close ?? [])].sort(), [2, 3])
  })

  test('whose number is another person’s is the person it says, or nobody', async () => {
    const stolen = await one({ ...rowOf(LAN_1), number: XUAN.number ?? '' })
    assert.deepEqual([stolen?.outcome, stolen?.person, stolen?.module], ['identified', 2, 'place'])
    const stranger = await one({
      number: XUAN.number ?? '',
      name: 'Đỗ Văn Lạ',
      birth: '1960-05-05',
      sex: 'male',
    })
    assert.equal(stranger?.outcome, 'not_found')
  })

  test('with a slip in the number is found, and with a slip in the name', async () => {
    const number = await one({ ...rowOf(XUAN), number: '079097375917' })
    assert.deepEqual([number?.outcome, number?.person], ['identified', 0])
    const name = await one({ ...rowOf(XUAN), name: 'Nguyễn Tuấn Xuâm' })
    assert.deepEqual([name?.outcome, name?.person, name?.module], ['identified', 0, 'number'])
  })

  test('that says too little is not compared', async () => {
    for (const row of [{ name: 'Lê Thị Hồng' }, { number: XUAN.number ?? '' }, {}]) {
      assert.equal((await one(row))?.outcome, 'unreadable')
    }
  })

  test('of a merged record is the one that everything holds of', async () => {
    const merged: Held = { number: '079097000001', flags: FLAG.merged, into: 0 }
    const found = await one({ ...rowOf(XUAN), number: '079097000001' }, [XUAN, merged])
    assert.deepEqual([found?.outcome, found?.person], ['identified', 0])
  })

  test('by a number of before is the person who has another now', async () => {
    const renumbered: Held = { ...XUAN, earlier: ['079197375971'] }
    const found = await one({ ...rowOf(XUAN), number: '079197375971' }, [renumbered])
    assert.deepEqual(
      [found?.outcome, found?.person, found?.module],
      ['identified', 0, 'number-exact'],
    )
  })
})

describe('rows that repeat one another', () => {
  test('the row that agrees exactly is kept, wherever it stands', async () => {
    const slip = { ...rowOf(XUAN), name: 'Nguyễn Tuấn Xuâm' }
    const found = await match([XUAN, HONG], [slip, rowOf(XUAN), slip])
    assert.deepEqual(
      found.map(({ repeats }) => repeats),
      [1, -1, 1],
    )
  })

  test('rows of nobody that say the same are one', async () => {
    const stranger = { number: '001060000009', name: 'Đỗ Văn Lạ', birth: '1960-05-05' }
    const found = await match([XUAN], [stranger, { ...stranger, name: 'Đỗ Văn Là' }, stranger])
    assert.deepEqual(
      found.map(({ repeats }) => repeats),
      [-1, -1, 0],
    )
  })
})

describe('M3 is unique on both sides', () => {
  const row = without(rowOf(LAN_1), 'number')

  test('two persons alike, and nobody is identified', async () => {
    const twin = { ...LAN_1, number: '001190000003' }
    assert.equal((await one(row, [LAN_1, twin]))?.outcome, 'ambiguous')
  })

  test('two rows with two numbers that are not the person’s, and neither is identified', async () => {
    const rows = [
      { ...row, number: '001190123456' },
      { ...row, number: '001190654321' },
    ]
    const found = await match([LAN_1, XUAN], rows)
    for (const { outcome } of found) assert.notEqual(outcome, 'identified')
  })
})

test('an empty register knows nobody, and an empty file asks nobody', async () => {
  assert.equal((await one(rowOf(XUAN), []))?.outcome, 'not_found')
  assert.deepEqual(await match([XUAN], []), [])
})
