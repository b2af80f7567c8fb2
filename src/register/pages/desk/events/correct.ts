import {
  type Command,
  execute,
  type Html,
  html,
  LIMITS,
  type Profile,
} from '../../../../kernel/index.ts'
import {
  choice,
  dayField,
  type Fact,
  field,
  facts as pairs,
  select,
} from '../../../../web/index.ts'
import { amendFact } from '../../../person/amend.ts'
import { correctFact } from '../../../person/correct.ts'
import type { Birth, FactKind } from '../../../types.ts'
import { codeWords, factLines, type Wording } from '../../wording.ts'
import { addressOf, personPath } from '../frame.ts'
import { actFields, actShown, asked, type Filled, Reader } from './form.ts'
import type { Fields, Journey, Ready } from './journey.ts'
import { type About, heldBy, journeyOf, toRecord } from './subject.ts'

/** What the desk corrects and changes, value by value; the rest has events of its own. */
export const SIMPLE = [
  'name',
  'other-name',
  'birth',
  'sex',
  'ethnicity',
  'religion',
  'blood',
  'marital',
] as const satisfies readonly FactKind[]
export type Simple = (typeof SIMPLE)[number]

const LISTS = {
  sex: 'sex',
  ethnicity: 'ethnicity',
  religion: 'religion',
  blood: 'blood-group',
  marital: 'marital-status',
} as const satisfies Partial<Record<Simple, keyof Profile['codes']>>

/** One person has at most one other name here: the key of a second is the operator's affair. */
const KEYS: Partial<Record<Simple, string>> = { 'other-name': 'alias' }
/** Only what was written wrongly can be put right: nothing that happens changes it. */
const CORRECTED_ONLY: readonly Simple[] = ['birth']
const RENUMBERED: readonly Simple[] = ['birth', 'sex']

/** Which of the record's lines is to be changed, with the present value of each. */
export function choosePage(about: About): Html {
  const { wording, person, purpose, facts } = about
  const { t } = wording
  const rows = SIMPLE.map((kind): Fact => {
    const fact = facts.find((one) => one.kind === kind)
    const [line] = fact === undefined ? [] : factLines(wording, fact)
    const href = addressOf(personPath(person, `/correct/${kind}`), { for: purpose })
    const name = t(`register.fact.${kind}`)
    return {
      name,
      value: line?.text ?? html`<span class="meta">${t('register.desk.correct.nothing')}</span>`,
      change: { href, label: t('register.desk.correct.change'), of: name },
    }
  })
  return pairs(rows)
}

/** Puts a wrong value right, or writes down another that holds from a day. */
export function correctJourney(about: About, kind: Simple, ways: readonly Way[]): Journey {
  const { wording, person, purpose } = about
  const { t } = wording
  const frame = journeyOf(about, 'correct')
  const name = t(`register.fact.${kind}`)
  const allowed = ways.filter((way) => way === 'correct' || !CORRECTED_ONLY.includes(kind))
  return {
    ...frame,
    title: t('register.desk.correct.title', { what: name }),
    action: addressOf(personPath(person, `/correct/${kind}`), { for: purpose }),
    back: {
      href: addressOf(personPath(person, '/correct'), { for: purpose }),
      label: t('register.desk.event.correct'),
    },
    first: { value: presentValue(about, kind) },
    newReader: (values) => new Reader(wording, values),
    fields: (filled) => fieldsOf(about, filled, { kind, ways: allowed }),
    read: (reader) => readCorrection(about, reader, { kind, ways: allowed }),
  }
}

export type Way = 'correct' | 'amend'

interface Asked {
  readonly kind: Simple
  readonly ways: readonly Way[]
}

/** The value as the form shows it: a name, a day as it is typed, or a code. */
function presentValue(about: About, kind: Simple): string {
  if (kind === 'name' || kind === 'other-name') return heldBy(about, kind)?.full ?? ''
  if (kind !== 'birth') return heldBy(about, kind) ?? ''
  const { on } = heldBy(about, 'birth') ?? { on: '' }
  return on.split('-').reverse().join('/')
}

function fieldsOf(about: About, filled: Filled, { kind, ways }: Asked): Fields {
  const { wording } = about
  const { t, profile } = wording
  const now = about.facts.find((fact) => fact.kind === kind)
  const [line] = now === undefined ? [] : factLines(wording, now)
  const label = t('register.desk.correct.new', { what: t(`register.fact.${kind}`) })
  const before = pairs([
    {
      name: t('register.desk.correct.now'),
      value: line?.text ?? t('register.desk.correct.nothing'),
    },
  ])
  const how = howField(wording, filled, ways)
  const from = ways.includes('amend')
    ? dayField(t, {
        ...asked(t, filled, 'from'),
        optional: t('register.desk.correct.from-only'),
      })
    : null
  const ground = RENUMBERED.includes(kind)
    ? select({
        ...asked(t, filled, 'ground'),
        hint: t('register.desk.correct.ground-hint'),
        options: [
          { value: '', label: t('register.desk.correct.ground-none') },
          ...profile.number.reestablishedBy.map(({ code, words }) => ({
            value: code,
            label: words[t.lang],
          })),
        ],
      })
    : null
  const event = html`${before}${valueField(wording, filled, { kind, label })}${how}${from}${ground}`
  return { event, act: actFields(t, filled) }
}

/** Why the value is another: nothing to choose where the officer may do one of the two only. */
function howField({ t }: Wording, filled: Filled, ways: readonly Way[]): Html {
  const said = (way: Way) => ({
    value: way,
    label: t(`register.desk.correct.how-${way}`),
    hint: t(`register.desk.correct.how-${way}-hint`),
  })
  const [only, ...others] = ways
  if (only !== undefined && others.length === 0) {
    const { label, hint } = said(only)
    return html`<input type="hidden" name="how" value=${only}><p class="meta">${label}. ${hint}</p>`
  }
  const chosen = [filled.values.how ?? '']
  return choice({ ...asked(t, filled, 'how'), options: ways.map(said), chosen })
}

function valueField(
  wording: Wording,
  filled: Filled,
  { kind, label }: { readonly kind: Simple; readonly label: string },
): Html {
  const { t, profile } = wording
  const given = { ...asked(t, filled, 'value'), label }
  if (kind === 'birth') return dayField(t, { ...given, hint: t('register.desk.form.partial-hint') })
  if (kind === 'name' || kind === 'other-name') {
    return field({ ...given, maxlength: LIMITS.nameChars })
  }
  const options = profile.codes[LISTS[kind]].map(({ code, words }) => ({
    value: code,
    label: words[t.lang],
  }))
  if (options.length > 7) return select({ ...given, options })
  return choice({ ...given, options, chosen: [given.value] })
}

function readCorrection(about: About, reader: Reader, { kind, ways }: Asked): Ready | null {
  const { wording } = about
  const { t } = wording
  const how = reader.oneOf('how', ways) as Way
  const { shown, value } = readValue(about, reader, kind)
  const from = how === 'amend' ? reader.day('from') : ''
  const ground = reader.text('ground')
  const act = reader.act()
  if (reader.errors.length > 0) return null
  const key = KEYS[kind]
  const input = {
    act,
    number: about.number,
    kind,
    value,
    ...(key !== undefined && { key }),
    ...(ground !== '' && { ground }),
    ...(from !== '' && { from }),
  }
  const fact = about.facts.find((one) => one.kind === kind)
  const [line] = fact === undefined ? [] : factLines(wording, fact)
  return {
    shown: [
      {
        name: t('register.desk.correct.now'),
        value: line?.text ?? t('register.desk.correct.nothing'),
      },
      { name: t('register.desk.correct.will'), value: shown },
      {
        name: t('register.desk.form.how'),
        value: t(`register.desk.correct.how-${how}`),
        ...(from !== '' && { meta: t('register.desk.correct.since', { from: t.day(from) }) }),
      },
      actShown(t, act),
    ],
    places: {
      fields: {
        'value.full': 'value',
        'birth.on': 'value',
        value: 'value',
        from: 'from',
        ground: 'ground',
        'act.decidedOn': 'decided',
      },
      codes: { 'number.contradicts': 'ground' },
      otherwise: 'value',
    },
    async send(idempotencyKey) {
      const { kernel, actor, case: typed } = about.asker
      const command = (how === 'correct' ? correctFact : amendFact) as unknown as Command
      const caller = { kernel, actor, key: idempotencyKey, ...(typed && { case: typed }) }
      await execute(command, input, caller)
      return { title: t('register.desk.correct.done'), ways: toRecord(about) }
    },
  }
}

/** The new value as the command takes it, and in words. */
function readValue(about: About, reader: Reader, kind: Simple) {
  const { wording } = about
  if (kind === 'name' || kind === 'other-name') {
    const full = reader.name('value')
    return { value: { full }, shown: full }
  }
  if (kind === 'birth') {
    const on = reader.day('value', { partial: true, needed: true })
    const birth = (heldBy(about, 'birth') ?? {}) as Partial<Birth>
    return { value: { ...birth, on }, shown: on === '' ? '' : wording.t.day(on) }
  }
  const list = LISTS[kind]
  const codes = wording.profile.codes[list].map(({ code }) => code)
  const code = reader.oneOf('value', codes)
  return { value: code, shown: codeWords(wording, list, code) }
}
