import { createHash, hash } from 'node:crypto'
import { Refusal } from '../kernel/index.ts'
import { inclusionSides } from './offline/proof.js'
import { ProofRefused } from './offline/text.js'

/** 32 bytes of SHA-256. */
export type Hash = Uint8Array

/** A perfect subtree: the hash over leaves [index * 2^level, (index + 1) * 2^level). */
export interface Node {
  readonly level: number
  readonly index: number
}

/** Leaves [start, end) of a tree. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** Gives the hash of a perfect subtree. */
export type ReadHash = (node: Node) => Hash

const pair = Buffer.alloc(65)
pair[0] = 1
const EMPTY: Hash = hash('sha256', '', 'buffer')

/** SHA-256(0x00 ‖ data), RFC 6962 section 2.1. */
export function leafHash(data: Uint8Array): Hash {
  return createHash('sha256').update(Uint8Array.of(0)).update(data).digest()
}

/** SHA-256(0x01 ‖ left ‖ right), RFC 6962 section 2.1. */
export function nodeHash(left: Hash, right: Hash): Hash {
  pair.set(left, 1)
  pair.set(right, 33)
  return hash('sha256', pair, 'buffer')
}

/** Largest power of two smaller than n, for n > 1. Doubling is exact up to 2^53; `<<` is not. */
function split(n: number): number {
  let k = 1
  while (k * 2 < n) k *= 2
  return k
}

/** The perfect subtrees that make up a range whose start a subtree of its size could have. */
export function nodesOf({ start, end }: Range): Node[] {
  const nodes: Node[] = []
  let at = start
  let width = 1
  let level = 0
  while (width * 2 <= end - start) {
    width *= 2
    level += 1
  }
  for (; at < end; level--, width /= 2) {
    if (width <= end - at) {
      nodes.push({ level, index: at / width })
      at += width
    }
  }
  return nodes
}

/** The hash over a range: RFC 6962 MTH; the split always leaves the right part the smaller one. */
export function hashOfRange(range: Range, read: ReadHash): Hash {
  const hashes = nodesOf(range).map(read)
  let whole: Hash | undefined
  for (const left of hashes.reverse()) whole = whole === undefined ? left : nodeHash(left, whole)
  return whole ?? EMPTY
}

/** Root of the first `size` leaves. */
export function rootOf(size: number, read: ReadHash): Hash {
  return hashOfRange({ start: 0, end: requireSize(size) }, read)
}

/** Root over leaf hashes in memory, for small trees: the subjects of one event. */
export function rootOfLeaves(leaves: readonly Hash[]): Hash {
  return rootOf(leaves.length, readLeaves(leaves))
}

/** Reads subtrees of leaf hashes held in memory. */
export function readLeaves(leaves: readonly Hash[]): ReadHash {
  const read = ({ level, index }: Node): Hash => {
    if (level > 0) {
      return nodeHash(
        read({ level: level - 1, index: index * 2 }),
        read({ level: level - 1, index: index * 2 + 1 }),
      )
    }
    const leaf = leaves[index]
    if (leaf === undefined) throw new Error(`no leaf ${index} of ${leaves.length}`)
    return leaf
  }
  return read
}

/** What an inclusion proof consists of, from the leaf's sibling to the root's child (PATH). */
export function inclusionRanges(index: number, size: number): Range[] {
  requireIndex(index, size)
  const ranges: Range[] = []
  let [start, end] = [0, size]
  while (end - start > 1) {
    const middle = start + split(end - start)
    if (index < middle) {
      ranges.push({ start: middle, end })
      end = middle
    } else {
      ranges.push({ start, end: middle })
      start = middle
    }
  }
  return ranges.reverse()
}

/** What a consistency proof consists of (RFC 6962 section 2.1.2, PROOF and SUBPROOF). */
export function consistencyRanges(size1: number, size2: number): Range[] {
  requireSizes(size1, size2)
  const ranges: Range[] = []
  let [start, end] = [0, size2]
  while (end !== size1) {
    const middle = start + split(end - start)
    if (size1 <= middle) {
      ranges.push({ start: middle, end })
      end = middle
    } else {
      ranges.push({ start, end: middle })
      start = middle
    }
  }
  // The verifier holds the old root itself, so a subtree that is the whole old tree is not sent.
  if (start > 0) ranges.push({ start, end })
  return ranges.reverse()
}

/** Hashes of a proof, read from the tree. */
export function prove(ranges: readonly Range[], read: ReadHash): Hash[] {
  return ranges.map((range) => hashOfRange(range, read))
}

/** The root an inclusion path leads to; an index, a length or a hash out of shape is refused. */
export function rootFromInclusion(
  leaf: Hash,
  at: { readonly index: number; readonly size: number },
  path: readonly Hash[],
): Hash {
  requireIndex(at.index, at.size)
  requireHashes([leaf, ...path])
  const sides = inclusionSides(at.index, at.size)
  if (sides.length !== path.length) throw malformed('path', `${sides.length} hashes`)
  let whole = leaf
  for (const [step, side] of sides.entries()) {
    const sibling = path[step] ?? whole
    whole = side === 'left' ? nodeHash(sibling, whole) : nodeHash(whole, sibling)
  }
  return whole
}

/** A tree head as consistency is asked about it. */
export interface Head {
  readonly size: number
  readonly root: Hash
}

/**
 * Refuses unless the older tree is the beginning of the newer (RFC 9162 section 2.1.4.2). A proof
 * from the empty tree is refused, since everything follows from nothing; equal sizes take an
 * empty proof and equal roots.
 */
export function requireConsistency(older: Head, newer: Head, proof: readonly Hash[]): void {
  requireSizes(older.size, newer.size)
  requireHashes([older.root, newer.root, ...proof])
  const ranges = consistencyRanges(older.size, newer.size)
  if (proof.length !== ranges.length) throw malformed('proof', `${ranges.length} hashes`)
  const [oldRoot, newRoot] =
    older.size === newer.size ? [newer.root, older.root] : foldConsistency(older, newer.size, proof)
  if (!equal(oldRoot, older.root) || !equal(newRoot, newer.root)) {
    throw new Refusal('ledger.inconsistent', sizesOf(older, newer))
  }
}

function foldConsistency(older: Head, size: number, proof: readonly Hash[]): [Hash, Hash] {
  let node = older.size - 1
  let last = size - 1
  while (node % 2 === 1) {
    node = Math.floor(node / 2)
    last = Math.floor(last / 2)
  }
  // node 0: the old tree is one perfect subtree, and its root is where both folds begin.
  const rest = [...proof]
  const seed = node === 0 ? older.root : rest.shift()
  let oldRoot = seed ?? older.root
  let newRoot = oldRoot
  while (last > 0) {
    if (node % 2 === 1) {
      const left = rest.shift() ?? EMPTY
      oldRoot = nodeHash(left, oldRoot)
      newRoot = nodeHash(left, newRoot)
    } else if (node < last) {
      newRoot = nodeHash(newRoot, rest.shift() ?? EMPTY)
    }
    node = Math.floor(node / 2)
    last = Math.floor(last / 2)
  }
  return [oldRoot, newRoot]
}

export function equal(a: Hash, b: Hash): boolean {
  return Buffer.compare(a, b) === 0
}

function sizesOf(older: Head, newer: Head) {
  return { older: String(older.size), newer: String(newer.size) }
}

function malformed(field: string, expected: string): Refusal {
  return new Refusal('ledger.proof-malformed', { field, expected })
}

function requireHashes(hashes: readonly Hash[]): void {
  if (hashes.some((one) => one.length !== 32)) throw malformed('hash', '32 bytes')
}

function requireSize(size: number): number {
  if (!Number.isSafeInteger(size) || size < 0) throw malformed('size', '0 to 2^53 - 1')
  return size
}

function requireIndex(index: number, size: number): void {
  requireSize(size)
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) {
    throw new Refusal('ledger.index-out-of-range', { index: String(index), size: String(size) })
  }
}

function requireSizes(size1: number, size2: number): void {
  requireSize(size1)
  requireSize(size2)
  if (size1 === 0) throw malformed('size', 'an older tree of at least one leaf')
  if (size1 > size2) {
    throw new Refusal('ledger.index-out-of-range', { older: String(size1), newer: String(size2) })
  }
}

/** Turns what the offline code refuses into a refusal of the program; anything else passes. */
export function asRefusal(error: unknown): unknown {
  return error instanceof ProofRefused ? new Refusal(error.code, { reason: error.reason }) : error
}
