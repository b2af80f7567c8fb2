import { execute, html, isPlainDay, LIMITS, todayOf } from '../../../../kernel/index.ts'
import { choice, dayField, field, note } from '../../../../web/index.ts'
import { registerDeath, registerDisappearance } from '../../../person/death.ts'
import type { Birth, Place } from '../../../types.ts'
import { placeWords } from '../../wording.ts'
import { actFields, actShown, asked, type Filled, Reader, unitField } from './form.ts'
import type { Fields, Journey, Ready } from './journey.ts'
import { type About, heldBy, journeyOf, toRecord } from './subject.ts'

export type Loss = 'death' | 'disappearance'

/** Registers a death, or what a court says of a disappearance: both close the record. */
export function deathJourney(about: About, losses: readonly Loss[]): Journey {
  const { wording } = about
  return {
    ...journeyOf(about, 'death'),
    first: { what: losses.length === 1 ? (losses[0] ?? '') : '', 'act-kind': 'declaration' },
    newReader: (values) => new Reader(wording, values),
    fields: (filled) => fieldsOf(about, filled, losses),
    read: (reader) => readDeath(about, reader, losses),
  }
}

function fieldsOf({ wording }: About, filled: Filled, losses: readonly Loss[]): Fields {
  const { t } = wording
  const what = choice({
    ...asked(t, filled, 'what'),
    options: losses.map((value) => ({
      value,
      label: t(`register.desk.death.${value}`),
      hint: t(`register.desk.death.${value}-hint`),
    })),
    chosen: [filled.values.what ?? ''],
  })
  const event = html`${what}${dayField(t, {
    ...asked(t, filled, 'died'),
    hint: t('register.desk.form.partial-hint'),
  })}${field({
    ...asked(t, filled, 'place'),
    optional: t('register.desk.optional'),
    hint: t('register.desk.form.place-hint'),
    maxlength: LIMITS.nameChars,
  })}${unitField(wording, filled, { name: 'unit', optional: true })}`
  return { event, act: actFields(t, filled) }
}

function readDeath(about: About, reader: Reader, losses: readonly Loss[]): Ready | null {
  const { wording, number, asker } = about
  const { t } = wording
  const what = reader.oneOf('what', losses) as Loss
  const on = reader.day('died', { partial: true, needed: true })
  const text = reader.text('place')
  const day = isPlainDay(on) ? on : todayOf(asker.kernel)
  const unit = reader.unit('unit', { day })
  const act = reader.act()
  if (reader.errors.length > 0) return null
  const place: Place = { ...(text !== '' && { text }), ...(unit !== undefined && { unit }) }
  const isPlaced = Object.keys(place).length > 0
  const birth = heldBy(about, 'birth') as Birth | undefined
  return {
    shown: [
      ...(birth === undefined ? [] : [{ name: t('register.fact.birth'), value: t.day(birth.on) }]),
      { name: t(`register.death.${what}`), value: t.day(on) },
      ...(isPlaced
        ? [{ name: t('register.desk.form.place'), value: placeWords(wording, place) }]
        : []),
      actShown(t, act),
    ],
    warning: note({
      kind: 'you',
      title: t('register.desk.death.closes'),
      body: t(`register.desk.death.${what}-closes`),
    }),
    places: {
      fields: {
        'value.on': 'died',
        'value.unit': 'unit',
        'value.place': 'place',
        'act.decidedOn': 'decided',
      },
      otherwise: 'died',
    },
    async send(key) {
      const { kernel, actor, case: typed } = asker
      const command = what === 'death' ? registerDeath : registerDisappearance
      const input = { act, number, on, ...(isPlaced && { place }) }
      await execute(command, input, { kernel, actor, key, ...(typed && { case: typed }) })
      return { title: t(`register.desk.death.${what}-done`), ways: toRecord(about) }
    },
  }
}
