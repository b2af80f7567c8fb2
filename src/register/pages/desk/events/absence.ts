import { execute, html, LIMITS } from '../../../../kernel/index.ts'
import { dayField, field } from '../../../../web/index.ts'
import { reportAbsence } from '../../../residence/commands.ts'
import type { Place } from '../../../types.ts'
import { placeWords } from '../../wording.ts'
import { todayOf } from '../frame.ts'
import { actFields, actShown, asked, type Filled, firstDay, Reader, unitField } from './form.ts'
import type { Fields, Journey, Ready } from './journey.ts'
import { type About, journeyOf, senderOf, toRecord } from './subject.ts'

/** Absence: the residence stays registered while its holder is elsewhere. */
export function absenceJourney(about: About): Journey {
  const { wording } = about
  return {
    ...journeyOf(about, 'absence'),
    first: { 'act-kind': 'declaration' },
    newReader: (values) => new Reader(wording, values),
    fields: (filled) => fieldsOf(about, filled),
    read: (reader) => readAbsence(about, reader),
  }
}

function fieldsOf({ wording }: About, filled: Filled): Fields {
  const { t } = wording
  const optional = t('register.desk.optional')
  const event = html`${field({
    ...asked(t, filled, 'why-absent'),
    hint: t('register.desk.absence.why-hint'),
    maxlength: LIMITS.nameChars,
  })}<div class="two">${dayField(t, { ...asked(t, filled, 'from'), optional })}
${dayField(t, { ...asked(t, filled, 'until'), optional })}</div>
<div class="two">${field({
    ...asked(t, filled, 'whereabouts'),
    hint: t('register.desk.absence.where-hint'),
    optional,
    maxlength: LIMITS.nameChars,
  })}<div>${unitField(wording, filled, { name: 'unit', optional: true })}</div></div>`
  return { event, act: actFields(t, filled) }
}

function readAbsence(about: About, reader: Reader): Ready | null {
  const { wording, number, asker } = about
  const { t } = wording
  const today = todayOf(asker.kernel)
  const reason = reader.needed('why-absent').slice(0, LIMITS.nameChars)
  const [on, until] = [reader.day('from'), reader.day('until')]
  const text = reader.text('whereabouts').slice(0, LIMITS.nameChars)
  const unit = reader.unit('unit', { day: today })
  const act = reader.act()
  if (reader.errors.length > 0) return null
  const place: Place = { ...(text !== '' && { text }), ...(unit !== undefined && { unit }) }
  const isPlaced = Object.keys(place).length > 0
  const days = [t.day(firstDay(on, act, today)), until === '' ? null : t.day(until)]
  const input = {
    ...{ act, number, reason },
    ...(isPlaced && { place }),
    ...(on !== '' && { on }),
    ...(until !== '' && { until }),
  }
  return {
    shown: [
      { name: t('register.desk.form.why-absent'), value: reason },
      ...(isPlaced
        ? [{ name: t('register.desk.form.whereabouts'), value: placeWords(wording, place) }]
        : []),
      { name: t('register.desk.form.from'), value: days.filter(Boolean).join(' – ') },
      actShown(t, act),
    ],
    places: {
      fields: { on: 'from', until: 'until', 'place.unit': 'unit', 'act.decidedOn': 'decided' },
      codes: { 'residence.exists': 'from' },
      otherwise: 'why-absent',
    },
    async send(key) {
      await execute(reportAbsence, input, senderOf(about, key))
      return { title: t('register.desk.absence.done'), ways: toRecord(about) }
    },
  }
}
