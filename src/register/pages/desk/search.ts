import type { FastifyInstance, FastifyRequest } from 'fastify'
import {
  ask,
  type Content,
  formKeys,
  type Html,
  html,
  type Kernel,
  LIMITS,
  Refusal,
  refusalWords,
  sendHtml,
  todayOf,
} from '../../../kernel/index.ts'
import {
  button,
  errorSummary,
  type FieldError,
  field,
  note,
  postForm,
  select,
  still,
  table,
} from '../../../web/index.ts'
import { type SearchResult, searchPersons } from '../../search/queries.ts'
import { wordingOf } from '../show.ts'
import type { Wording } from '../wording.ts'
import { purposeSelect } from './aside.ts'
import {
  addressOf,
  deskPage,
  type Purpose,
  personPath,
  purposeIn,
  type Values,
  valuesOf,
} from './frame.ts'
import { seal, unseal } from './seal.ts'
import { readUnit } from './units.ts'
import { requireOfficer } from './who.ts'

/** What an officer looks for, as it was typed. */
interface Looked {
  readonly text: string
  readonly year: string
  readonly place: string
  readonly unit: string
  readonly purpose: Purpose
}

const lookedIn = (values: Values): Looked => ({
  text: values.text ?? '',
  year: values.year ?? '',
  place: values.place ?? '',
  unit: values.unit ?? '',
  purpose: purposeIn(values.for),
})

/** The search: what is typed travels in the body of a form, then sealed in the address. */
export function searchRoutes(app: FastifyInstance, kernel: Kernel): void {
  app.post('/desk/search', async (request, reply) => {
    const actor = requireOfficer(request, kernel)
    const wording = await wordingOf(request, kernel)
    const looked = lookedIn(valuesOf(request.body))
    const { errors, among, unit } = readLooked(wording, looked, kernel)
    if (errors.length > 0) {
      reply.code(422)
      return sendHtml(reply, searchPage(request, kernel, { wording, looked, errors, among }))
    }
    const sealed = seal(kernel, { actor, use: 'search' }, { ...looked, unit })
    return reply.redirect(addressOf('/desk/search', { s: sealed }), 303)
  })

  app.get<{ Querystring: { s?: string } }>('/desk/search', async (request, reply) => {
    const actor = requireOfficer(request, kernel)
    const looked = unseal(kernel, { actor, use: 'search' }, request.query.s ?? '') as Looked | null
    if (looked === null) return reply.redirect('/desk', 303)
    const wording = await wordingOf(request, kernel)
    const input = {
      text: looked.text,
      ...(looked.year !== '' && { birthYear: Number(looked.year) }),
      ...(looked.unit !== '' && { unit: looked.unit }),
    }
    try {
      const asker = { kernel, actor, purpose: looked.purpose }
      const result = await ask(searchPersons, input, asker)
      return sendHtml(reply, searchPage(request, kernel, { wording, looked, errors: [], result }))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      reply.code(error.status)
      const errors = [{ field: 'text', words: refusedWords(wording, error) }]
      return sendHtml(reply, searchPage(request, kernel, { wording, looked, errors }))
    }
  })
}

/** A birth year as it is typed. */
export const YEAR = /^(1[89]|20)\d\d$/

/** What keeps a search from being asked at all, and the unit that was meant. */
function readLooked(wording: Wording, looked: Looked, kernel: Kernel) {
  const { t } = wording
  const errors: FieldError[] = []
  if (looked.text === '') {
    errors.push({ field: 'text', words: t('register.desk.search.empty') })
  }
  if (looked.year !== '' && !YEAR.test(looked.year)) {
    errors.push({ field: 'year', words: t('register.desk.search.year-wrong') })
  }
  if (looked.place === '') return { errors, unit: '', among: [] }
  const typed = { text: looked.place, chosen: looked.unit }
  const read = readUnit(wording, typed, { day: todayOf(kernel) })
  if ('unit' in read) return { errors, unit: read.unit, among: [] }
  const isMany = 'among' in read
  const words = t(isMany ? 'register.desk.unit.several' : 'register.desk.unit.none')
  errors.push({ field: isMany ? 'unit' : 'place', words })
  return { errors, unit: '', among: isMany ? read.among : [] }
}

/** A refused search in words; of a wrong number the country says what is wrong. */
export function refusedWords({ t, profile }: Wording, refusal: Refusal): string {
  const fault = profile.number.faults[refusal.details.fault as keyof typeof profile.number.faults]
  if (fault !== undefined) return `${fault.reason[t.lang]}. ${fault.remedy[t.lang]}`
  const { title, remedy } = refusalWords(t, refusal)
  return `${title}. ${remedy}`
}

interface Shown {
  readonly wording: Wording
  readonly looked: Looked
  readonly errors: readonly FieldError[]
  readonly among?: readonly string[]
  readonly result?: SearchResult
}

function searchPage(request: FastifyRequest, kernel: Kernel, shown: Shown): Html {
  const { t } = request
  const { looked, errors, result } = shown
  const title = t('register.desk.search.results')
  const form = searchForm(request, kernel, shown)
  const found = result === undefined ? null : results(shown, result)
  const body = html`<div class="split dense"><div class="stack-l"><h1>${title}</h1>
${errorSummary(t, errors)}${found}</div><div><section class="sheet stack" aria-labelledby="again">
<h2 id="again">${t('register.desk.search.again')}</h2>${form}</section></div></div>`
  return deskPage(request, kernel, { title, body, purpose: looked.purpose, search: false })
}

function results({ wording, looked }: Shown, { rows, more }: SearchResult): Content {
  const { t, units } = wording
  if (rows.length === 0) {
    return still(t('register.desk.search.nobody'), t('register.desk.search.nobody-why'))
  }
  const lines = rows.map(({ name, birthYear, unit, person }) => [
    html`<a href=${addressOf(personPath(person), { for: looked.purpose })}>${
      name ?? t('register.kin.unnamed')
    }</a>`,
    birthYear ?? '',
    unit === null ? t('register.desk.search.nowhere') : units.fullTitleOf(unit, t.lang),
  ])
  const count = t('register.desk.search.count', { n: rows.length })
  const shown = table({
    caption: count,
    dense: true,
    columns: [
      { label: t('register.fact.name'), kind: 'head' },
      { label: t('register.desk.birth-year'), kind: 'day', short: t('register.desk.birth-year') },
      { label: t('register.desk.search.place') },
    ],
    rows: lines,
  })
  const narrow = note({
    kind: 'you',
    title: t('register.desk.search.more', { n: LIMITS.searchRows }),
    body: t('register.desk.search.more-how'),
  })
  return html`${more ? narrow : html`<p class="meta">${count}</p>`}${shown}
<p class="meta small">${t('register.desk.search.recorded')}</p>`
}

/** The form with every way to find somebody; also the desk's front page. */
export function searchForm(
  request: FastifyRequest,
  kernel: Kernel,
  { looked, errors, among = [], wording }: Omit<Shown, 'result'>,
): Html {
  const { t } = request
  const error = (name: string) => errors.find((one) => one.field === name)?.words
  const choice =
    among.length === 0
      ? null
      : select({
          name: 'unit',
          label: t('register.desk.unit.which'),
          error: error('unit'),
          options: among.map((id) => ({
            value: id,
            label: wording.units.fullTitleOf(id, t.lang),
          })),
        })
  const body = html`${field({
    name: 'text',
    label: t('register.desk.search.label'),
    hint: t('register.desk.search.hint'),
    value: looked.text,
    error: error('text'),
    maxlength: LIMITS.nameChars,
    type: 'search',
  })}${field({
    name: 'year',
    label: t('register.desk.birth-year'),
    optional: t('register.desk.optional'),
    value: looked.year,
    error: error('year'),
    width: 8,
    numeric: true,
    maxlength: 4,
  })}${field({
    name: 'place',
    label: t('register.desk.search.unit'),
    optional: t('register.desk.optional'),
    hint: t('register.desk.search.unit-hint'),
    value: looked.place,
    error: error('place'),
    maxlength: LIMITS.nameChars,
  })}${choice}${purposeSelect(t, looked.purpose)}
${button(t('register.desk.search.submit'))}`
  return postForm({
    action: '/desk/search',
    keys: formKeys(request, kernel),
    className: 'stack',
    body,
  })
}
