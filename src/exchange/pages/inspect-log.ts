import { type Content, type FormKeys, type Html, html } from '../../kernel/index.ts'
import {
  button,
  choice,
  dayField,
  errorSummary,
  type FieldError,
  field,
  head,
  postForm,
  still,
  table,
  tag,
} from '../../web/index.ts'
import type { ReadLine, ReadTold } from '../reads/queries.ts'
import {
  bodyOf,
  lawWords,
  purposeWords,
  roleWords,
  unitWords,
  type Wording,
  whoWords,
} from './wording.ts'

/** What an inspector has typed; all empty at first. */
export interface Typed {
  readonly number: string
  readonly order: string
  /** `open`: the person sees the look at once; `hidden`: on a day. */
  readonly kind: string
  /** As typed, day first. */
  readonly until: string
}

export interface LogForm {
  readonly typed: Typed
  readonly errors: readonly FieldError[]
  readonly keys: FormKeys
  /** The last day an investigation may name. */
  readonly last: string
}

/** The form that opens one person's log to the inspection. */
export function logForm({ t }: Wording, { typed, errors, keys, last }: LogForm): Html {
  const errorOf = (name: string) => {
    const found = errors.find((one) => one.field === name)?.words
    return found === undefined ? {} : { error: found }
  }
  const fields = [
    field({
      name: 'number',
      label: t('exchange.try.number'),
      value: typed.number,
      numeric: true,
      width: 20,
      ...errorOf('number'),
    }),
    field({
      name: 'order',
      label: t('exchange.inspect.order'),
      hint: t('exchange.inspect.order-hint'),
      value: typed.order,
      maxlength: 200,
      ...errorOf('order'),
    }),
    choice({
      name: 'kind',
      label: t('exchange.inspect.told'),
      options: [
        {
          value: 'open',
          label: t('exchange.inspect.told-now'),
          hint: t('exchange.inspect.told-now-hint'),
        },
        {
          value: 'hidden',
          label: t('exchange.inspect.told-later'),
          hint: t('exchange.inspect.told-later-hint', { day: t.day(last) }),
        },
      ],
      chosen: typed.kind === '' ? [] : [typed.kind],
      ...errorOf('kind'),
    }),
    dayField(t, {
      name: 'until',
      label: t('exchange.inspect.until'),
      optional: t('exchange.inspect.until-when'),
      value: typed.until,
      ...errorOf('until'),
    }),
  ]
  const body = html`${fields}<div class="row">${button(t('exchange.inspect.look'))}</div>`
  const form = postForm({ action: '/inspect/log', keys, body, className: 'stack' })
  return html`<section aria-labelledby="log">${head({ title: t('exchange.inspect.log') }, 'log')}
<p class="meta">${t('exchange.inspect.log-why')}</p>${errorSummary(t, errors)}${form}</section>`
}

/** The newest lines of the log that was opened. */
export function logTable(wording: Wording, lines: readonly ReadLine[]): Html {
  const { t } = wording
  if (lines.length === 0) return still(t('exchange.inspect.no-lines'))
  const columns = ['when', 'who', 'why', 'what'].map((key) => ({
    label: t(`exchange.inspect.col.${key}`),
  }))
  const rows = lines.map((line): readonly Content[] => {
    const at = t.instant(line.at)
    const { told } = line
    if (told === null) return [at, t(`exchange.read.${line.state}.plain`), '', '']
    return [at, whoOf(wording, told), whyOf(wording, told), whatOf(wording, told)]
  })
  return table({ caption: t('exchange.inspect.log'), dense: true, columns, rows })
}

function whoOf(wording: Wording, told: ReadTold): Html {
  const more = [roleWords(wording, told.role), unitWords(wording, told.unit)]
    .filter(Boolean)
    .join(', ')
  return html`${whoWords(wording, bodyOf(told))}<p class="meta small">${more}</p>`
}

function whyOf(wording: Wording, told: ReadTold): Html {
  const { t } = wording
  const file = told.case === null ? null : html`. ${t('exchange.read.case', { case: told.case })}`
  return html`${purposeWords(wording, told.purpose)}${file}
<p class="meta small">${lawWords(wording, told.legalBasis)}</p>`
}

function whatOf({ t }: Wording, { operation, outcome, flags }: ReadTold): Html {
  const marks = flags.map((flag) =>
    t.has(`exchange.read.flag.${flag}`) ? t(`exchange.read.flag.${flag}`) : flag,
  )
  const refused = outcome === 'refused' ? tag(t, 'late', t('exchange.inspect.refused')) : null
  return html`<code>${operation}</code> ${refused}${marks.map((mark) => html`<p>${tag(t, 'you', mark)}</p>`)}`
}
