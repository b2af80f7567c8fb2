import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Refusal } from '../kernel/index.ts'
import {
  consistencyRanges,
  type Hash,
  inclusionRanges,
  leafHash,
  prove,
  readLeaves,
  rootOf,
} from './merkle.ts'
import {
  Edge,
  edgeOf,
  entryBundle,
  parseTilePath,
  readTiles,
  type Tile,
  tilePath,
  tilesOf,
  widthInTree,
} from './tile.ts'

const SIZE = 70_000
const leaves: Hash[] = Array.from({ length: SIZE }, (_, i) => leafHash(Buffer.from(`${i}`)))
const read = readLeaves(leaves)
const joined = Buffer.concat(leaves)

/** Keeps tiles as a store does: the newest of each place. */
function grow(sizes: readonly number[]): { edge: Edge; tiles: Map<string, Tile> } {
  const edge = new Edge()
  const tiles = new Map<string, Tile>()
  for (const size of sizes) {
    for (const tile of edge.append(joined.subarray(edge.size * 32, size * 32))) {
      tiles.set(`${tile.level}/${tile.index}`, tile)
    }
  }
  return { edge, tiles }
}

test('the spec example: 70,000 leaves are 273 + 1 tiles, 1 + 1 above, and one partial on top', () => {
  const { tiles } = grow([SIZE])
  const widths = (level: number) =>
    [...tiles.values()].filter((tile) => tile.level === level).map((tile) => tile.width)
  assert.equal(widths(0).filter((width) => width === 256).length, 273)
  assert.deepEqual(
    widths(0).filter((width) => width < 256),
    [112],
  )
  assert.deepEqual(widths(1), [256, 17])
  assert.deepEqual(widths(2), [1])
  assert.deepEqual(
    edgeOf(SIZE).map(({ width }) => width),
    [112, 17, 1],
  )
})

test('a tree of 256 leaves is a full tile and, above it, a partial tile of width 1', () => {
  const { tiles } = grow([256])
  assert.deepEqual(
    [...tiles.values()].map(({ level, index, width }) => [level, index, width]),
    [
      [0, 0, 256],
      [1, 0, 1],
    ],
  )
})

test('however the leaves arrive, root and proofs from tiles are those from leaves', () => {
  const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(cuts, fc.nat(), fc.nat(), (unsorted, a, b) => {
      const sizes = unsorted.sort((x, y) => x - y)
      const { edge, tiles } = grow(sizes)
      const size = edge.size
      assert.deepEqual(edge.root(), rootOf(size, read))
      const ranges = [
        ...inclusionRanges(a % size, size),
        ...consistencyRanges(1 + (b % size), size),
      ]
      // Only the tiles the proof names are handed to it.
      const needed = tilesOf(ranges).map(({ level, index }) => tiles.get(`${level}/${index}`))
      const held = needed.filter((tile) => tile !== undefined)
      assert.equal(held.length, needed.length)
      assert.deepEqual(prove(ranges, readTiles(held)), prove(ranges, read))
    }),
    { numRuns: 60 },
  )
})

test('an edge taken up again from its stored tiles goes on as if it had never stopped', () => {
  const { edge, tiles } = grow([1, 255, 256, 257, 65_535, 65_536, 66_000])
  const stored = edgeOf(edge.size).map(({ level, index }) => tiles.get(`${level}/${index}`))
  const again = new Edge(
    edge.size,
    stored.filter((tile) => tile !== undefined),
  )
  const more = joined.subarray(edge.size * 32, SIZE * 32)
  assert.deepEqual(again.append(more), edge.append(more))
  assert.deepEqual(again.root(), rootOf(SIZE, read))
})

test('an edge whose stored tile is missing or of another width is a fault, not a guess', () => {
  const { edge, tiles } = grow([300])
  assert.throws(() => new Edge(edge.size, []), /lacks tile 0\/1/)
  const wide = [...tiles.values()].map((tile) => ({ ...tile, data: joined.subarray(0, 8192) }))
  assert.throws(() => new Edge(edge.size, wide), /lacks tile/)
})

test('a partial tile of an older tree is the beginning of the tile that came after it', () => {
  const { tiles: before } = grow([300])
  const { tiles: after } = grow([300, 400])
  const wide = after.get('0/1')?.data
  assert.deepEqual(
    before.get('0/1')?.data,
    wide?.subarray(0, widthInTree({ level: 0, index: 1 }, 300) * 32),
  )
})

test('tile paths are those of C2SP tlog-tiles', () => {
  const paths = {
    'tile/0/000': { kind: 'hashes', level: 0, index: 0, width: 256 },
    'tile/3/x001/x234/067': { kind: 'hashes', level: 3, index: 1_234_067, width: 256 },
    'tile/0/x001/000.p/1': { kind: 'hashes', level: 0, index: 1000, width: 1 },
    'tile/entries/x273/273.p/255': { kind: 'entries', level: 0, index: 273_273, width: 255 },
    'tile/0/x009/x007/x199/x254/x740/991': {
      kind: 'hashes',
      level: 0,
      index: 2 ** 53 - 1,
      width: 256,
    },
  } as const
  for (const [path, request] of Object.entries(paths)) {
    assert.deepEqual(parseTilePath(path), request)
    assert.equal(tilePath(request), path)
  }
})

test('a path not spelled exactly so is not found', () => {
  const wrong = ['tile/00/000', 'tile/64/000', 'tile/0/1', 'tile/0/x000/001', 'tile/0/x1/000']
    .concat(['tile/0/000.p/0', 'tile/0/000.p/256', 'tile/0/000.p/01', 'tile/0/000.p/'])
    .concat(['tile/-1/000', 'tile/0/001/000', 'tile/0/000/', 'tile/data/000', '/tile/0/000'])
    .concat(['tile/0/x999/x999/x999/x999/x999/999', 'tile/0/../000', 'tile/0/٠٠٠'])
  for (const path of wrong) {
    assert.throws(
      () => parseTilePath(path),
      (error) => error instanceof Refusal && error.code === 'ledger.tile-not-found',
      path,
    )
  }
})

test('an entry bundle is a sequence of big-endian lengths and entries', () => {
  const bundle = entryBundle([Buffer.from('a'), Buffer.alloc(0), Buffer.alloc(300, 1)])
  assert.equal(bundle.subarray(0, 7).toString('hex'), '0001610000012c')
  assert.equal(bundle.length, 307)
})
