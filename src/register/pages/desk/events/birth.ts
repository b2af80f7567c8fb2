import {
  type Asker,
  execute,
  type FormKeys,
  type Html,
  html,
  LIMITS,
  todayOf,
} from '../../../../kernel/index.ts'
import {
  big,
  button,
  choice,
  dayField,
  type Fact,
  field,
  idNumber,
  linkButton,
  postForm,
  select,
} from '../../../../web/index.ts'
import { registerBirth } from '../../../person/birth.ts'
import type { Place, UnitId } from '../../../types.ts'
import { codeWords, placeWords, type Wording } from '../../wording.ts'
import { actFields, actShown, asked, type Filled, part, Reader, unitField } from './form.ts'
import type { Fields, Journey, Ready } from './journey.ts'
import {
  type Parents,
  parentFields,
  parentShown,
  parentsInput,
  ROLES,
  type Role,
  readParents,
} from './parents.ts'

/** What the form of a birth works with: nobody's record is open. */
export interface BirthDesk {
  readonly wording: Wording
  readonly asker: Asker
  readonly keys: FormKeys
}

const ACTION = '/desk/births/new'
const HOMES = ['mother', 'father', 'none'] as const

/** Registers a birth: the child, the parents, the home, and the paper it rests on. */
export function birthJourney(desk: BirthDesk): Journey {
  const { wording, asker } = desk
  const { t, units, profile } = wording
  const { unit } = asker.actor
  const isOffice = unit !== null && units.isResidential(unit, todayOf(asker.kernel))
  const office = isOffice
    ? { registered: units.fullTitleOf(unit, t.lang), 'registered-unit': unit }
    : {}
  return {
    title: t('register.desk.event.birth'),
    action: ACTION,
    purpose: 'civil-registration',
    back: { href: '/desk', label: t('register.desk.title') },
    first: { nationality: profile.country, 'act-kind': 'certificate', ...office },
    newReader: (values) => new Reader(wording, values),
    fields: (filled) => fieldsOf(wording, filled),
    read: (reader) => readBirth(desk, reader),
  }
}

function fieldsOf(wording: Wording, filled: Filled): Fields {
  const { t, profile } = wording
  const codes = (list: 'sex' | 'ethnicity' | 'nationality') =>
    profile.codes[list].map(({ code, words }) => ({ value: code, label: words[t.lang] }))
  const optional = t('register.desk.optional')
  const given = (name: string) => asked(t, filled, name)
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
  const child = html`${field({ ...given('child'), maxlength: LIMITS.nameChars })}
<div class="two">${dayField(t, given('born'))}${sex}</div>
<div class="two">${select({ ...given('nationality'), options: codes('nationality') })}
${select({ ...given('ethnicity'), optional, options: people })}</div>
<div class="two">${place}<div>${unitField(wording, filled, { name: 'unit', optional: true })}</div></div>
<div class="two"><div>${native}</div>
<div>${unitField(wording, filled, { name: 'registered' })}</div></div>`
  const event = html`<div class="stack-l">${part(t('register.desk.birth.child'), child)}
<div class="two">${ROLES.map((role) => parentFields(wording, filled, role))}</div>
${part(t('register.desk.birth.home'), homeFields(wording, filled))}</div>`
  return { event, act: actFields(t, filled) }
}

function homeFields({ t, profile }: Wording, filled: Filled): Html {
  const relations = profile.codes['relation-to-head'].filter(({ code }) => code !== 'head')
  return html`<div class="two">${choice({
    ...asked(t, filled, 'home'),
    options: HOMES.map((value) => ({ value, label: t(`register.desk.birth.home-${value}`) })),
    chosen: [filled.values.home ?? ''],
  })}${select({
    ...asked(t, filled, 'relation'),
    hint: t('register.desk.birth.relation-hint'),
    options: [
      { value: '', label: t('register.desk.birth.relation-none') },
      ...relations.map(({ code, words }) => ({ value: code, label: words[t.lang] })),
    ],
  })}</div>`
}

async function readBirth(desk: BirthDesk, reader: Reader): Promise<Ready | null> {
  const { wording, asker } = desk
  const { profile } = wording
  const today = todayOf(asker.kernel)
  const name = reader.name('child')
  const born = reader.day('born', { needed: true })
  const code = (list: 'sex' | 'nationality' | 'ethnicity') =>
    reader.oneOf(
      list,
      profile.codes[list].map((one) => one.code),
    )
  const sex = code('sex')
  const nationality = code('nationality')
  const ethnicity = reader.text('ethnicity') === '' ? '' : code('ethnicity')
  const units = readPlaces(reader, { day: (born || today) as never, today: today as never })
  const parents = await readParents(asker, reader)
  const household = readHome(reader, parents)
  const act = reader.act()
  if (reader.errors.length > 0) return null
  const input = {
    act,
    name,
    sex,
    nationalities: [nationality],
    birth: { on: born, ...units },
    ...(ethnicity !== '' && { ethnicity }),
    ...(household !== null && { household }),
    ...parentsInput(parents),
  }
  return {
    shown: shownOf(
      wording,
      { name, born, sex, nationality, ethnicity, parents, household, units },
      act,
    ),
    places: PLACES,
    async send(key) {
      const { number } = await execute(registerBirth, input, { ...asker, key })
      return doneOf(desk, name, number)
    },
  }
}

const PLACES = {
  fields: {
    name: 'child',
    'birth.on': 'born',
    birth: 'born',
    'birth.place': 'unit',
    'birth.native': 'native',
    'birth.registered': 'registered',
    sex: 'sex',
    nationality: 'nationality',
    ethnicity: 'ethnicity',
    'mother.number': 'mother',
    mother: 'mother-name',
    'mother.name': 'mother-name',
    'father.number': 'father',
    father: 'father-name',
    'father.name': 'father-name',
    'household.of': 'home',
    'household.relation': 'relation',
    'act.decidedOn': 'decided',
  },
  codes: {
    'actor.out-of-area': 'registered',
    'household.not-member': 'home',
    'birth.after-registration': 'born',
  },
  otherwise: 'child',
} as const

interface Places {
  readonly place?: Place
  readonly native?: Place
  readonly registered?: Place
}

function readPlaces(reader: Reader, { day, today }: { day: never; today: never }): Places {
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

function readHome(reader: Reader, parents: Parents) {
  const { t, profile } = reader.wording
  const of = reader.oneOf('home', HOMES)
  if (of !== 'mother' && of !== 'father') return null
  if (parents[of]?.number === undefined) reader.wrong('home', t('register.desk.birth.home-unknown'))
  const relations = profile.codes['relation-to-head'].map((one) => one.code)
  const relation = reader.oneOf(
    'relation',
    relations.filter((code) => code !== 'head'),
  )
  return { of, relation } as const
}

interface Read {
  readonly name: string
  readonly born: string
  readonly sex: string
  readonly nationality: string
  readonly ethnicity: string
  readonly parents: Parents
  readonly household: { readonly of: Role; readonly relation: string } | null
  readonly units: Places
}

function shownOf(wording: Wording, read: Read, act: Parameters<typeof actShown>[1]): Fact[] {
  const { t } = wording
  const { parents, household, units } = read
  const places = Object.entries(units).map(([name, place]) => ({
    name: t(`register.birth.${name}`),
    value: placeWords(wording, place as Place),
  }))
  return [
    { name: t('register.desk.form.child'), value: read.name },
    { name: t('register.fact.birth'), value: t.day(read.born) },
    { name: t('register.fact.sex'), value: codeWords(wording, 'sex', read.sex) },
    {
      name: t('register.fact.nationality'),
      value: codeWords(wording, 'nationality', read.nationality),
    },
    ...(read.ethnicity === ''
      ? []
      : [
          {
            name: t('register.fact.ethnicity'),
            value: codeWords(wording, 'ethnicity', read.ethnicity),
          },
        ]),
    ...places,
    ...ROLES.map((role) => parentShown(wording, parents[role], role)),
    {
      name: t('register.desk.birth.home'),
      value: t(`register.desk.birth.home-${household?.of ?? 'none'}`),
      ...(household !== null && {
        meta: codeWords(wording, 'relation-to-head', household.relation),
      }),
    },
    actShown(t, act),
  ]
}

/** The child's number, large: it is what the parents came for. */
function doneOf({ wording, keys }: BirthDesk, name: string, number: string) {
  const { t, profile } = wording
  const open = postForm({
    action: '/desk/search',
    keys,
    fields: { text: number },
    body: button(t('register.desk.birth.open')),
  })
  return {
    title: t('register.desk.birth.done', { name }),
    body: big(idNumber(profile.number.group(number)), t('register.desk.birth.number-of', { name })),
    ways: html`${open}${linkButton(t('register.desk.birth.another'), ACTION, { kind: 'plain' })}`,
  }
}
