import {
  ask,
  type Content,
  formKeys,
  type Html,
  html,
  LIMITS,
  Refusal,
  sendHtml,
  yearOf,
} from '../../../../kernel/index.ts'
import {
  back,
  button,
  errorSummary,
  type FieldError,
  field,
  postForm,
  section,
  still,
  taskList,
} from '../../../../web/index.ts'
import { type ResultRow, searchPersons } from '../../../search/queries.ts'
import { bornWords } from '../facts-table.ts'
import { addressOf, deskPage, personPath, valuesOf } from '../frame.ts'
import type { Visit } from '../persons.ts'
import { seal, unseal } from '../seal.ts'
import { refusedWords, YEAR } from '../search.ts'
import { type About, heldBy, journeyOf } from './subject.ts'

/** What is typed for the other record. */
interface Wanted {
  readonly text: string
  readonly year: string
}

interface Shown {
  readonly wanted: Wanted
  readonly errors?: readonly FieldError[]
  readonly found?: Content
}

const addressIn = ({ person, purpose }: About, under: string, s?: string): string =>
  addressOf(personPath(person, under), { for: purpose, s })

/** Looks for the other record of the same person; at first by the name and year of this one. */
export async function showSearch(visit: Visit, about: About, errors: readonly FieldError[] = []) {
  const { request, reply, kernel } = visit
  const { s = '' } = request.query as { s?: string }
  const wanted = unseal(kernel, { actor: about.asker.actor, use: 'search' }, s) as Wanted | null
  if (wanted === null) {
    const born = heldBy(about, 'birth')?.on
    const year = born === undefined ? '' : String(yearOf(born))
    return sendHtml(reply, pageOf(visit, about, { wanted: { text: about.name, year }, errors }))
  }
  const { text, year } = wanted
  const input = { text, ...(year !== '' && { birthYear: Number(year) }) }
  try {
    const { rows } = await ask(searchPersons, input, about.asker)
    return sendHtml(reply, pageOf(visit, about, { wanted, errors, found: foundOf(about, rows) }))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    reply.code(error.status)
    const refused = { field: 'text', words: refusedWords(about.wording, error) }
    return sendHtml(reply, pageOf(visit, about, { wanted, errors: [refused] }))
  }
}

/** Takes what was typed; it travels on sealed, so that no address tells it. */
export async function sendSearch(visit: Visit, about: About) {
  const { request, reply, kernel } = visit
  const { t } = about.wording
  const { text = '', year = '' } = valuesOf(request.body)
  const errors: FieldError[] = []
  if (text === '') errors.push({ field: 'text', words: t('register.desk.search.empty') })
  if (year !== '' && !YEAR.test(year)) {
    errors.push({ field: 'year', words: t('register.desk.search.year-wrong') })
  }
  if (errors.length > 0) {
    reply.code(422)
    return sendHtml(reply, pageOf(visit, about, { wanted: { text, year }, errors }))
  }
  const s = seal(kernel, { actor: about.asker.actor, use: 'search' }, { text, year })
  return reply.redirect(addressIn(about, '/merge', s), 303)
}

function pageOf({ request, kernel }: Visit, about: About, shown: Shown): Html {
  const { t } = about.wording
  const { wanted, errors = [], found = null } = shown
  const { title, about: whom, back: way, purpose } = journeyOf(about, 'merge')
  const error = (name: string) => errors.find((one) => one.field === name)?.words
  const form = postForm({
    action: addressIn(about, '/merge'),
    keys: formKeys(request, kernel),
    className: 'stack',
    body: html`${field({
      name: 'text',
      label: t('register.desk.search.label'),
      hint: t('register.desk.search.hint'),
      value: wanted.text,
      error: error('text'),
      maxlength: LIMITS.nameChars,
      type: 'search',
    })}${field({
      name: 'year',
      label: t('register.desk.birth-year'),
      optional: t('register.desk.optional'),
      value: wanted.year,
      error: error('year'),
      width: 8,
      numeric: true,
      maxlength: 4,
    })}${button(t('register.desk.search.submit'))}`,
  })
  const asked = section('other', t('register.desk.merge.other'), form)
  const body = html`<div class="stack-l dense"><div>${back(way.label, way.href)}
<h1>${title}</h1>${whom}<p>${t('register.desk.merge.lead')}</p></div>
${errorSummary(t, errors)}${asked}${found}</div>`
  return deskPage(request, kernel, { title, body, purpose, search: false, narrow: true })
}

/** Whoever else was found, each with the way to the comparison. */
function foundOf(about: About, rows: readonly ResultRow[]): Content {
  const { t, units } = about.wording
  const others = rows.filter((row) => row.person !== about.person)
  if (others.length === 0) {
    return still(t('register.desk.merge.nobody'), t('register.desk.search.nobody-why'))
  }
  const tasks = others.map(({ name, birthYear, unit, person }) => {
    const born = birthYear === null ? null : bornWords(about.wording, String(birthYear))
    const home = unit === null ? null : units.fullTitleOf(unit, t.lang)
    return {
      title: name ?? t('register.kin.unnamed'),
      href: addressIn(about, `/merge/${person}`),
      why: [born, home].filter(Boolean).join(', '),
    }
  })
  const count = t('register.desk.search.count', { n: others.length })
  return html`${section(
    'found',
    { title: t('register.desk.search.results'), aside: count },
    taskList(tasks, { tight: true }),
  )}<p class="meta small">${t('register.desk.search.recorded')}</p>`
}
