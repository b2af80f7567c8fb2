/**
 * Random numbers that are the same on every machine: only 32-bit integer steps and one division
 * by a power of two, so no result depends on a processor or an engine. The generator is
 * xoshiro128++ of Blackman and Vigna (2021); streams are seeded through splitmix32, so that part
 * `n` of a nation can be made without making the parts before it.
 */
export class Random {
  private a: number
  private b: number
  private c: number
  private d: number

  constructor(seed: number, stream: number) {
    let state = mix(seed ^ mix(stream + 0x9e3779b9))
    const next = (): number => {
      state = (state + 0x9e3779b9) | 0
      return mix(state)
    }
    this.a = next()
    this.b = next()
    this.c = next()
    this.d = next() | 1
  }

  /** 32 random bits, signed. */
  bits(): number {
    const sum = (this.a + this.d) | 0
    const result = (((sum << 7) | (sum >>> 25)) + this.a) | 0
    const shifted = this.b << 9
    this.c ^= this.a
    this.d ^= this.b
    this.b ^= this.c
    this.a ^= this.d
    this.c ^= shifted
    this.d = (this.d << 11) | (this.d >>> 21)
    return result
  }

  /** At least 0, less than 1. */
  share(): number {
    return (this.bits() >>> 0) / 0x1_0000_0000
  }

  /** A whole number of 0 … count - 1; count at most 2^31. */
  below(count: number): number {
    return Math.floor(this.share() * count)
  }

  /** A whole number from first to last, both included. */
  between(first: number, last: number): number {
    return first + this.below(last - first + 1)
  }

  /** True with the given chance. */
  happens(chance: number): boolean {
    return this.share() < chance
  }
}

/** Scatters 32 bits so that neighbouring inputs have nothing in common (murmur3's finaliser). */
export function mix(value: number): number {
  let bits = value | 0
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return bits ^ (bits >>> 16)
}

/** The seed a person typed, as 32 bits (FNV-1a over UTF-16 units). */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  }
  return mix(hash)
}

/**
 * A permutation of 0 … size - 1 that needs no memory: four Feistel rounds over the next even power
 * of two, walked until the value falls inside. Different keys give unrelated permutations.
 */
export class Permutation {
  private readonly size: number
  private readonly half: number
  private readonly mask: number

  constructor(size: number) {
    if (!Number.isInteger(size) || size < 1 || size > 2 ** 30) {
      throw new RangeError(`a permutation of ${size} values is not supported`)
    }
    this.size = size
    const bits = 32 - Math.clz32(size - 1)
    this.half = Math.max(1, (bits + 1) >> 1)
    this.mask = (1 << this.half) - 1
  }

  /** Where `index` goes under `key`. */
  at(index: number, key: number): number {
    let value = index
    do {
      let left = value >>> this.half
      let right = value & this.mask
      for (let round = 1; round <= 4; round++) {
        const scrambled = left ^ (mix((right + Math.imul(round, 0x9e3779b9)) ^ key) & this.mask)
        left = right
        right = scrambled
      }
      value = (left << this.half) | right
    } while (value >= this.size)
    return value
  }
}
