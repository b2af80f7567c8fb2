import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { append, emptyPacked, type Packed, packSorted } from './encode.ts'
import { mergeTexts } from './merge.ts'
import { radixSort } from './radix.ts'
import { sortTexts } from './sort.ts'
import { Texts } from './texts.ts'

const NAME = fc.string({ unit: fc.constantFrom('a', 'b', 'ễ', 'Nguyễn ', '𐍈', '￿', ' ') })
const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b))

function pack(sorted: readonly string[]): Packed {
  const packed = emptyPacked(sorted.length, Buffer.from(sorted.join('\0')).length + 1)
  let put = 0
  for (const [place, text] of sorted.entries()) {
    const bytes = Buffer.from(text)
    put = append(packed, place, { bytes, from: 0, to: bytes.length, put })
  }
  return packed
}

test('each text has one number, however often it comes', () => {
  fc.assert(
    fc.property(fc.array(NAME, { maxLength: 300 }), (names) => {
      const texts = new Texts()
      const numbers = names.map((name) => {
        const bytes = Buffer.from(name)
        return texts.put(bytes, 0, bytes.length)
      })
      const distinct = [...new Set(names)]
      assert.equal(texts.count, distinct.length)
      assert.deepEqual(
        numbers,
        names.map((name) => distinct.indexOf(name)),
      )
    }),
  )
})

test('texts are in the order of their bytes', () => {
  const names = fc.uniqueArray(
    fc.oneof(
      NAME,
      fc.string().map((one) => one.replaceAll('\0', '')),
    ),
    {
      maxLength: 400,
    },
  )
  fc.assert(
    fc.property(names, (given) => {
      const texts = new Texts()
      for (const name of given) texts.add(Buffer.from(name), 0, Buffer.from(name).length)
      const sorted = Array.from(sortTexts(texts), (text) => given[text])
      assert.deepEqual(sorted, [...given].sort(byBytes))
    }),
  )
})

test('long texts that begin alike are sorted without going as deep as they are long', () => {
  const head = 'x'.repeat(200_000)
  const names = Array.from({ length: 20 }, (_, at) => `${head}${String((at * 7) % 20).padStart(2)}`)
  const texts = new Texts()
  for (const name of names) texts.add(Buffer.from(name), 0, name.length)
  const sorted = Array.from(sortTexts(texts), (text) => names[text])
  assert.deepEqual(sorted, [...names].sort())
})

test('two sorted lists are one, and each text knows its place in it', async () => {
  const list = fc
    .uniqueArray(NAME, { maxLength: 60 })
    .map((names) => [...new Set(['', ...names])].sort(byBytes))
  const property = fc.asyncProperty(list, list, async (left, right) => {
    const merged = await mergeTexts(pack(left), pack(right))
    const { values } = merged
    assert.deepEqual(values, [...new Set([...left, ...right])].sort(byBytes))
    assert.deepEqual(
      [...merged.left].map((place) => values[place]),
      left,
    )
    assert.deepEqual(
      [...merged.right].map((place) => values[place]),
      right,
    )
  })
  await fc.assert(property)
})

test('texts of any length become strings', async () => {
  const texts = ['', 'ễ'.repeat(40_000), 'x', 'x'.repeat(200_000), 'y', 'z'.repeat(32_768)].sort(
    byBytes,
  )
  assert.deepEqual((await mergeTexts(pack(texts), pack(['']))).values, texts)
})

test('texts that hardly repeat are all kept, and the sort finds equal ones', async () => {
  const texts = new Texts()
  const given = Array.from({ length: 80_000 }, (_, at) => String((at * 7919) % 70_001))
  const numbers = given.map((text) => texts.put(Buffer.from(text), 0, text.length))
  assert.ok(texts.count > new Set(given).size, 'none was looked up any more')
  const { packed, rank } = packSorted(texts)
  const { values: sorted } = await mergeTexts(packed, pack([]))
  assert.deepEqual(sorted, [...new Set(given)].sort(byBytes))
  assert.ok(numbers.every((number, at) => sorted[rank[number] ?? -1] === given[at]))
})

test('numbers are sorted with what stands beside them, equal ones in their order', () => {
  const pair = fc.tuple(
    fc.oneof(fc.nat({ max: 5 }), fc.integer({ min: 0, max: 2 ** 32 - 1 })),
    fc.nat(),
  )
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 300 }), (pairs) => {
      const keys = Uint32Array.from(pairs, ([key]) => key)
      const values = Uint32Array.from(pairs, ([, value]) => value)
      radixSort(keys, values)
      const sorted = [...pairs].sort(([a], [b]) => a - b)
      assert.deepEqual(
        [...keys],
        sorted.map(([key]) => key),
      )
      assert.deepEqual(
        [...values],
        sorted.map(([, value]) => value),
      )
    }),
  )
})
