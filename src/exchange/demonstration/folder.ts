import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Kernel } from '../../kernel/index.ts'
import { Refusal } from '../../kernel/index.ts'

/** What an integrator is given: `agency.json` beside `private.pem` in the agency's folder. */
export interface AgencyFile {
  readonly agency: string
  readonly name: string
  readonly keyId: string
  /** Where the register answers. */
  readonly origin: string
  readonly purposes: readonly string[]
  /** The nation's receipt keys, by id: 32 raw bytes in base64. */
  readonly receiptKeys: Readonly<Record<string, string>>
}

/** GOC_DATA/demo/agencies/<code>. */
export const agencyFolder = (kernel: Kernel, code: string): string =>
  path.join(kernel.config.dataDir, 'demo', 'agencies', code)

const KEY = 'private.pem'
const FILE = 'agency.json'

/** The key in an agency's folder; null where there is none. */
export function findKeyFile(kernel: Kernel, code: string): string | null {
  const file = path.join(agencyFolder(kernel, code), KEY)
  return existsSync(file) ? readFileSync(file, 'utf8') : null
}

export function writeKeyFile(kernel: Kernel, code: string, pem: string): void {
  const folder = agencyFolder(kernel, code)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = path.join(folder, KEY)
  writeFileSync(file, pem, { mode: 0o600 })
  chmodSync(file, 0o600)
}

export function writeAgencyFile(kernel: Kernel, file: AgencyFile): void {
  const folder = agencyFolder(kernel, file.agency)
  writeFileSync(path.join(folder, FILE), `${JSON.stringify(file, null, 2)}\n`, { mode: 0o644 })
}

/** An agency of the demonstration as a program calls for it: file and key. */
export function readAgency(kernel: Kernel, code: string): AgencyFile & { privateKey: string } {
  const pem = findKeyFile(kernel, code)
  const file = path.join(agencyFolder(kernel, code), FILE)
  if (pem === null || !existsSync(file)) throw new Refusal('agency.not-found', { code })
  return { ...(JSON.parse(readFileSync(file, 'utf8')) as AgencyFile), privateKey: pem }
}

export function receiptKeysOf(kernel: Kernel): Readonly<Record<string, string>> {
  return Object.fromEntries(
    kernel.keys.all('receipt').map(({ id, raw }) => [id, raw.toString('base64')]),
  )
}
