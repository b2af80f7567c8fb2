import { randomBytes, randomFillSync } from 'node:crypto'

const pool = Buffer.alloc(4096)
let used = pool.length
let lastMs = 0
let sequence = 0

/**
 * A UUID version 7 (RFC 9562): 48 bits of milliseconds, 12 bits that count up within the
 * millisecond, 62 random bits. Ascending within one process, so that B-trees grow at their edge.
 */
export function uuidv7(): string {
  const now = Date.now()
  if (now > lastMs) {
    lastMs = now
    sequence = randomInt12() >> 1
  } else if (++sequence > 0xfff) {
    lastMs += 1
    sequence = 0
  }
  if (used + 8 > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  const time = lastMs.toString(16).padStart(12, '0')
  const seq = sequence.toString(16).padStart(3, '0')
  const tail = pool.toString('hex', used, used + 8)
  used += 8
  const variant = ((Number.parseInt(tail[0] ?? '0', 16) & 0x3) | 0x8).toString(16)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${seq}-${variant}${tail.slice(1, 4)}-${tail.slice(4)}`
}

function randomInt12(): number {
  return randomBytes(2).readUInt16BE() & 0xfff
}

/** Hands out 32 unpredictable bytes, drawn from the system in larger pieces. */
const salts = Buffer.alloc(8192)
let salted = salts.length
export function salt32(): Buffer {
  if (salted + 32 > salts.length) {
    randomFillSync(salts)
    salted = 0
  }
  salted += 32
  return Buffer.from(salts.subarray(salted - 32, salted))
}
