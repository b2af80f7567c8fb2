import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import { linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What keys are for; each has files of its own, never in database, backup or repository. */
export type KeyUse = 'checkpoint' | 'receipt' | 'token'
export type SecretUse =
  | 'cookie'
  | 'guess-counter'
  | 'goc_owner'
  | 'goc_app'
  | 'goc_sequencer'
  | 'goc_eraser'

export interface SigningKey {
  /** First 16 hex digits of SHA-256 of the raw public key. */
  readonly id: string
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
  /** The 32 raw bytes of the Ed25519 public key. */
  readonly raw: Buffer
  readonly state: KeyState
}

/** next: published, not yet used; active: signs; retiring: verifies only. */
export type KeyState = 'next' | 'active' | 'retiring'

export interface Keys {
  /** The key that signs now. */
  active(use: KeyUse): SigningKey
  /** Every key that may verify, the active one first. */
  all(use: KeyUse): readonly SigningKey[]
  /** 32 secret bytes of a use. */
  secret(use: SecretUse): Buffer
  readonly folder: string
}

/**
 * Opens the folder of keys; what is missing is made at its first use, mode 0600. A file is written
 * whole beside its place and then linked there, so that two starts at once agree on one key.
 */
export function openKeys(folder: string): Keys {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const signing = new Map<KeyUse, readonly SigningKey[]>()
  const secrets = new Map<SecretUse, Buffer>()
  const all = (use: KeyUse) => {
    const known = signing.get(use) ?? readSigningKeys(folder, use)
    signing.set(use, known)
    return known
  }
  return {
    folder,
    all,
    active(use) {
      const key = all(use).find((candidate) => candidate.state === 'active')
      if (key === undefined) throw new Error(`no active ${use} key in ${folder}`)
      return key
    },
    secret(use) {
      const known =
        secrets.get(use) ??
        Buffer.from(
          readOrMake(join(folder, `${use}.secret`), () => randomBytes(32).toString('hex')).trim(),
          'hex',
        )
      secrets.set(use, known)
      return known
    },
  }
}

const STATES: readonly KeyState[] = ['active', 'next', 'retiring']

function readSigningKeys(folder: string, use: KeyUse): readonly SigningKey[] {
  readOrMake(join(folder, `${use}.active.pem`), newPem)
  const names = readdirSync(folder).filter((name) => name.startsWith(`${use}.`))
  return STATES.flatMap((state) =>
    names
      .filter((name) => name.startsWith(`${use}.${state}`) && name.endsWith('.pem'))
      .sort()
      .map((name) => signingKey(readFileSync(join(folder, name), 'utf8'), state)),
  )
}

export function newPem(): string {
  const { privateKey } = generateKeyPairSync('ed25519')
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}

export function signingKey(pem: string, state: KeyState = 'active'): SigningKey {
  const privateKey = createPrivateKey(pem)
  const publicKey = createPublicKey(privateKey)
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url')
  const id = createHash('sha256').update(raw).digest('hex').slice(0, 16)
  return { id, privateKey, publicKey, raw, state }
}

function readOrMake(path: string, make: () => string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  writeFileSync(draft, make(), { mode: 0o600 })
  try {
    linkSync(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft)
  }
  return readFileSync(path, 'utf8')
}
