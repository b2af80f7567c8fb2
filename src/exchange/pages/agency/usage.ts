import {
  addDays,
  type Content,
  type Html,
  html,
  type PlainDay,
  type Translator,
} from '../../../kernel/index.ts'
import { table } from '../../../web/index.ts'
import { USAGE_days } from '../../agency/own.ts'
import type { DayOfUsage } from '../../agency/usage-store.ts'

interface Counted {
  readonly day: PlainDay
  readonly online: number
  readonly bulk: number
  readonly unconfirmed: number
}

/** Persons asked about by day: a picture, and the same figures in a table behind. */
export function usageChart(t: Translator, usage: readonly DayOfUsage[], today: PlainDay): Html {
  const days = countedDays(usage, today)
  const label = t('exchange.usage.label', { days: USAGE_days })
  const most = Math.max(1, ...days.map((one) => one.online + one.bulk))
  const rows = days
    .toReversed()
    .map(({ day, online, bulk, unconfirmed }) => [
      t.day(day),
      t.number(online),
      t.number(bulk),
      t.number(unconfirmed),
    ])
  const num = (key: string) => ({
    label: t(`exchange.usage.${key}`),
    short: `${t(`exchange.usage.${key}`)}:`,
    kind: 'num' as const,
  })
  const columns = [
    { label: t('exchange.usage.day'), kind: 'head' as const },
    ...['online', 'bulk', 'unconfirmed'].map(num),
  ]
  return html`<figure class="chart">${bars(t, days, { label, most })}
<details><summary>${t('web.chart.table')}</summary>${table({ caption: label, columns, rows })}</details>
</figure>`
}

function countedDays(usage: readonly DayOfUsage[], today: PlainDay): Counted[] {
  return Array.from({ length: USAGE_days }, (_, at) => {
    const day = addDays(today, at + 1 - USAGE_days)
    const own = usage.filter((row) => row.day === day)
    const sum = (rows: readonly DayOfUsage[], of: 'calls' | 'unconfirmed') =>
      rows.reduce((all, row) => all + row[of], 0)
    return {
      day,
      online: sum(
        own.filter((row) => !row.bulk),
        'calls',
      ),
      bulk: sum(
        own.filter((row) => row.bulk),
        'calls',
      ),
      unconfirmed: sum(own, 'unconfirmed'),
    }
  })
}

const WIDE = 22.4
const TALL = 84
const TOP = 18

interface Picture {
  readonly label: string
  readonly most: number
}

/** Bars start at zero; a day on which something was asked is never drawn as nothing. */
function bars(t: Translator, days: readonly Counted[], { label, most }: Picture): Html {
  const width = (days.length * WIDE).toFixed(1)
  const floor = TOP + TALL
  const drawn = days.map(({ day, online, bulk }, at) => {
    const count = online + bulk
    const height = count === 0 ? 0 : Math.max(2, (count / most) * TALL)
    const x = 4 + at * WIDE
    const last = at === days.length - 1
    const bar = html`<rect class=${last ? 'c1' : 'c0'} x=${x.toFixed(1)} width="14"
  y=${(floor - height).toFixed(1)} height=${height.toFixed(1)}/>`
    return [count === 0 ? null : bar, dayName(t, day, { at, x, of: days.length, floor })]
  })
  const highest = html`<text x="0" y="11" class="soft">${t('exchange.usage.most', { n: most })}</text>`
  return html`<svg viewBox="0 0 ${width} ${floor + 20}" width=${width} height=${floor + 20}
  role="img" aria-label=${label} font-size="12">${highest}${drawn}
<line x1="0" y1=${floor} x2=${width} y2=${floor} class="zero"/></svg>`
}

interface Placed {
  readonly at: number
  readonly x: number
  readonly of: number
  readonly floor: number
}

/** Every fifth day has its name, counted from the last. */
function dayName(t: Translator, day: PlainDay, { at, x, of, floor }: Placed): Content {
  if ((of - 1 - at) % 5 !== 0) return null
  const last = at === of - 1
  return html`<text x=${(last ? x + 18 : x + 7).toFixed(1)} y=${floor + 16} class="soft"
  text-anchor=${last ? 'end' : 'middle'}>${t.shortDay(day)}</text>`
}
