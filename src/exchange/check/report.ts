import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs'
import path from 'node:path'
import type { Kernel, Translator } from '../../kernel/index.ts'
import { ledgerOrigin } from '../../ledger/index.ts'
import { sheetLine } from '../../register/index.ts'
import { EXCHANGE_LIMITS } from '../limits.ts'
import { sealReceipts } from '../receipt/receipt.ts'
import { CAUSES, ownerOf } from './causes.ts'
import type { CheckDone } from './job.ts'
import { reportPage } from './report-page.ts'
import { rowName } from './results.ts'
import { type CheckReport, summarise } from './summary.ts'
import { type Tally, tallyResults } from './tally.ts'

/**
 * Writes report.html for people and report.json for programs, fixes.csv for the offices, and
 * manifest.json, which is signed. No report names a person.
 */
export async function writeReport(
  kernel: Kernel,
  done: CheckDone,
  { out, t }: { readonly out: string; readonly t: Translator },
): Promise<CheckReport> {
  const tally = await tallyResults(done.results, done.standard)
  const report = summarise(kernel, done, { tally, lang: t.lang })
  const file = (name: string) => path.join(out, name)
  writeFileSync(file('report.json'), `${JSON.stringify(report, null, 2)}\n`)
  const page = reportPage(kernel, { report, agency: done.agency.agency.name, t })
  writeFileSync(file('report.html'), String(page))
  writeFixes(file('fixes.csv'), { done, tally }, t)
  writeFileSync(file('manifest.json'), await manifestText(kernel, done))
  return report
}

const CHUNK_chars = 1 << 20

const sheetFields = (fields: readonly string[]): string => sheetLine(fields).trimEnd()

/** What is to be put right, office by office and cause by cause, for people to open and sort. */
function writeFixes(
  file: string,
  { done, tally }: { readonly done: CheckDone; readonly tally: Tally },
  t: Translator,
): void {
  const { standard } = done
  const descriptor = openSync(file, 'w')
  try {
    let text = sheetLine(['office', 'cause', 'owner', 'row', 'line', 'reason', 'remedy'])
    const offices = [...tally.fixes].sort(([a], [b]) => (a < b ? -1 : 1))
    for (const [office, causes] of offices) {
      for (const cause of CAUSES) {
        const words = ['reason', 'remedy'].map((key) => t(`exchange.check.cause.${cause}.${key}`))
        const before = sheetFields([office, cause, ownerOf(cause)])
        const behind = sheetFields(words)
        for (const row of causes.get(cause) ?? []) {
          const name = sheetFields([rowName(standard, row)])
          text += `${before},${name},${standard.table.line[row]},${behind}\r\n`
          if (text.length < CHUNK_chars) continue
          writeSync(descriptor, text)
          text = ''
        }
      }
    }
    writeSync(descriptor, text)
  } finally {
    closeSync(descriptor)
  }
}

/**
 * Binds file, results and the events of the check: each receipt names the file as the request and
 * the results as the answer.
 */
async function manifestText(kernel: Kernel, done: CheckDone): Promise<string> {
  const now_s = Math.floor(Date.parse(kernel.now()) / 1000)
  const receipts = sealReceipts(
    done.events.map(({ eventId, leaf }) => ({
      eventId,
      leaf: Buffer.from(leaf, 'base64'),
      requestDigest: Buffer.from(done.fileDigest, 'hex'),
      answerDigest: Buffer.from(done.resultsDigest, 'hex'),
      inLogBy_s: now_s + EXCHANGE_LIMITS.inLogWithin_s,
    })),
    { origin: await ledgerOrigin(kernel), key: kernel.keys.active('receipt') },
  )
  const { fileDigest, resultsDigest, rows } = done
  const manifest = {
    format: 'goc-check-v1',
    file: { sha256: fileDigest, rows },
    results: { sha256: resultsDigest },
    receipts,
  }
  return `${JSON.stringify(manifest, null, 2)}\n`
}
