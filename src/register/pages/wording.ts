import type { Content, PlainDay, Translator } from '../../kernel/index.ts'
import { type CodeListName, type Profile, wordsOf } from '../../kernel/profile.ts'
import { idNumber } from '../../web/index.ts'
import type { ActView, FactView, KinView } from '../person/record-view.ts'
import type { Absence, Birth, Card, Death, FactKind, Place, Residence } from '../types.ts'
import type { UnitDirectory } from '../unit/directory.ts'

/** What facts are worded with: the reader's language, the country, its units. */
export interface Wording {
  readonly t: Translator
  readonly profile: Profile
  readonly units: UnitDirectory
  /** The day a record is seen as of: units are called as they were then; else as they were last. */
  readonly day?: PlainDay
}

/** One line of a record; a birth is several. */
export interface FactLine {
  readonly fact: FactView
  readonly name: string
  readonly text: string
  /** The text is a number in groups. */
  readonly isNumber: boolean
  /** What it means today, or where it stands: the unit a place belongs to now. */
  readonly note: string | null
}

/** The text of a line on a page: a number copies as bare digits. */
export const shownText = ({ text, isNumber }: FactLine): Content =>
  isNumber ? idNumber(text) : text

/** The parts of a record, in the order a reader looks for them. */
export const PARTS = {
  identity: [
    ...(['name', 'other-name', 'number', 'old-number', 'birth', 'sex', 'ethnicity'] as const),
    ...(['religion', 'nationality', 'category', 'blood', 'death', 'merged'] as const),
  ],
  residence: ['permanent', 'temporary', 'current', 'absence', 'residence-file'],
  family: ['marital', 'spouse', 'parent', 'child', 'representative', 'represented', 'household'],
  papers: ['card', 'contact', 'other', 'protected'],
} as const satisfies Record<string, readonly FactKind[]>
export type Part = keyof typeof PARTS

/** The lines of one part of a record. */
export function linesOf(wording: Wording, facts: readonly FactView[], part: Part): FactLine[] {
  return PARTS[part].flatMap((kind) =>
    facts.filter((fact) => fact.kind === kind).flatMap((fact) => factLines(wording, fact)),
  )
}

const CODES: Partial<Record<FactKind, CodeListName>> = {
  sex: 'sex',
  ethnicity: 'ethnicity',
  religion: 'religion',
  nationality: 'nationality',
  blood: 'blood-group',
  marital: 'marital-status',
}

/** A fact in words; a birth tells day, place, registration and native place each on its line. */
export function factLines(wording: Wording, fact: FactView): FactLine[] {
  const { t, profile } = wording
  const name = t(`register.fact.${fact.kind}`)
  const line = (text: string, more: Partial<FactLine> = {}): FactLine => ({
    ...{ fact, name, text, isNumber: false, note: null },
    ...more,
  })
  const list = CODES[fact.kind]
  if (list !== undefined) return [line(codeWords(wording, list, String(fact.value)))]
  switch (fact.kind) {
    case 'name':
    case 'other-name':
      return [line((fact.value as { full: string }).full)]
    case 'number':
      return [line(profile.number.group(String(fact.value)), { isNumber: true })]
    case 'old-number':
      return [line(String(fact.value), { isNumber: true })]
    case 'birth':
      return birthLines(wording, fact)
    case 'permanent':
    case 'temporary':
    case 'current': {
      const { text, now } = residenceWords(wording, fact.value as Residence)
      return [line(text, { note: now })]
    }
    case 'absence': {
      const { reason, place } = fact.value as Absence
      return [line(reason, { note: place === undefined ? null : placeWords(wording, place) })]
    }
    case 'death':
      return [deathLine(wording, fact)]
    case 'parent':
    case 'spouse':
    case 'child':
    case 'representative':
    case 'represented':
    case 'merged':
      return [kinLine(wording, fact)]
    case 'household': {
      const { relation } = fact.value as { relation: string }
      return [line(codeWords(wording, 'relation-to-head', relation))]
    }
    case 'card':
      return [cardLine(wording, fact)]
    case 'category':
      return [line(t(`register.category.${fact.value}`))]
    case 'contact':
      return [line(String(fact.value), { name: t(`register.contact.${fact.key}`) })]
    case 'other':
      return [line(String(fact.value), { name: fact.key })]
    case 'protected':
      return [line((fact.value as { reason: string }).reason)]
    default:
      return [line(String(fact.value))]
  }
}

export function codeWords({ t, profile }: Wording, list: CodeListName, code: string): string {
  return wordsOf(profile.codes[list], code)[t.lang]
}

function birthLines(wording: Wording, fact: FactView): FactLine[] {
  const { t } = wording
  const { on, place, registered, native } = fact.value as Birth
  const named = { place, registered, native }
  const places = Object.entries(named).flatMap(([part, where]) =>
    where === undefined
      ? []
      : [
          {
            fact,
            name: t(`register.birth.${part}`),
            text: placeWords(wording, where),
            isNumber: false,
            note: where.unit === undefined ? null : unitToday(wording, where.unit),
          },
        ],
  )
  const day = { fact, name: t('register.fact.birth'), text: t.day(on), isNumber: false, note: null }
  return [day, ...places]
}

function deathLine({ t }: Wording, fact: FactView): FactLine {
  const { on, kind } = fact.value as Death
  return { fact, name: t(`register.death.${kind}`), text: t.day(on), isNumber: false, note: null }
}

function kinLine({ t, profile }: Wording, fact: FactView): FactLine {
  const kin = fact.value as KinView
  const kind = fact.kind === 'parent' ? `register.parent.${fact.key}` : `register.fact.${fact.kind}`
  const number = kin.number === null ? null : profile.number.group(kin.number)
  const paper = kin.registered ? null : t('register.kin.on-paper')
  const note = [number, paper].filter((one) => one !== null).join('. ') || null
  const text = kin.name ?? t('register.kin.unnamed')
  return { fact, name: t(kind), text, isNumber: false, note }
}

function cardLine({ t }: Wording, fact: FactView): FactLine {
  const { issuedOn, issuedBy, expiresOn } = fact.value as Card
  const until = expiresOn === null ? t('register.card.for-life') : t.day(expiresOn)
  return {
    fact,
    name: t('register.fact.card'),
    text: fact.key,
    isNumber: true,
    note: t('register.card.issued', { on: t.day(issuedOn), by: issuedBy, until }),
  }
}

/** A residence in words, and what its unit is called today when that has changed. */
export function residenceWords(wording: Wording, { unit, address }: Residence) {
  const title = wording.units.fullTitleOf(unit, wording.t.lang, wording.day)
  return {
    text: [address, title].filter(Boolean).join(', '),
    now: unitToday(wording, unit),
  }
}

export function placeWords(wording: Wording, place: Place): string {
  const { unit, country, text } = place
  const parts = [
    text,
    unit === undefined ? undefined : wording.units.fullTitleOf(unit, wording.t.lang, wording.day),
    country === undefined ? undefined : codeWords(wording, 'nationality', country),
  ]
  return parts.filter(Boolean).join(', ')
}

/** "now in …" for a unit that has ended or is called otherwise now; nothing for one that goes on. */
function unitToday({ t, units, day }: Wording, unit: string): string | null {
  if (units.successorsOf(unit).length === 0) {
    const last = units.fullTitleOf(unit, t.lang)
    return units.fullTitleOf(unit, t.lang, day) === last
      ? null
      : t('register.unit.now', { unit: last })
  }
  const now = units.wholeSuccessorOf(unit)
  if (now === undefined) return t('register.unit.was-split')
  return t('register.unit.now', { unit: units.fullTitleOf(now, t.lang) })
}

/** The act behind a fact: kind and document, then day and body. */
export function actWords({ t }: Wording, act: ActView): { title: string; meta: string } {
  const key = `register.act.kind.${act.kind}`
  const kind = t.has(key) ? t(key) : act.kind
  const day = act.decidedOn === null ? null : t.day(act.decidedOn)
  // A document often names its kind itself: "Tờ khai thay đổi thông tin cư trú".
  const isNamed = act.document?.toLocaleLowerCase(t.lang).startsWith(kind.toLocaleLowerCase(t.lang))
  return {
    title: [isNamed ? null : kind, act.document].filter(Boolean).join(' '),
    meta: [day, act.body].filter(Boolean).join(', '),
  }
}
