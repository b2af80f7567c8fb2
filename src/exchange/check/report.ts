import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { type Kernel, type Translator, wordsOf } from '../../kernel/index.ts'
import { ledgerOrigin } from '../../ledger/index.ts'
import { unitsOf } from '../../register/index.ts'
import { EXCHANGE_LIMITS } from '../limits.ts'
import { sealReceipts } from '../receipt/receipt.ts'
import { STATUSES, type Status } from './outcome.ts'
import { CAUSES, COLUMN_NAMES } from './row.ts'
import type { CheckDone } from './work.ts'

type Counts = Readonly<Partial<Record<Status, number>>>

interface Place {
  readonly name: string
  readonly counts: Counts
}

/** Writes report.md and report.json for people and programs, and manifest.json, which is signed. */
export async function writeReport(
  kernel: Kernel,
  done: CheckDone,
  { out, t }: { readonly out: string; readonly t: Translator },
): Promise<void> {
  const places = await placesOf(kernel, done, t)
  const { statuses, causes, fields } = done.tally
  const { agreement, agency, rows, fileDigest } = done
  const summary = {
    format: 'goc-check-report-v1',
    agency: agency.agency.code,
    purpose: agreement.purpose,
    legalBasis: agreement.legalBasis,
    file: fileDigest,
    rows,
    statuses,
    fields,
    causes,
    places,
  }
  writeFileSync(path.join(out, 'report.json'), `${JSON.stringify(summary, null, 2)}\n`)
  writeFileSync(path.join(out, 'report.md'), reportText(kernel, { done, places }, t))
  writeFileSync(path.join(out, 'manifest.json'), await manifestText(kernel, done))
}

/** Statuses by the highest unit above each row's, the most rows first. */
async function placesOf(
  kernel: Kernel,
  { tally }: CheckDone,
  t: Translator,
): Promise<readonly Place[]> {
  const units = await kernel.database.transaction((tx) => unitsOf({ tx, kernel }))
  const places = new Map<string, Partial<Record<Status, number>>>()
  for (const [unit, counts] of Object.entries(tally.units)) {
    const top = units.unitsAbove(unit).at(-1)?.id
    const name =
      top === undefined ? t('exchange.check.report.no-place') : units.titleOf(top, t.lang)
    const sum = places.get(name) ?? {}
    places.set(name, sum)
    for (const status of STATUSES) sum[status] = (sum[status] ?? 0) + (counts[status] ?? 0)
  }
  return [...places]
    .map(([name, counts]) => ({ name, counts }))
    .sort((a, b) => total(b.counts) - total(a.counts))
}

const total = (counts: Counts): number =>
  STATUSES.reduce((sum, status) => sum + (counts[status] ?? 0), 0)

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`
  return `${line(head)}${line(head.map(() => '---'))}${rows.map(line).join('')}\n`
}

function reportText(
  kernel: Kernel,
  { done, places }: { readonly done: CheckDone; readonly places: readonly Place[] },
  t: Translator,
): string {
  const say = (key: string) => t(`exchange.check.${key}`)
  const { tally, rows, agency, agreement } = done
  const { purposes, legalBases } = kernel.profile
  const share = (count: number) => (rows === 0 ? '' : t.percent(count / rows, 1))
  const facts = [
    [say('report.agency'), agency.agency.name],
    [say('report.purpose'), wordsOf(purposes, agreement.purpose)[t.lang]],
    [say('report.law'), wordsOf(legalBases, agreement.legalBasis)[t.lang]],
    [say('report.made'), t.instant(kernel.now())],
    [say('report.file'), `\`${done.fileDigest}\``],
    [say('report.rows'), t.number(rows)],
  ]
  const statuses = STATUSES.filter((status) => tally.statuses[status] !== undefined)
  const causes = CAUSES.filter((cause) => tally.causes[cause] !== undefined).sort(
    (a, b) => (tally.causes[b] ?? 0) - (tally.causes[a] ?? 0),
  )
  const fieldRows = COLUMN_NAMES.flatMap((column) =>
    Object.entries(tally.fields[column] ?? {}).map(([verdict, count]) => [
      say(`field.${column}`),
      say(`verdict.${verdict}`),
      t.number(count),
      share(count),
    ]),
  )
  return [
    `# ${say('report.title')}\n\n`,
    facts.map(([name, value]) => `- ${name}: ${value}\n`).join(''),
    `\n${say('report.note')}\n\n`,
    table(
      [say('report.status'), say('report.rows'), say('report.share')],
      statuses.map((status) => {
        const count = tally.statuses[status] ?? 0
        return [say(`status.${status}`), t.number(count), share(count)]
      }),
    ),
    table(
      [say('report.field'), say('report.status'), say('report.rows'), say('report.share')],
      fieldRows,
    ),
    table(
      [say('report.cause'), say('report.rows'), say('report.share'), say('report.remedy')],
      causes.map((cause) => {
        const count = tally.causes[cause] ?? 0
        return [
          say(`cause.${cause}.reason`),
          t.number(count),
          share(count),
          say(`cause.${cause}.remedy`),
        ]
      }),
    ),
    table(
      [say('report.place'), ...STATUSES.map((status) => say(`status.${status}`))],
      places.map(({ name, counts }) => [
        name,
        ...STATUSES.map((status) => t.number(counts[status] ?? 0)),
      ]),
    ),
  ].join('')
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
