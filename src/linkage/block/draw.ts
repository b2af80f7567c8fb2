import type { MatchDraws } from './choose.ts'
import type { Blocks, Rule } from './rule.ts'

/** Matches drawn to try rules on. */
const DRAWS = 2048
/** Of matches, those believed to agree on a key before any is known. */
const AGREES_believed = 0.85

/** Pairs that a rule found and that are probably one person. */
export interface Found {
  readonly rule: Rule
  readonly left: Uint32Array
  readonly right: Uint32Array
}

/**
 * Draws matches by the keys they agree on. The pairs of a rule all agree on its own fields, so
 * these fields are drawn from the pairs of other rules, and all others together from one pair:
 * whoever writes one field badly writes the next badly too.
 */
export function drawMatches(blocks: Blocks, found: readonly Found[]): MatchDraws {
  const { keys } = blocks
  const draws = keys.map(() => new Uint8Array(DRAWS))
  const random = numbers(DRAWS)
  const fields = blocks.columns.map((_, field) => field)
  const teachers = fields.map((field) =>
    found.filter(({ rule, left }) => left.length > 0 && !agreesOn(rule, blocks, field)),
  )
  const usable = found.filter(({ left }) => left.length > 0)
  for (let at = 0; at < DRAWS; at++) {
    const whole = pick(usable, random())
    const whichPair = random()
    for (const field of fields) {
      const isTaught = whole !== undefined && teachers[field]?.includes(whole) === true
      const from = isTaught ? whole : pick(teachers[field] ?? [], random())
      const place = isTaught ? whichPair : random()
      const pair = from && Math.floor(place * from.left.length)
      for (const [index, key] of keys.entries()) {
        if (key.field !== field) continue
        const agrees =
          from === undefined || pair === undefined
            ? random() < AGREES_believed
            : agreesOnKey(blocks, index, [from.left[pair] ?? 0, from.right[pair] ?? 0])
        ;(draws[index] as Uint8Array)[at] = agrees ? 1 : 0
      }
    }
  }
  return draws
}

export function agreesOn(rule: Rule, { keys }: Blocks, field: number): boolean {
  return rule.keys.some((key) => keys[key]?.field === field)
}

type Pair = readonly [left: number, right: number]

function agreesOnKey(blocks: Blocks, place: number, [left, right]: Pair): boolean {
  const key = blocks.keys[place]
  const column = key && blocks.columns[key.field]
  if (key === undefined || column === undefined) return false
  const value = key.keys[column.left[left] ?? 0]
  return value !== 0 && value === key.keys[column.right[right] ?? 0]
}

/** One of the rules' pairs, each rule by how many it has. */
function pick(found: readonly Found[], part: number): Found | undefined {
  const total = found.reduce((sum, { left }) => sum + left.length, 0)
  let rest = part * total
  for (const one of found) {
    if (rest < one.left.length) return one
    rest -= one.left.length
  }
  return found.at(-1)
}

/** Numbers from 0 to 1, the same ones each time: mulberry32. */
export function numbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
