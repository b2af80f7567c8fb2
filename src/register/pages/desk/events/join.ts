import { ask, execute, html } from '../../../../kernel/index.ts'
import { dayField, type Fact, field } from '../../../../web/index.ts'
import { addMember } from '../../../household/commands.ts'
import { getHousehold } from '../../../household/queries.ts'
import { codeWords, type Wording } from '../../wording.ts'
import { todayOf } from '../frame.ts'
import { actFields, actShown, asked, type Filled, firstDay, Reader } from './form.ts'
import type { Fields, Journey, Ready } from './journey.ts'
import { householdShown, needOther, otherShown, readHousehold } from './others.ts'
import { readRelation, relationField } from './relations.ts'
import { type About, journeyOf, senderOf, toRecord } from './subject.ts'

/** Whose record is open: the newcomer's, or that of a member of the household. */
export type Side = 'join' | 'add-member'

/** Someone joins a household and lives where it lives. */
export function joinJourney(about: About, side: Side): Journey {
  const { wording } = about
  return {
    ...journeyOf(about, side),
    first: { 'act-kind': 'declaration' },
    newReader: (values) => new Reader(wording, values),
    fields: (filled) => fieldsOf(wording, filled, side),
    read: (reader) => readJoining(about, reader, side),
  }
}

/** The field with the other's number. */
const FIELD = { join: 'of', 'add-member': 'comer' } as const

function fieldsOf(wording: Wording, filled: Filled, side: Side): Fields {
  const { t } = wording
  const event = html`${field({
    ...asked(t, filled, FIELD[side]),
    hint: t(`register.desk.${side}.hint`),
    width: 13,
    numeric: true,
  })}${relationField(wording, filled)}${dayField(t, {
    ...asked(t, filled, 'from'),
    optional: t('register.desk.optional'),
  })}`
  return { event, act: actFields(t, filled) }
}

/** Who joins which household, as it is shown and as the command takes it. */
interface Joining {
  readonly number: string
  readonly of: string
  readonly shown: readonly Fact[]
}

async function readSides(about: About, reader: Reader, side: Side): Promise<Joining | null> {
  const { wording, asker, number, person } = about
  const { t } = wording
  const into = t('register.desk.join.into')
  if (side === 'join') {
    const host = await readHousehold(asker, reader, 'of')
    if (host === null) return null
    return { number, of: reader.number('of'), shown: [householdShown(wording, into, host)] }
  }
  const comer = await needOther(asker, reader, 'comer')
  if (comer === null) return null
  const own = await ask(getHousehold, { person }, asker)
  const who = otherShown(wording, t('register.desk.form.comer'), comer)
  return { number: comer.number, of: number, shown: [who, householdShown(wording, into, own)] }
}

async function readJoining(about: About, reader: Reader, side: Side): Promise<Ready | null> {
  const { wording, asker } = about
  const { t } = wording
  const joining = await readSides(about, reader, side)
  const relation = readRelation(reader)
  const on = reader.day('from')
  const act = reader.act()
  if (reader.errors.length > 0 || joining === null) return null
  const { number, of, shown } = joining
  return {
    shown: [
      ...shown,
      {
        name: t('register.desk.form.relation'),
        value: codeWords(wording, 'relation-to-head', relation),
      },
      {
        name: t('register.desk.form.from'),
        value: t.day(firstDay(on, act, todayOf(asker.kernel))),
      },
      actShown(t, act),
    ],
    places: {
      fields: { relation: 'relation', on: 'from', 'act.decidedOn': 'decided' },
      otherwise: FIELD[side],
    },
    async send(key) {
      const input = { act, number, of, relation, ...(on !== '' && { on }) }
      await execute(addMember, input, senderOf(about, key))
      return { title: t('register.desk.join.done'), ways: toRecord(about) }
    },
  }
}
