import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Kernel } from '../kernel/index.ts'
import { logSigner, type NoteSigner } from './note.ts'
import { type Policy, parsePolicy } from './offline/policy.js'
import { ledgerOrigin } from './origin.ts'

/** Where the demonstration witness keeps its key, its state, and the line others know it by. */
export const demonstrationFolder = (kernel: Kernel): string =>
  join(kernel.config.dataDir, 'demo', 'witness')
export const WITNESS_LINE_FILE = 'witness.line'
/** The operator's own witnesses: lines `witness`, `group` and `quorum` of C2SP tlog-policy. */
const WITNESSES_FILE = 'witnesses'

/** The keys that sign checkpoints, the active one first. */
export async function logSigners(kernel: Kernel): Promise<NoteSigner[]> {
  const origin = await ledgerOrigin(kernel)
  return kernel.keys.all('checkpoint').map((key) => logSigner(origin, key))
}

/**
 * Whom to trust about this log, as C2SP tlog-policy: its keys, its witnesses and their quorum.
 * Whoever checks the log keeps a copy of it from another place.
 */
export async function policyText(kernel: Kernel): Promise<string> {
  const logs = (await logSigners(kernel)).map((signer) => `log ${signer.verifierKey}\n`)
  return `${logs.join('')}\n${witnessLines(kernel)}`
}

function witnessLines(kernel: Kernel): string {
  const own = readIfThere(join(kernel.config.dataDir, WITNESSES_FILE))
  if (own !== undefined) return own
  const line = kernel.demonstration
    ? readIfThere(join(demonstrationFolder(kernel), WITNESS_LINE_FILE))
    : undefined
  return line === undefined ? 'quorum none\n' : `${line}quorum demonstration\n`
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

export async function readPolicy(kernel: Kernel): Promise<Policy> {
  return parsePolicy(await policyText(kernel))
}
