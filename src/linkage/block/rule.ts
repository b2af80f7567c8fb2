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

/** Codes of a key by row, and its values by code: two look-ups instead of a column of its own. */
interface Part {
  readonly keys: Uint32Array
  readonly left: Uint32Array
  readonly right: Uint32Array
}

function partsOf(rule: Rule, { columns, keys }: Blocks): readonly Part[] {
  return rule.keys.map((place) => {
    const key = keys[place]
    const column = key && columns[key.field]
    if (key === undefined || column === undefined) throw new RangeError(`no key ${place}`)
    return { keys: key.keys, left: column.left, right: column.right }
  })
}

/** One hash of all parts for each row of a side; 0 where a part is missing. */
export function hashRows(rule: Rule, blocks: Blocks, side: 'left' | 'right'): Uint32Array {
  const rows = side === 'left' ? blocks.leftRows : blocks.rightRows
  const hashes = new Uint32Array(rows).fill(1)
  for (const part of partsOf(rule, blocks)) {
    const codes = part[side]
    const { keys } = part
    for (let row = 0; row < rows; row++) {
      const key = keys[codes[row] as number] as number
      const before = hashes[row] as number
      hashes[row] = key === 0 || before === 0 ? 0 : mix(before, key)
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

/** Whether two rows agree on every part: what a hash alone cannot say. */
type Agrees = (left: number, right: number) => boolean

function agreementOn(rule: Rule, blocks: Blocks): Agrees {
  const parts = partsOf(rule, blocks)
  const [a, b, c] = parts
  if (a === undefined) return () => true
  const same = (part: Part): Agrees => {
    const { keys, left, right } = part
    return (l, r) => {
      const key = keys[left[l] as number] as number
      return key !== 0 && key === keys[right[r] as number]
    }
  }
  const first = same(a)
  if (b === undefined) return first
  const second = same(b)
  if (c === undefined) return (l, r) => first(l, r) && second(l, r)
  const rest = parts.slice(2).map(same)
  return (l, r) => first(l, r) && second(l, r) && rest.every((agrees) => agrees(l, r))
}

/** A share of the work: hashes that leave `index` when divided by `of`. */
export interface Shard {
  readonly index: number
  readonly of: number
}

export interface PairWalk {
  /** Rules whose pairs are already found; a pair that one of them finds is not found again. */
  readonly earlier: readonly Rule[]
  readonly shard: Shard
  /** Only left rows it answers true for; all by default. */
  readonly wants?: (left: number) => boolean
  readonly found: (left: number, right: number) => void
}

/** Calls `found` for each pair of the rule, by left row and then by right row, both ascending. */
export function walkPairs(rule: Rule, blocks: Blocks, walk: PairWalk): void {
  if (rule.keys.length === 0) walkEveryPair(blocks, walk)
  else walkBlocks(rule, blocks, walk)
}

function walkEveryPair({ leftRows, rightRows, isDedupe }: Blocks, walk: PairWalk): void {
  const { shard, wants, found } = walk
  for (let left = shard.index; left < leftRows; left += shard.of) {
    if (wants !== undefined && !wants(left)) continue
    for (let right = isDedupe ? left + 1 : 0; right < rightRows; right++) found(left, right)
  }
}

function walkBlocks(rule: Rule, blocks: Blocks, { earlier, shard, wants, found }: PairWalk): void {
  const { isDedupe } = blocks
  const leftHashes = hashRows(rule, blocks, 'left')
  const rightHashes = isDedupe ? leftHashes : hashRows(rule, blocks, 'right')
  const chains = chainRows(rightHashes, shard)
  const agrees = agreementOn(rule, blocks)
  const isFoundBefore = earlier.map((one) => agreementOn(one, blocks))
  for (let left = 0; left < leftHashes.length; left++) {
    const hash = leftHashes[left] as number
    if (hash === 0 || hash % shard.of !== shard.index) continue
    if (wants !== undefined && !wants(left)) continue
    let at = chains.first[hash & chains.mask] as number
    for (; at !== 0; at = chains.next[at] as number) {
      const right = chains.row[at] as number
      if (rightHashes[right] !== hash || (isDedupe && right <= left)) continue
      if (!agrees(left, right)) continue
      let isNew = true
      for (let one = 0; one < isFoundBefore.length && isNew; one++) {
        isNew = !(isFoundBefore[one] as Agrees)(left, right)
      }
      if (isNew) found(left, right)
    }
  }
}

interface Chains {
  readonly mask: number
  /** By `hash & mask`: place of the chain's first link; 0: none. */
  readonly first: Uint32Array
  /** By place of a link, from 1: the next link, and the row. */
  readonly next: Uint32Array
  readonly row: Uint32Array
}

function chainRows(hashes: Uint32Array, { index, of }: Shard): Chains {
  let links = 0
  for (const hash of hashes) if (hash !== 0 && hash % of === index) links++
  const mask = 2 ** Math.max(4, Math.ceil(Math.log2(links + 1))) - 1
  const first = new Uint32Array(mask + 1)
  const next = new Uint32Array(links + 1)
  const row = new Uint32Array(links + 1)
  // From the last row down: each chain then runs upwards.
  let link = 0
  for (let at = hashes.length - 1; at >= 0; at--) {
    const hash = hashes[at] as number
    if (hash === 0 || hash % of !== index) continue
    link++
    row[link] = at
    next[link] = first[hash & mask] as number
    first[hash & mask] = link
  }
  return { mask, first, next, row }
}
