import type { FastifyRequest } from 'fastify'
import {
  type Content,
  type FormKeys,
  formKeys,
  type Html,
  html,
  type Kernel,
  LIMITS,
} from '../../../kernel/index.ts'
import { button, page, postForm } from '../../../web/index.ts'
import { DESK_PURPOSES } from '../../person/queries.ts'

export { todayOf } from '../../../kernel/index.ts'

export type Purpose = (typeof DESK_PURPOSES)[number]
const PURPOSES: readonly string[] = DESK_PURPOSES

/** What a record is opened for unless the officer says otherwise. */
export const USUAL: Purpose = 'civil-registration'

/** The purpose a form or an address names; the usual one for anything else. */
export const purposeIn = (text: unknown): Purpose =>
  PURPOSES.includes(String(text)) ? (text as Purpose) : USUAL

/** An address with what is said in it; what is empty is left out. */
export function addressOf(
  path: string,
  query: Readonly<Record<string, string | null | undefined>>,
): string {
  const said = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value) said.set(name, value)
  return said.size === 0 ? path : `${path}?${said}`
}

export const personPath = (handle: string, under = ''): string => `/desk/persons/${handle}${under}`

export interface DeskContent {
  readonly title: string
  readonly body: Content
  /** What the officer works for: the next search and the next opening are for the same. */
  readonly purpose?: Purpose
  /** False where the page itself asks for people. */
  readonly search?: boolean
  readonly narrow?: boolean
}

/** A page of the desk: with the box that finds people by a form, never in an address. */
export function deskPage(request: FastifyRequest, kernel: Kernel, content: DeskContent): Html {
  const { title, body, purpose = USUAL, search = true, narrow = false } = content
  const box = search ? quickSearch(request, formKeys(request, kernel), purpose) : null
  return page(request, kernel, { title, section: 'desk', body, search: box, narrow })
}

function quickSearch({ t }: FastifyRequest, keys: FormKeys, purpose: Purpose): Html {
  const label = t('register.desk.search.label')
  const body = html`<label class="unseen" for="quick">${label}</label>
<input id="quick" name="text" type="search" placeholder=${t('register.desk.search.like')}
  autocomplete="off" accesskey="s" maxlength=${LIMITS.nameChars}>
${button(t('register.desk.search.submit'), { kind: 'plain' })}`
  const className = 'ask dense'
  return postForm({
    action: '/desk/search',
    keys,
    fields: { for: purpose },
    className,
    label,
    body,
  })
}

/** The texts of a form as they were typed, without the blanks around them. */
export type Values = Readonly<Record<string, string>>

export function valuesOf(body: unknown): Values {
  const typed = Object.entries((body ?? {}) as Record<string, unknown>)
  return Object.fromEntries(
    typed.flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value.trim().slice(0, LIMITS.textChars)]] : [],
    ),
  )
}
