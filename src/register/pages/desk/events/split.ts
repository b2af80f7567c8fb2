import { execute, html, LIMITS } from '../../../../kernel/index.ts'
import { choice, dayField, type Fact, field } from '../../../../web/index.ts'
import type { HouseholdAnswer } from '../../../household/queries.ts'
import { split } from '../../../household/reshape.ts'
import type { Residence } from '../../../types.ts'
import { codeWords, residenceWords } from '../../wording.ts'
import { todayOf } from '../frame.ts'
import { actFields, actShown, asked, type Filled, firstDay, Reader, unitField } from './form.ts'
import type { Fields, Journey, Ready } from './journey.ts'
import {
  fieldOf,
  HEAD,
  isNamed,
  type Named,
  nameOf,
  readRelations,
  relationFields,
  type Stated,
  statedInput,
} from './relations.ts'
import { type About, journeyOf, officeOf, senderOf, toRecord } from './subject.ts'

const WHERES = ['same', 'other'] as const

/** Some members make a household of their own, at the same address or at another one. */
export function splitJourney(about: About, household: HouseholdAnswer): Journey {
  const { wording } = about
  const leaving = household.members.filter(isNamed).filter((one) => one.relation !== 'head')
  return {
    ...journeyOf(about, 'split'),
    first: { 'act-kind': 'declaration', ...officeOf(about) },
    newReader: (values) => new Reader(wording, values),
    fields: (filled) => fieldsOf(about, filled, { household, leaving }),
    read: (reader) => readSplit(about, reader, { household, leaving }),
  }
}

interface Splitting {
  readonly household: HouseholdAnswer
  /** Who may go: everybody but the head. */
  readonly leaving: readonly Named[]
}

function fieldsOf({ wording }: About, filled: Filled, { leaving, household }: Splitting): Fields {
  const { t } = wording
  const who = relationFields(wording, filled, {
    members: leaving,
    title: t('register.desk.split.members'),
    hint: t(`register.desk.${leaving.length === 0 ? 'household.alone' : 'split.members-hint'}`),
    none: t('register.desk.split.stays'),
    head: t('register.desk.form.new-head'),
  })
  const now = household.address === null ? null : residenceWords(wording, household.address).text
  const where = choice({
    ...asked(t, filled, 'where'),
    options: WHERES.map((value) => ({
      value,
      label: t(`register.desk.split.${value}`),
      ...(value === 'same' && { hint: now }),
    })),
    chosen: [filled.values.where ?? ''],
  })
  const other = t('register.desk.split.other-only')
  const event = html`<div class="stack-l">${who}<div class="stack">${where}
<div class="two">${field({
    ...asked(t, filled, 'address'),
    hint: t('register.desk.move.address-hint'),
    optional: other,
    maxlength: LIMITS.nameChars,
  })}<div>${unitField(wording, filled, { name: 'unit', optional: other })}</div></div>
${dayField(t, { ...asked(t, filled, 'from'), optional: t('register.desk.optional') })}</div></div>`
  return { event, act: actFields(t, filled) }
}

/** Where the new household lives: the old address is not said again. */
function readWhere(about: About, reader: Reader): Residence | null {
  if (reader.oneOf('where', WHERES) !== 'other') return null
  const address = reader.needed('address')
  const day = todayOf(about.asker.kernel)
  const unit = reader.unit('unit', { day, lowest: true, needed: true })
  return unit === undefined ? null : { unit, address: address.slice(0, LIMITS.nameChars) }
}

interface Leaving {
  readonly head: Named | null
  readonly along: readonly Stated[]
}

/** One of those who leave is the head of the new household. */
function readLeaving(reader: Reader, members: readonly Named[]): Leaving {
  const { t } = reader.wording
  const stated = readRelations(reader, members, { mayHead: true })
  const [head, second] = stated.filter(({ relation }) => relation === HEAD)
  const [first] = members
  if (second !== undefined) {
    reader.wrong(fieldOf(second.member), t('register.desk.split.one-head'))
  } else if (head === undefined && first !== undefined) {
    reader.wrong(fieldOf(first), t('register.desk.split.no-head'))
  }
  const along = stated.filter(({ relation }) => relation !== HEAD)
  return { head: head?.member ?? null, along }
}

function readSplit(about: About, reader: Reader, splitting: Splitting): Ready | null {
  const { wording, asker } = about
  const { t } = wording
  const { household, leaving } = splitting
  const { head, along } = readLeaving(reader, leaving)
  const residence = readWhere(about, reader)
  const on = reader.day('from')
  const act = reader.act()
  if (reader.errors.length > 0 || head === null) return null
  const input = {
    ...{ act, head: head.number, members: statedInput(along) },
    ...(residence !== null && { residence }),
    ...(on !== '' && { on }),
  }
  const home = residence ?? household.address
  const going = along.map(({ member, relation }): Fact => {
    const name = codeWords(wording, 'relation-to-head', relation)
    return { name, value: nameOf(wording, member) }
  })
  const staying = household.members.length - 1 - along.length
  return {
    shown: [
      { name: t('register.desk.form.new-head'), value: nameOf(wording, head) },
      ...going,
      {
        name: t('register.desk.split.stay'),
        value: t('register.desk.household.count', { n: staying }),
      },
      {
        name: t('register.desk.household.address'),
        value: home === null ? '' : residenceWords(wording, home).text,
      },
      {
        name: t('register.desk.form.from'),
        value: t.day(firstDay(on, act, todayOf(asker.kernel))),
      },
      actShown(t, act),
    ],
    places: {
      fields: {
        'residence.unit': 'unit',
        on: 'from',
        from: 'from',
        'act.decidedOn': 'decided',
      },
      codes: { 'actor.out-of-area': residence === null ? 'where' : 'unit' },
      otherwise: fieldOf(head),
    },
    async send(key) {
      const { file } = await execute(split, input, senderOf(about, key))
      return {
        title: t('register.desk.split.done'),
        body: html`<p>${t('register.fact.residence-file')}: <b>${file}</b></p>`,
        ways: toRecord(about),
      }
    },
  }
}
