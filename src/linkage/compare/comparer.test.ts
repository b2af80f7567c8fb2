import assert from 'node:assert/strict'
import test from 'node:test'
import { Worker } from 'node:worker_threads'
import type { FieldKind } from '../types.ts'
import { comparerOf, explain, featuresOf } from './index.ts'

interface Options {
  readonly format?: string
  readonly others?: readonly string[]
}

function levelOf(kind: FieldKind, pair: readonly [string, string], options: Options = {}): string {
  const { format = null, others = [] } = options
  const field = { name: 'f', kind, columns: ['f'], format }
  const comparer = comparerOf(featuresOf(field, ['', ...pair, ...others], null))
  const level = comparer.compare(1, 2)
  assert.equal(comparer.compare(2, 1), level, 'the same both ways round')
  assert.equal(comparer.compare(1, 0), 0)
  return comparer.levels[level]?.id ?? ''
}
const expect = (kind: FieldKind, level: string, ...pairs: readonly [string, string][]): void => {
  for (const pair of pairs) assert.equal(levelOf(kind, pair), level, pair.join(' ~ '))
}

test('dates: however they are written, the same day is the same', () => {
  expect(
    'date',
    'exact',
    ['1984-03-07', '1984-03-07T00:00:00'],
    ['1984-03-07', '19840307'],
    ['1984-03-07', '7/3/1984'],
    ['1984-03-07', '7 March 1984'],
    ['1984-3-7', '1984-03-07'],
    ['1984', '1984-00-00'],
  )
})

test('dates: slips and parts that are not known', () => {
  expect('date', 'swapped', ['1984-03-07', '1984-07-03'], ['1990-13-05', '1990-05-13'])
  expect('date', 'one-digit', ['1984-03-07', '1984-03-01'], ['1984-03-12', '1984-03-21'])
  expect('date', 'partial', ['1984-03-07', '1984'], ['1984-03-07', '1984-03'], ['1984', '1984-05'])
  expect('date', 'two-parts', ['1984-03-07', '1984-03-28'], ['1984-03-07', '1999-03-07'])
  expect('date', 'year', ['1984-03-07', '1984-11-28'], ['1984-03-07', '1984-05'])
  expect('date', 'different', ['1984-03-07', '1990-11-28'], ['1984-03-07', '1985'])
  expect('date', 'missing', ['0000-00-00', '1984-03-07'], ['31 of May', '1984-03-07'])
})

test('dates that cannot be read are counted, those that are missing are not', () => {
  const field = { name: 'd', kind: 'date', columns: ['d'], format: null } as const
  const values = ['', '1984-03-07', 'last spring', '-', '0000-00-00', '99999']
  assert.deepEqual([...featuresOf(field, values, null).unreadable], [2, 5])
})

test('identifiers: separators, capitals and lost leading zeros say nothing', () => {
  expect(
    'identifier',
    'exact',
    ['049076727255', '49076727255'],
    ['049 076 727 255', '049-076-727-255'],
    ['ab-123', 'AB 123'],
  )
  expect('identifier', 'one-edit', ['049076727255', '049076727265'], ['7508931', '7509831'])
  expect('identifier', 'two-edits', ['049076727255', '049076717265'])
  expect('identifier', 'two-edits', ['84904123456', '904123456'])
  expect('identifier', 'different', ['049076727255', '051123456789'])
  expect('identifier', 'missing', ['000000000', '049076727255'], ['999999999', '1'])
})

test('codes: the same district is nearer than another', () => {
  expect('code', 'exact', ['02138', '2138'], ['SW1A 1AA', 'sw1a1aa'])
  expect('code', 'one-edit', ['2601', '2602'], ['4123', '4132'])
  expect('code', 'prefix', ['SW1A 1AA', 'SW1A 2PB'], ['12345-6789', '12345'])
  expect('code', 'different', ['2601', '4870'], ['1', '2'])
})

test('categories: words for the sexes agree, other categories as they are written', () => {
  expect('category', 'exact', ['M', 'male'], ['Nữ', 'F'], ['Kinh', 'KINH'])
  expect('category', 'close', ['nsw', 'nws'])
  expect('category', 'different', ['M', 'F'], ['qld', 'vic'], ['yes', 'no'])
})

test('places: the kind of place and usual abbreviations say nothing, a name does', () => {
  expect(
    'place',
    'exact',
    ['Thành phố Hồ Chí Minh', 'TP. Hồ Chí Minh'],
    ['Xã Hòa Bình', 'Phường Hoà Bình'],
    ['Saint Kilda', 'St. Kilda'],
    ['City of York', 'York'],
    ['00562', '562'],
  )
  expect('place', 'close', ['kellerberrin', 'kellerberin'], ['hochiminh', 'Hồ Chí Minh'])
  expect('place', 'overlap', ['beaconsfield upper', 'beaconsfield'])
  expect('place', 'different', ['Hà Nội', 'Huế'], ['12', '13'])
  const others = ['Quận 2', 'Quận 4', 'Quận 5', 'Quận 6', 'Quận 7', 'Quận 8']
  assert.equal(levelOf('place', ['Quận 1', 'Quận 3'], { others }), 'different')
})

test('numbers: near is a share of the number, or of how far apart the field is', () => {
  const prices = ['10', '2000', '50', '700', '3000', '120']
  assert.equal(levelOf('number', ['1,234.50', '1234.5'], { others: prices }), 'exact')
  assert.equal(levelOf('number', ['$ 1 234,50', '1234.5'], { others: prices }), 'exact')
  assert.equal(levelOf('number', ['1000', '1008'], { others: prices }), 'within-1')
  assert.equal(levelOf('number', ['1000', '1040'], { others: prices }), 'within-5')
  assert.equal(levelOf('number', ['1000', '1150'], { others: prices }), 'within-20')
  const years = Array.from({ length: 31 }, (_, at) => String(1990 + at))
  assert.equal(levelOf('number', ['1994', '1995'], { others: years }), 'within-5')
  assert.equal(levelOf('number', ['1994', '2004'], { others: years }), 'different')
})

const LIBRARY = [
  ...['the theory of databases', 'the practice of databases', 'the art of programming'],
  ...['the practice of programming', 'query processing in databases'],
]

test('texts: words weigh as much as they are rare, in any order, slips forgiven', () => {
  const text = (a: string, b: string): string => levelOf('text', [a, b], { others: LIBRARY })
  assert.equal(text('The Art of Record Linkage.', 'the art of record linkage'), 'exact')
  assert.equal(text('record linkage: the art', 'the art: record linkage'), 'same-words')
  assert.equal(text('the art of record linkage', 'the art of recrod linkage'), 'above-80')
  assert.equal(text('12 pridham street', '12 pridhamstreet'), 'same-words')
  assert.equal(text('the art of record linkage', 'the art of programming'), 'above-40')
  assert.equal(text('the art of record linkage', 'query processing'), 'different')
  assert.equal(text('camera dsc w120 silver', 'camera dsc w130 silver'), 'above-60')
})

test('what a value says once standardised can be read, of every kind', () => {
  const read = (kind: FieldKind, value: string): string | null =>
    explain(featuresOf({ name: 'f', kind, columns: ['f'], format: null }, ['', value], null), 1, 0)
      .left
  assert.equal(read('date', '7/3/1984'), '1984-03-07')
  assert.equal(read('identifier', '049-076'), '49076')
  assert.equal(read('number', '1,234.50'), '1234.5')
  assert.equal(read('place', 'TP. Hồ Chí Minh'), 'ho chi minh')
  assert.equal(read('text', 'Pridham Street'), 'pridham st')
  assert.equal(read('category', 'M'), 'male')
})

test('worker threads share the features, and find the same', async () => {
  const values = ['', 'Nguyễn Văn An', 'Nguyen Van An', 'Trần Thị Bình']
  const field = { name: 'n', kind: 'full-name', columns: ['n'], format: null } as const
  const features = featuresOf(field, values, null)
  const code = `
    import { parentPort, workerData } from 'node:worker_threads'
    const { comparerOf } = await import(workerData.module)
    const comparer = comparerOf(workerData.features)
    const shared = workerData.features.meaning.buffer instanceof SharedArrayBuffer
    parentPort.postMessage([shared, comparer.compare(1, 2), comparer.compare(1, 3)])`
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`), {
    workerData: { features, module: new URL('index.ts', import.meta.url).href },
  })
  const answer = await new Promise((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
  const comparer = comparerOf(features)
  assert.deepEqual(answer, [true, comparer.compare(1, 2), comparer.compare(1, 3)])
  await worker.terminate()
})
