import assert from 'node:assert/strict'
import { chmodSync, existsSync } from 'node:fs'
import path from 'node:path'
import test from 'node:test'
import { gzipSync } from 'node:zlib'
import { idOf } from './index.ts'
import { fileOf, readAll, refusal, specOf, textsAt } from './testing.ts'

const idsOf = (file: Parameters<typeof idOf>[0] & { rows: number }) =>
  Array.from({ length: file.rows }, (_, row) => idOf(file, row))

test('two files share their values, in order, the empty one first', async () => {
  const files = await readAll({
    left: fileOf('a.csv', 'id,name,born\n1,Trần Bình,1990-01-02\n2,,1991\n3,An,\n'),
    right: fileOf('b.csv', 'born;name;id\n1990-01-02;Bùi An;7\n;An;8\n'),
    spec: specOf('id', { name: 'full-name', born: 'date' }),
  })
  assert.deepEqual(files.columns[0]?.values, ['', 'An', 'Bùi An', 'Trần Bình'])
  assert.deepEqual(files.columns[1]?.values, ['', '1990-01-02', '1991'])
  assert.deepEqual(textsAt(files, 0), ['Trần Bình', '', 'An'])
  assert.deepEqual(textsAt(files, 0, 'right'), ['Bùi An', 'An'])
  assert.deepEqual(textsAt(files, 1, 'right'), ['1990-01-02', ''])
  assert.deepEqual(idsOf(files.left), ['1', '2', '3'])
  assert.deepEqual(idsOf(files.right), ['7', '8'])
  assert.equal(files.right.separator, ';')
  assert.ok(files.columns[0]?.left.buffer instanceof SharedArrayBuffer)
  assert.ok(files.left.ids.buffer instanceof SharedArrayBuffer)
})

test('of one file alone the right side is the left one', async () => {
  const files = await readAll({ left: fileOf('one.csv', 'id,name\n1,b\n2,a\n3,b\n') })
  assert.equal(files.right, files.left)
  assert.equal(files.columns[0]?.right, files.columns[0]?.left)
  assert.deepEqual(files.columns[0]?.values, ['', 'a', 'b'])
})

test('given name and surname share their values, so that swapped ones are the same codes', async () => {
  const spec = specOf('id', { given: 'given-name', sex: 'category', family: 'surname' })
  const left = fileOf('swap.csv', 'id,given,family,sex\n1,An,Lê,F\n2,Lê,An,F\n')
  const { columns } = await readAll({ left, spec })
  const [given, sex, family] = columns
  assert.equal(given?.values, family?.values)
  assert.notEqual(given?.values, sex?.values)
  assert.equal(given?.left[0], family?.left[1])
})

test('a day over three columns is joined year first, what is missing at the end left out', async () => {
  const spec = specOf('id', { 'by+bm+bd': 'date' })
  const rows = '1,1949,7,22\n2,1949,07,22\n3,1950,,\n4,1950,5,\n5,,5,1\n6,,,\n'
  const files = await readAll({ left: fileOf('day.csv', `id,by,bm,bd\n${rows}`), spec })
  const days = ['1949-07-22', '1949-07-22', '1950', '1950-05', '-05-01', '']
  assert.deepEqual(textsAt(files, 0), days)
})

for (const [name, separator] of [
  ['comma', ','],
  ['semicolon', ';'],
  ['tab', '\t'],
  ['pipe', '|'],
]) {
  test(`a file with ${name} between its fields is read`, async () => {
    const text = [
      ['id', 'other', 'name'],
      ['1', 'x', 'An'],
      ['2', '', 'Bình'],
    ]
    const left = fileOf(`${name}.txt`, text.map((row) => row.join(separator)).join('\r\n'))
    const files = await readAll({ left })
    assert.deepEqual(textsAt(files, 0), ['An', 'Bình'])
    assert.equal(files.left.separator, separator)
  })
}

test('headers are trimmed and compared in NFC, blank lines and sep= before them passed over', async () => {
  const header = `"id" , "${'Họ tên'.normalize('NFD')}"`
  const left = fileOf('header.csv', `\nsep=,\n${header}\n1, An\n\n2,x,y\n`)
  const files = await readAll({ left, spec: specOf('id', { 'Họ tên': 'full-name' }) })
  assert.deepEqual(textsAt(files, 0), ['An'])
  assert.equal(files.left.blankLines, 1)
  assert.deepEqual(files.left.unreadable.first, [{ line: 6, fault: 'too-many-fields' }])
})

test('every row is read or counted with its line and reason', async () => {
  const rows = ['1,An,x', '2,Bình', '3,"Cúc,x', '4,Dần,x,y', '5,E\0m,x', '6,Phú,x']
  const { left } = await readAll({ left: fileOf('ragged.csv', `id,name,z\n${rows.join('\n')}\n`) })
  assert.equal(left.rows, 2)
  assert.deepEqual(left.unreadable.first, [
    { line: 3, fault: 'too-few-fields' },
    { line: 4, fault: 'quote' },
    { line: 5, fault: 'too-many-fields' },
    { line: 6, fault: 'nul' },
  ])
  assert.equal(left.unreadable.count, 4)
  assert.equal(left.unreadable.byFault.quote, 1)
})

test('of many unreadable rows all are counted and the first named', async () => {
  const { left } = await readAll({
    left: fileOf('many.csv', `id,name\n1,a\n${'x\n'.repeat(1500)}2,b\n`),
  })
  assert.equal(left.rows, 2)
  assert.equal(left.unreadable.count, 1500)
  assert.equal(left.unreadable.first.length, 1000)
})

test('duplicate and empty ids are kept and counted', async () => {
  const { left } = await readAll({
    left: fileOf('ids.csv', 'id,name\n1,a\n1,b\n,c\n,d\n1,e\n2,f\n'),
  })
  assert.deepEqual(idsOf(left), ['1', '1', '', '', '1', '2'])
  assert.equal(left.duplicateIds, 2)
  assert.equal(left.emptyIds, 2)
})

test('gzip is known by its first bytes, whatever the name', async () => {
  const packed = gzipSync('id,name\n1,An\n')
  for (const name of ['packed.csv.gz', 'packed.csv']) {
    assert.deepEqual(textsAt(await readAll({ left: fileOf(name, packed) }), 0), ['An'])
  }
})

const ROWS = Array.from({ length: 400 }, (_, row) => `${row},Nguyễn Thị Thuý ${row % 7}`)
const VIETNAMESE = `id,name\n${ROWS.join('\n')}\n`

for (const [label, bytes] of [
  ['utf-8', Buffer.from(`\ufeff${VIETNAMESE}`)],
  ['utf-16le', Buffer.from(`\ufeff${VIETNAMESE}`, 'utf16le')],
  ['utf-16be', Buffer.from(`\ufeff${VIETNAMESE}`, 'utf16le').swap16()],
  ['utf-16le', Buffer.from(VIETNAMESE, 'utf16le')],
] as const) {
  test(`text in ${label}, beginning with ${bytes.subarray(0, 2).toString('hex')}`, async () => {
    const files = await readAll({ left: fileOf('encoded.csv', bytes) })
    assert.equal(files.left.encoding, label)
    assert.equal(files.left.rows, 400)
    assert.equal(textsAt(files, 0)[1], 'Nguyễn Thị Thuý 1')
  })
}

/** Bytes of a single-byte encoding; marks of tone stand apart, as windows-1258 has them. */
function legacy(text: string, label: string): Uint8Array {
  const signs = new TextDecoder(label).decode(Uint8Array.from({ length: 256 }, (_, byte) => byte))
  return Uint8Array.from(text, (sign) => signs.indexOf(sign))
}

test('windows-1258 is told by its tones and comes out in NFC', async () => {
  const written = ROWS.join('\n').normalize('NFD').replaceAll('e\u0302', 'ê')
  const bytes = legacy(`id,name\n${written}\n`, 'windows-1258')
  const files = await readAll({ left: fileOf('1258.csv', bytes) })
  assert.equal(files.left.encoding, 'windows-1258')
  assert.equal(textsAt(files, 0)[3], 'Nguyễn Thị Thuý 3')
})

test('windows-1252 and windows-1251 are told from each other, in the header too', async () => {
  const western = legacy('id,prénom\n1,André\n2,Zoë\n3,Fran\u00e7oise\n', 'windows-1252')
  const spec = specOf('id', { prénom: 'given-name' })
  const files = await readAll({ left: fileOf('1252.csv', western), spec })
  assert.equal(files.left.encoding, 'windows-1252')
  assert.deepEqual(textsAt(files, 0), ['André', 'Zoë', 'Françoise'])
  const eastern = legacy('id,name\n1,Иван Петров\n2,АННА Смирнова\n', 'windows-1251')
  const others = await readAll({ left: fileOf('1251.csv', eastern) })
  assert.equal(others.left.encoding, 'windows-1251')
  assert.deepEqual(textsAt(others, 0), ['Иван Петров', 'АННА Смирнова'])
})

test('letters that come late in a file of ASCII still tell its encoding', async () => {
  const rows = Array.from({ length: 500_000 }, (_, row) => `${row},An`).join('\n')
  const text = Buffer.concat([
    Buffer.from(`id,name\n${rows}\n`),
    legacy('x,René\n', 'windows-1252'),
  ])
  const files = await readAll({ left: fileOf('late.csv', text) })
  assert.equal(files.left.rows, 500_001)
  assert.equal(textsAt(files, 0).at(-1), 'René')
})

test('an encoding that cannot be told is refused, and read when the caller knows it', async () => {
  const korean = Buffer.from('69642c6e616d650a312cb1e8c3b6bcf60a322cc0ccbfb5c8f10a', 'hex')
  const left = fileOf('korean.csv', korean)
  await assert.rejects(readAll({ left }), refusal('table.encoding', { file: left }))
  const files = await readAll({ left, encoding: 'euc-kr' })
  assert.deepEqual(textsAt(files, 0), ['김철수', '이영희'])
  for (const encoding of ['shift_jis', 'klingon']) {
    await assert.rejects(readAll({ left, encoding }), refusal('table.encoding'), encoding)
  }
})

test('a name cut in the middle of a letter costs its row, not the encoding of the file', async () => {
  const cut = Buffer.concat([Buffer.from(VIETNAMESE), Buffer.from('900,L'), Buffer.of(0xc3, 10)])
  const { left } = await readAll({ left: fileOf('cut.csv', cut) })
  assert.equal(left.encoding, 'utf-8')
  assert.equal(left.rows, 400)
  assert.deepEqual(left.unreadable.first, [{ line: 402, fault: 'not-utf8' }])
})

test('a file that is missing, a folder, empty or not to be read is refused', async () => {
  const left = fileOf('there.csv', 'id,name\n1,An\n')
  const folder = path.dirname(left)
  const missing = path.join(folder, 'none.csv')
  const refuses = (file: string, code: string) =>
    assert.rejects(readAll({ left, right: file }), refusal(code, { file }))
  await refuses(missing, 'import.file-not-found')
  await refuses(path.join(left, 'below'), 'import.file-not-found')
  await refuses(folder, 'import.not-a-file')
  await refuses(fileOf('empty.csv', ''), 'import.empty')
  await refuses(fileOf('mark.csv', '\ufeff'), 'import.empty')
  await refuses(fileOf('blank.csv', '\n \n\r\n'), 'import.empty')
  await refuses(fileOf('empty.gz', gzipSync('')), 'import.empty')
  await refuses(fileOf('header-only.csv', 'id,name\n'), 'table.no-rows')
  if (process.getuid?.() === 0) return
  const closed = fileOf('closed.csv', 'id,name\n1,An\n')
  chmodSync(closed, 0)
  await refuses(closed, 'table.not-permitted')
})

test('damaged and foreign files are refused by what they are', async () => {
  const packed = gzipSync(
    `id,name\n${Array.from({ length: 9999 }, (_, row) => `${row},${Math.sin(row)}`).join('\n')}`,
  )
  const refuses = async (file: string, code: string, details = {}) =>
    assert.rejects(readAll({ left: file }), refusal(code, { file, ...details }))
  await refuses(fileOf('half.csv.gz', packed.subarray(0, 30_000)), 'table.damaged')
  await refuses(fileOf('begin.csv.gz', packed.subarray(0, 12)), 'table.damaged')
  await refuses(fileOf('bit.csv.gz', packed.fill(0x55, 20_000, 20_400)), 'table.damaged')
  await refuses(fileOf('plain.csv.gz', 'id,name\n1,An\n'), 'table.damaged')
  await refuses(fileOf('text.parquet', 'id,name\n1,An\n'), 'table.damaged')
  const book = Buffer.from('504b030414000600', 'hex')
  await refuses(fileOf('book.xlsx', book), 'table.format', { format: 'Excel / ZIP' })
})

test('columns that are wanted and missing, or there twice, are named', async () => {
  const file = fileOf('columns.csv', 'id,nom,nom,born\n1,An,An,1990\n')
  const refuses = (spec: ReturnType<typeof specOf>, code: string, details: object) =>
    assert.rejects(readAll({ left: file, spec }), refusal(code, { file, ...details }))
  await refuses(specOf('id', { name: 'full-name', born: 'date' }), 'table.column-missing', {
    column: 'name',
    columns: 'id, nom, nom, born',
  })
  await refuses(specOf('rec', { born: 'date' }), 'table.column-missing', { column: 'rec' })
  await refuses(specOf('id', { nom: 'full-name' }), 'table.column-twice', { column: 'nom' })
  const files = await readAll({ left: file, spec: specOf('id', { born: 'date' }) })
  assert.equal(files.left.rows, 1, 'two columns nobody asks for may have one name')
})

test('a header of one column is refused with the separators that were tried', async () => {
  const left = fileOf('colon.csv', 'id:name\n1:An\n')
  const told = { file: left, column: 'id:name', tried: ',  ;  TAB  |' }
  await assert.rejects(readAll({ left }), refusal('table.one-column', told))
})

test('reading stops when it is told to, and leaves nothing in the scratch folder', async () => {
  const rows = Array.from({ length: 300_000 }, (_, row) => `${row},Nguyễn ${row}`).join('\n')
  const left = fileOf('long.csv', `id,name\n${rows}\n`)
  const stop = new AbortController()
  const reading = readAll({ left, signal: stop.signal, onProgress: () => stop.abort('enough') })
  await assert.rejects(reading, (reason) => reason === 'enough')
  await assert.rejects(
    readAll({ left, signal: AbortSignal.abort('before') }),
    (reason) => reason === 'before',
  )
})

test('progress is told in bytes of the file as it lies there', async () => {
  const told: number[] = []
  const left = fileOf('told.csv', VIETNAMESE)
  await readAll({
    left,
    onProgress({ file, bytesRead, bytes }) {
      assert.equal(file, 'left')
      assert.ok(bytesRead <= bytes)
      told.push(bytesRead / bytes)
    },
  })
  assert.equal(told.at(-1), 1)
})

const DATA = new URL('../../../../shared/data/', import.meta.url)

test('the public sets are read to the last row', {
  skip: !existsSync(DATA) && 'no ../shared/data',
}, async () => {
  const spec = specOf('rec_id', { given_name: 'given-name', surname: 'surname', suburb: 'place' })
  for (const [name, rows] of [
    ['febrl1', 1000],
    ['febrl2', 5000],
    ['febrl3', 5000],
  ] as const) {
    const { left } = await readAll({ left: new URL(`linkage/${name}.csv`, DATA).pathname, spec })
    assert.equal(left.rows, rows)
    assert.equal(left.unreadable.count + left.duplicateIds + left.emptyIds, 0)
  }
})
