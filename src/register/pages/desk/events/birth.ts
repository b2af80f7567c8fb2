import { type Asker, execute, type FormKeys, type Html, html } from '../../../../kernel/index.ts'
import {
  big,
  button,
  choice,
  type Fact,
  idNumber,
  linkButton,
  postForm,
  select,
} from '../../../../web/index.ts'
import { registerBirth } from '../../../person/birth.ts'
import { codeWords, type Wording } from '../../wording.ts'
import { todayOf } from '../frame.ts'
import { actFields, actShown, asked, type Filled, part, Reader } from './form.ts'
import type { Fields, Journey, Ready } from './journey.ts'
import {
  NEWCOMER_FIELDS,
  newcomerFields,
  newcomerInput,
  newcomerShown,
  readNewcomer,
  registeredAt,
} from './newcomer.ts'
import {
  type Parents,
  parentFields,
  parentShown,
  parentsInput,
  ROLES,
  type Role,
  readParents,
} from './parents.ts'

/** What the form of a newcomer works with: nobody's record is open. */
export interface NewcomerDesk {
  readonly wording: Wording
  readonly asker: Asker
  readonly keys: FormKeys
}

const ACTION = '/desk/births/new'
const HOMES = ['mother', 'father', 'none'] as const
const ASKING = { name: 'child' } as const

/** Registers a birth: the child, the parents, the home, and the paper it rests on. */
export function birthJourney(desk: NewcomerDesk): Journey {
  const { wording } = desk
  const { t, profile } = wording
  return {
    title: t('register.desk.event.birth'),
    action: ACTION,
    purpose: 'civil-registration',
    back: { href: '/desk', label: t('register.desk.title') },
    first: { nationality: profile.country, 'act-kind': 'certificate', ...registeredAt(desk) },
    newReader: (values) => new Reader(wording, values),
    fields: (filled) => fieldsOf(wording, filled),
    read: (reader) => readBirth(desk, reader),
  }
}

function fieldsOf(wording: Wording, filled: Filled): Fields {
  const { t } = wording
  const child = newcomerFields(wording, filled, ASKING)
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

async function readBirth(desk: NewcomerDesk, reader: Reader): Promise<Ready | null> {
  const { wording, asker } = desk
  const { t } = wording
  const child = readNewcomer(reader, ASKING, todayOf(asker.kernel))
  const parents = await readParents(asker, reader)
  const household = readHome(reader, parents)
  const act = reader.act()
  if (reader.errors.length > 0) return null
  const input = {
    act,
    ...newcomerInput(child),
    ...(household !== null && { household }),
    ...parentsInput(parents),
  }
  return {
    shown: [
      ...newcomerShown(wording, child, ASKING),
      ...ROLES.map((role) => parentShown(wording, parents[role], role)),
      homeShown(wording, household),
      actShown(t, act),
    ],
    places: PLACES,
    async send(key) {
      const { number } = await execute(registerBirth, input, { ...asker, key })
      return doneOf(desk, child.name, number)
    },
  }
}

const PLACES = {
  fields: {
    ...NEWCOMER_FIELDS,
    name: 'child',
    'household.of': 'home',
    'household.relation': 'relation',
  },
  codes: {
    'actor.out-of-area': 'registered',
    'household.not-member': 'home',
    'birth.after-registration': 'born',
  },
  otherwise: 'child',
} as const

interface Home {
  readonly of: Role
  readonly relation: string
}

function readHome(reader: Reader, parents: Parents): Home | null {
  const { t, profile } = reader.wording
  const of = reader.oneOf('home', HOMES)
  if (of !== 'mother' && of !== 'father') return null
  if (parents[of]?.number === undefined) reader.wrong('home', t('register.desk.birth.home-unknown'))
  const relations = profile.codes['relation-to-head'].map((one) => one.code)
  const relation = reader.oneOf(
    'relation',
    relations.filter((code) => code !== 'head'),
  )
  return { of, relation }
}

function homeShown(wording: Wording, household: Home | null): Fact {
  const { t } = wording
  return {
    name: t('register.desk.birth.home'),
    value: t(`register.desk.birth.home-${household?.of ?? 'none'}`),
    ...(household !== null && {
      meta: codeWords(wording, 'relation-to-head', household.relation),
    }),
  }
}

/** The child's number, large: it is what the parents came for. */
function doneOf({ wording, keys }: NewcomerDesk, name: string, number: string) {
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
