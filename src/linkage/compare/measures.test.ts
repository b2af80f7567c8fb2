import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { boundedEditsOf, editsOf, levenshteinOf } from './edits.ts'
import { jaroWinklerOf, mayReach } from './jaro-winkler.ts'
import { pack } from './packed.ts'

const of =
  (measure: typeof editsOf, bound: number) =>
  (a: string, b: string): number => {
    const { packed, codes } = pack([a, b])
    return measure(packed, bound)(codes[0] ?? 0, codes[1] ?? 0)
  }
const jaroWinkler = of(jaroWinklerOf, 0)

/** As the definition has it, letter by letter. */
function plainJaroWinkler(left: string, right: string): number {
  if (left === right) return left === '' ? 0 : 1
  if (left === '' || right === '') return 0
  const isLeftFirst = left.length < right.length || (left.length === right.length && left < right)
  const [a, b] = isLeftFirst ? [left, right] : [right, left]
  const reach = Math.max(0, Math.floor(b.length / 2) - 1)
  const taken = new Set<number>()
  const fromB: string[] = []
  for (let at = 0; at < b.length; at++) {
    for (
      let place = Math.max(0, at - reach);
      place <= Math.min(a.length - 1, at + reach);
      place++
    ) {
      if (taken.has(place) || a[place] !== b[at]) continue
      taken.add(place)
      fromB.push(b[at] as string)
      break
    }
  }
  if (taken.size === 0) return 0
  const fromA = [...taken].sort((x, y) => x - y).map((place) => a[place])
  const moved = Math.floor(fromA.filter((letter, at) => letter !== fromB[at]).length / 2)
  const m = taken.size
  const jaro = (m / a.length + m / b.length + (m - moved) / m) / 3
  let prefix = 0
  while (prefix < Math.min(4, a.length, b.length) && a[prefix] === b[prefix]) prefix++
  return jaro > 0.7 ? jaro + prefix * 0.1 * (1 - jaro) : jaro
}

/** The whole table, a cell at a time. */
function plainEdits(a: string, b: string, swaps: boolean): number {
  const table = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
  )
  const at = (i: number, j: number): number => table[i]?.[j] ?? 0
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let cost = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + same)
      if (swaps && i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, at(i - 2, j - 2) + 1)
      }
      const row = table[i]
      if (row) row[j] = cost
    }
  }
  return at(a.length, b.length)
}

const letters = (most: number) =>
  fc.oneof(
    fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: most }),
    fc.string({ unit: fc.constantFrom('n', 'g', 'u', 'y', 'e', 'ễ', '1', '0'), maxLength: most }),
  )

/** A string and what is left of it after a few slips: near pairs are the ones that matter. */
const nearPair = (most: number) =>
  fc
    .tuple(
      letters(most),
      fc.array(fc.tuple(fc.nat(), fc.nat(3), fc.constantFrom('a', 'b', 'g')), { maxLength: 4 }),
    )
    .map(([text, slips]): [string, string] => {
      let other = text
      for (const [where, kind, letter] of slips) {
        const at = other.length === 0 ? 0 : where % other.length
        const [head, tail] = [other.slice(0, at), other.slice(at)]
        if (kind === 0) other = head + letter + tail
        else if (kind === 1) other = head + tail.slice(1)
        else if (kind === 2) other = head + letter + tail.slice(1)
        else other = head + (tail[1] ?? '') + (tail[0] ?? '') + tail.slice(2)
      }
      return [text, other]
    })
const pairs = (most: number) => fc.oneof(nearPair(most), fc.tuple(letters(most), letters(most)))

test('Jaro-Winkler: the examples of Winkler 1990', () => {
  const rounded = (a: string, b: string) => jaroWinkler(a, b).toFixed(3)
  assert.equal(rounded('martha', 'marhta'), '0.961')
  assert.equal(rounded('dwayne', 'duane'), '0.840')
  assert.equal(rounded('dixon', 'dicksonx'), '0.813')
  assert.equal(jaroWinkler('same', 'same'), 1)
  assert.equal(jaroWinkler('abc', ''), 0)
})

test('Jaro-Winkler: what two begin with alike raises it only above 0.7', () => {
  assert.equal(rounded3(jaroWinkler('abcdef', 'abxyzw')), rounded3(plainJaro('abcdef', 'abxyzw')))
})
const rounded3 = (value: number): string => value.toFixed(3)
const plainJaro = (a: string, b: string): number => (2 / a.length + 2 / b.length + 1) / 3

test('Jaro-Winkler: a word of bits and the plain way agree, of any length and either way round', () => {
  fc.assert(
    fc.property(pairs(70), ([a, b]) => {
      assert.ok(Math.abs(jaroWinkler(a, b) - plainJaroWinkler(a, b)) < 1e-12)
      assert.equal(jaroWinkler(a, b), jaroWinkler(b, a))
    }),
    { numRuns: 3000 },
  )
})

test('Jaro-Winkler: the look at lengths and letters never leaves out a pair that reaches', () => {
  fc.assert(
    fc.property(pairs(40), fc.constantFrom(0.7, 0.8, 0.88, 0.92), ([a, b], least) => {
      if (a === '' || b === '' || a === b) return
      const { packed, codes } = pack([a, b])
      const [x, y] = [codes[0] ?? 0, codes[1] ?? 0]
      if (plainJaroWinkler(a, b) >= least) assert.ok(mayReach(packed, least)(x, y))
    }),
    { numRuns: 3000 },
  )
})

test('edit distance: a letter inserted, dropped, replaced or swapped with its neighbour is one', () => {
  const edits = of(editsOf, 9)
  assert.equal(edits('nguyen', 'nguyeen'), 1)
  assert.equal(edits('nguyen', 'nguyn'), 1)
  assert.equal(edits('nguyen', 'nguyem'), 1)
  assert.equal(edits('nguyen', 'ngueyn'), 1)
  assert.equal(of(levenshteinOf, 9)('nguyen', 'ngueyn'), 2)
  // Optimal string alignment: what was swapped is not edited again.
  assert.equal(edits('ca', 'abc'), 3)
})

test('edit distance: all ways agree with the whole table, of any length and bound', () => {
  fc.assert(
    fc.property(pairs(70), fc.constantFrom(1, 2, 3, 5, 12, 80), ([a, b], bound) => {
      assert.equal(of(editsOf, bound)(a, b), Math.min(plainEdits(a, b, true), bound + 1))
      assert.equal(of(levenshteinOf, bound)(a, b), Math.min(plainEdits(a, b, false), bound + 1))
      const { packed, codes } = pack([b, a])
      const turned = boundedEditsOf(packed)(codes[0] ?? 0, codes[1] ?? 0, bound)
      assert.equal(turned, Math.min(plainEdits(a, b, true), bound + 1))
    }),
    { numRuns: 4000 },
  )
})

test('edit distance: up to two edits of short strings, every case', () => {
  const all = ['', ...words(1), ...words(2), ...words(3), ...words(4)]
  const { packed, codes } = pack(all)
  const edits = editsOf(packed, 2)
  for (const [i, a] of all.entries()) {
    for (const [j, b] of all.entries()) {
      const expected = Math.min(3, plainEdits(a, b, true))
      assert.equal(edits(codes[i] ?? 0, codes[j] ?? 0), expected, `${a} ${b}`)
    }
  }
})

function words(length: number): string[] {
  if (length === 0) return ['']
  return words(length - 1).flatMap((word) => ['a', 'b', 'c'].map((letter) => word + letter))
}
