import { parseCheckpoint, parseNote, verifyNote } from './note.js'
import { isQuorum } from './policy.js'
import {
  fromBase64,
  fromDecimal,
  hashFromBase64,
  ProofRefused,
  sameBytes,
  sha256,
  toHex,
  utf8,
} from './text.js'

/**
 * @typedef {import('./policy.js').Policy} Policy
 * @typedef {Uint8Array<ArrayBuffer>} Bytes
 * `checkpoint` is the signed note, verbatim; `extra` is not authenticated by anything.
 * @typedef {{ extra: Bytes | null, index: number, path: Bytes[], checkpoint: string }} Proof
 * One person's place among the subjects of an event, showing nobody else.
 * @typedef {{ ref: Bytes, salt: Bytes, position: number, count: number, path: Bytes[] }} Opening
 * `event` is the text exactly as it was hashed.
 * @typedef {{ event: string, salt: Bytes, opening: Opening | null }} Disclosure
 * @typedef {{ origin: string, size: number, index: number, root: Bytes, leaf: Bytes,
 *   witnesses: { name: string, at: bigint }[], witnessed: boolean,
 *   event: Record<string, unknown>, subject: Opening | null }} Checked
 */

export const PROOF_HEADER = 'c2sp.org/tlog-proof@v1'
export const DISCLOSURE_FORMAT = 'goc/disclosed-event@1'
/** A tree of 2^53 leaves has no longer path. */
const PATH_MAX = 53
const PROOF_CHARS_MAX = 2 * 1024 * 1024
const PROOF_FAULT = 'ledger.proof-malformed'

/**
 * On which side each hash of an inclusion path stands, from the leaf to the root, for exactly this
 * index and size (RFC 9162 section 2.1.3.2). Halving by division: a shift would wrap at 2^31.
 * @param {number} index
 * @param {number} size
 * @returns {('left' | 'right')[]}
 */
export function inclusionSides(index, size) {
  if (!Number.isSafeInteger(size) || !Number.isSafeInteger(index) || index < 0 || index >= size) {
    throw new ProofRefused('ledger.index-out-of-range', `no leaf ${index} in a tree of ${size}`)
  }
  /** @type {('left' | 'right')[]} */
  const sides = []
  let node = index
  let last = size - 1
  while (last > 0) {
    if (node % 2 === 1) sides.push('left')
    // A node alone at the right edge rises without a sibling.
    else if (node < last) sides.push('right')
    node = Math.floor(node / 2)
    last = Math.floor(last / 2)
  }
  return sides
}

/**
 * The root an inclusion path leads to; a path too short or too long is refused.
 * @param {{ leaf: Bytes, index: number, size: number, path: readonly Bytes[] }} inclusion
 */
export async function rootFromPath({ leaf, index, size, path }) {
  const sides = inclusionSides(index, size)
  if (path.length !== sides.length) {
    throw new ProofRefused(
      PROOF_FAULT,
      `the path has ${path.length} hashes instead of ${sides.length}`,
    )
  }
  let hash = leaf
  for (const [at, side] of sides.entries()) {
    const sibling = path[at] ?? hash
    const pair = side === 'left' ? [sibling, hash] : [hash, sibling]
    hash = await sha256(Uint8Array.of(1), ...pair)
  }
  return hash
}

/**
 * Takes a C2SP tlog-proof file apart.
 * @param {string} text
 * @returns {Proof}
 */
export function parseProof(text) {
  if (text.length > PROOF_CHARS_MAX) throw new ProofRefused(PROOF_FAULT, 'the file is too long')
  const split = text.indexOf('\n\n')
  if (split < 0) throw new ProofRefused(PROOF_FAULT, 'no blank line before the checkpoint')
  const [header, ...lines] = text.slice(0, split).split('\n')
  if (header !== PROOF_HEADER) throw new ProofRefused(PROOF_FAULT, 'not a tlog-proof file')
  let extra = null
  if (lines[0]?.startsWith('extra ')) extra = fromBase64(lines.shift()?.slice(6) ?? '', PROOF_FAULT)
  const index = lines.shift() ?? ''
  if (!index.startsWith('index ')) throw new ProofRefused(PROOF_FAULT, 'the index line is missing')
  if (lines.length > PATH_MAX) throw new ProofRefused(PROOF_FAULT, 'the path is too long')
  return {
    extra,
    index: fromDecimal(index.slice(6), PROOF_FAULT),
    path: lines.map((line) => hashFromBase64(line, PROOF_FAULT)),
    checkpoint: text.slice(split + 2),
  }
}

/**
 * Reads a disclosed event (JSON, see docs of the ledger): text, salt, and the person's opening.
 * @param {string} text
 * @returns {Disclosure}
 */
export function parseDisclosure(text) {
  const file = jsonObject(text)
  if (file.format !== DISCLOSURE_FORMAT)
    throw new ProofRefused(PROOF_FAULT, 'not a disclosed event')
  const salt = hashFromBase64(String(file.salt), PROOF_FAULT)
  if (typeof file.event !== 'string') throw new ProofRefused(PROOF_FAULT, 'the event is missing')
  if (file.subject === undefined) return { event: file.event, salt, opening: null }
  const { ref, salt: subjectSalt, position, count, path } = asObject(file.subject)
  if (!Array.isArray(path))
    throw new ProofRefused(PROOF_FAULT, 'the path of the subject is missing')
  return {
    event: file.event,
    salt,
    opening: {
      ref: fromBase64(String(ref), PROOF_FAULT),
      salt: hashFromBase64(String(subjectSalt), PROOF_FAULT),
      position: fromDecimal(String(position), PROOF_FAULT),
      count: fromDecimal(String(count), PROOF_FAULT),
      path: path.map((hash) => hashFromBase64(String(hash), PROOF_FAULT)),
    },
  }
}

/** @param {string} text */
function jsonObject(text) {
  try {
    return asObject(JSON.parse(text))
  } catch (error) {
    throw error instanceof ProofRefused ? error : new ProofRefused(PROOF_FAULT, 'not JSON')
  }
}

/** @param {unknown} value @returns {Record<string, unknown>} */
function asObject(value) {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return Object.fromEntries(Object.entries(value))
  }
  throw new ProofRefused(PROOF_FAULT, 'not a JSON object')
}

/** The leaf of an event: SHA-256(0x00 ‖ version 1 ‖ SHA-256(salt ‖ event)). @param {Disclosure} disclosure */
export async function leafOf({ event, salt }) {
  return sha256(Uint8Array.of(0, 1), await sha256(salt, utf8(event)))
}

/**
 * Checks a whole proof: that this event, word for word, stands in the log of a trusted key, whose
 * state the trusted witnesses have seen. `witnessed` is false while fewer of them than the policy
 * asks for have cosigned; everything else that is wrong is refused.
 * @param {{ proof: string, disclosure?: string | undefined, policy: Policy }} files
 * @returns {Promise<Checked>}
 */
export async function checkProof({ proof: proofText, disclosure: disclosureText, policy }) {
  const proof = parseProof(proofText)
  const disclosure = parseDisclosure(disclosureText ?? extraText(proof))
  const note = parseNote(proof.checkpoint)
  const { origin, size, root } = parseCheckpoint(note.text)
  await verifyNote(
    note,
    policy.logs.filter((key) => key.name === origin),
  )
  const leaf = await leafOf(disclosure)
  const reached = await rootFromPath({ leaf, index: proof.index, size, path: proof.path })
  if (!sameBytes(reached, root)) {
    throw new ProofRefused('ledger.proof-wrong', 'the event is not what the log holds there')
  }
  const event = jsonObject(disclosure.event)
  if (disclosure.opening !== null) await checkOpening(disclosure.opening, event)
  const cosigned = await cosignaturesOf(note, policy)
  return {
    origin,
    size,
    index: proof.index,
    root,
    leaf,
    witnesses: cosigned.map(({ key, at }) => ({ name: key.name, at: at ?? 0n })),
    witnessed: isQuorum(policy, new Set(cosigned.map(({ key }) => key.text))),
    event,
    subject: disclosure.opening,
  }
}

/** @param {Proof} proof */
function extraText(proof) {
  if (proof.extra === null) throw new ProofRefused(PROOF_FAULT, 'the disclosed event is missing')
  return new TextDecoder().decode(proof.extra)
}

/** @param {import('./note.js').Note} note @param {Policy} policy */
async function cosignaturesOf(note, policy) {
  const keys = policy.witnesses.map((witness) => witness.key)
  const known = note.signatures.some((line) =>
    keys.some((key) => key.name === line.name && key.keyId === line.keyId),
  )
  return known ? verifyNote(note, keys) : []
}

/**
 * Checks that a person is the one named at a place among an event's subjects.
 * @param {Opening} opening
 * @param {Record<string, unknown>} event
 */
export async function checkOpening(opening, event) {
  if (opening.ref.length !== 16) throw new ProofRefused(PROOF_FAULT, 'a subject is 16 bytes')
  if (event.subjects !== opening.count) {
    throw new ProofRefused('ledger.proof-wrong', 'the event counts another number of persons')
  }
  const leaf = await sha256(Uint8Array.of(0), opening.salt, opening.ref)
  const { position: index, count: size, path } = opening
  const root = await rootFromPath({ leaf, index, size, path })
  if (toHex(root) !== event.subjectRoot) {
    throw new ProofRefused('ledger.proof-wrong', 'the person is not named in the event')
  }
}
