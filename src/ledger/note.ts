import { hash, sign } from 'node:crypto'
import { Refusal, type SigningKey } from '../kernel/index.ts'
import { asRefusal, type Head } from './merkle.ts'
import {
  type Checkpoint,
  COSIGNATURE,
  cosignedMessage,
  ED25519,
  type Note,
  parseCheckpoint,
  parseNote,
  type Signed,
  type VerifierKey,
  verifyNote,
} from './offline/note.js'

export type { Checkpoint, Note, NoteSignature, Signed, VerifierKey } from './offline/note.js'

/** Whoever signs notes: the log with its plain signature, a witness with its timestamped one. */
export interface NoteSigner {
  readonly name: string
  /** `name+key id+base64`, for others to pin (C2SP signed-note, verifier keys). */
  readonly verifierKey: string
  /** The signature line over a note's text, with its newline. */
  sign(text: string): string
}

/** What a checkpoint states. */
export interface LogHead extends Head {
  readonly origin: string
}

/** A key name or origin: not empty, no spaces, no plus sign (C2SP signed-note). */
export function requireName(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  if (!/^[^\s\u0000-\u001f\u0085+]{1,200}$/.test(name) || !name.isWellFormed()) {
    throw new Refusal('ledger.note-malformed', { field: 'name' })
  }
  return name
}

function signer(
  name: string,
  key: SigningKey,
  type: { readonly byte: number; sign(text: string): Buffer },
): NoteSigner {
  const material = Buffer.concat([Buffer.of(type.byte), key.raw])
  const keyId = hash(
    'sha256',
    Buffer.concat([Buffer.from(`${requireName(name)}\n`), material]),
    'buffer',
  ).subarray(0, 4)
  return {
    name,
    verifierKey: `${name}+${keyId.toString('hex')}+${material.toString('base64')}`,
    sign: (text) => `— ${name} ${Buffer.concat([keyId, type.sign(text)]).toString('base64')}\n`,
  }
}

/** Signs as a log does: Ed25519 over the note's text (C2SP signed-note, type 0x01). */
export function logSigner(name: string, key: SigningKey): NoteSigner {
  return signer(name, key, {
    byte: ED25519,
    sign: (text) => sign(null, Buffer.from(text), key.privateKey),
  })
}

/** Signs as a witness does, with the time (C2SP tlog-cosignature v1, type 0x04). */
export function witnessSigner(name: string, key: SigningKey, nowSeconds: () => number): NoteSigner {
  return signer(name, key, {
    byte: COSIGNATURE,
    sign(text) {
      const at = Buffer.alloc(8)
      at.writeBigUInt64BE(BigInt(nowSeconds()))
      const message = cosignedMessage(at.readBigUInt64BE(), text)
      return Buffer.concat([at, sign(null, Buffer.from(message), key.privateKey)])
    },
  })
}

/** The three lines of a checkpoint (C2SP tlog-checkpoint); we write no extension lines. */
export function checkpointText({ origin, size, root }: LogHead): string {
  if (!Number.isSafeInteger(size) || size < 0 || root.length !== 32) {
    throw new Refusal('ledger.note-malformed', { field: 'size or root' })
  }
  return `${requireName(origin)}\n${size}\n${Buffer.from(root).toString('base64')}\n`
}

/** A note: its text, a blank line, and a line of every signer. */
export function signNote(text: string, signers: readonly NoteSigner[]): string {
  if (!text.endsWith('\n') || signers.length === 0) {
    throw new Refusal('ledger.note-malformed', { field: 'text' })
  }
  return `${text}\n${signers.map((one) => one.sign(text)).join('')}`
}

/** A checkpoint whose signatures were checked. */
export interface SignedCheckpoint {
  readonly note: Note
  readonly head: Checkpoint
  readonly signed: readonly Signed[]
}

/** Splits a checkpoint note and reads its head; proves nothing yet. Refuses what is malformed. */
export function readCheckpoint(note: string): { note: Note; head: Checkpoint } {
  try {
    const parsed = parseNote(note)
    return { note: parsed, head: parseCheckpoint(parsed.text) }
  } catch (error) {
    throw asRefusal(error)
  }
}

/** Opens a checkpoint signed by one of these log keys; refuses it otherwise. */
export async function openCheckpoint(
  note: string,
  keys: readonly VerifierKey[],
): Promise<SignedCheckpoint> {
  const { note: parsed, head } = readCheckpoint(note)
  const own = keys.filter((key) => key.name === head.origin)
  try {
    return { note: parsed, head, signed: await verifyNote(parsed, own) }
  } catch (error) {
    throw asRefusal(error)
  }
}
