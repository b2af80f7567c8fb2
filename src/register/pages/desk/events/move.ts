import { type Command, execute, html, LIMITS, todayOf } from '../../../../kernel/index.ts'
import { choice, dayField, field } from '../../../../web/index.ts'
import { move } from '../../../household/commands.ts'
import {
  declareCurrent,
  registerPermanent,
  registerTemporary,
} from '../../../residence/commands.ts'
import type { Residence } from '../../../types.ts'
import { residenceWords } from '../../wording.ts'
import { actFields, actShown, asked, type Filled, firstDay, Reader, unitField } from './form.ts'
import type { Fields, Journey, Ready } from './journey.ts'
import { type About, heldBy, journeyOf, officeOf, toRecord } from './subject.ts'

const MOVES = {
  permanent: registerPermanent,
  household: move,
  temporary: registerTemporary,
  current: declareCurrent,
} as const
export type Move = keyof typeof MOVES
export const MOVE_KINDS = Object.keys(MOVES) as Move[]
export const commandOf = (kind: Move): string => MOVES[kind].name

/** Registers where somebody lives, or moves the whole household. */
export function moveJourney(about: About, kinds: readonly Move[]): Journey {
  const { wording } = about
  return {
    ...journeyOf(about, 'move'),
    first: { 'act-kind': 'declaration', ...officeOf(about) },
    newReader: (values) => new Reader(wording, values),
    fields: (filled) => fieldsOf(about, filled, kinds),
    read: (reader) => readMove(about, reader, kinds),
  }
}

function fieldsOf({ wording }: About, filled: Filled, kinds: readonly Move[]): Fields {
  const { t } = wording
  const optional = t('register.desk.optional')
  const what = choice({
    ...asked(t, filled, 'move'),
    options: kinds.map((value) => ({
      value,
      label: t(`register.desk.move.${value}`),
      hint: t(`register.desk.move.${value}-hint`),
    })),
    chosen: [filled.values.move ?? ''],
  })
  const until = kinds.includes('temporary')
    ? dayField(t, { ...asked(t, filled, 'until'), optional: t('register.desk.move.until-only') })
    : null
  const event = html`${what}${field({
    ...asked(t, filled, 'address'),
    hint: t('register.desk.move.address-hint'),
    maxlength: LIMITS.nameChars,
  })}${unitField(wording, filled, { name: 'unit' })}
<div class="two">${dayField(t, { ...asked(t, filled, 'from'), optional })}${until}</div>`
  return { event, act: actFields(t, filled) }
}

function readMove(about: About, reader: Reader, kinds: readonly Move[]): Ready | null {
  const { wording, asker, number } = about
  const { t } = wording
  const today = todayOf(asker.kernel)
  const kind = reader.oneOf('move', kinds) as Move
  const address = reader.needed('address')
  const unit = reader.unit('unit', { day: today, lowest: true, needed: true })
  const on = reader.day('from')
  const until = kind === 'temporary' ? reader.day('until') : ''
  const act = reader.act()
  if (reader.errors.length > 0 || unit === undefined) return null
  const residence: Residence = { unit, address: address.slice(0, LIMITS.nameChars) }
  const before = heldBy(about, 'permanent')
  const from = t.day(firstDay(on, act, today))
  const days = until === '' ? from : `${from} – ${t.day(until)}`
  return {
    shown: [
      ...(before === undefined
        ? []
        : [{ name: t('register.desk.move.now'), value: residenceWords(wording, before).text }]),
      { name: t('register.desk.form.move'), value: t(`register.desk.move.${kind}`) },
      { name: t('register.desk.move.will'), value: residenceWords(wording, residence).text },
      { name: t('register.desk.form.from'), value: days },
      actShown(t, act),
    ],
    places: {
      fields: { 'residence.unit': 'unit', on: 'from', until: 'until', 'act.decidedOn': 'decided' },
      codes: { 'actor.out-of-area': 'unit', 'household.head-required': 'move' },
      otherwise: 'address',
    },
    async send(key) {
      const { kernel, actor } = asker
      const input = {
        act,
        number,
        residence,
        ...(on !== '' && { on }),
        ...(until !== '' && { until }),
      }
      await execute(MOVES[kind] as unknown as Command, input, { kernel, actor, key })
      return { title: t('register.desk.move.done'), ways: toRecord(about) }
    },
  }
}
