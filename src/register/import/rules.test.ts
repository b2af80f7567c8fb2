import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { profile as demo } from '../../../profiles/demo/index.ts'
import { profile as vn } from '../../../profiles/vn/index.ts'
import { type PlainDay, type Profile, plainDay, Refusal } from '../../kernel/index.ts'
import { UnitDirectory } from '../unit/directory.ts'
import { builtInRows } from '../unit/seed.ts'
import { type Block, readBlocks } from './blocks.ts'
import { columnsOf, csvField, csvLine, decodeUtf8, parseLines, sheetLine } from './csv.ts'
import { checkRow, type Frame, isRejected, sexesOf, unitsAsOf } from './rules.ts'

const DAY = plainDay('2025-07-01')

function frameOf(profile: Profile, asOf: PlainDay = DAY): Frame {
  const { units, successions } = builtInRows(profile, true)
  const directory = new UnitDirectory(profile.units, units, successions)
  return {
    profile,
    asOf,
    columns: { number: 0, old_number: 1, full_name: 2, birth_date: 3, sex: 4, unit: 5 },
    width: 6,
    unitColumn: 'commune_code',
    hasOfficial: false,
    units: unitsAsOf(directory, asOf),
    sexes: sexesOf(profile),
  }
}

const frame = frameOf(vn)
/** The row, or the field and the reason. */
const check = (line: string, within = frame) => {
  const row = checkRow({ line: 2, fields: line.split(',') }, within)
  if (!isRejected(row)) return row
  return [row.field, typeof row.fault === 'string' ? row.fault : row.fault.reason.en]
}

test('a row becomes a person in the register’s own form', () => {
  assert.deepEqual(check('079097375971,012 345 678,NGUYỄN TUẤN XUÂN,1997-01-26,M,90101'), {
    line: 2,
    number: '079097375971',
    oldNumber: '012345678',
    name: 'Nguyễn Tuấn Xuân',
    born: '1997-01-26',
    sex: 'male',
    unit: '90101@2025-07-01',
  })
})

test('of a birth only the year may be known; days are also read as people write them', () => {
  const born = (text: string) =>
    (check(`079097375971,,Lê An,${text},M,90101`) as { born?: string }).born
  assert.equal(born('1997'), '1997')
  assert.equal(born('1997-01'), '1997-01')
  assert.equal(born('26/01/1997'), '1997-01-26')
  assert.equal(born('00/00/1997'), '1997')
})

test('sex is a code, its letter or its word', () => {
  const sex = (text: string) =>
    (check(`079197375971,,Lê An,1997,${text},90101`) as { sex?: string }).sex
  for (const text of ['F', 'f', 'female', 'Nữ', ' F ']) assert.equal(sex(text), 'female', text)
})

test('the first fault of a row is told with its field', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['079097375971,,Lê An,1997-01-26,M', '', 'columns'],
    [',,Lê An,1997-01-26,M,90101', 'number', 'There is no number'],
    ['79097375971,,Lê An,1997,M,90101', 'number', 'The number has lost its leading zero'],
    ['901097375971,,Lê An,1997,M,90101', 'number', 'number-demonstration'],
    ['012345678,,Lê An,1997,M,90101', 'number', 'number-old'],
    ['079097375971,,,1997,M,90101', 'full_name', 'There is no name'],
    ['079097375971,,Lê An 2,1997,M,90101', 'full_name', vn.names.faults.digits.reason.en],
    ['079097375971,,Lê An,1997-02-30,M,90101', 'birth_date', 'birth'],
    ['079097375971,,Lê An,,M,90101', 'birth_date', 'birth'],
    ['079225375971,,Lê An,2025-07-02,M,90101', 'birth_date', 'birth-future'],
    ['079097375971,,Lê An,1797,M,90101', 'birth_date', 'birth-too-long-ago'],
    ['079097375971,,Lê An,1997,X,90101', 'sex', 'sex'],
    ['079097375971,,Lê An,1997,F,90101', 'number', 'number-sex'],
    ['079097375971,,Lê An,1998,M,90101', 'number', 'number-birth-year'],
    ['079097375971,12,Lê An,1997,M,90101', 'old_number', 'old-number'],
    ['079097375971,001097375971,Lê An,1997,M,90101', 'old_number', 'old-number'],
    ['079097375971,,Lê An,1997,M,00001', 'commune_code', 'unit'],
    ['079097375971,,Lê An,1997,M,01', 'commune_code', 'unit-level'],
  ]
  for (const [line, field, fault] of cases) assert.deepEqual(check(line), [field, fault], line)
})

test('a code is of the day of the file: the same one is another unit, or none, on another day', () => {
  const old = frameOf(vn, plainDay('2025-06-30'))
  const unit = (code: string, within: Frame) =>
    (check(`079097375971,,Lê An,1997,M,${code}`, within) as { unit?: string }).unit
  assert.equal(unit('90101', frame), '90101@2025-07-01')
  assert.equal(unit('90101', old), '90101@2008-08-01')
  assert.equal(unit('90102', frame), undefined)
  assert.equal(unit('90102', old), '90102@2008-08-01')
})

test('another country’s numbers, names and units are read by its own rules', () => {
  const other = frameOf(demo, plainDay('2026-01-01'))
  const directory = new UnitDirectory(demo.units, builtInRows(demo, true).units, [])
  const day = plainDay('2026-01-01')
  const unit = [...directory.rows()].find((row) => directory.isResidential(row.id, day))
  const number = demo.number.compose({ place: '12', sex: 'female', birthYear: 1997, serial: 7 })
  assert.deepEqual(check(`${number},A123456,Ida Thornby,1997,F,${unit?.code}`, other), {
    line: 2,
    number,
    oldNumber: 'A123456',
    name: 'Ida Thornby',
    born: '1997',
    sex: 'female',
    unit: unit?.id,
  })
})

test('the header names the columns, in any order and case; a missing one is named', () => {
  const wanted = ['number', 'sex'] as const
  assert.deepEqual(columnsOf(['Sex', 'x', ' NUMBER '], wanted), { number: 2, sex: 0 })
  assert.throws(
    () => columnsOf(['number'], wanted),
    (error) =>
      error instanceof Refusal &&
      error.code === 'import.header-wrong' &&
      error.details.field === 'sex',
  )
})

test('bytes that are not UTF-8 are refused at their line', () => {
  const bytes = Buffer.concat([Buffer.from('a,b\nđ,e\n'), Buffer.from([0x4e, 0xe3, 0x0a])])
  assert.throws(
    () => decodeUtf8(bytes, 10),
    (error) => error instanceof Refusal && error.details.line === '12',
  )
  assert.equal(decodeUtf8(Buffer.from('\ufeffnumber'), 1), 'number')
})

async function* inParts(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function cut(text: string, { size = 7, rows = 2, after = 0 } = {}): Promise<Block[]> {
  const bytes = Buffer.from(text)
  const all: Block[] = []
  const whole = after === 0 ? null : (await cut(text, { size, rows }))[after]
  const place = whole === undefined || whole === null ? null : whole
  for await (const block of readBlocks(inParts(bytes, size), { rows, place })) all.push(block)
  return all
}

const rowsOf = (blocks: readonly Block[]) =>
  blocks.flatMap((block) => parseLines(block.bytes.toString(), block.firstLine))

test('a quoted field may hold commas, quotes and line breaks (RFC 4180)', async () => {
  const text = 'a,b\r\n"x\ny, ""z""",1\r\n\r\nH"Mông,2\n3,"4"'
  for (const size of [1, 2, 3, 5, 100]) {
    assert.deepEqual(rowsOf(await cut(text, { size })), [
      { line: 1, fields: ['a', 'b'] },
      { line: 2, fields: ['x\ny, "z"', '1'] },
      { line: 5, fields: ['H"Mông', '2'] },
      { line: 6, fields: ['3', '4'] },
    ])
  }
})

test('a quote that is never closed is refused at its line', async () => {
  await assert.rejects(
    cut('a\n1\n"2\n3\n'),
    (error) =>
      error instanceof Refusal && error.code === 'import.malformed' && error.details.line === '3',
  )
  const endless = `a\n"${'x'.repeat(70_000)}\n`
  await assert.rejects(cut(endless, { size: 4096 }), Refusal)
})

const aField = fc.string({ unit: 'grapheme', maxLength: 8 }).filter((text) => !/[\r]/.test(text))
const aTable = fc.array(fc.array(aField, { minLength: 2, maxLength: 4 }), {
  minLength: 1,
  maxLength: 12,
})

test('whatever is written as CSV is read back, however it is cut', async () => {
  await fc.assert(
    fc.asyncProperty(aTable, fc.integer({ min: 1, max: 40 }), async (table, size) => {
      const text = table.map(csvLine).join('')
      const rows = rowsOf(await cut(text, { size }))
      assert.deepEqual(
        rows.map(({ fields }) => [...fields]),
        table.map((fields) => fields.map((field) => field)),
      )
    }),
  )
})

test('a report for people holds no cell that a spreadsheet would reckon', () => {
  const cells = ['=1+1', '+84', '-2', '@SUM(A1)', '\t=1', 'Nguyễn = Bình', 'a-b', '']
  assert.equal(sheetLine(cells), "'=1+1,'+84,'-2,'@SUM(A1),'\t=1,Nguyễn = Bình,a-b,\r\n")
  // A program gets what was given.
  assert.equal(csvLine(['=1+1', '-2']), '=1+1,-2\r\n')
})

test('a block of long rows is cut sooner, so that memory holds little whatever the file is', async () => {
  const row = `${','.repeat(60_000)}\n`
  const blocks = await cut(`a\n${row.repeat(200)}`, { size: 1 << 18, rows: 1_000 })
  assert.ok(blocks.every(({ bytes }) => bytes.length < 5_000_000))
  const [, ...rest] = blocks
  const records = rest.map(({ firstLine, nextLine }) => nextLine - firstLine)
  assert.equal(
    records.reduce((sum, count) => sum + count, 0),
    200,
  )
})

test('resuming behind any block reads exactly what is left, with its lines', async () => {
  const text = `h\n${Array.from({ length: 9 }, (_, at) => `${at},"a\n${at}"\n`).join('')}`
  const all = await cut(text)
  for (let after = 1; after < all.length; after++) {
    const [header, ...rest] = await cut(text, { after })
    assert.equal(header?.firstLine, 1)
    assert.deepEqual(rowsOf(rest), rowsOf(all.slice(after + 1)))
  }
})

test('a field is quoted only where it must be', () => {
  assert.equal(csvField('a b'), 'a b')
  assert.equal(csvField('a,"b"'), '"a,""b"""')
})
