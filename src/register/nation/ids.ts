import type { Part, Plan } from './plan.ts'
import { mix } from './random.ts'
import { ACTS } from './sink.ts'

const UUID_BYTES = 16
/** 2000-01-01 in milliseconds of Unix time. */
const DAY_ZERO_ms = 946_684_800_000
const DAY_ms = 86_400_000

/** What an id names; each kind draws its random bits apart. */
const PERSON = 1
const HOUSEHOLD = 2
const ACT_ID = 3
const REVIEW = 4

/** UUIDs version 7 of consecutive things, as bytes and as text. */
export class Ids {
  readonly bytes: Buffer
  private readonly texts: readonly string[]

  constructor(bytes: Buffer) {
    this.bytes = bytes
    const hex = bytes.toString('hex')
    this.texts = Array.from({ length: bytes.length / UUID_BYTES }, (_, index) => {
      const at = index * 2 * UUID_BYTES
      return `${hex.slice(at, at + 8)}-${hex.slice(at + 8, at + 12)}-${hex.slice(at + 12, at + 16)}-${hex.slice(at + 16, at + 20)}-${hex.slice(at + 20, at + 32)}`
    })
  }

  text(index: number): string {
    return this.texts[index] ?? ''
  }
}

/**
 * The first is that of the moment the register opened, each further one a millisecond later:
 * ascending, so that B-trees grow at their edge, and the same on every machine.
 */
function idsFrom(
  plan: Plan,
  kind: number,
  { first, count }: { first: number; count: number },
): Ids {
  const bytes = Buffer.alloc(count * UUID_BYTES)
  const start = DAY_ZERO_ms + plan.opened * DAY_ms
  for (let index = 0; index < count; index++) {
    const at = index * UUID_BYTES
    const ms = start + first + index
    const noise = mix(plan.seed ^ Math.imul(first + index + 1, 0x9e3779b1) ^ (kind << 28))
    const more = mix(noise ^ 0x5bd1e995)
    bytes.writeUIntBE(ms, at, 6)
    bytes.writeUInt16BE(0x7000 | (noise & 0xfff), at + 6)
    bytes.writeUInt32BE((0x80000000 | (more & 0x3fffffff)) >>> 0, at + 8)
    bytes.writeInt32BE(mix(more + kind), at + 12)
  }
  return new Ids(bytes)
}

export const personIds = (plan: Plan, part: Part): Ids =>
  idsFrom(plan, PERSON, { first: part.first, count: part.persons })

export const householdIds = (plan: Plan, part: Part, count: number): Ids =>
  idsFrom(plan, HOUSEHOLD, { first: part.first, count })

export const reviewIds = (plan: Plan, part: Part): Ids =>
  idsFrom(plan, REVIEW, { first: part.first, count: part.persons })

/** The acts of a province, in the order of `ACTS`. */
export const actIds = (plan: Plan, province: number): Ids =>
  idsFrom(plan, ACT_ID, { first: province * ACTS.length, count: ACTS.length })
