import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import path from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { type Kernel, Refusal } from '../../kernel/index.ts'

const CIPHER = 'aes-256-gcm'
const [NONCE_bytes, TAG_bytes, KEY_bytes] = [12, 16, 32]

/** What lies in a vault: the file as it was received, and its results. */
export type Kind = 'file' | 'results'

/**
 * The files of one job, each encrypted by AES-256-GCM under a key of the job alone, bound to job, kind
 * and place, so that no part can stand for another. The key lies with the program's keys, beside no
 * backup: once it is destroyed nobody can read what a backup of the files may still hold.
 */
export class Vault {
  readonly folder: string
  readonly #keyFile: string
  readonly #jobId: string

  constructor({ config, keys }: Pick<Kernel, 'config' | 'keys'>, jobId: string) {
    this.#jobId = jobId
    this.folder = path.join(config.dataDir, 'link-jobs', jobId)
    this.#keyFile = path.join(keys.folder, 'link-jobs', `${jobId}.key`)
  }

  /** Writes a part whole or not at all; the same part again replaces it. */
  write(kind: Kind, part: number, bytes: Uint8Array): void {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 })
    const nonce = randomBytes(NONCE_bytes)
    const cipher = createCipheriv(CIPHER, this.#makeKey(), nonce)
    cipher.setAAD(this.#place(kind, part))
    const sealed = [nonce, cipher.update(bytes), cipher.final()]
    writeWhole(this.#path(kind, part), Buffer.concat([...sealed, cipher.getAuthTag()]))
  }

  /** A part in clear; refuses when it, or its key, is gone. */
  read(kind: Kind, part: number): Buffer {
    const key = this.#findKey()
    const file = this.#path(kind, part)
    if (key === null || !existsSync(file)) throw new Refusal('link-job.not-found')
    const bytes = readFileSync(file)
    const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_bytes))
    decipher.setAAD(this.#place(kind, part))
    decipher.setAuthTag(bytes.subarray(bytes.length - TAG_bytes))
    const body = bytes.subarray(NONCE_bytes, bytes.length - TAG_bytes)
    return Buffer.concat([decipher.update(body), decipher.final()])
  }

  /** All parts one after the other; memory holds one, and others have their turn between two. */
  async *readAll(kind: Kind, parts: number): AsyncGenerator<Buffer> {
    for (let part = 1; part <= parts; part++) {
      await setImmediate()
      yield this.read(kind, part)
    }
  }

  /** A folder for what must lie in clear while it is worked on. */
  workFolder(): string {
    const folder = path.join(this.folder, 'work')
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    chmodSync(folder, 0o700)
    return folder
  }

  removeWork(): void {
    rmSync(path.join(this.folder, 'work'), { recursive: true, force: true })
  }

  /** Destroys the key, then what it opened. */
  shred(): void {
    if (existsSync(this.#keyFile)) {
      const file = openSync(this.#keyFile, 'r+')
      writeSync(file, Buffer.alloc(KEY_bytes))
      fsyncSync(file)
      closeSync(file)
      rmSync(this.#keyFile, { force: true })
    }
    rmSync(this.folder, { recursive: true, force: true })
  }

  #path(kind: Kind, part: number): string {
    return path.join(this.folder, `${kind}-${String(part).padStart(6, '0')}.enc`)
  }

  #place(kind: Kind, part: number): Buffer {
    return Buffer.from(`goc link-job\n${this.#jobId}\n${kind}\n${part}`)
  }

  #findKey(): Buffer | null {
    return existsSync(this.#keyFile) ? readFileSync(this.#keyFile) : null
  }

  /** Two first parts at once agree on one key: it is written beside its place and linked there. */
  #makeKey(): Buffer {
    const known = this.#findKey()
    if (known !== null) return known
    mkdirSync(path.dirname(this.#keyFile), { recursive: true, mode: 0o700 })
    const draft = `${this.#keyFile}.${randomBytes(4).toString('hex')}`
    writeWhole(draft, randomBytes(KEY_bytes))
    try {
      linkSync(draft, this.#keyFile)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    } finally {
      rmSync(draft, { force: true })
    }
    return readFileSync(this.#keyFile)
  }
}

function writeWhole(file: string, bytes: Uint8Array): void {
  const draft = `${file}.${randomBytes(4).toString('hex')}.tmp`
  const descriptor = openSync(draft, 'wx', 0o600)
  try {
    writeSync(descriptor, bytes)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  renameSync(draft, file)
}
