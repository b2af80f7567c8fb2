import {
  fromBase64,
  fromDecimal,
  hashFromBase64,
  ProofRefused,
  sha256,
  toHex,
  utf8,
} from './text.js'

/**
 * A key one trusts, from its text form `name+key id+base64` (C2SP signed-note, verifier keys).
 * @typedef {{ name: string, keyId: string, type: number, publicKey: Uint8Array<ArrayBuffer>,
 *   text: string }} VerifierKey
 * @typedef {{ name: string, keyId: string, signature: Uint8Array<ArrayBuffer>, line: string }}
 *   NoteSignature
 * @typedef {{ text: string, signatures: NoteSignature[] }} Note
 * @typedef {{ origin: string, size: number, root: Uint8Array<ArrayBuffer>, extensions: string[] }}
 *   Checkpoint
 * `at` is the time a witness states, in seconds since 1970; null for a plain signature.
 * @typedef {{ key: VerifierKey, at: bigint | null }} Signed
 */

/** Type byte of a log's own Ed25519 signature (C2SP signed-note). */
export const ED25519 = 1
/** Type byte of a witness's timestamped Ed25519 signature (C2SP tlog-cosignature). */
export const COSIGNATURE = 4
/** A note carries no more signatures than this (C2SP signed-note asks for at least 16). */
const SIGNATURES_MAX = 64
const NOTE_CHARS_MAX = 512 * 1024
/** C2SP tlog-cosignature: a timestamp MUST NOT exceed 2^63 - 1. */
const TIMESTAMP_MAX = 2n ** 63n - 1n
const SIGNATURE_LINE = /^— ([^\s\u0085+]+) ([A-Za-z0-9+/=]+)$/
const VERIFIER_KEY = /^([^\s\u0085+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/

/**
 * @param {Uint8Array<ArrayBuffer>} publicKey
 * @param {Uint8Array<ArrayBuffer>} signature
 * @param {string} message
 */
async function isEd25519(publicKey, signature, message) {
  const key = await crypto.subtle.importKey('raw', publicKey, 'Ed25519', false, ['verify'])
  return crypto.subtle.verify('Ed25519', key, signature, utf8(message))
}

/**
 * The signature types of C2SP signed-note we accept, by their type byte; another algorithm (0x06 is
 * ML-DSA-44 in tlog-cosignature) is one more line here. `check` answers undefined when it is wrong.
 * @type {Readonly<Record<number, { keyBytes: number, check: (publicKey: Uint8Array<ArrayBuffer>,
 *   signature: Uint8Array<ArrayBuffer>, text: string) => Promise<{ at: bigint | null } | undefined> }>>}
 */
const SIGNATURE_TYPES = {
  [ED25519]: {
    keyBytes: 32,
    async check(publicKey, signature, text) {
      if (signature.length !== 64) return undefined
      return (await isEd25519(publicKey, signature, text)) ? { at: null } : undefined
    },
  },
  // tlog-cosignature v1: u64 time, then a signature over two header lines and the whole note text.
  [COSIGNATURE]: {
    keyBytes: 32,
    async check(publicKey, signature, text) {
      if (signature.length !== 72) return undefined
      const at = new DataView(signature.buffer, signature.byteOffset).getBigUint64(0)
      if (at > TIMESTAMP_MAX) return undefined
      const message = cosignedMessage(at, text)
      return (await isEd25519(publicKey, signature.slice(8), message)) ? { at } : undefined
    },
  },
}

/** What a witness signs (C2SP tlog-cosignature). @param {bigint} at @param {string} text */
export function cosignedMessage(at, text) {
  return `cosignature/v1\ntime ${at}\n${text}`
}

/** SHA-256(name ‖ 0x0A ‖ type ‖ key), first four bytes, in hexadecimal.
 * @param {string} name @param {number} type @param {Uint8Array} publicKey */
export async function keyIdOf(name, type, publicKey) {
  const hash = await sha256(utf8(`${name}\n`), Uint8Array.of(type), publicKey)
  return toHex(hash.subarray(0, 4))
}

/** @param {string} text @returns {Promise<VerifierKey>} */
export async function parseVerifierKey(text) {
  const [, name = '', keyId = '', material = ''] = VERIFIER_KEY.exec(text) ?? []
  if (name === '') throw new ProofRefused('ledger.key-unknown', 'not a verifier key')
  const [type = 0, ...rest] = fromBase64(material, 'ledger.key-unknown')
  const publicKey = Uint8Array.from(rest)
  if (SIGNATURE_TYPES[type]?.keyBytes !== publicKey.length) {
    throw new ProofRefused('ledger.key-unknown', `no key of signature type ${type}`)
  }
  if ((await keyIdOf(name, type, publicKey)) !== keyId) {
    throw new ProofRefused('ledger.key-unknown', 'the key id is not the one of this key')
  }
  return { name, keyId, type, publicKey, text }
}

/**
 * Splits a signed note; says nothing yet about whether its signatures are right.
 * @param {string} note
 * @returns {Note}
 */
export function parseNote(note) {
  const fault = 'ledger.note-malformed'
  if (note.length > NOTE_CHARS_MAX) throw new ProofRefused(fault, 'the note is too long')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  if (!note.isWellFormed() || /[\u0000-\u0009\u000b-\u001f]/.test(note)) {
    throw new ProofRefused(fault, 'the note holds control characters or is not UTF-8')
  }
  if (!note.endsWith('\n')) throw new ProofRefused(fault, 'the final newline is missing')
  const split = note.lastIndexOf('\n\n')
  if (split <= 0) throw new ProofRefused(fault, 'no blank line before the signatures')
  const lines = note.slice(split + 2, -1).split('\n')
  if (lines.length > SIGNATURES_MAX) throw new ProofRefused(fault, 'too many signatures')
  return { text: note.slice(0, split + 1), signatures: lines.map(parseSignature) }
}

/** @param {string} line @returns {NoteSignature} */
export function parseSignature(line) {
  const fault = 'ledger.note-malformed'
  const [, name = '', encoded = ''] = SIGNATURE_LINE.exec(line) ?? []
  if (name === '') throw new ProofRefused(fault, 'not a signature line')
  const bytes = fromBase64(encoded, fault)
  if (bytes.length < 5) throw new ProofRefused(fault, 'a signature is too short')
  return { name, keyId: toHex(bytes.subarray(0, 4)), signature: bytes.slice(4), line }
}

/**
 * Checks every signature of a known key and answers those keys. Signatures of unknown keys are
 * passed over, even under a known name; a wrong signature of a known key refuses the whole note;
 * two right ones of one key count once, with the later time.
 * @param {Note} note
 * @param {readonly VerifierKey[]} keys
 * @returns {Promise<Signed[]>} never empty
 */
export async function verifyNote(note, keys) {
  /** @type {Map<VerifierKey, Signed>} */
  const signed = new Map()
  for (const { name, keyId, signature } of note.signatures) {
    const key = keys.find((known) => known.name === name && known.keyId === keyId)
    if (key === undefined) continue
    const right = await SIGNATURE_TYPES[key.type]?.check(key.publicKey, signature, note.text)
    if (right === undefined) {
      throw new ProofRefused('ledger.proof-wrong', `the signature of ${name} is wrong`)
    }
    const before = signed.get(key)
    if (before === undefined || (right.at ?? 0n) > (before.at ?? 0n)) {
      signed.set(key, { key, at: right.at })
    }
  }
  if (signed.size === 0) {
    throw new ProofRefused('ledger.key-unknown', 'no signature of a key that is trusted')
  }
  return [...signed.values()]
}

/**
 * The text of a checkpoint (C2SP tlog-checkpoint): origin, size, root, lines we do not read.
 * @param {string} text
 * @returns {Checkpoint}
 */
export function parseCheckpoint(text) {
  const fault = 'ledger.note-malformed'
  if (!text.endsWith('\n')) throw new ProofRefused(fault, 'the final newline is missing')
  const lines = text.slice(0, -1).split('\n')
  const [origin = '', size = '', root = '', ...extensions] = lines
  if (lines.length < 3 || lines.includes('')) {
    throw new ProofRefused(fault, 'a checkpoint has three lines or more, none empty')
  }
  return { origin, size: fromDecimal(size, fault), root: hashFromBase64(root, fault), extensions }
}
