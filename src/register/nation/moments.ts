import type { Plan } from './plan.ts'
import { mix } from './random.ts'

const DAY_s = 86_400
/** Offices are open from 01:00 to 10:00 UTC: any zone's clock does for an invented record. */
const OPENS_s = 3600
const OPEN_s = 9 * 3600

/** When the register came to know of something: seconds since 2000-01-01 UTC. */
export class Moments {
  /** Everything that was so when the register opened was recorded then. */
  readonly opening: number
  private readonly opened: number
  private readonly last: number
  private readonly seed: number

  constructor(plan: Plan) {
    this.opened = plan.opened
    this.opening = plan.opened * DAY_s
    this.last = plan.asOf - 1
    this.seed = plan.seed
  }

  /**
   * A few days after it happened, later for one in eight; the same answer for the same day and
   * subject, so that husband and wife, parent and child agree without asking each other.
   */
  of(day: number, subject: number): number {
    if (day < this.opened) return this.opening
    const noise = mix(this.seed ^ Math.imul(day, 0x9e3779b1) ^ Math.imul(subject + 1, 0x85ebca6b))
    const delay = (noise & 7) === 0 ? (noise >>> 3) % 50 : (noise >>> 3) % 9
    const second = OPENS_s + ((noise >>> 10) % OPEN_s)
    return Math.min(day + delay, Math.max(day, this.last)) * DAY_s + second
  }

  /** A change made everywhere at midnight by decree. */
  decreed(day: number): number {
    return day < this.opened ? this.opening : day * DAY_s
  }
}
