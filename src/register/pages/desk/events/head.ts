import { execute, html, todayOf } from '../../../../kernel/index.ts'
import { choice, dayField } from '../../../../web/index.ts'
import type { HouseholdAnswer } from '../../../household/queries.ts'
import { changeHead } from '../../../household/reshape.ts'
import type { MemberView } from '../../../person/record-view.ts'
import { codeWords } from '../../wording.ts'
import { actFields, actShown, asked, type Filled, firstDay, Reader } from './form.ts'
import type { Fields, Journey, Ready } from './journey.ts'
import { type About, journeyOf, toRecord } from './subject.ts'

type Candidate = MemberView & { readonly number: string }

/** Another member becomes the head; everybody's relation to the new one follows from kinship. */
export function headJourney(about: About, { members }: HouseholdAnswer): Journey {
  const { wording } = about
  const next = members.filter(
    (one): one is Candidate => one.number !== null && one.relation !== 'head',
  )
  return {
    ...journeyOf(about, 'head'),
    first: { 'act-kind': 'declaration' },
    newReader: (values) => new Reader(wording, values),
    fields: (filled) => fieldsOf(about, filled, next),
    read: (reader) => readHead(about, reader, { next, members }),
  }
}

function fieldsOf({ wording }: About, filled: Filled, next: readonly Candidate[]): Fields {
  const { t, profile } = wording
  const who = choice({
    ...asked(t, filled, 'head'),
    options: next.map((one) => ({
      value: one.number,
      label: one.name ?? t('register.kin.unnamed'),
      hint: `${codeWords(wording, 'relation-to-head', one.relation)}, ${profile.number.group(one.number)}`,
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
  readonly next: readonly Candidate[]
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
  const nameOf = (one: MemberView | undefined) => one?.name ?? t('register.kin.unnamed')
  const before = members.find((one) => one.relation === 'head')
  return {
    shown: [
      { name: t('register.desk.head.now'), value: nameOf(before) },
      {
        name: t('register.desk.form.head'),
        value: nameOf(next.find((one) => one.number === number)),
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
