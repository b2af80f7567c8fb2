import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { type Kernel, Refusal, releaseLock, takeLock } from '../../kernel/index.ts'
import { decodeUtf8, hashSource, parseLines, readBlocks, readSource } from '../../register/index.ts'
import { decide } from '../agency/agreement.ts'
import { type AgencyClient, clientOf, readDirectory } from '../agency/directory.ts'
import { findAgency } from '../agency/store.ts'
import type { Agreement, Attribute } from '../types.ts'
import { type Columns, columnsIn, rowOf } from './columns.ts'
import { readRow } from './row.ts'
import { type CheckDone, type CheckPlan, openWork } from './work.ts'

/** Rows that are asked about in one transaction: some 200 ms, so that the log is not held up. */
const PART_ROWS = 1_000

const LOCK = 'check.lock'

/** Under which agreement a file with these columns may be checked; refuses as a call would be. */
async function requireRight(
  kernel: Kernel,
  { agency: code, purpose }: CheckPlan,
  columns: Columns,
): Promise<{ client: AgencyClient; agreement: Agreement; decisionId: string }> {
  const agency = await kernel.database.transaction((tx) => findAgency(tx, code))
  if (agency === undefined) throw new Refusal('agency.not-found', { code })
  const directory = await readDirectory(kernel)
  const attributes = Object.keys(columns.at).filter((name) => name !== 'number') as Attribute[]
  const decision = decide(directory.agreements, {
    agencyId: agency.id,
    operation: 'check',
    purpose,
    attributes,
    predicates: [],
    day: columns.today,
  })
  if (!decision.allowed) {
    const refused = decision.reason === 'none' ? 'purpose.not-allowed' : 'agreement.not-in-force'
    throw new Refusal(refused, { purpose })
  }
  if (decision.excess.length > 0) {
    throw new Refusal('attribute.in-excess', { attributes: decision.excess.join(', ') })
  }
  return { client: clientOf(agency), agreement: decision.agreement, decisionId: decision.id }
}

/**
 * Checks a file against the register, a part at a time: status and verdict of every row go to
 * `results.csv`. Stopped at any moment, the same command goes on where it was; the part under way is
 * asked again.
 */
export async function checkFile(kernel: Kernel, plan: CheckPlan): Promise<CheckDone> {
  mkdirSync(plan.out, { recursive: true })
  // Two at once would write their rows between each other's.
  const lock = path.join(plan.out, LOCK)
  const holder = takeLock(lock)
  if (holder !== null) throw new Refusal('check.running', { pid: String(holder.pid) })
  try {
    return await checkAlone(kernel, plan)
  } finally {
    releaseLock(lock)
  }
}

async function checkAlone(kernel: Kernel, plan: CheckPlan): Promise<CheckDone> {
  const { source, signal } = plan
  const fileDigest = await hashSource(source)
  let share = 0
  const blocks = readBlocks(
    readSource(source, (bytes) => {
      share = bytes / source.bytes
    }),
    { rows: PART_ROWS, place: null },
  )
  const header = await blocks.next()
  if (header.done === true) throw new Refusal('import.empty', { file: source.path })
  const [first] = parseLines(decodeUtf8(header.value.bytes, 1), 1)
  const columns = columnsIn(kernel, first?.fields ?? [])
  const right = await requireRight(kernel, plan, columns)
  const work = await openWork(kernel, { plan, columns, fileDigest, ...right })

  for await (const block of blocks) {
    const lines = parseLines(decodeUtf8(block.bytes, block.firstLine), block.firstLine)
    const rows = lines.map((line) => readRow(rowOf(line, columns), work.frame))
    if (work.skip(rows)) continue
    await work.do(rows)
    plan.onProgress({ rows: work.rows, share })
    if (signal.aborted) return work.done(false)
  }
  return work.done(true)
}
