import { execute, html, LIMITS } from '../../../../kernel/index.ts'
import { dayField, type Fact, field, select } from '../../../../web/index.ts'
import { establish } from '../../../household/commands.ts'
import { codeWords, residenceWords } from '../../wording.ts'
import { todayOf } from '../frame.ts'
import {
  actFields,
  actShown,
  asked,
  type Filled,
  firstDay,
  part,
  Reader,
  unitField,
} from './form.ts'
import type { Fields, Journey, Ready } from './journey.ts'
import { type Other, otherShown, readOther } from './others.ts'
import { readRelation, relationOptions } from './relations.ts'
import { type About, journeyOf, officeOf, senderOf, toRecord } from './subject.ts'

/** Rows for those who come along; others join afterwards, one by one. */
const ROWS = [1, 2, 3, 4] as const

/** A new household with the person as its head, at an address of the officer's area. */
export function establishJourney(about: About): Journey {
  const { wording } = about
  return {
    ...journeyOf(about, 'establish'),
    first: { 'act-kind': 'declaration', ...officeOf(about) },
    newReader: (values) => new Reader(wording, values),
    fields: (filled) => fieldsOf(about, filled),
    read: (reader) => readHousehold(about, reader),
  }
}

function fieldsOf({ wording }: About, filled: Filled): Fields {
  const { t } = wording
  const error = (name: string) => filled.errors.find((one) => one.field === name)?.words
  const none = { value: '', label: t('register.desk.relation.choose') }
  const rows = ROWS.map((n) => {
    const [name, as] = [`member-${n}`, `member-${n}-as`]
    return html`<div class="two">${field({
      name,
      label: t('register.desk.establish.member', { n }),
      value: filled.values[name] ?? '',
      error: error(name),
      width: 13,
      numeric: true,
    })}${select({
      name: as,
      label: t('register.desk.establish.relation', { n }),
      value: filled.values[as] ?? '',
      error: error(as),
      options: [none, ...relationOptions(wording)],
    })}</div>`
  })
  const hint = html`<p class="hint">${t('register.desk.establish.members-hint')}</p>`
  const event = html`<div class="stack-l">${part(
    t('register.desk.establish.where'),
    html`<div class="two">${field({
      ...asked(t, filled, 'address'),
      hint: t('register.desk.move.address-hint'),
      maxlength: LIMITS.nameChars,
    })}<div>${unitField(wording, filled, { name: 'unit' })}</div></div>${dayField(t, {
      ...asked(t, filled, 'from'),
      optional: t('register.desk.optional'),
    })}`,
  )}${part(t('register.desk.establish.members'), html`${hint}<div class="stack-l">${rows}</div>`)}</div>`
  return { event, act: actFields(t, filled) }
}

interface Coming {
  readonly other: Other
  readonly relation: string
}

async function readMembers(about: About, reader: Reader): Promise<Coming[]> {
  const coming: Coming[] = []
  for (const n of ROWS) {
    const [name, as] = [`member-${n}`, `member-${n}-as`]
    const other = await readOther(about.asker, reader, name)
    if (other === null) continue
    coming.push({ other, relation: readRelation(reader, as) })
  }
  return coming
}

async function readHousehold(about: About, reader: Reader): Promise<Ready | null> {
  const { wording, asker, number, name } = about
  const { t } = wording
  const today = todayOf(asker.kernel)
  const address = reader.needed('address').slice(0, LIMITS.nameChars)
  const unit = reader.unit('unit', { day: today, lowest: true, needed: true })
  const on = reader.day('from')
  const coming = await readMembers(about, reader)
  const act = reader.act()
  if (reader.errors.length > 0 || unit === undefined) return null
  const residence = { unit, address }
  const input = {
    ...{ act, head: number, residence },
    members: coming.map(({ other, relation }) => ({ number: other.number, relation })),
    ...(on !== '' && { on }),
  }
  const members = coming.map(
    ({ other, relation }): Fact =>
      otherShown(wording, codeWords(wording, 'relation-to-head', relation), other),
  )
  return {
    shown: [
      { name: t('register.desk.household.head'), value: name },
      ...members,
      {
        name: t('register.desk.household.address'),
        value: residenceWords(wording, residence).text,
      },
      { name: t('register.desk.form.from'), value: t.day(firstDay(on, act, today)) },
      actShown(t, act),
    ],
    places: {
      fields: { 'residence.unit': 'unit', on: 'from', from: 'from', 'act.decidedOn': 'decided' },
      codes: {
        'actor.out-of-area': 'unit',
        'household.already-member': coming.length === 0 ? 'address' : 'member-1',
        'person.same': 'member-1',
      },
      otherwise: 'address',
    },
    async send(key) {
      const { file } = await execute(establish, input, senderOf(about, key))
      return {
        title: t('register.desk.establish.done'),
        body: html`<p>${t('register.fact.residence-file')}: <b>${file}</b></p>`,
        ways: toRecord(about),
      }
    },
  }
}
