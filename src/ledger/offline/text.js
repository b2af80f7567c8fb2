// These files run unchanged in a browser, from a saved page without a network, and in Node: the
// citizen checks a proof with the very code the program is tested with. No imports from elsewhere.

/**
 * Why a file or a proof is not accepted; the codes are those of the program's refusals.
 * @typedef {'ledger.proof-malformed' | 'ledger.proof-wrong' | 'ledger.index-out-of-range'
 *   | 'ledger.note-malformed' | 'ledger.key-unknown'} ProofFault
 */

export class ProofRefused extends Error {
  /**
   * @param {ProofFault} code
   * @param {string} reason in English, for whoever integrates
   */
  constructor(code, reason) {
    super(`${code}: ${reason}`)
    this.name = 'ProofRefused'
    this.code = code
    this.reason = reason
  }
}

/** @param {string} text @returns {Uint8Array<ArrayBuffer>} */
export function utf8(text) {
  return new TextEncoder().encode(text)
}

/** @param {...Uint8Array} parts @returns {Uint8Array<ArrayBuffer>} */
export function concat(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** @param {Uint8Array} a @param {Uint8Array} b */
export function sameBytes(a, b) {
  return a.length === b.length && a.every((byte, at) => byte === b[at])
}

/** @param {...Uint8Array} parts @returns {Promise<Uint8Array<ArrayBuffer>>} */
export async function sha256(...parts) {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', concat(...parts)))
}

/** @param {Uint8Array} bytes */
export function toHex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** @param {Uint8Array} bytes */
export function toBase64(bytes) {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}

/**
 * RFC 4648 section 4, in its one canonical spelling: with two spellings of one signature, two
 * different files would claim to be the same proof.
 * @param {string} text
 * @param {ProofFault} fault
 */
export function fromBase64(text, fault) {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) {
    throw new ProofRefused(fault, 'not base64')
  }
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  if (toBase64(bytes) !== text) throw new ProofRefused(fault, 'base64 is not canonical')
  return bytes
}

/** @param {string} text @param {ProofFault} fault */
export function hashFromBase64(text, fault) {
  const hash = fromBase64(text, fault)
  if (hash.length !== 32) throw new ProofRefused(fault, 'a hash must be 32 bytes')
  return hash
}

/**
 * A count or an index: decimal without leading zeros, below 2^53 so that it is exact.
 * @param {string} text
 * @param {ProofFault} fault
 */
export function fromDecimal(text, fault) {
  const number = /^(0|[1-9][0-9]{0,15})$/.test(text) ? Number(text) : Number.NaN
  if (!Number.isSafeInteger(number))
    throw new ProofRefused(fault, `not a size: ${text.slice(0, 30)}`)
  return number
}
