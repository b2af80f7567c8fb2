import { execute, html, Refusal } from '../../../../kernel/index.ts'
import { choice, dayField, idNumber, note } from '../../../../web/index.ts'
import { endKin } from '../../../kinship/commands.ts'
import type { Relation } from '../../../kinship/rules.ts'
import type { FactView, KinView } from '../../../person/record-view.ts'
import type { Wording } from '../../wording.ts'
import { todayOf } from '../frame.ts'
import { actFields, actShown, asked, type Filled, firstDay, Reader } from './form.ts'
import type { Fields, Journey, Ready } from './journey.ts'
import { relationWords } from './kin.ts'
import { isTie } from './list.ts'
import { type About, journeyOf, senderOf, toRecord } from './subject.ts'

const HOWS = ['ended', 'never'] as const

/** A tie of the person to a parent, a spouse or a representative. */
interface Tie {
  /** What stands for it in the form. */
  readonly id: string
  readonly relation: Relation
  readonly kin: KinView
  readonly from: string
}

/** Ends a tie from a day on; or takes it off both records, where it never held. */
export function kinEndJourney(about: About): Journey {
  const { wording } = about
  const ties = about.facts.filter(isTie).map(tieOf)
  if (ties.length === 0) throw new Refusal('kinship.not-found')
  return {
    ...journeyOf(about, 'kin-end'),
    first: { 'act-kind': 'court-decision', tie: ties.length === 1 ? (ties[0]?.id ?? '') : '' },
    newReader: (values) => new Reader(wording, values),
    fields: (filled) => fieldsOf(wording, filled, ties),
    read: (reader) => readEnd(about, reader, ties),
  }
}

function tieOf({ kind, key, value, from }: FactView): Tie {
  const relation = (kind === 'parent' ? key : kind) as Relation
  const id = kind === 'parent' ? key : `${kind}-${key}`
  return { id, relation, kin: value as KinView, from }
}

const nameOf = ({ t }: Wording, { kin }: Tie): string => kin.name ?? t('register.kin.unnamed')

function fieldsOf(wording: Wording, filled: Filled, ties: readonly Tie[]): Fields {
  const { t, profile } = wording
  const which = choice({
    ...asked(t, filled, 'tie'),
    options: ties.map((tie) => {
      const { number } = tie.kin
      const since = t('register.desk.correct.since', { from: t.day(tie.from) })
      return {
        value: tie.id,
        label: `${relationWords(wording, tie.relation)}: ${nameOf(wording, tie)}`,
        hint: number === null ? since : [idNumber(profile.number.group(number)), `, ${since}`],
      }
    }),
    chosen: [filled.values.tie ?? ''],
  })
  const how = choice({
    ...asked(t, filled, 'ended-how'),
    options: HOWS.map((value) => ({
      value,
      label: t(`register.desk.kin-end.${value}`),
      hint: t(`register.desk.kin-end.${value}-hint`),
    })),
    chosen: [filled.values['ended-how'] ?? ''],
  })
  const day = dayField(t, {
    ...asked(t, filled, 'ended'),
    optional: t('register.desk.kin-end.day-only'),
  })
  return { event: html`${which}${how}${day}`, act: actFields(t, filled) }
}

function readEnd(about: About, reader: Reader, ties: readonly Tie[]): Ready | null {
  const { wording, number, asker } = about
  const { t, profile } = wording
  const ids = ties.map(({ id }) => id)
  const chosen = reader.oneOf('tie', ids)
  const tie = ties.find(({ id }) => id === chosen)
  const how = reader.oneOf('ended-how', HOWS)
  const typed = how === 'ended' ? reader.day('ended') : ''
  const act = reader.act()
  if (reader.errors.length > 0 || tie === undefined) return null
  const { relation, kin } = tie
  const today = todayOf(asker.kernel)
  const isNever = how === 'never'
  // What never held is found by today; the document that says so may be older than the entry.
  const on = isNever ? today : typed
  const relative = kin.registered
    ? { number: kin.number ?? '' }
    : { name: kin.name ?? '', ...(kin.nationality !== null && { nationality: kin.nationality }) }
  const input = {
    ...{ act, number, relation, relative },
    ...(on !== '' && { on }),
    ...(isNever && { never: true }),
  }
  const last = isNever ? '' : t.day(firstDay(typed, act, today))
  return {
    shown: [
      {
        name: relationWords(wording, relation),
        value: nameOf(wording, tie),
        ...(kin.number !== null && { meta: idNumber(profile.number.group(kin.number)) }),
      },
      {
        name: t('register.desk.form.ended-how'),
        value: t(`register.desk.kin-end.${how}`),
        ...(last !== '' && { meta: t('register.desk.correct.since', { from: last }) }),
      },
      actShown(t, act),
    ],
    ...(kin.registered && { warning: warning(wording, { relation, isNever }) }),
    places: { fields: { on: 'ended', 'act.decidedOn': 'decided' }, otherwise: 'tie' },
    async send(key) {
      await execute(endKin, input, senderOf(about, key))
      return { title: t('register.desk.kin-end.done'), ways: toRecord(about) }
    },
  }
}

function warning({ t }: Wording, { relation, isNever }: { relation: Relation; isNever: boolean }) {
  const why = relation !== 'spouse' ? 'why' : isNever ? 'undone' : 'divorced'
  return note({
    kind: 'you',
    title: t('register.desk.kin.both'),
    body: t(`register.desk.kin-end.${why}`),
  })
}
