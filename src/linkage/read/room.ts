import { TableFault } from './fault.ts'

/** Arrays that threads share, and how large they are made while their final size is unknown. */
export class Room {
  /** How much of the file was taken, from 0 to 1. */
  share = 0

  /** A larger array with the same beginning, by what the rest of the file is likely to need. */
  moreBytes(bytes: Uint8Array, least: number, most: number): Uint8Array {
    const wider = sharedBytes(this.#length(bytes.length, least, most))
    wider.set(bytes)
    return wider
  }

  moreCodes(codes: Uint32Array, most: number): Uint32Array {
    const wider = sharedCodes(this.#length(codes.length, codes.length + 1, most))
    wider.set(codes)
    return wider
  }

  #length(length: number, least: number, most: number): number {
    if (least > most) throw new TableFault('table.too-large')
    // So early in a file what is to come is a guess.
    const whole = this.share < 0.02 ? length * 2 : Math.ceil((length / this.share) * 1.05)
    return Math.min(most, Math.max(least, Math.min(whole, length * 16)))
  }
}

export const sharedBytes = (length: number): Uint8Array =>
  new Uint8Array(new SharedArrayBuffer(length))

export const sharedCodes = (length: number): Uint32Array =>
  new Uint32Array(new SharedArrayBuffer(length * Uint32Array.BYTES_PER_ELEMENT))
