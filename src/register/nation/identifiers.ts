import type { Sex } from '../../kernel/profile.ts'
import type { Part, Plan } from './plan.ts'
import { mix, Permutation, seedOf } from './random.ts'

/** Persons who share everything a number says before its serial. */
interface Batch {
  readonly key: number
  given: number
}

export interface NumberedBirth {
  /** Code of the province of birth registration. */
  readonly province: string
  readonly sex: Sex
  readonly year: number
}

/**
 * Numbers of one part. Each part owns an equal slice of the serials of every batch, and a keyed
 * permutation scatters them, so that parts need not know of each other and nothing is kept in a
 * set: equal serials of one batch cannot occur.
 */
export class Numbers {
  private readonly plan: Plan
  private readonly part: Part
  private readonly slice: number
  private readonly scatter: Permutation
  private readonly batches = new Map<string, Batch>()
  private readonly byBirth = new Map<string, Batch>()
  private readonly oldScatter: Permutation
  private lastOld = ''

  constructor(plan: Plan, part: Part) {
    this.plan = plan
    this.part = part
    const { serials } = plan.profile.number
    this.slice = Math.floor(serials / plan.parts.length)
    this.scatter = new Permutation(serials)
    this.oldScatter = new Permutation(10 ** (plan.population.oldNumber?.serialDigits ?? 1))
  }

  /** The next number for such a birth. @throws RangeError when the rules leave too few serials. */
  next(birth: NumberedBirth): string {
    const { number } = this.plan.profile
    const parts = {
      place: number.placeOf(birth.province) ?? birth.province,
      sex: birth.sex,
      birthYear: birth.year,
      demonstration: true,
    }
    const batch = this.batchOf(`${parts.place} ${birth.sex} ${birth.year}`, () =>
      number.compose({ ...parts, serial: 0 }),
    )
    if (batch.given >= this.slice) {
      throw new RangeError(`too few serials for a nation of ${this.plan.persons} persons`)
    }
    const index = this.part.index * this.slice + batch.given++
    return number.compose({ ...parts, serial: this.scatter.at(index, batch.key) })
  }

  /** Births whose numbers begin alike share a batch, whatever tells them apart. */
  private batchOf(birth: string, first: () => string): Batch {
    const known = this.byBirth.get(birth)
    if (known !== undefined) return known
    const text = first()
    const batch = this.batches.get(text) ?? { key: this.plan.seed ^ seedOf(text), given: 0 }
    this.batches.set(text, batch)
    this.byBirth.set(birth, batch)
    return batch
  }

  /** An older number; a few are the one given just before to somebody else. */
  nextOld(person: number, province: string, isDuplicate: boolean): string {
    const old = this.plan.population.oldNumber
    if (old === null) return ''
    if (isDuplicate && this.lastOld !== '') return this.lastOld
    const prefix = old.prefix(province)
    const size = 10 ** old.serialDigits
    const index = (this.part.first + person) % size
    const serial = this.oldScatter.at(index, mix(this.plan.seed ^ seedOf(prefix)))
    this.lastOld = prefix + String(serial).padStart(old.serialDigits, '0')
    return this.lastOld
  }
}
