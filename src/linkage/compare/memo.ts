/**
 * Remembers a small number for each pair of numbers. All pairs of few numbers have a place each;
 * of many, a pair takes the place of the one there before it, so memory is bounded.
 */
const DENSE_MOST = 1024
const SLOTS_MOST = 1 << 18

export type PairFunction = (a: number, b: number) => number

/** Of a function of `count` numbers from 1, the same both ways round, with values below 255. */
export function remembered(count: number, compute: PairFunction): PairFunction {
  return count <= DENSE_MOST ? dense(count, compute) : hashed(count, compute)
}

function dense(count: number, compute: PairFunction): PairFunction {
  const known = new Uint8Array((count + 1) * (count + 1))
  const width = count + 1
  return (a, b) => {
    const slot = a < b ? a * width + b : b * width + a
    const value = known[slot] as number
    if (value !== 0) return value - 1
    const computed = compute(a, b)
    known[slot] = computed + 1
    return computed
  }
}

function hashed(count: number, compute: PairFunction): PairFunction {
  let slots = 1 << 14
  while (slots < count * 4 && slots < SLOTS_MOST) slots *= 2
  const mask = slots - 1
  /** Lower and higher number side by side: one cache line tells whether the pair is there. */
  const pairs = new Uint32Array(slots * 2)
  const known = new Uint8Array(slots)
  return (a, b) => {
    const low = a < b ? a : b
    const high = a < b ? b : a
    let slot = Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b)
    slot = (slot ^ (slot >>> 15)) & mask
    if (pairs[slot * 2] === low && pairs[slot * 2 + 1] === high) return known[slot] as number
    const computed = compute(a, b)
    pairs[slot * 2] = low
    pairs[slot * 2 + 1] = high
    known[slot] = computed
    return computed
  }
}
