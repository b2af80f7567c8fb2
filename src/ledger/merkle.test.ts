import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { Refusal } from '../kernel/index.ts'
import {
  consistencyRanges,
  type Hash,
  hashOfRange,
  inclusionRanges,
  leafHash,
  nodeHash,
  prove,
  readLeaves,
  requireConsistency,
  rootFromInclusion,
  rootOf,
  rootOfLeaves,
} from './merkle.ts'

// Facts: the leaves and roots with which Certificate Transparency implementations of RFC 6962 have
// been tested since its first one.
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657'].concat(
  '606162636465666768696a6b6c6d6e6f',
)
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]
const LEAF_0 = '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7'
const CONSISTENCY: Record<string, string[]> = {
  '1 1': [],
  '1 8': [
    LEAF_0,
    '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
    '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
  ],
  '6 8': [
    '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
    'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  ],
  '2 5': [
    '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
    'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
  ],
}

const hex = (bytes: Hash | undefined) => Buffer.from(bytes ?? []).toString('hex')
const known = LEAVES.map((data) => leafHash(Buffer.from(data, 'hex')))
const at = <T>(list: readonly T[], index: number): T => {
  const found = list[index]
  assert.ok(found !== undefined)
  return found
}

/** RFC 6962 section 2.1 word for word: slow, recursive, over whole lists. */
const naive = {
  k: (n: number) => 2 ** (Math.ceil(Math.log2(n)) - 1),
  mth(d: readonly Hash[]): Hash {
    if (d.length === 0) return createHash('sha256').digest()
    if (d.length === 1) return at(d, 0)
    const k = naive.k(d.length)
    return nodeHash(naive.mth(d.slice(0, k)), naive.mth(d.slice(k)))
  },
  path(m: number, d: readonly Hash[]): Hash[] {
    if (d.length === 1) return []
    const k = naive.k(d.length)
    return m < k
      ? [...naive.path(m, d.slice(0, k)), naive.mth(d.slice(k))]
      : [...naive.path(m - k, d.slice(k)), naive.mth(d.slice(0, k))]
  },
  subproof(m: number, d: readonly Hash[], whole: boolean): Hash[] {
    if (m === d.length) return whole ? [] : [naive.mth(d)]
    const k = naive.k(d.length)
    return m <= k
      ? [...naive.subproof(m, d.slice(0, k), whole), naive.mth(d.slice(k))]
      : [...naive.subproof(m - k, d.slice(k), false), naive.mth(d.slice(0, k))]
  },
}

const leaves = (n: number): Hash[] =>
  Array.from({ length: n }, (_, i) => leafHash(Buffer.from(`leaf ${i}`)))
const many = leaves(300)
const read = readLeaves(many)
const refusedAs = (code: string) => (error: unknown) =>
  error instanceof Refusal && error.code === code

test('the roots of the RFC 6962 test tree, from no leaf to eight', () => {
  for (const [size, root] of ROOTS.entries()) {
    assert.equal(hex(rootOfLeaves(known.slice(0, size))), root)
  }
})

test('the consistency proofs of the RFC 6962 test tree', () => {
  for (const [sizes, expected] of Object.entries(CONSISTENCY)) {
    const [size1 = 0, size2 = 0] = sizes.split(' ').map(Number)
    const proof = prove(consistencyRanges(size1, size2), readLeaves(known))
    assert.deepEqual(proof.map(hex), expected)
    const head = (size: number) => ({ size, root: Buffer.from(at(ROOTS, size), 'hex') })
    requireConsistency(head(size1), head(size2), proof)
  }
})

test('the inclusion proof of the first leaf of the RFC 6962 test tree', () => {
  const path = prove(inclusionRanges(0, 8), readLeaves(known))
  assert.deepEqual(path.map(hex), CONSISTENCY['1 8'])
  assert.equal(hex(rootFromInclusion(at(known, 0), { index: 0, size: 8 }, path)), ROOTS[8])
})

test('roots and proofs are those of the recursive definition, for any size', () => {
  const sizes = fc.integer({ min: 1, max: 300 }).chain((size) =>
    fc.record({
      size: fc.constant(size),
      index: fc.integer({ min: 0, max: size - 1 }),
      older: fc.integer({ min: 1, max: size }),
    }),
  )
  fc.assert(
    fc.property(sizes, ({ size, index, older }) => {
      const d = many.slice(0, size)
      const root = naive.mth(d)
      assert.deepEqual(rootOf(size, read), root)
      const path = prove(inclusionRanges(index, size), read)
      assert.deepEqual(path, naive.path(index, d))
      assert.deepEqual(rootFromInclusion(at(d, index), { index, size }, path), root)
      const proof = prove(consistencyRanges(older, size), read)
      assert.deepEqual(proof, naive.subproof(older, d, true))
      requireConsistency({ size: older, root: rootOf(older, read) }, { size, root }, proof)
    }),
    { numRuns: 300 },
  )
})

test('a proof with any hash changed, dropped, repeated or for another leaf is not accepted', () => {
  const root = rootOf(211, read)
  const path = prove(inclusionRanges(77, 211), read)
  const leaf = at(many, 77)
  const lead = (p: Hash[], index = 77, size = 211) => rootFromInclusion(leaf, { index, size }, p)
  for (const [step, one] of path.entries()) {
    const flipped = Buffer.from(one)
    flipped[step] = (flipped[step] ?? 0) ^ 1
    assert.notDeepEqual(lead(path.with(step, flipped)), root)
    assert.throws(() => lead(path.toSpliced(step, 1)), refusedAs('ledger.proof-malformed'))
    assert.throws(() => lead(path.toSpliced(step, 0, one)), refusedAs('ledger.proof-malformed'))
  }
  assert.notDeepEqual(lead(path, 76), root)
  const proof = prove(consistencyRanges(77, 211), read)
  const [older, newer] = [77, 211].map((size) => ({ size, root: rootOf(size, read) }))
  assert.ok(older !== undefined && newer !== undefined)
  for (const [step, one] of proof.entries()) {
    const flipped = Buffer.from(one)
    flipped[step] = (flipped[step] ?? 0) ^ 1
    assert.throws(
      () => requireConsistency(older, newer, proof.with(step, flipped)),
      refusedAs('ledger.inconsistent'),
    )
    for (const wrong of [proof.toSpliced(step, 1), proof.toSpliced(step, 0, one)]) {
      assert.throws(
        () => requireConsistency(older, newer, wrong),
        refusedAs('ledger.proof-malformed'),
      )
    }
  }
})

test('a rewritten history is inconsistent with the tree before it', () => {
  const rewritten = many.with(10, leafHash(Buffer.from('forged')))
  const older = { size: 100, root: rootOf(100, read) }
  const newer = { size: 300, root: rootOfLeaves(rewritten) }
  const proof = prove(consistencyRanges(100, 300), readLeaves(rewritten))
  assert.throws(() => requireConsistency(older, newer, proof), refusedAs('ledger.inconsistent'))
})

test('traps: each is refused on purpose', () => {
  const root = rootOf(8, read)
  const short = Buffer.alloc(31)
  const out = refusedAs('ledger.index-out-of-range')
  const malformed = refusedAs('ledger.proof-malformed')
  const head = (size: number) => ({ size, root })
  assert.throws(() => requireConsistency(head(0), head(8), []), malformed, 'size1 = 0')
  assert.throws(() => requireConsistency(head(9), head(8), []), out, 'size1 > size2')
  assert.throws(() => requireConsistency(head(8), head(8), [root]), malformed, 'equal, a proof')
  assert.throws(
    () => requireConsistency(head(8), { size: 8, root: rootOf(7, read) }, []),
    refusedAs('ledger.inconsistent'),
    'equal sizes, other roots',
  )
  requireConsistency(head(8), head(8), [])
  assert.throws(() => rootFromInclusion(root, { index: 8, size: 8 }, []), out, 'index = size')
  assert.throws(() => rootFromInclusion(root, { index: 0, size: 0 }, []), out, 'empty tree')
  assert.throws(() => rootFromInclusion(root, { index: -1, size: 8 }, []), out, 'negative')
  assert.throws(() => rootFromInclusion(root, { index: 0.5, size: 8 }, []), out, 'a fraction')
  assert.throws(() => rootFromInclusion(short, { index: 0, size: 1 }, []), malformed, '31 bytes')
  assert.throws(() => rootFromInclusion(root, { index: 0, size: 2 }, [short]), malformed)
  assert.throws(() => rootFromInclusion(root, { index: 0, size: 2 ** 53 }, []), malformed)
})

test('trees past 2^31 leaves: no shift wraps, up to 2^53 - 1', () => {
  // A tree of equal leaves needs no storage: its perfect subtree of a level is always the same.
  const perfect = [at(many, 0)]
  for (let level = 1; level < 53; level++) {
    const below = at(perfect, level - 1)
    perfect.push(nodeHash(below, below))
  }
  const same = ({ level }: { level: number }) => at(perfect, level)
  const edges = [2 ** 31 - 1, 2 ** 31, 2 ** 31 + 1, 2 ** 32 + 5, 2 ** 52 + 1, 2 ** 53 - 1]
  for (const size of edges) {
    const root = rootOf(size, same)
    for (const index of [0, 1, 2 ** 31 - 2, size - 2, size - 1]) {
      const path = prove(inclusionRanges(index, size), same)
      assert.ok(path.length <= 53)
      assert.deepEqual(rootFromInclusion(at(perfect, 0), { index, size }, path), root)
    }
    for (const older of [1, 2 ** 20, 2 ** 31 - 1, size - 1, size]) {
      const proof = prove(consistencyRanges(older, size), same)
      requireConsistency({ size: older, root: rootOf(older, same) }, { size, root }, proof)
    }
  }
  assert.deepEqual(hashOfRange({ start: 2 ** 40, end: 2 ** 40 + 2 ** 30 }, same), perfect[30])
})
