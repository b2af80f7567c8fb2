import type { Column } from '../types.ts'

/** A key that rows may be blocked by: a transformation of one field. */
export interface RowKey {
  /** Place of the field in the spec. */
  readonly field: number
  /** `field:transformation`, as reports name it. */
  readonly id: string
  /** By the code of a value; 0: the value has none. */
  readonly keys: Uint32Array
}

/** Rows that agree on every key of a rule are compared. A rule without keys compares all pairs. */
export interface Rule {
  /** Places in the list of keys, ascending. */
  readonly keys: readonly number[]
}

export const EVERY_PAIR: Rule = { keys: [] }

export const ruleName = (rule: Rule, keys: readonly RowKey[]): string =>
  rule.keys.map((key) => keys[key]?.id ?? '').join(' + ') || 'every pair'

/** What finding pairs needs of both files. */
export interface Blocks {
  readonly columns: readonly Pick<Column, 'left' | 'right'>[]
  readonly keys: readonly RowKey[]
  readonly leftRows: number
  readonly rightRows: number
  /** One file with itself: a pair is found once, the earlier row on the left. */
  readonly isDedupe: boolean
}

/**
 * Which rows a rule brings together: those of one hash. Two different values share a hash once in
 * 2^32 times; such a pair is scored like any other and told apart there. 0: a part is missing.
 */
export interface RuleHashes {
  readonly left: Uint32Array
  readonly right: Uint32Array
}

/**
 * Hashes on shared memory, so that every thread walks the same ones. Rows of a crowd have none: a
 * rule that brings thousands of rows together by one value tells nothing of them.
 */
export function hashesOf(rule: Rule, blocks: Blocks): RuleHashes {
  const left = hashRows(rule, blocks, 'left')
  const hashes = { left, right: blocks.isDedupe ? left : hashRows(rule, blocks, 'right') }
  clearCrowds(hashes)
  return hashes
}

/** Pairs from which on rows of one hash are a crowd. */
export const CROWD_pairs = 250_000
const BUCKET_bits = 16

/** Gives rows of a crowd the hash 0. Few hashes share a bucket with one; only these are counted. */
function clearCrowds({ left, right }: RuleHashes): void {
  const shift = 32 - BUCKET_bits
  const inLeft = new Uint32Array(2 ** BUCKET_bits)
  const inRight = left === right ? inLeft : new Uint32Array(2 ** BUCKET_bits)
  const count = (hashes: Uint32Array, counts: Uint32Array) => {
    for (const hash of hashes) {
      if (hash !== 0) counts[hash >>> shift] = (counts[hash >>> shift] as number) + 1
    }
  }
  count(left, inLeft)
  if (left !== right) count(right, inRight)
  const isFull = (hash: number) => {
    const bucket = hash >>> shift
    return (inLeft[bucket] as number) * (inRight[bucket] as number) > CROWD_pairs
  }
  if (!inLeft.some((_, bucket) => isFull(bucket << shift))) return
  const rowsOf = (hashes: Uint32Array) => {
    const rows = new Map<number, number>()
    for (const hash of hashes) {
      if (hash !== 0 && isFull(hash)) rows.set(hash, (rows.get(hash) ?? 0) + 1)
    }
    return rows
  }
  const leftRows = rowsOf(left)
  const rightRows = left === right ? leftRows : rowsOf(right)
  const isCrowd = (hash: number) =>
    (leftRows.get(hash) ?? 0) * (rightRows.get(hash) ?? 0) > CROWD_pairs
  for (const side of left === right ? [left] : [left, right]) {
    for (let row = 0; row < side.length; row++) {
      if (side[row] !== 0 && isCrowd(side[row] as number)) side[row] = 0
    }
  }
}

export function hashRows(rule: Rule, blocks: Blocks, side: 'left' | 'right'): Uint32Array {
  const rows = side === 'left' ? blocks.leftRows : blocks.rightRows
  const hashes = new Uint32Array(new SharedArrayBuffer(rows * 4)).fill(1)
  for (const place of rule.keys) {
    const key = blocks.keys[place]
    const column = key && blocks.columns[key.field]
    if (key === undefined || column === undefined) throw new RangeError(`no key ${place}`)
    const codes = column[side]
    const { keys } = key
    for (let row = 0; row < rows; row++) {
      const part = keys[codes[row] as number] as number
      const before = hashes[row] as number
      hashes[row] = part === 0 || before === 0 ? 0 : mix(before, part)
    }
  }
  return hashes
}

/** Never 0, which means missing. */
function mix(hash: number, key: number): number {
  let mixed = Math.imul(hash ^ key, 0x9e3779b1)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca77)
  mixed ^= mixed >>> 13
  return mixed === 0 ? 1 : mixed >>> 0
}

/** A share of the work: the parts, or left rows, that leave `index` when divided by `of`. */
export interface Shard {
  readonly index: number
  readonly of: number
}

export interface PairWalk {
  /** Rules whose pairs are already found; a pair that one of them finds is not found again. */
  readonly earlier: readonly RuleHashes[]
  readonly shard: Shard
  /** Only left rows it answers true for; all by default. */
  readonly wants?: (left: number) => boolean
  readonly found: (left: number, right: number) => void
}

export type Extent = Pick<Blocks, 'leftRows' | 'rightRows' | 'isDedupe'>

/** Calls `found` for every pair of rows there is, by left row. */
export function walkEveryPair({ leftRows, rightRows, isDedupe }: Extent, walk: PairWalk): void {
  const { shard, wants, found } = walk
  for (let left = shard.index; left < leftRows; left += shard.of) {
    if (wants !== undefined && !wants(left)) continue
    for (let right = isDedupe ? left + 1 : 0; right < rightRows; right++) found(left, right)
  }
}

/** Rows of the right side that are looked up together: so many that they stay in the cache. */
const PART_rows = 8192
/** Shards are shares of the parts, so there are parts enough for all of them. */
const PARTS_least = 64

/**
 * Calls `found` for each pair that a rule brings together. Both sides are first divided by hash
 * into parts that fit the processor's cache (Shatdal, Kant and Naughton 1994): looking a row up
 * then costs no wait for memory.
 */
export function walkPairs(hashes: RuleHashes, extent: Extent, walk: PairWalk): void {
  const { shard, wants } = walk
  const parts = Math.max(PARTS_least, 2 ** Math.ceil(Math.log2(extent.rightRows / PART_rows + 1)))
  const division = { shift: 32 - Math.log2(parts), parts, shard }
  const left = divide(wants === undefined ? hashes.left : only(hashes.left, wants), division)
  const right = divide(wants === undefined ? hashes.right : met(hashes.right, left), division)
  for (let part = shard.index; part < parts; part += shard.of) {
    walkPart({ left, right, part }, extent, walk)
  }
}

interface Division {
  readonly shift: number
  readonly parts: number
  readonly shard: Shard
}

/** Rows of one side by part, in their order within a part. */
interface Divided {
  /** By part: where its rows begin; one more at the end. */
  readonly starts: Uint32Array
  readonly rows: Uint32Array
  readonly hashes: Uint32Array
}

function divide(hashes: Uint32Array, { shift, parts, shard }: Division): Divided {
  const isOurs = Uint8Array.from({ length: parts }, (_, part) =>
    part % shard.of === shard.index ? 1 : 0,
  )
  const starts = new Uint32Array(parts + 1)
  const rows = hashes.length
  for (let row = 0; row < rows; row++) {
    const hash = hashes[row] as number
    const part = hash >>> shift
    if (hash !== 0 && isOurs[part] === 1) starts[part + 1] = (starts[part + 1] as number) + 1
  }
  for (let part = 0; part < parts; part++) {
    starts[part + 1] = (starts[part + 1] as number) + (starts[part] as number)
  }
  const size = starts[parts] as number
  const divided = { starts, rows: new Uint32Array(size), hashes: new Uint32Array(size) }
  const ends = starts.slice()
  for (let row = 0; row < rows; row++) {
    const hash = hashes[row] as number
    const part = hash >>> shift
    if (hash === 0 || isOurs[part] === 0) continue
    const at = ends[part] as number
    ends[part] = at + 1
    divided.rows[at] = row
    divided.hashes[at] = hash
  }
  return divided
}

/** The hashes of wanted rows; 0 for the others. */
function only(hashes: Uint32Array, wants: (row: number) => boolean): Uint32Array {
  return hashes.map((hash, row) => (hash !== 0 && wants(row) ? hash : 0))
}

/** Bits that tell whether a hash may be among the left ones: most right rows are needed by none. */
const FILTER_bits = 20

function met(hashes: Uint32Array, left: Divided): Uint32Array {
  const shift = 32 - FILTER_bits
  const filter = new Uint8Array(2 ** FILTER_bits)
  for (const hash of left.hashes) filter[hash >>> shift] = 1
  return hashes.map((hash) => (filter[hash >>> shift] === 1 ? hash : 0))
}

interface Part {
  readonly left: Divided
  readonly right: Divided
  readonly part: number
}

function walkPart({ left, right, part }: Part, { isDedupe }: Extent, walk: PairWalk): void {
  const { earlier, found } = walk
  const from = right.starts[part] as number
  const { first, next, mask } = chain(right.hashes, from, right.starts[part + 1] as number)
  const end = left.starts[part + 1] as number
  for (let at = left.starts[part] as number; at < end; at++) {
    const hash = left.hashes[at] as number
    const leftRow = left.rows[at] as number
    let link = first[hash & mask] as number
    for (; link !== 0; link = next[link] as number) {
      if (right.hashes[from + link - 1] !== hash) continue
      const rightRow = right.rows[from + link - 1] as number
      if (isDedupe && rightRow <= leftRow) continue
      let isNew = true
      for (let rule = 0; rule < earlier.length && isNew; rule++) {
        const before = earlier[rule] as RuleHashes
        const key = before.left[leftRow] as number
        isNew = key === 0 || key !== before.right[rightRow]
      }
      if (isNew) found(leftRow, rightRow)
    }
  }
}

/** Chains of the places from..to, counted from 1, by hash; each chain runs upwards. */
function chain(hashes: Uint32Array, from: number, to: number) {
  const mask = 2 ** Math.max(4, Math.ceil(Math.log2(to - from + 1))) - 1
  const first = new Uint32Array(mask + 1)
  const next = new Uint32Array(to - from + 1)
  for (let at = to; at > from; at--) {
    const slot = (hashes[at - 1] as number) & mask
    next[at - from] = first[slot] as number
    first[slot] = at - from
  }
  return { first, next, mask }
}
