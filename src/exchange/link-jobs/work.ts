import { createHash, sign } from 'node:crypto'
import { appendFileSync, existsSync, rmSync } from 'node:fs'
import path from 'node:path'
import canonicalize from 'canonicalize'
import { epochOf, execute, type Kernel, Refusal, SYSTEM, uuidv7 } from '../../kernel/index.ts'
import { ledgerOrigin } from '../../ledger/index.ts'
import { decodeUtf8, openSource, parseLines, readBlocks, readSource } from '../../register/index.ts'
import { findAgencyById } from '../agency/store.ts'
import { checkFile } from '../check/job.ts'
import { EXCHANGE_LIMITS } from '../limits.ts'
import { type ReceiptFacts, sealReceipts } from '../receipt/receipt.ts'
import { settleJob } from './settle.ts'
import { findJob, listApprovers, noteProgress } from './store.ts'
import { JOB_LIMITS, type JobState, type LinkJob, partsOf } from './types.ts'
import { Vault } from './vault.ts'

interface Settling {
  readonly state: JobState
  readonly reason?: string
  readonly rows?: number
  readonly resultParts?: number
  readonly manifest?: unknown
}

const settle = (kernel: Kernel, { id }: LinkJob, settling: Settling) =>
  execute(settleJob, { job: id, ...settling }, { kernel, actor: SYSTEM, key: uuidv7() })

/**
 * Brings a job as far as it goes: outside any transaction, resumed wherever it was killed. Refusals
 * of the check end the job and are its answer; anything else is thrown, and tried again.
 */
export async function workOn(kernel: Kernel, job: LinkJob, signal: AbortSignal): Promise<void> {
  const vault = new Vault(kernel, job.id)
  try {
    const next = job.state === 'received' ? await inspect(kernel, job, vault) : job.state
    if (next === 'queued') await settle(kernel, job, { state: 'running' })
    if (next === 'queued' || next === 'running') await check(kernel, { job, vault, signal })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    await end(kernel, { job, vault }, error)
  } finally {
    rmSync(clearFile(vault), { force: true })
  }
}

/** What a refusal makes of a job; one that was cancelled meanwhile stays so. */
async function end(
  kernel: Kernel,
  { job, vault }: { readonly job: LinkJob; readonly vault: Vault },
  { code }: Refusal,
): Promise<void> {
  const isStopped = code === 'batch.too-many-unknown'
  if (!isStopped) vault.removeWork()
  try {
    if (code === 'link-job.state') return
    await settle(kernel, job, { state: isStopped ? 'stopped' : 'failed', reason: code })
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'link-job.state') throw error
    vault.removeWork()
  }
}

const clearFile = (vault: Vault): string => path.join(vault.folder, 'work', 'file')
const NEWLINE = 10
const PARQUET = Buffer.from('PAR1')

/** Whether the parts are the file that was announced, and whether two persons must agree to it. */
async function inspect(kernel: Kernel, job: LinkJob, vault: Vault): Promise<JobState> {
  const hash = createHash('sha256')
  for await (const part of vault.readAll('file', partsOf(job.bytes))) hash.update(part)
  if (hash.digest('hex') !== job.digest) throw new Refusal('link-job.file-wrong')
  const rows = await countRows(job, vault)
  const approvers = await kernel.database.transaction((tx) => listApprovers(tx, job.id))
  const isSmall = rows !== null && rows <= JOB_LIMITS.unapproved_rows
  const state = isSmall || approvers.length >= JOB_LIMITS.approvers ? 'queued' : 'waiting'
  await settle(kernel, job, { state, ...(rows !== null && { rows }) })
  return state
}

/** Lines behind the header: at least as many as there are rows. Null: it cannot be told so. */
async function countRows({ bytes }: LinkJob, vault: Vault): Promise<number | null> {
  const head = vault.read('file', 1).subarray(0, PARQUET.length)
  if (head.equals(PARQUET)) return null
  await writeClear(vault, partsOf(bytes))
  let lines = 0
  let last = NEWLINE
  for await (const block of readSource(openSource(clearFile(vault)))) {
    for (let at = block.indexOf(NEWLINE); at >= 0; at = block.indexOf(NEWLINE, at + 1)) lines++
    last = block[block.length - 1] ?? last
  }
  return Math.max(0, lines - (last === NEWLINE ? 1 : 0))
}

/** The file in clear for as long as it is read, in a folder that nobody else may enter. */
async function writeClear(vault: Vault, parts: number): Promise<void> {
  vault.workFolder()
  const file = clearFile(vault)
  rmSync(file, { force: true })
  for await (const part of vault.readAll('file', parts)) {
    appendFileSync(file, part, { mode: 0o600 })
  }
}

interface Working {
  readonly job: LinkJob
  readonly vault: Vault
  readonly signal: AbortSignal
}

async function check(kernel: Kernel, { job, vault, signal }: Working): Promise<void> {
  const agency = await kernel.database.transaction((tx) => findAgencyById(tx, job.agencyId))
  if (agency === undefined) throw new Refusal('link-job.not-found')
  if (!existsSync(clearFile(vault))) await writeClear(vault, partsOf(job.bytes))
  const stop = new AbortController()
  const watch = watching(kernel, job, stop)
  signal.addEventListener('abort', () => stop.abort(), { once: true })
  const out = path.join(vault.workFolder(), 'out')
  const done = await checkFile(kernel, {
    source: openSource(clearFile(vault)),
    agency: agency.code,
    purpose: job.purpose,
    asOf: job.asOf,
    out,
    despite: job.despite ?? undefined,
    signal: stop.signal,
    onProgress: ({ rows }) => watch(rows),
  })
  if (!done.isDone) {
    const now = await kernel.database.transaction((tx) => findJob(tx, job.id))
    if (now?.state === 'cancelled') vault.removeWork()
    return
  }
  const sealed = await sealResults(done.results, vault)
  const { rows, events, agreement } = done
  const signing = { job, sealed, agency: agency.code, rows, events, agreement }
  const manifest = await signedManifest(kernel, signing)
  const { parts: resultParts } = sealed
  await settle(kernel, job, { state: 'done', rows, resultParts, manifest })
  vault.removeWork()
}

/** Writes progress down now and then, and stops the work of a job that was cancelled. */
function watching(kernel: Kernel, { id }: LinkJob, stop: AbortController): (rows: number) => void {
  let told = 0
  return (rows) => {
    if (performance.now() - told < JOB_LIMITS.beat_ms) return
    told = performance.now()
    kernel.database
      .transaction(async (tx) => {
        await noteProgress(tx, id, rows)
        if ((await findJob(tx, id))?.state !== 'running') stop.abort()
      })
      // A connection that was lost stops the work by its own statements.
      .catch(() => {})
  }
}

/** Results as they lie in the vault. */
export interface SealedResults {
  readonly parts: number
  readonly sha256: string
  readonly rows: number
  readonly statuses: Readonly<Record<string, number>>
}

const BLOCK_rows = 10_000

/** The check's table, as lines of JSON in encrypted parts; a field that is empty is left out. */
async function sealResults(file: string, vault: Vault): Promise<SealedResults> {
  const hash = createHash('sha256')
  const statuses: Record<string, number> = {}
  let [parts, rows, held] = [0, 0, '']
  const flush = () => {
    if (held === '') return
    hash.update(held)
    vault.write('results', ++parts, Buffer.from(held))
    held = ''
  }
  let names: readonly string[] | null = null
  for await (const block of readBlocks(readSource(openSource(file)), {
    rows: BLOCK_rows,
    place: null,
  })) {
    const lines = parseLines(decodeUtf8(block.bytes, block.firstLine), block.firstLine)
    for (const { fields } of lines) {
      if (names === null) {
        names = fields
        continue
      }
      const entries = names.flatMap((name, at) => (fields[at] ? [[name, fields[at]]] : []))
      const row = Object.fromEntries(entries) as Record<string, string>
      const status = row.status ?? ''
      statuses[status] = (statuses[status] ?? 0) + 1
      rows++
      held += `${JSON.stringify(row)}\n`
    }
    if (held.length >= JOB_LIMITS.part_bytes) flush()
  }
  flush()
  return { parts, sha256: hash.digest('hex'), rows, statuses }
}

interface Signing {
  readonly job: LinkJob
  readonly sealed: SealedResults
  readonly agency: string
  readonly rows: number
  readonly events: readonly { readonly eventId: string; readonly leaf: string }[]
  readonly agreement: { readonly legalBasis: string }
}

/**
 * What binds the file, its results and the events of the log: a receipt for each event, and over the
 * whole an Ed25519 signature of its canonical JSON (RFC 8785) with the receipt key.
 */
async function signedManifest(kernel: Kernel, signing: Signing) {
  const { job, sealed, agency, rows, events, agreement } = signing
  const { sha256, statuses } = sealed
  const key = kernel.keys.active('receipt')
  const inLogBy_s = Math.floor(epochOf(kernel.now()) / 1000) + EXCHANGE_LIMITS.inLogWithin_s
  const facts = events.map(
    ({ eventId, leaf }): ReceiptFacts => ({
      eventId,
      leaf: Buffer.from(leaf, 'base64'),
      requestDigest: Buffer.from(job.digest, 'hex'),
      answerDigest: Buffer.from(sha256, 'hex'),
      inLogBy_s,
    }),
  )
  const manifest = {
    format: 'goc-link-job-v1',
    job: job.id,
    agency,
    purpose: job.purpose,
    legalBasis: agreement.legalBasis,
    file: { sha256: job.digest, bytes: job.bytes, rows },
    results: { sha256, rows: sealed.rows, statuses },
    receipts: sealReceipts(facts, { origin: await ledgerOrigin(kernel), key }),
  }
  const text = Buffer.from(manifestText(manifest))
  return { manifest, key: key.id, signature: sign(null, text, key.privateKey).toString('base64') }
}

/** The text whose signature stands beside a manifest. */
export const manifestText = (manifest: object): string =>
  `goc link job v1\n${canonicalize(manifest)}\n`
