import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Refusal } from '../../kernel/index.ts'
import type { LinkedPairs } from './pairs.ts'

/** What a shard leaves for the run that gathers: rows by number, odds unrounded. */
const NAME = 'pairs.part'
const PAIR_bytes = 16

export function writePart(folder: string, { left, right, weights }: LinkedPairs): void {
  const arrays = [weights, left, right].map(({ buffer, byteOffset, byteLength }) =>
    Buffer.from(buffer, byteOffset, byteLength),
  )
  writeFileSync(path.join(folder, NAME), Buffer.concat(arrays))
}

/** @throws Refusal where the folder holds no shard, or one that was cut short. */
export function readPart(folder: string): LinkedPairs {
  const bytes = partOf(folder)
  const pairs = bytes.length / PAIR_bytes
  if (!Number.isInteger(pairs)) throw unfit(folder)
  const buffer = new Uint8Array(bytes).buffer
  return {
    weights: new Float64Array(buffer, 0, pairs),
    left: new Uint32Array(buffer, pairs * 8, pairs),
    right: new Uint32Array(buffer, pairs * 12, pairs),
  }
}

function partOf(folder: string): Buffer {
  try {
    return readFileSync(path.join(folder, NAME))
  } catch {
    throw unfit(folder)
  }
}

const unfit = (folder: string) =>
  new Refusal('request.invalid', { field: '--gather', expected: path.join(folder, NAME) })
