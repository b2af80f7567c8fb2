import { execute, html } from '../../../../kernel/index.ts'
import { choice, dayField, note } from '../../../../web/index.ts'
import { removeMember } from '../../../household/commands.ts'
import type { HouseholdAnswer } from '../../../household/queries.ts'
import { todayOf } from '../frame.ts'
import { actFields, actShown, asked, type Filled, firstDay, Reader } from './form.ts'
import type { Fields, Journey, Ready } from './journey.ts'
import { householdShown } from './others.ts'
import { aboutMember, isNamed, type Named, nameOf } from './relations.ts'
import { type About, journeyOf, senderOf, toRecord } from './subject.ts'

/** Someone is no longer of a household, though the residence stays; the last one closes it. */
export function leaveJourney(about: About, household: HouseholdAnswer): Journey {
  const { wording, number } = about
  const isLast = household.members.length === 1
  const leaving = household.members
    .filter(isNamed)
    .filter((one) => isLast || one.relation !== 'head')
  const own = leaving.find((one) => one.number === number)
  return {
    ...journeyOf(about, 'leave'),
    first: { 'act-kind': 'declaration', leaver: own?.number ?? '' },
    newReader: (values) => new Reader(wording, values),
    fields: (filled) => fieldsOf(about, filled, leaving),
    read: (reader) => readLeaving(about, reader, { household, leaving, isLast }),
  }
}

function fieldsOf({ wording }: About, filled: Filled, leaving: readonly Named[]): Fields {
  const { t } = wording
  const who = choice({
    ...asked(t, filled, 'leaver'),
    hint: t('register.desk.leave.head-hint'),
    options: leaving.map((one) => ({
      value: one.number,
      label: nameOf(wording, one),
      hint: aboutMember(wording, one),
    })),
    chosen: [filled.values.leaver ?? ''],
  })
  const event = html`${who}${dayField(t, {
    ...asked(t, filled, 'from'),
    optional: t('register.desk.optional'),
  })}`
  return { event, act: actFields(t, filled) }
}

interface Leaving {
  readonly household: HouseholdAnswer
  readonly leaving: readonly Named[]
  readonly isLast: boolean
}

function readLeaving(about: About, reader: Reader, { household, leaving, isLast }: Leaving) {
  const { wording, asker } = about
  const { t } = wording
  const number = reader.oneOf(
    'leaver',
    leaving.map((one) => one.number),
  )
  const on = reader.day('from')
  const act = reader.act()
  if (reader.errors.length > 0) return null
  const member = leaving.find((one) => one.number === number)
  const ready: Ready = {
    shown: [
      { name: t('register.desk.form.leaver'), value: nameOf(wording, member) },
      householdShown(wording, t('register.desk.leave.of'), household),
      {
        name: t('register.desk.form.from'),
        value: t.day(firstDay(on, act, todayOf(asker.kernel))),
      },
      actShown(t, act),
    ],
    warning: note({
      kind: 'you',
      title: t(`register.desk.leave.${isLast ? 'last' : 'will'}`),
      body: t('register.desk.leave.will-why'),
    }),
    places: { fields: { on: 'from', 'act.decidedOn': 'decided' }, otherwise: 'leaver' },
    async send(key) {
      const input = { act, number, ...(on !== '' && { on }) }
      await execute(removeMember, input, senderOf(about, key))
      return { title: t('register.desk.leave.done'), ways: toRecord(about) }
    },
  }
  return ready
}
