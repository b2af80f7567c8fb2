import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs'
import path from 'node:path'
import { type Content, type Kernel, type Translator, wordsOf } from '../../kernel/index.ts'
import { ledgerOrigin } from '../../ledger/index.ts'
import { STATUSES } from '../../linkage/index.ts'
import { sheetLine } from '../../register/index.ts'
import { facts, filePage, section, table } from '../../web/index.ts'
import { EXCHANGE_LIMITS } from '../limits.ts'
import { sealReceipts } from '../receipt/receipt.ts'
import { CAUSES, ownerOf } from './causes.ts'
import { COLUMN_NAMES } from './columns.ts'
import type { CheckDone } from './job.ts'
import { rowName } from './results.ts'
import { type CheckReport, type Share, summarise } from './summary.ts'
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
  writeFileSync(file('report.html'), String(reportPage(kernel, { done, report }, t)))
  writeFixes(file('fixes.csv'), { done, tally }, t)
  writeFileSync(file('manifest.json'), await manifestText(kernel, done))
  return report
}

const CHUNK_chars = 1 << 20

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
        for (const row of causes.get(cause) ?? []) {
          const line = String(standard.table.line[row])
          text += sheetLine([
            ...[office, cause, ownerOf(cause), rowName(standard, row), line],
            ...words,
          ])
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

interface Paged {
  readonly done: CheckDone
  readonly report: CheckReport
}

function reportPage(kernel: Kernel, { done, report }: Paged, t: Translator) {
  const say = (key: string) => t(`exchange.check.${key}`)
  const { purposes, legalBases } = kernel.profile
  const name = (value: string) => ({ label: say(`report.${value}`) })
  const figure = (value: string) => ({ label: say(`report.${value}`), num: true })
  const shares = ({ count, share, low, high }: Share): Content[] => [
    t.number(count),
    t.percent(share, 2),
    `${t.percent(low, 2)} – ${t.percent(high, 2)}`,
  ]
  const figures = [figure('rows'), figure('share'), figure('interval')]
  const part = (id: string, columns: Parameters<typeof table>[0]['columns'], rows: Content[][]) =>
    rows.length === 0
      ? ''
      : section(
          id,
          say(`report.${id}`),
          table({ caption: say(`report.${id}`), columns, rows, dense: true, stacked: false }),
        )
  const byStatus = STATUSES.map((status) => ({ label: say(`status.${status}`), num: true }))
  const counted = (counts: CheckReport['places'][number]['counts']): Content[] =>
    STATUSES.map((status) => t.number(counts[status] ?? 0))
  return filePage({
    t,
    title: say('report.title'),
    lead: `${done.agency.agency.name} · ${t.instant(kernel.now())}`,
    body: [
      section(
        'basis',
        say('report.basis'),
        facts([
          { name: say('report.purpose'), value: wordsOf(purposes, report.purpose)[t.lang] },
          { name: say('report.law'), value: wordsOf(legalBases, report.legalBasis)[t.lang] },
          { name: say('report.rows'), value: t.number(report.rows) },
          { name: say('report.file'), value: report.file },
          { name: say('report.encoding'), value: report.encoding },
          {
            name: say('report.model'),
            value: say(report.model?.taught === true ? 'report.taught' : 'report.stored'),
            meta: say('report.note'),
          },
        ]),
      ),
      part(
        'statuses',
        [name('status'), ...figures],
        report.statuses.map((one) => [say(`status.${one.status}`), ...shares(one)]),
      ),
      part(
        'fields',
        [name('field'), name('verdict'), ...figures],
        COLUMN_NAMES.flatMap((column) =>
          (report.fields[column] ?? []).map((one) => [
            say(`field.${column}`),
            say(`verdict.${one.verdict}`),
            ...shares(one),
          ]),
        ),
      ),
      part(
        'causes',
        [name('cause'), name('owner'), ...figures, name('remedy')],
        report.causes.map((one) => [
          say(`cause.${one.cause}.reason`),
          say(`owner.${one.owner}`),
          ...shares(one),
          say(`cause.${one.cause}.remedy`),
        ]),
      ),
      part(
        'flags',
        [name('flag'), figure('rows')],
        Object.entries(report.flags).map(([flag, count]) => [say(`flag.${flag}`), t.number(count)]),
      ),
      part(
        'places',
        [name('place'), ...byStatus],
        report.places.map(({ name: place, counts }) => [
          place === '' ? say('report.no-place') : place,
          ...counted(counts),
        ]),
      ),
      report.offices.length > 1
        ? part(
            'offices',
            [name('office'), ...byStatus],
            report.offices.map(({ name: office, counts }) => [
              office === '' ? say('report.no-place') : office,
              ...counted(counts),
            ]),
          )
        : '',
    ],
  })
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
