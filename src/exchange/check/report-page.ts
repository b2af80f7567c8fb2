import {
  type Content,
  type Html,
  type Kernel,
  type Translator,
  wordsOf,
} from '../../kernel/index.ts'
import { STATUSES } from '../../linkage/index.ts'
import { facts, filePage, section, table } from '../../web/index.ts'
import { COLUMN_NAMES } from './columns.ts'
import type { CheckReport, Share } from './summary.ts'

export interface ReportPage {
  readonly report: CheckReport
  readonly agency: string
  readonly t: Translator
}

type Say = (key: string) => string
type Cells = readonly Content[]
interface Part {
  readonly id: string
  readonly columns: Parameters<typeof table>[0]['columns']
  readonly rows: readonly Cells[]
}

/** The report for people: figures with their intervals, causes with who can put them right. */
export function reportPage(kernel: Kernel, { report, agency, t }: ReportPage): Html {
  const say: Say = (key) => t(`exchange.check.${key}`)
  const part = ({ id, columns, rows }: Part): Content => {
    if (rows.length === 0) return ''
    const caption = say(`report.${id}`)
    return section(
      id,
      caption,
      table({
        caption,
        columns,
        rows: rows.map((cells) => [...cells]),
        dense: true,
        stacked: false,
      }),
    )
  }
  return filePage({
    t,
    title: say('report.title'),
    lead: `${agency} · ${t.instant(kernel.now())}`,
    body: [basis(kernel, report, { say, t }), ...partsOf(report, { say, t }).map(part)],
  })
}

interface Words {
  readonly say: Say
  readonly t: Translator
}

function basis({ profile }: Kernel, report: CheckReport, { say, t }: Words): Content {
  const { model } = report
  return section(
    'basis',
    say('report.basis'),
    facts([
      { name: say('report.purpose'), value: wordsOf(profile.purposes, report.purpose)[t.lang] },
      { name: say('report.law'), value: wordsOf(profile.legalBases, report.legalBasis)[t.lang] },
      { name: say('report.rows'), value: t.number(report.rows) },
      { name: say('report.file'), value: report.file },
      { name: say('report.encoding'), value: report.encoding },
      {
        name: say('report.model'),
        value: say(model?.taught === true ? 'report.taught' : 'report.stored'),
        meta: say('report.note'),
      },
    ]),
  )
}

function partsOf(report: CheckReport, { say, t }: Words): readonly Part[] {
  const name = (value: string) => ({ label: say(`report.${value}`) })
  const figure = (value: string) => ({ label: say(`report.${value}`), num: true })
  const figures = [figure('rows'), figure('share'), figure('interval')]
  const shares = ({ count, share, low, high }: Share): Cells => [
    t.number(count),
    t.percent(share, 2),
    `${t.percent(low, 2)} – ${t.percent(high, 2)}`,
  ]
  const byStatus = STATUSES.map((status) => ({ label: say(`status.${status}`), num: true }))
  const placed = ({ name: place, counts }: CheckReport['offices'][number]): Cells => [
    place === '' ? say('report.no-place') : place,
    ...STATUSES.map((status) => t.number(counts[status] ?? 0)),
  ]
  return [
    {
      id: 'statuses',
      columns: [name('status'), ...figures],
      rows: report.statuses.map((one) => [say(`status.${one.status}`), ...shares(one)]),
    },
    {
      id: 'fields',
      columns: [name('field'), name('verdict'), ...figures],
      rows: COLUMN_NAMES.flatMap((column) =>
        (report.fields[column] ?? []).map((one) => [
          say(`field.${column}`),
          say(`verdict.${one.verdict}`),
          ...shares(one),
        ]),
      ),
    },
    {
      id: 'causes',
      columns: [name('cause'), name('owner'), ...figures, name('remedy')],
      rows: report.causes.map((one) => [
        say(`cause.${one.cause}.reason`),
        say(`owner.${one.owner}`),
        ...shares(one),
        say(`cause.${one.cause}.remedy`),
      ]),
    },
    {
      id: 'flags',
      columns: [name('flag'), figure('rows')],
      rows: Object.entries(report.flags).map(([flag, count]) => [
        say(`flag.${flag}`),
        t.number(count),
      ]),
    },
    { id: 'places', columns: [name('place'), ...byStatus], rows: report.places.map(placed) },
    {
      id: 'offices',
      columns: [name('office'), ...byStatus],
      rows: report.offices.length > 1 ? report.offices.map(placed) : [],
    },
  ]
}
