import { execute, html } from '../../../../kernel/index.ts'
import { dayField, type Fact, field, idNumber, facts as pairs } from '../../../../web/index.ts'
import { linkOldNumber } from '../../../identifier/commands.ts'
import { actFields, actShown, asked, type Filled, Reader } from './form.ts'
import type { Fields, Journey, Ready } from './journey.ts'
import { readOldNumber } from './person.ts'
import { type About, journeyOf, senderOf, toRecord } from './subject.ts'

/** Binds a number of an earlier scheme to a person, who is then found by it. */
export function oldNumberJourney(about: About): Journey {
  const { wording } = about
  return {
    ...journeyOf(about, 'old-number'),
    first: { 'act-kind': 'verification' },
    newReader: (values) => new Reader(wording, values),
    fields: (filled) => fieldsOf(about, filled),
    read: (reader) => readOld(about, reader),
  }
}

function fieldsOf({ wording, facts }: About, filled: Filled): Fields {
  const { t } = wording
  const held = facts.flatMap((fact): Fact[] =>
    fact.kind === 'old-number'
      ? [{ name: t('register.fact.old-number'), value: idNumber(String(fact.value)) }]
      : [],
  )
  const event = html`${held.length === 0 ? null : pairs(held)}${field({
    ...asked(t, filled, 'old'),
    hint: t('register.desk.old-number.hint'),
    width: 13,
    numeric: true,
    maxlength: 40,
  })}${dayField(t, {
    ...asked(t, filled, 'issued'),
    optional: t('register.desk.optional'),
  })}<p class="meta small">${t('register.desk.old-number.issued-else')}</p>`
  return { event, act: actFields(t, filled) }
}

function readOld(about: About, reader: Reader): Ready | null {
  const { wording, number } = about
  const { t } = wording
  const old = reader.needed('old') === '' ? '' : readOldNumber(reader)
  const from = reader.day('issued')
  const act = reader.act()
  if (reader.errors.length > 0) return null
  const day = from === '' ? [] : [{ name: t('register.desk.form.issued'), value: t.day(from) }]
  return {
    shown: [
      { name: t('register.fact.old-number'), value: idNumber(old) },
      ...day,
      actShown(t, act),
    ],
    places: {
      fields: { from: 'issued', old: 'old', 'act.decidedOn': 'decided' },
      otherwise: 'old',
    },
    async send(key) {
      const input = { act, number, old, ...(from !== '' && { from }) }
      await execute(linkOldNumber, input, senderOf(about, key))
      return { title: t('register.desk.old-number.done'), ways: toRecord(about) }
    },
  }
}
