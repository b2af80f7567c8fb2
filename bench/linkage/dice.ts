import type { Random } from '../../src/register/nation/random.ts'
import { RATE_IDS, type RateId, ratesOf, type Severity } from './rates.ts'

const POSITION = new Map(RATE_IDS.map((id, at) => [id, at] as const))

/** How often each thing could happen, should have on average, and did. */
export class Tally {
  private readonly chances = new Float64Array(RATE_IDS.length)
  private readonly expected = new Float64Array(RATE_IDS.length)
  private readonly happened = new Float64Array(RATE_IDS.length)

  count(at: number, chance: number, did: boolean): void {
    this.chances[at] = (this.chances[at] as number) + 1
    this.expected[at] = (this.expected[at] as number) + chance
    if (did) this.happened[at] = (this.happened[at] as number) + 1
  }

  of(rate: RateId): {
    readonly chances: number
    readonly expected: number
    readonly happened: number
  } {
    const at = POSITION.get(rate) ?? 0
    return {
      chances: this.chances[at] ?? 0,
      expected: this.expected[at] ?? 0,
      happened: this.happened[at] ?? 0,
    }
  }
}

/** Draws what happens, at the rates of one severity, and keeps count. */
export class Dice {
  readonly random: Random
  private readonly rates: Float64Array
  private readonly tally: Tally
  /** What has gone wrong since it was last set to 0. */
  errors = 0
  /** 1, or more while a careless clerk writes. */
  factor = 1

  constructor(random: Random, severity: Severity, tally: Tally) {
    this.random = random
    this.rates = ratesOf(severity)
    this.tally = tally
  }

  /** Whether it happens; no error of the row. */
  happens(rate: RateId): boolean {
    return this.draw(rate, 1)
  }

  /** Whether it goes wrong in the row that is written; a careless clerk errs more often. */
  errs(rate: RateId, factor = this.factor): boolean {
    const did = this.draw(rate, factor)
    if (did) this.errors++
    return did
  }

  private draw(rate: RateId, factor: number): boolean {
    const at = POSITION.get(rate) as number
    const chance = Math.min(1, (this.rates[at] as number) * factor)
    const did = this.random.share() < chance
    this.tally.count(at, chance, did)
    return did
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.random.below(items.length)] as Item
  }
}
