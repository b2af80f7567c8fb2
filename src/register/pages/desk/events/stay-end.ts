import { type Command, execute, html, Refusal } from '../../../../kernel/index.ts'
import { choice, dayField, note } from '../../../../web/index.ts'
import { deregister, endAbsence, endTemporary } from '../../../residence/commands.ts'
import type { Absence, FactKind, Residence } from '../../../types.ts'
import { residenceWords } from '../../wording.ts'
import { todayOf } from '../frame.ts'
import { actFields, actShown, asked, type Filled, firstDay, Reader } from './form.ts'
import type { Fields, Journey, Ready } from './journey.ts'
import { type About, heldBy, journeyOf, senderOf, toRecord } from './subject.ts'

const COMMANDS = { absence: endAbsence, temporary: endTemporary, all: deregister } as const
type End = keyof typeof COMMANDS
const STAYS: readonly FactKind[] = ['permanent', 'temporary', 'absence']

/** Ends an absence or a temporary residence; or takes a person off every residence. */
export function stayEndJourney(about: About, operations: readonly string[]): Journey {
  const { wording } = about
  const held = (kind: End) => kind === 'all' || heldBy(about, kind) !== undefined
  const ends = (Object.keys(COMMANDS) as End[]).filter(
    (end) => operations.includes(COMMANDS[end].name) && held(end),
  )
  const isStaying = about.facts.some(({ kind }) => STAYS.includes(kind))
  if (!isStaying) throw new Refusal('residence.not-found')
  return {
    ...journeyOf(about, 'stay-end'),
    first: { 'act-kind': 'decision' },
    newReader: (values) => new Reader(wording, values),
    fields: (filled) => fieldsOf(about, filled, ends),
    read: (reader) => readEnd(about, reader, ends),
  }
}

/** What is held now, in words. */
function nowOf(about: About, end: End): string {
  const { wording } = about
  if (end === 'absence') return (heldBy(about, 'absence') as Absence | undefined)?.reason ?? ''
  const home = heldBy(about, end === 'all' ? 'permanent' : end) as Residence | undefined
  return home === undefined ? '' : residenceWords(wording, home).text
}

function fieldsOf(about: About, filled: Filled, ends: readonly End[]): Fields {
  const { t } = about.wording
  const what = choice({
    ...asked(t, filled, 'end'),
    options: ends.map((value) => ({
      value,
      label: t(`register.desk.stay-end.${value}`),
      hint: nowOf(about, value) || t(`register.desk.stay-end.${value}-why`),
    })),
    chosen: [filled.values.end ?? ''],
  })
  const event = html`${what}${dayField(t, {
    ...asked(t, filled, 'ended'),
    optional: t('register.desk.optional'),
  })}`
  return { event, act: actFields(t, filled) }
}

function readEnd(about: About, reader: Reader, ends: readonly End[]): Ready | null {
  const { wording, number, asker } = about
  const { t } = wording
  const end = reader.oneOf('end', ends) as End
  const on = reader.day('ended')
  const act = reader.act()
  if (reader.errors.length > 0) return null
  const now = nowOf(about, end)
  return {
    shown: [
      {
        name: t('register.desk.form.end'),
        value: t(`register.desk.stay-end.${end}`),
        ...(now !== '' && { meta: now }),
      },
      {
        name: t('register.desk.form.ended'),
        value: t.day(firstDay(on, act, todayOf(asker.kernel))),
      },
      actShown(t, act),
    ],
    ...(end === 'all' && {
      warning: note({
        kind: 'you',
        title: t('register.desk.stay-end.all-will'),
        body: t('register.desk.stay-end.all-why'),
      }),
    }),
    places: {
      fields: { on: 'ended', 'act.decidedOn': 'decided' },
      codes: { 'residence.not-found': 'ended' },
      otherwise: 'end',
    },
    async send(key) {
      const input = { act, number, ...(on !== '' && { on }) }
      await execute(COMMANDS[end] as unknown as Command, input, senderOf(about, key))
      return { title: t(`register.desk.stay-end.${end}-done`), ways: toRecord(about) }
    },
  }
}
