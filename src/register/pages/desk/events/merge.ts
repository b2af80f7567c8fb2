import { execute, html, Refusal } from '../../../../kernel/index.ts'
import { choice, type Fact, idNumber, note } from '../../../../web/index.ts'
import { mergePersons, unmergePersons } from '../../../person/merge.ts'
import type { RecordAnswer } from '../../../person/queries.ts'
import type { Birth } from '../../../types.ts'
import type { Wording } from '../../wording.ts'
import { bornWords } from '../facts-table.ts'
import { addressOf, personPath } from '../frame.ts'
import { comparison } from './compare.ts'
import { actFields, actShown, asked, type Filled, Reader } from './form.ts'
import type { Fields, Journey, Ready } from './journey.ts'
import { type About, heldBy, journeyOf, senderOf, toRecord } from './subject.ts'

const SIDES = ['first', 'second'] as const
type Side = (typeof SIDES)[number]

/** One of two records that may be of one person. */
interface Recorded {
  readonly record: RecordAnswer
  readonly name: string
  readonly number: string
}
type Two = Readonly<Record<Side, Recorded>>

function recordedOf({ t }: Wording, record: RecordAnswer): Recorded {
  const { number } = record
  if (number === null) throw new Refusal('number.none')
  return { record, number, name: heldBy(record, 'name')?.full ?? t('register.kin.unnamed') }
}

/** One person was recorded twice: the officer compares both, and says which record remains. */
export function mergeJourney(
  about: About,
  { first, second }: Readonly<Record<Side, RecordAnswer>>,
): Journey {
  const { wording, person, purpose } = about
  if (first.person === second.person) throw new Refusal('person.same')
  const two = { first: recordedOf(wording, first), second: recordedOf(wording, second) }
  const under = (path: string) => addressOf(personPath(person, path), { for: purpose })
  const frame = journeyOf(about, 'merge')
  return {
    title: frame.title,
    action: under(`/merge/${second.person}`),
    purpose,
    back: { href: under('/merge'), label: wording.t('register.desk.merge.other') },
    first: { 'act-kind': 'verification' },
    newReader: (values) => new Reader(wording, values),
    fields: (filled) => fieldsOf(wording, filled, two),
    read: (reader) => readMerge(about, reader, two),
  }
}

/** "001 190 000 123, born 3 March 1990". */
function inShort(wording: Wording, { number, record }: Recorded) {
  const birth = heldBy(record, 'birth') as Birth | undefined
  const born = birth === undefined ? '' : `, ${bornWords(wording, birth.on)}`
  return [idNumber(wording.profile.number.group(number)), born]
}

function fieldsOf(wording: Wording, filled: Filled, two: Two): Fields {
  const { t } = wording
  const survivor = choice({
    ...asked(t, filled, 'survivor'),
    hint: t('register.desk.merge.survivor-hint'),
    options: SIDES.map((side, at) => ({
      value: side,
      label: html`${t(`register.desk.compare.${at + 1}`)}: ${two[side].name}`,
      hint: inShort(wording, two[side]),
    })),
    chosen: [filled.values.survivor ?? ''],
  })
  const both = comparison(wording, [two.first.record, two.second.record])
  return { event: html`${both}${survivor}`, act: actFields(t, filled) }
}

function readMerge(about: About, reader: Reader, two: Two): Ready | null {
  const { wording } = about
  const { t } = wording
  const kept = reader.oneOf('survivor', SIDES) as Side
  const act = reader.act()
  if (reader.errors.length > 0) return null
  const [survivor, duplicate] = kept === 'first' ? [two.first, two.second] : [two.second, two.first]
  const said = (name: string, one: Recorded): Fact => ({
    name,
    value: one.name,
    meta: inShort(wording, one),
  })
  return {
    shown: [
      said(t('register.desk.merge.kept'), survivor),
      said(t('register.desk.merge.duplicate'), duplicate),
      actShown(t, act),
    ],
    warning: note({
      kind: 'you',
      title: t('register.desk.merge.will'),
      body: t('register.desk.merge.will-why'),
    }),
    places: { fields: { 'act.decidedOn': 'decided' }, otherwise: 'survivor' },
    async send(key) {
      const input = { act, survivor: survivor.number, duplicate: duplicate.number }
      await execute(mergePersons, input, senderOf(about, key))
      return { title: t('register.desk.merge.done'), ways: toRecord(about) }
    },
  }
}

/** They are two persons after all: the record stands for itself again, as it was. */
export function unmergeJourney(about: About, duplicates: readonly string[]): Journey {
  const { wording } = about
  if (duplicates.length === 0) throw new Refusal('person.not-merged')
  return {
    ...journeyOf(about, 'unmerge'),
    first: {
      'act-kind': 'verification',
      duplicate: duplicates.length === 1 ? (duplicates[0] ?? '') : '',
    },
    newReader: (values) => new Reader(wording, values),
    fields: (filled) => unmergeFields(wording, filled, duplicates),
    read: (reader) => readUnmerge(about, reader, duplicates),
  }
}

function unmergeFields(wording: Wording, filled: Filled, duplicates: readonly string[]): Fields {
  const { t, profile } = wording
  const event = choice({
    ...asked(t, filled, 'duplicate'),
    options: duplicates.map((value) => ({
      value,
      label: idNumber(profile.number.group(value)),
    })),
    chosen: [filled.values.duplicate ?? ''],
  })
  return { event, act: actFields(t, filled) }
}

function readUnmerge(about: About, reader: Reader, duplicates: readonly string[]): Ready | null {
  const { wording, name } = about
  const { t, profile } = wording
  const duplicate = reader.oneOf('duplicate', duplicates)
  const act = reader.act()
  if (reader.errors.length > 0) return null
  return {
    shown: [
      {
        name: t('register.desk.form.duplicate'),
        value: idNumber(profile.number.group(duplicate)),
        meta: t('register.desk.unmerge.from', { name }),
      },
      actShown(t, act),
    ],
    warning: note({
      kind: 'you',
      title: t('register.desk.unmerge.will'),
      body: t('register.desk.unmerge.will-why'),
    }),
    places: { fields: { 'act.decidedOn': 'decided' }, otherwise: 'duplicate' },
    async send(key) {
      await execute(unmergePersons, { act, duplicate }, senderOf(about, key))
      return { title: t('register.desk.unmerge.done'), ways: toRecord(about) }
    },
  }
}
