import { type Html, html, type Lang, type Translator } from '../../kernel/index.ts'
import { filePage, section, table } from '../../web/index.ts'
import { ruleName } from '../block/rule.ts'
import { FieldRows } from '../link/field-rows.ts'
import type { Linked } from '../link/types.ts'
import { probabilityOf } from '../model/model.ts'
import { fieldScores } from '../model/score.ts'
import type { FileRows, TwoFiles } from '../read/index.ts'
import { speak } from '../speak.ts'
import type { LinkSpec } from '../types.ts'
import { type Bin, chart, histogram, levelBars, levelTable, type Step, waterfall } from './chart.ts'

export interface ReportMatter {
  readonly language: Lang
  readonly files: TwoFiles
  readonly spec: LinkSpec
  readonly linked: Linked
  readonly clusters: Uint32Array
  readonly threshold: number
  readonly seconds: number
}

/** The report of a run: figures, levels and rules, and of no row what it says. */
export function linkReport(matter: ReportMatter): string {
  const t = speak(matter.language)
  const { files, seconds } = matter
  const isDedupe = files.right === files.left
  const rows = files.left.rows + (isDedupe ? 0 : files.right.rows)
  const body = [
    section('files', t('linkage.report.files'), filesTable(t, matter)),
    weights(t, matter),
    model(t, matter),
    examples(t, matter),
    section('rules', t('linkage.report.rules'), rules(t, matter)),
    ...groups(t, matter),
  ]
  return filePage({
    t,
    title: t(isDedupe ? 'linkage.report.title-one' : 'linkage.report.title-two'),
    lead: t('linkage.report.lead', { rows, seconds: Math.round(seconds * 10) / 10 }),
    body: html`${body}`,
  }).text
}

function filesTable(t: Translator, { files, linked, clusters, threshold }: ReportMatter): Html {
  const say = (key: string) => t(`linkage.report.${key}`)
  const isDedupe = files.right === files.left
  const sides: readonly FileRows[] = isDedupe ? [files.left] : [files.left, files.right]
  const least = Math.log2(threshold / (1 - threshold))
  const joined = linked.pairs.weights.filter((weight) => weight >= least).length
  const most = clusters.reduce((a, b) => Math.max(a, b), 0)
  const faults = sides.flatMap((side, at) =>
    side.unreadable.first.slice(0, FAULTS_shown).map(({ line, fault }) => ({ at, line, fault })),
  )
  const names = isDedupe ? [say('file')] : [say('left'), say('right')]
  const cells = (of: (side: FileRows) => string) => sides.map(of)
  return html`${table({
    caption: say('files'),
    columns: [{ label: '' }, ...names.map((label) => ({ label, kind: 'num' as const }))],
    rows: [
      [say('rows'), ...cells(({ rows }) => t.number(rows))],
      [say('unreadable'), ...cells(({ unreadable }) => t.number(unreadable.count))],
      [say('no-id'), ...cells(({ emptyIds }) => t.number(emptyIds))],
      [say('same-id'), ...cells(({ duplicateIds }) => t.number(duplicateIds))],
      [say('encoding'), ...cells(({ encoding }) => encoding)],
    ],
    dense: true,
  })}<p>${t('linkage.report.joined', { pairs: joined, clusters: most })}</p>${
    faults.length > 0 &&
    table({
      caption: say('unreadable'),
      columns: [
        { label: say('file') },
        { label: say('line'), kind: 'num' as const },
        { label: say('why') },
      ],
      rows: faults.map(({ at, line, fault }) => [
        names[at] ?? '',
        t.number(line),
        t(`linkage.fault.${fault}`),
      ]),
      dense: true,
    })
  }`
}

const FAULTS_shown = 20

function weights(t: Translator, { linked, threshold }: ReportMatter): Html {
  const least = Math.log2(threshold / (1 - threshold))
  const bins = binsOf(linked.pairs.weights)
  const doubtful = linked.pairs.weights.filter((weight) => {
    const probability = probabilityOf(weight)
    return probability > 0.1 && probability < 0.9
  }).length
  const label = t('linkage.report.weights')
  return chart(t, {
    title: label,
    says: t('linkage.report.weights-says', { pairs: linked.pairs.weights.length, doubtful }),
    picture: histogram(t, { bins, threshold: least, label }),
    behind: table({
      caption: label,
      columns: [
        { label: t('linkage.report.weight'), kind: 'num' as const },
        { label: t('linkage.report.pairs'), kind: 'num' as const },
      ],
      rows: bins
        .filter(({ count }) => count > 0)
        .map(({ from, count }) => [`${t.number(from)} – ${t.number(from + 1)}`, t.number(count)]),
      dense: true,
      stacked: false,
    }),
  })
}

function binsOf(all: Float64Array): readonly Bin[] {
  let low = 0
  let high = 0
  for (const weight of all) {
    low = Math.min(low, Math.floor(weight))
    high = Math.max(high, Math.floor(weight))
  }
  const counts = new Array<number>(high - low + 1).fill(0)
  for (const weight of all)
    counts[Math.floor(weight) - low] = (counts[Math.floor(weight) - low] ?? 0) + 1
  return counts.map((count, at) => ({ from: low + at, count }))
}

function barsOf(t: Translator, { linked: { model: learnt } }: ReportMatter) {
  return learnt.fields.map(({ name, levels, m, u }) => ({
    name,
    bars: levels.slice(1).map(({ id }, at) => ({
      label: t(`linkage.level.${id}`),
      m: m[at + 1] ?? 0,
      u: u[at + 1] ?? 0,
      weight: Math.log2((m[at + 1] ?? 0) / (u[at + 1] ?? 1)),
    })),
  }))
}

function model(t: Translator, matter: ReportMatter): Html {
  const fields = barsOf(t, matter).map(({ name, bars }) =>
    chart(t, {
      title: name,
      says: t('linkage.report.field-says', { share: t.percent(bars[0]?.m ?? 0, 1) }),
      picture: levelBars(t, name, bars),
      behind: levelTable(t, name, bars),
    }),
  )
  return section(
    'model',
    t('linkage.report.model'),
    html`<p class="meta">${t('linkage.report.model-says')}</p>${fields}`,
  )
}

/** A clear pair, and the ones just above and just below the threshold: levels, never values. */
function examples(t: Translator, { linked, files, threshold }: ReportMatter): Html | null {
  const { pairs, model: learnt } = linked
  if (pairs.weights.length === 0) return null
  const least = Math.log2(threshold / (1 - threshold))
  const places = [...examplePlaces(pairs.weights, least)]
  const rows = FieldRows.of(linked.features, files.columns)
  const scores = fieldScores(learnt, linked.frequencies)
  const drawn = places.map(([kind, at]) => {
    const [left = 0, right = 0] = [pairs.left[at], pairs.right[at]]
    const steps = learnt.fields.map((field, place): Step => {
      const level = rows[place]?.level(left, right) ?? 0
      const score = scores[place]
      const rarity = score?.rarity[rows[place]?.meaning[rows[place]?.right[right] ?? 0] ?? 0] ?? 0
      const weight = (score?.weights[level] ?? 0) + (score?.byRarity[level] === 1 ? rarity : 0)
      return {
        field: field.name,
        level: t(`linkage.level.${field.levels[level]?.id ?? 'missing'}`),
        weight,
      }
    })
    const sum = steps.reduce((total, { weight }) => total + weight, 0)
    // What relatives explain is part of what stands against the pair from the start.
    const prior = (pairs.weights[at] ?? 0) - sum
    const title = t(`linkage.report.example.${kind}`)
    return chart(t, {
      title,
      says: t('linkage.report.example-says', {
        probability: t.percent(probabilityOf(pairs.weights[at] ?? 0), 1),
      }),
      picture: waterfall(t, { label: title, prior, steps }),
      behind: table({
        caption: title,
        columns: [
          { label: t('linkage.report.field') },
          { label: t('linkage.report.level') },
          { label: t('linkage.report.weight'), kind: 'num' as const },
        ],
        rows: steps.map(({ field, level, weight }) => [field, level, t.number(weight, 1)]),
        dense: true,
        stacked: false,
      }),
    })
  })
  return section('examples', t('linkage.report.examples'), html`${drawn}`)
}

function examplePlaces(all: Float64Array, least: number): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  const best = (kind: string, at: number, isBetter: (than: number) => boolean) => {
    const known = found.get(kind)
    if (known === undefined || isBetter(all[known] as number)) found.set(kind, at)
  }
  for (const [at, weight] of all.entries()) {
    best('clear', at, (than) => weight > than)
    if (weight >= least) best('above', at, (than) => weight < than)
    else best('below', at, (than) => weight > than)
  }
  return found
}

function rules(t: Translator, { linked }: ReportMatter): Html {
  return table({
    caption: t('linkage.report.rules'),
    columns: [
      { label: t('linkage.report.rule') },
      { label: t('linkage.report.pairs'), kind: 'num' as const },
    ],
    rows: linked.rules.map((rule, at) => [
      rule.keys.length === 0 ? t('linkage.report.every-pair') : ruleName(rule, linked.keys),
      t.number(linked.found[at] ?? 0),
    ]),
    dense: true,
  })
}

/** Values of a category that are shown apart: more is no category of people. */
const GROUPS_most = 12

/** Of each group, how many rows were joined: a group that is joined less often is looked at. */
function groups(t: Translator, { spec, files, linked, threshold }: ReportMatter): readonly Html[] {
  const least = Math.log2(threshold / (1 - threshold))
  const isJoined = new Uint8Array(files.left.rows)
  const isDedupe = files.left === files.right
  for (const [at, weight] of linked.pairs.weights.entries()) {
    if (weight < least) continue
    isJoined[linked.pairs.left[at] as number] = 1
    if (isDedupe) isJoined[linked.pairs.right[at] as number] = 1
  }
  return spec.fields.flatMap((field, place) => {
    const column = files.columns[place]
    const fit = column !== undefined && column.values.length <= GROUPS_most + 1
    if (field.kind !== 'category' || !fit) return []
    const counts = column.values.map(() => ({ rows: 0, joined: 0 }))
    for (let row = 0; row < files.left.rows; row++) {
      const group = counts[column.left[row] as number]
      if (group === undefined) continue
      group.rows++
      group.joined += isJoined[row] as number
    }
    const title = t('linkage.report.groups', { field: field.name })
    const rows = counts.flatMap(({ rows: all, joined }, code) =>
      all === 0
        ? []
        : [
            [
              column.values[code] || t('linkage.report.nothing'),
              t.number(all),
              t.number(joined),
              t.percent(joined / all, 1),
            ],
          ],
    )
    const columns = [
      { label: field.name },
      { label: t('linkage.report.rows'), kind: 'num' as const },
      { label: t('linkage.report.joined-rows'), kind: 'num' as const },
      { label: t('linkage.report.share'), kind: 'num' as const },
    ]
    return [section(`group-${place}`, title, table({ caption: title, columns, rows, dense: true }))]
  })
}
