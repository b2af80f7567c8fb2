import { execute, html, todayOf } from '../../../../kernel/index.ts'
import { choice, dayField } from '../../../../web/index.ts'
import type { HouseholdAnswer } from '../../../household/queries.ts'
import { changeHead } from '../../../household/reshape.ts'
import type { MemberView } from '../../../person/record-view.ts'
import { actFields, actShown, asked, type Filled, firstDay, Reader } from './form.ts'
import type { Fields, Journey, Ready } from './journey.ts'
import { aboutMember, HEAD, isNamed, type Named, nameOf } from './relations.ts'
import { type About, journeyOf, toRecord } from './subject.ts'

/** Another member becomes the head; everybody's relation to the new one follows from kinship. */
export function headJourney(about: About, { members }: HouseholdAnswer): Journey {
  const { wording } = about
  const next = members.filter(isNamed).filter((one) => one.relation !== HEAD)
  return {
    ...journeyOf(about, 'head'),
    first: { 'act-kind': 'declaration' },
    newReader: (values) => new Reader(wording, values),
    fields: (filled) => fieldsOf(about, filled, next),
    read: (reader) => readHead(about, reader, { next, members }),
  }
}

function fieldsOf({ wording }: About, filled: Filled, next: readonly Named[]): Fields {
  const { t } = wording
  const who = choice({
    ...asked(t, filled, 'head'),
    hint: next.length === 0 ? t('register.desk.household.alone') : null,
    options: next.map((one) => ({
      value: one.number,
      label: nameOf(wording, one),
      hint: aboutMember(wording, one),
    })),
    chosen: [filled.values.head ?? ''],
  })
  const event = html`${who}${dayField(t, {
    ...asked(t, filled, 'from'),
    optional: t('register.desk.optional'),
  })}`
  return { event, act: actFields(t, filled) }
}

interface Choosing {
  readonly next: readonly Named[]
  readonly members: readonly MemberView[]
}

function readHead(about: About, reader: Reader, { next, members }: Choosing): Ready | null {
  const { wording, asker } = about
  const { t } = wording
  const numbers = next.map((one) => one.number)
  const number = reader.oneOf('head', numbers)
  const on = reader.day('from')
  const act = reader.act()
  if (reader.errors.length > 0) return null
  const before = members.find((one) => one.relation === 'head')
  return {
    shown: [
      { name: t('register.desk.head.now'), value: nameOf(wording, before) },
      {
        name: t('register.desk.form.head'),
        value: nameOf(
          wording,
          next.find((one) => one.number === number),
        ),
      },
      {
        name: t('register.desk.form.from'),
        value: t.day(firstDay(on, act, todayOf(asker.kernel))),
      },
      actShown(t, act),
    ],
    places: { fields: { on: 'from', 'act.decidedOn': 'decided' }, otherwise: 'head' },
    async send(key) {
      const { kernel, actor } = asker
      await execute(changeHead, { act, number, ...(on !== '' && { on }) }, { kernel, actor, key })
      return { title: t('register.desk.head.done'), ways: toRecord(about) }
    },
  }
}
