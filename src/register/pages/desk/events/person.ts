import { execute, html, LIMITS } from '../../../../kernel/index.ts'
import {
  big,
  button,
  choice,
  field,
  idNumber,
  linkButton,
  postForm,
} from '../../../../web/index.ts'
import { GROUNDS, registerPerson } from '../../../person/register.ts'
import type { Wording } from '../../wording.ts'
import { todayOf } from '../frame.ts'
import type { NewcomerDesk } from './birth.ts'
import { actFields, actShown, asked, type Filled, faultWords, part, Reader } from './form.ts'
import type { Fields, Journey, Ready } from './journey.ts'
import {
  NEWCOMER_FIELDS,
  newcomerFields,
  newcomerInput,
  newcomerShown,
  readNewcomer,
  registeredAt,
} from './newcomer.ts'
import { parentFields, parentShown, parentsInput, ROLES, readParents } from './parents.ts'

const ACTION = '/desk/persons/new'
const ASKING = { name: 'person', isPartial: true } as const

/** Enters someone already living who is not in the register. */
export function personJourney(desk: NewcomerDesk): Journey {
  const { wording } = desk
  const { t, profile } = wording
  return {
    title: t('register.desk.event.person'),
    action: ACTION,
    purpose: 'civil-registration',
    back: { href: '/desk', label: t('register.desk.title') },
    first: { nationality: profile.country, 'act-kind': 'verification', ...registeredAt(desk) },
    newReader: (values) => new Reader(wording, values),
    fields: (filled) => fieldsOf(wording, filled),
    read: (reader) => readPerson(desk, reader),
  }
}

function fieldsOf(wording: Wording, filled: Filled): Fields {
  const { t } = wording
  const optional = t('register.desk.optional')
  const ground = choice({
    ...asked(t, filled, 'person-ground'),
    options: GROUNDS.map((value) => ({
      value,
      label: t(`register.desk.person.${value}`),
      hint: t(`register.desk.person.${value}-hint`),
    })),
    chosen: [filled.values['person-ground'] ?? ''],
  })
  const more = html`<div class="two">${field({
    ...asked(t, filled, 'old'),
    hint: t('register.desk.old-number.hint'),
    optional,
    width: 13,
    numeric: true,
  })}${field({
    ...asked(t, filled, 'differs'),
    hint: t('register.desk.person.differs-hint'),
    optional,
    maxlength: LIMITS.nameChars,
  })}</div>`
  const who = newcomerFields(wording, filled, ASKING)
  const event = html`<div class="stack-l">${ground}${part(
    t('register.desk.person.who'),
    html`${who}${more}`,
  )}<div class="two">${ROLES.map((role) => parentFields(wording, filled, role))}</div></div>`
  return { event, act: actFields(t, filled) }
}

/** Digits of an earlier scheme; '' where nothing was typed. */
export function readOldNumber(reader: Reader): string {
  const text = reader.text('old')
  if (text === '') return text
  const { t, profile } = reader.wording
  const read = profile.number.parse(text)
  if (read.ok && read.scheme !== 'number') return read.number
  if (read.ok) reader.wrong('old', t('register.desk.old-number.present'))
  else reader.wrong('old', faultWords(profile.number.faults[read.fault], t))
  return text
}

async function readPerson(desk: NewcomerDesk, reader: Reader): Promise<Ready | null> {
  const { wording, asker } = desk
  const { t } = wording
  const ground = reader.oneOf('person-ground', GROUNDS)
  const person = readNewcomer(reader, ASKING, todayOf(asker.kernel))
  const old = readOldNumber(reader)
  const differs = reader.text('differs').slice(0, LIMITS.nameChars)
  const parents = await readParents(asker, reader)
  const act = reader.act()
  if (reader.errors.length > 0) return null
  const input = {
    ...{ act, ground },
    ...newcomerInput(person),
    ...(old !== '' && { oldNumbers: [old] }),
    ...(differs !== '' && { differs }),
    ...parentsInput(parents),
  }
  const said = (field: 'old' | 'differs', value: string) =>
    value === '' ? [] : [{ name: t(`register.desk.form.${field}`), value }]
  return {
    shown: [
      {
        name: t('register.desk.form.person-ground'),
        value: t(`register.desk.person.${ground}`),
      },
      ...newcomerShown(wording, person, ASKING),
      ...said('old', old),
      ...said('differs', differs),
      ...ROLES.map((role) => parentShown(wording, parents[role], role)),
      actShown(t, act),
    ],
    places: PLACES,
    async send(key) {
      const { number } = await execute(registerPerson, input, { ...asker, key })
      return doneOf(desk, person.name, number)
    },
  }
}

const PLACES = {
  fields: { ...NEWCOMER_FIELDS, name: 'person', 'oldNumbers.0': 'old', differs: 'differs' },
  codes: {
    'actor.out-of-area': 'registered',
    'person.already-exists': 'differs',
    'birth.after-registration': 'born',
  },
  otherwise: 'person',
} as const

/** The number, large: it is what the person came for. */
function doneOf({ wording, keys }: NewcomerDesk, name: string, number: string) {
  const { t, profile } = wording
  const open = postForm({
    action: '/desk/search',
    keys,
    fields: { text: number },
    body: button(t('register.desk.person.open')),
  })
  return {
    title: t('register.desk.person.done', { name }),
    body: big(idNumber(profile.number.group(number)), t('register.desk.birth.number-of', { name })),
    ways: html`${open}${linkButton(t('register.desk.person.another'), ACTION, { kind: 'plain' })}`,
  }
}
