import { ageOn, type Content, type Html, html } from '../../../kernel/index.ts'
import { asOf, idNumber, type LifeAct, linkButton, note, section } from '../../../web/index.ts'
import type { RecordAnswer } from '../../person/queries.ts'
import type { LifeDay } from '../../person/record.ts'
import type { Birth, Death, FactKind, FactValues } from '../../types.ts'
import { codeWords, type Wording } from '../wording.ts'
import { aside } from './aside.ts'
import type { Axes } from './axes.ts'
import { eventsFor } from './events/list.ts'
import { bornWords, factsTable } from './facts-table.ts'
import { addressOf, type Purpose, personPath } from './frame.ts'
import type { RecordPage } from './types.ts'

/** The whole record as of two days: who, the axis of the life, facts with their acts, and kin. */
export function recordPage(page: RecordPage): Html {
  const { wording, record, axes, purpose } = page
  const { t } = wording
  const heading = {
    title: t('register.desk.record.on', { day: t.day(axes.valid) }),
    aside: html`<span class="meta unprinted">${t('register.desk.record.open-act')}</span>`,
  }
  const telling = { wording, purpose, acts: record.acts }
  const body =
    record.facts.length === 0
      ? note({
          title: t('register.desk.record.nothing'),
          body: t('register.desk.record.nothing-why'),
        })
      : factsTable(telling, record.facts, heading.title)
  return html`<div class="split dense"><div class="stack">${headOf(page)}
${states(page)}${axisOf(page)}${section('facts', heading, body)}</div>
${aside(page)}</div>`
}

function valueIn<Kind extends FactKind>(
  { facts }: Pick<RecordAnswer, 'facts'>,
  kind: Kind,
): FactValues[Kind] | undefined {
  return facts.find((fact) => fact.kind === kind)?.value as FactValues[Kind] | undefined
}

export const nameOf = ({ t }: Wording, record: Pick<RecordAnswer, 'facts'>): string =>
  valueIn(record, 'name')?.full ?? t('register.kin.unnamed')

/** Number, sex, age and whether living, in one line under the name. */
export function inShort(wording: Wording, record: RecordAnswer, axes: Axes): Html {
  const { t, profile } = wording
  const birth = valueIn(record, 'birth') as Birth | undefined
  const sex = valueIn(record, 'sex')
  const death = valueIn(record, 'death') as Death | undefined
  const isBorn = birth !== undefined && ageOn(birth.on, axes.valid).most >= 0
  const life = death === undefined ? 'living' : death.kind === 'death' ? 'deceased' : 'missing'
  const words = [
    sex === undefined ? null : codeWords(wording, 'sex', sex).toLocaleLowerCase(t.lang),
    birth === undefined ? null : bornWords(wording, birth.on),
    isBorn && death === undefined
      ? t('register.age', { n: ageOn(birth.on, axes.valid).least })
      : null,
    birth === undefined ? null : t(`register.desk.life.${life}`),
  ].filter((one) => one !== null)
  const number = record.number === null ? null : idNumber(profile.number.group(record.number))
  return html`<p class="meta">${number}${number === null || words.length === 0 ? null : ', '}${words.join(', ')}</p>`
}

function headOf(page: RecordPage): Html {
  const { wording, record, purpose, axes } = page
  const { t } = wording
  const opened = t('register.desk.record.opened', {
    purpose: t(`register.desk.purpose.${purpose}`).toLocaleLowerCase(t.lang),
  })
  return html`<div class="head"><div><p class="meta small">${opened}</p>
<h1>${nameOf(wording, record)}</h1>${inShort(wording, record, axes)}</div>
<div class="row">${actions(page)}</div></div>`
}

/** What may be recorded of this person, the history, and the record on paper. */
function actions({ wording, record, purpose, axes, may }: RecordPage): Content {
  const { t } = wording
  const isClosed = valueIn(record, 'death') !== undefined
  const at = (under: string, more = {}) =>
    addressOf(personPath(record.person, under), { for: purpose, ...more })
  const offered = [
    { under: '/events', words: 'events.title', may: eventsFor(record.facts, may).length > 0 },
    {
      under: '/correct',
      words: 'event.correct',
      may: may('fact.correct') || (may('fact.amend') && !isClosed),
    },
  ].filter((one) => one.may)
  const links = offered.map(({ under, words }, place) =>
    linkButton(t(`register.desk.${words}`), at(under), { kind: place === 0 ? 'main' : 'plain' }),
  )
  const history = linkButton(t('register.desk.history.title'), at('/history'), { kind: 'plain' })
  const extract = linkButton(t('register.desk.extract.title'), at('/extract.pdf', axes.said), {
    kind: 'plain',
  })
  return html`${links}${history}${extract}`
}

/** What must be known before anything else: closed, merged, protected, outside the area. */
function states({ wording, record, ...page }: RecordPage): Content {
  const { t, profile } = wording
  const death = valueIn(record, 'death') as Death | undefined
  const { asked, duplicates } = record
  const list = (numbers: readonly string[]) =>
    t.list(numbers.map((number) => profile.number.group(number)))
  const notes = [
    page.case === undefined
      ? null
      : note({
          kind: 'you',
          title: t('register.desk.outside.open', { case: page.case }),
          body: t('register.desk.outside.flagged'),
        }),
    valueIn(record, 'protected') === undefined
      ? null
      : note({
          kind: 'you',
          title: t('register.desk.protected.open'),
          body: t('register.desk.protected.open-why'),
        }),
    death === undefined
      ? null
      : note({
          title: t(`register.desk.closed.${death.kind}`, { on: t.day(death.on) }),
          body: t('register.desk.closed.why'),
        }),
    duplicates.length === 0
      ? null
      : note({
          title: t('register.desk.merged', { numbers: list(duplicates) }),
          body: html`<p>${t('register.desk.merged-why')}</p>${
            page.may('person.unmerge') ? unmergeLink(wording, record, page.purpose) : null
          }`,
        }),
    asked === null || asked.state === 'in-force' || asked.isDuplicate
      ? null
      : note({ title: t(`register.desk.number.${asked.state}`), body: list([asked.number]) }),
  ]
  return notes
}

const unmergeLink = ({ t }: Wording, { person }: RecordAnswer, purpose: Purpose): Html =>
  html`<p><a href=${addressOf(personPath(person, '/unmerge'), { for: purpose })}>${t(
    'register.desk.event.unmerge',
  )}</a></p>`

function axisOf({ wording, record, axes, purpose }: RecordPage): Html {
  const { t } = wording
  return asOf(t, {
    action: personPath(record.person),
    fields: { for: purpose },
    valid: axes.valid,
    known: axes.known,
    today: axes.today,
    wrong: axes.wrong,
    acts: record.life.flatMap((day) => lifeAct(wording, day)),
  })
}

/** What a day of a life is called by: the first of these that began on it. */
const MOMENTS = [
  ...(['birth', 'death', 'spouse', 'child', 'parent', 'household', 'permanent'] as const),
  ...(['temporary', 'absence', 'current', 'number', 'card', 'old-number', 'nationality'] as const),
  ...(['marital', 'name', 'representative', 'represented', 'protected', 'merged'] as const),
] as const satisfies readonly FactKind[]

function lifeAct({ t }: Wording, { day, kinds }: LifeDay): LifeAct[] {
  const kind = MOMENTS.find((one) => kinds.includes(one)) ?? kinds[0]
  if (kind === undefined) return []
  const key = `register.desk.moment.${kind}`
  return [{ day, label: t.has(key) ? t(key) : t(`register.fact.${kind}`) }]
}
