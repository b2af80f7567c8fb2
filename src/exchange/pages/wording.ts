import type { FastifyRequest } from 'fastify'
import {
  dayOf,
  type Html,
  html,
  type Instant,
  type Kernel,
  type Translator,
  wordsOf,
} from '../../kernel/index.ts'
import { room as register, unitsOf } from '../../register/index.ts'
import { LAW } from '../law.ts'
import type { ReadTold } from '../reads/queries.ts'

/** What turns codes into the reader's words: language, country, units as they are now. */
export interface Wording {
  readonly t: Translator
  readonly profile: Kernel['profile']
  readonly units: Awaited<ReturnType<typeof unitsOf>>
}

export async function wordingOf(t: Translator, kernel: Kernel): Promise<Wording> {
  const units = await kernel.database.transaction((tx) => unitsOf({ tx, kernel }))
  return { t, profile: kernel.profile, units }
}

export const wordingFor = (request: FastifyRequest, kernel: Kernel): Promise<Wording> =>
  wordingOf(request.t, kernel)

/** Month of an instant in the nation's zone, yyyy-mm. */
export const monthOf = ({ profile }: Wording, at: Instant): string =>
  dayOf(at, profile.timeZone).slice(0, 7)

/** Words that end "your record was opened …". */
export const purposeWords = ({ t, profile }: Wording, code: string): string =>
  wordsOf(profile.purposes, code)[t.lang]

export const lawWords = ({ t, profile }: Wording, code: string): string =>
  wordsOf(profile.legalBases, code)[t.lang]

const AGE = /^age_over_(\d+)$/

/** What was read: an attribute agencies ask by, or a kind of fact of the register. */
export function attributeWords({ t }: Wording, name: string): string {
  const age = AGE.exec(name)?.[1]
  if (age !== undefined) return t('exchange.attribute.age-over', { n: age })
  for (const key of [`exchange.attribute.${name}`, `register.fact.${name}`]) {
    if (t.has(key)) return t(key)
  }
  return name
}

/** In the order of the alphabet of the words, not of the codes. */
export function attributeList(wording: Wording, names: readonly string[]): string[] {
  const words = new Set(names.map((name) => attributeWords(wording, name)))
  return [...words].sort((a, b) => a.localeCompare(b, wording.t.lang))
}

/** The same as one text: Họ tên, ngày sinh, giới tính. */
export function attributeText(
  wording: Wording,
  names: readonly string[],
  more: readonly string[] = [],
): string {
  const words = [...attributeList(wording, names), ...more]
  return words.map((word, at) => (at === 0 ? word : lower(word))).join(', ')
}
const lower = (word: string): string => word.charAt(0).toLocaleLowerCase('vi') + word.slice(1)

/** The body of an event, or the kind of actor where there is none, as the log counts them. */
export const bodyOf = ({ body, kind }: Pick<ReadTold, 'body' | 'kind'>): string => body ?? kind

const KINDS = new Set(['citizen', 'officer', 'agency', 'operator', 'system'])

/** Who, by name of the body; a person without one by what they are to the reader. */
export function whoWords({ t }: Wording, body: string): string {
  return KINDS.has(body) ? t(`exchange.read.kind.${body}`) : body
}

export function roleWords({ t, profile }: Wording, role: string | null): string {
  return role === null ? '' : (profile.roles[role]?.words[t.lang] ?? role)
}

export function unitWords({ t, units }: Wording, unit: string | null): string {
  if (unit === null || unit === 'own') return ''
  if (unit === 'nation') return t('exchange.read.nation')
  return units.fullTitleOf(unit as Parameters<typeof units.fullTitleOf>[0], t.lang)
}

const named = (some: readonly { readonly name: string }[] | undefined): ReadonlySet<string> =>
  new Set(some?.map(({ name }) => name))
const READS = named(register.queries)
const CHANGES = named(register.commands)

/** What is done with a question the person asked, by whoever answers it. */
const ANSWERING: Readonly<Record<string, Deed>> = {
  'complaints.list': 'considered',
  'complaint.get': 'considered',
  'complaint.answer': 'answered',
}

export type Deed =
  | 'asked'
  | 'listed'
  | 'cleaned'
  | 'searched'
  | 'inspected'
  | 'considered'
  | 'answered'
  | 'read'
  | 'changed'
  | 'handled'
  | 'tried'

/** What was done, as far as its reader needs to tell the ways apart. */
export function deedOf({ operation, outcome, purpose, isBulk, kind }: ReadTold): Deed {
  if (outcome === 'refused') return 'tried'
  if (ANSWERING[operation] !== undefined) return ANSWERING[operation]
  if (kind === 'agency') {
    if (!isBulk) return 'asked'
    return purpose === LAW.cleaning.purpose ? 'cleaned' : 'listed'
  }
  if (operation === 'person.search') return 'searched'
  if (operation.startsWith('reads.')) return 'inspected'
  if (READS.has(operation)) return 'read'
  return CHANGES.has(operation) ? 'changed' : 'handled'
}

/** "Bảo hiểm xã hội … đọc hồ sơ của anh/chị **để cấp thẻ**". */
export function deedWords(wording: Wording, told: ReadTold): Html {
  const { key, who, why } = deedParts(wording, told)
  return wording.t.html(key, { who, why: html`<b>${why}</b>` })
}

/** The same without markup. */
export function deedText(wording: Wording, told: ReadTold): string {
  const { key, who, why } = deedParts(wording, told)
  return wording.t(key, { who, why })
}

/** What matters in the sentence is the purpose, unless the deed says it better. */
function deedParts(wording: Wording, told: ReadTold) {
  const { t } = wording
  const key = `exchange.read.did.${deedOf(told)}`
  const why = t.has(`${key}.what`) ? t(`${key}.what`) : purposeWords(wording, told.purpose)
  return { key, who: whoWords(wording, bodyOf(told)), why }
}
