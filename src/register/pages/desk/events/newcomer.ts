import { type Html, html, LIMITS, type PlainDay } from '../../../../kernel/index.ts'
import { choice, dayField, type Fact, field, select } from '../../../../web/index.ts'
import type { Place, UnitId } from '../../../types.ts'
import { codeWords, placeWords, type Wording } from '../../wording.ts'
import { asked, type Filled, type Reader, unitField } from './form.ts'
import { type About, officeOf } from './subject.ts'

export interface Places {
  readonly place?: Place
  readonly native?: Place
  readonly registered?: Place
}

/** Whoever the register learns of, as the form says. */
export interface Newcomer {
  readonly name: string
  readonly born: string
  readonly sex: string
  readonly nationality: string
  readonly ethnicity: string
  readonly places: Places
}

interface Asking {
  /** The field of the name: a child's is called otherwise. */
  readonly name: 'child' | 'person'
  /** The day may be known in part. */
  readonly isPartial?: boolean
}

/** Name, birth, sex, nationality, ethnicity and the three places of a birth. */
export function newcomerFields(wording: Wording, filled: Filled, asking: Asking): Html {
  const { t, profile } = wording
  const codes = (list: 'sex' | 'ethnicity' | 'nationality') =>
    profile.codes[list].map(({ code, words }) => ({ value: code, label: words[t.lang] }))
  const optional = t('register.desk.optional')
  const given = (name: string) => asked(t, filled, name)
  const hint = asking.isPartial ? { hint: t('register.desk.form.partial-hint') } : {}
  const sex = choice({ ...given('sex'), options: codes('sex'), chosen: [filled.values.sex ?? ''] })
  const none = { value: '', label: t('register.desk.birth.ethnicity-later') }
  const people = [none, ...codes('ethnicity')]
  const place = field({
    ...given('place'),
    label: t('register.birth.place'),
    optional,
    hint: t('register.desk.birth.place-hint'),
    maxlength: LIMITS.nameChars,
  })
  const native = unitField(wording, filled, {
    name: 'native',
    optional: true,
    hint: t('register.desk.birth.native-hint'),
  })
  return html`${field({ ...given(asking.name), maxlength: LIMITS.nameChars })}
<div class="two">${dayField(t, { ...given('born'), ...hint })}${sex}</div>
<div class="two">${select({ ...given('nationality'), options: codes('nationality') })}
${select({ ...given('ethnicity'), optional, options: people })}</div>
<div class="two">${place}<div>${unitField(wording, filled, { name: 'unit', optional: true })}</div></div>
<div class="two"><div>${native}</div>
<div>${unitField(wording, filled, { name: 'registered' })}</div></div>`
}

/** The same, read; what is wrong is said in `reader`. */
export function readNewcomer(reader: Reader, asking: Asking, today: PlainDay): Newcomer {
  const { profile } = reader.wording
  const name = reader.name(asking.name)
  const born = reader.day('born', { needed: true, partial: asking.isPartial === true })
  const code = (list: 'sex' | 'nationality' | 'ethnicity') =>
    reader.oneOf(
      list,
      profile.codes[list].map((one) => one.code),
    )
  const sex = code('sex')
  const nationality = code('nationality')
  const ethnicity = reader.text('ethnicity') === '' ? '' : code('ethnicity')
  const day = (born.length === 10 ? born : today) as PlainDay
  return { name, born, sex, nationality, ethnicity, places: readPlaces(reader, { day, today }) }
}

interface Days {
  readonly day: PlainDay
  readonly today: PlainDay
}

function readPlaces(reader: Reader, { day, today }: Days): Places {
  const text = reader.text('place').slice(0, LIMITS.nameChars)
  const at: UnitId | undefined = reader.unit('unit', { day })
  const native = reader.unit('native', { day: today })
  const registered = reader.unit('registered', { day: today, lowest: true, needed: true })
  const place = { ...(at !== undefined && { unit: at }), ...(text !== '' && { text }) }
  return {
    ...(Object.keys(place).length > 0 && { place }),
    ...(native !== undefined && { native: { unit: native } }),
    ...(registered !== undefined && { registered: { unit: registered } }),
  }
}

/** The newcomer as the commands take it. */
export const newcomerInput = ({ born, places, ethnicity, ...said }: Newcomer) => ({
  name: said.name,
  sex: said.sex,
  nationalities: [said.nationality],
  birth: { on: born, ...places },
  ...(ethnicity !== '' && { ethnicity }),
})

/** The newcomer on the page where everything is checked. */
export function newcomerShown(wording: Wording, newcomer: Newcomer, asking: Asking): Fact[] {
  const { t } = wording
  const { name, born, sex, nationality, ethnicity, places } = newcomer
  const said = (list: 'sex' | 'nationality' | 'ethnicity', code: string): Fact => ({
    name: t(`register.fact.${list}`),
    value: codeWords(wording, list, code),
  })
  return [
    { name: t(`register.desk.form.${asking.name}`), value: name },
    { name: t('register.fact.birth'), value: t.day(born) },
    said('sex', sex),
    said('nationality', nationality),
    ...(ethnicity === '' ? [] : [said('ethnicity', ethnicity)]),
    ...Object.entries(places).map(([part, place]) => ({
      name: t(`register.birth.${part}`),
      value: placeWords(wording, place as Place),
    })),
  ]
}

/** Where refusals about a newcomer are shown, beside those of one form alone. */
export const NEWCOMER_FIELDS = {
  'birth.on': 'born',
  birth: 'born',
  'birth.place': 'unit',
  'birth.native': 'native',
  'birth.registered': 'registered',
  sex: 'sex',
  nationality: 'nationality',
  nationalities: 'nationality',
  ethnicity: 'ethnicity',
  'mother.number': 'mother',
  mother: 'mother-name',
  'mother.name': 'mother-name',
  'father.number': 'father',
  father: 'father-name',
  'father.name': 'father-name',
  'act.decidedOn': 'decided',
} as const

/** The officer's own unit, as the field of where a birth is registered is filled. */
export function registeredAt({ wording, asker }: Pick<About, 'wording' | 'asker'>) {
  const { unit = '', 'unit-unit': id = '' } = officeOf({ wording, asker })
  return id === '' ? {} : { registered: unit, 'registered-unit': id }
}
