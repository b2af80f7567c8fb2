import {
  type Content,
  type Html,
  html,
  LIMITS,
  type PlainDay,
  type Profile,
  type Refusal,
  refusalWords,
  type Translator,
} from '../../../../kernel/index.ts'
import { dayField, type FieldError, field, readDay, select } from '../../../../web/index.ts'
import { ACT_KINDS, type ActInput } from '../../../act.ts'
import type { UnitId } from '../../../types.ts'
import type { Wording } from '../../wording.ts'
import type { Values } from '../frame.ts'
import { readUnit, type UnitWishes } from '../units.ts'

/** A form as it was filled, with what is wrong in it. */
export interface Filled {
  readonly values: Values
  readonly errors: readonly FieldError[]
  /** Fields in which a unit was named that several bear. */
  readonly among: Readonly<Record<string, readonly UnitId[]>>
}

export const EMPTY: Filled = { values: {}, errors: [], among: {} }

/** Collects what is wrong while a form is read. */
export class Reader {
  readonly wording: Wording
  readonly values: Values
  readonly errors: FieldError[] = []
  readonly among: Record<string, readonly UnitId[]> = {}

  constructor(wording: Wording, values: Values) {
    this.wording = wording
    this.values = values
  }

  text(name: string): string {
    return this.values[name] ?? ''
  }

  wrong(field: string, words: string): void {
    this.errors.push({ field, words })
  }

  /** A text that must be there. */
  needed(name: string): string {
    const text = this.text(name)
    if (text === '') this.wrong(name, this.#said('empty', name))
    return text
  }

  /** One of some values. */
  oneOf(name: string, values: readonly string[]): string {
    const text = this.text(name)
    if (!values.includes(text)) this.wrong(name, this.#said('choose', name))
    return text
  }

  /** A name of a person; the country says what keeps it from being one. */
  name(name: string): string {
    const text = this.needed(name)
    if (text === '') return text
    const { names } = this.wording.profile
    const fault = names.fault(text)
    if (fault !== null) this.wrong(name, faultWords(names.faults[fault], this.wording.t))
    return text
  }

  /** Digits of a number; '' where nothing was typed. */
  number(name: string): string {
    const text = this.text(name)
    if (text === '') return ''
    const { number } = this.wording.profile
    const read = number.parse(text)
    if (read.ok && read.scheme === 'number') return read.number
    const fault = read.ok ? number.faults.length : number.faults[read.fault]
    this.wrong(name, faultWords(fault, this.wording.t))
    return text
  }

  /** A day, yyyy-mm-dd, or part of one where that may be; '' where nothing was typed. */
  day(name: string, { partial = false, needed = false } = {}): string {
    const text = this.text(name)
    if (text === '') {
      if (needed) this.wrong(name, this.#said('empty', name))
      return ''
    }
    const day = readDay(text)
    if (day === null || (!partial && day.length < 10)) {
      this.wrong(name, this.wording.t('web.day.wrong'))
      return ''
    }
    return day
  }

  /** The unit a field names; undefined where nothing was typed, or what was typed is wrong. */
  unit(name: string, wishes: UnitWishes & { readonly needed?: boolean }): UnitId | undefined {
    const text = this.text(name)
    const { t } = this.wording
    if (text === '') {
      if (wishes.needed) this.wrong(name, this.#said('empty', name))
      return undefined
    }
    const read = readUnit(this.wording, { text, chosen: this.text(`${name}-unit`) }, wishes)
    if ('unit' in read) return read.unit
    if ('among' in read) {
      this.among[name] = read.among
      this.wrong(`${name}-unit`, t('register.desk.unit.several'))
    } else this.wrong(name, t('register.desk.unit.none'))
    return undefined
  }

  /** The act a change rests on. */
  act(): ActInput {
    const kind = this.oneOf('act-kind', ACT_KINDS) as ActInput['kind']
    const document = this.needed('document')
    const decidedOn = this.day('decided')
    const note = this.text('note')
    return {
      kind,
      document: document.slice(0, LIMITS.nameChars),
      ...(decidedOn !== '' && { decidedOn }),
      ...(note !== '' && { note }),
    }
  }

  #said(how: 'empty' | 'choose', name: string): string {
    const { t } = this.wording
    return t(`register.desk.form.${how}`, { what: t(`register.desk.form.${name}`) })
  }
}

type Faults = Profile['names']['faults'][keyof Profile['names']['faults']]

export const faultWords = ({ reason, remedy }: Faults, { lang }: Translator): string =>
  `${reason[lang]}. ${remedy[lang]}`

/** Where a refused command's words are shown: the field it names, or the one of its code. */
export interface Places {
  /** Field of the input, as refusals name it, to the id of the form's field. */
  readonly fields: Readonly<Record<string, string>>
  readonly codes?: Readonly<Partial<Record<Refusal['code'], string>>>
  readonly otherwise: string
}

export function refusedAt(t: Translator, refusal: Refusal, places: Places): FieldError {
  const { title, remedy } = refusalWords(t, refusal)
  const named = places.fields[refusal.details.field ?? '']
  const field = places.codes?.[refusal.code] ?? named ?? places.otherwise
  const about = refusal.code === 'request.invalid' ? ` (${refusal.details.field ?? ''})` : ''
  return { field, words: `${title}${about}. ${remedy}` }
}

/** The usual properties of a field: label, what was typed, what is wrong with it. */
export function asked(t: Translator, filled: Filled, name: string) {
  return {
    name,
    label: t(`register.desk.form.${name}`),
    value: filled.values[name] ?? '',
    error: filled.errors.find((one) => one.field === name)?.words,
  }
}

/** A field for a unit, and below it the choice where several bear the name. */
export function unitField(
  wording: Wording,
  filled: Filled,
  { name, optional = false, hint }: { name: string; optional?: boolean | string; hint?: Content },
): Html {
  const { t, units } = wording
  const among = filled.among[name] ?? []
  const kept = filled.values[`${name}-unit`]
  const chosen =
    among.length > 0
      ? select({
          name: `${name}-unit`,
          label: t('register.desk.unit.which'),
          error: filled.errors.find((one) => one.field === `${name}-unit`)?.words,
          options: among.map((value) => ({ value, label: units.fullTitleOf(value, t.lang) })),
        })
      : kept && html`<input type="hidden" name=${`${name}-unit`} value=${kept}>`
  return html`${field({
    ...asked(t, filled, name),
    hint: hint ?? t('register.desk.search.unit-hint'),
    optional: optional === true ? t('register.desk.optional') : optional || null,
    maxlength: LIMITS.nameChars,
  })}${chosen}`
}

/** Fields that belong together, under their heading. */
export const part = (title: string, body: Content): Html =>
  html`<fieldset class="stack"><legend class="h2">${title}</legend>${body}</fieldset>`

/** What the change rests on: kind, number and day of the document, and a word for colleagues. */
export function actFields(t: Translator, filled: Filled, { usual }: { usual?: string } = {}): Html {
  const { value, ...kind } = asked(t, filled, 'act-kind')
  return html`<fieldset class="stack"><legend class="h2">${t('register.desk.form.act')}</legend>
${select({
  ...kind,
  value: value || (usual ?? ''),
  width: 20,
  options: ACT_KINDS.map((one) => ({ value: one, label: t(`register.act.kind.${one}`) })),
})}${field({
  ...asked(t, filled, 'document'),
  hint: t('register.desk.form.document-hint'),
  width: 20,
  maxlength: LIMITS.nameChars,
})}${dayField(t, { ...asked(t, filled, 'decided'), optional: t('register.desk.optional') })}
${field({
  ...asked(t, filled, 'note'),
  optional: t('register.desk.optional'),
  rows: 2,
  maxlength: LIMITS.textChars,
})}</fieldset>`
}

/** The act on the page where everything is checked before it is sent. */
export function actShown(t: Translator, act: ActInput) {
  const day = act.decidedOn && t('register.desk.act.decided', { day: t.day(act.decidedOn) })
  const about = [t(`register.act.kind.${act.kind}`), day].filter(Boolean).join(', ')
  return {
    name: t('register.desk.form.act'),
    value: act.document ?? '',
    meta: act.note === undefined ? about : html`${about}<br>${act.note}`,
  }
}

/** The first day a change holds: as typed, else the document's, else today. */
export const firstDay = (on: string, act: ActInput, today: PlainDay): string =>
  on || act.decidedOn || today
