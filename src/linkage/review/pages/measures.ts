import { type Html, html } from '../../../kernel/index.ts'
import { big, section, still, table } from '../../../web/index.ts'
import type { Measures } from '../queries.ts'
import { intervalOf } from '../rules.ts'
import { DECISIONS } from '../types.ts'
import type { Wording } from './wording.ts'

/** Below it the decisions of a desk are not to be relied upon. */
const KAPPA_GOAL = 0.9
const HOUR_s = 3_600

/** How well and how fast reviewers decide: by pairs of which the answer is known, and by each other. */
export function measuresPage({ t }: Wording, measures: Measures): Html {
  const { reviewers, pairs, observed, kappa } = measures
  const head = html`<div><h1>${t('linkage.review.measures')}</h1>
<p class="lead">${t('linkage.review.measures-lead')}</p></div>`
  if (reviewers.length === 0) {
    return html`<div class="dense stack-l">${head}${still(t('linkage.review.measures-none'))}</div>`
  }
  const shown = kappa === null ? '–' : t.number(kappa, 2)
  const words = html`${t('linkage.review.kappa')}. ${t('linkage.review.kappa-of', {
    n: pairs,
    share: t.percent(observed, 1),
    goal: t.number(KAPPA_GOAL, 1),
  })}`
  return html`<div class="dense stack-l">${head}${big(shown, words)}
${section('reviewers', t('linkage.review.reviewers'), reviewersTable({ t } as Wording, measures))}
${section('confusion', t('linkage.review.confusion'), confusionTable({ t } as Wording, measures))}</div>`
}

function reviewersTable({ t }: Wording, { reviewers }: Measures): Html {
  const columns = [
    { label: t('linkage.review.reviewer'), kind: 'head' as const },
    ...['decisions', 'per-hour', 'upheld'].map((key) => ({
      label: t(`linkage.review.col.${key}`),
      kind: 'num' as const,
      short: t(`linkage.review.col.${key}`),
    })),
    { label: t('linkage.review.col.seeded'), short: t('linkage.review.col.seeded') },
  ]
  const rows = reviewers.map((one) => [
    one.name === '' ? t('linkage.review.unnamed') : one.name,
    t.number(one.decisions),
    one.median_s === null ? '–' : t.number(Math.round(HOUR_s / one.median_s)),
    one.settled === 0 ? '–' : t.percent(one.upheld / one.settled, 1),
    one.seeded === 0 ? '–' : seededOf({ t } as Wording, one),
  ])
  return table({ caption: t('linkage.review.reviewers'), columns, rows })
}

const [WIDE, TALL] = [160, 22]

/** The share as a point, its 95 % interval as a line from 0 to 100 %. */
function seededOf({ t }: Wording, { right, seeded }: Measures['reviewers'][number]): Html {
  const [low, high] = intervalOf(right, seeded)
  const x = (share: number) => (4 + share * (WIDE - 8)).toFixed(1)
  const words = t('linkage.review.seeded', {
    right,
    seeded,
    low: t.percent(low, 0),
    high: t.percent(high, 0),
  })
  const y = TALL / 2
  return html`<span class="chart"><svg viewBox="0 0 ${WIDE} ${TALL}" width=${WIDE} height=${TALL}
  aria-hidden="true"><line class="grid" x1="4" x2=${WIDE - 4} y1=${y} y2=${y}/>
<line class="s1" x1=${x(low)} x2=${x(high)} y1=${y} y2=${y}/>
<circle class="c1" cx=${x(right / seeded)} cy=${y} r="5"/></svg></span> ${words}`
}

function confusionTable({ t }: Wording, { confusion }: Measures): Html {
  const columns = [
    { label: t('linkage.review.first-second'), kind: 'head' as const },
    ...DECISIONS.map((one) => ({
      label: t(`linkage.review.said.${one}`),
      kind: 'num' as const,
      short: t(`linkage.review.said.${one}`),
    })),
  ]
  const rows = DECISIONS.map((first) => [
    t(`linkage.review.said.${first}`),
    ...DECISIONS.map((second) => t.number(confusion[`${first} ${second}`] ?? 0)),
  ])
  return table({ caption: t('linkage.review.confusion'), columns, rows })
}
