import type { Asker, Instant } from '../../../kernel/index.ts'
import { drawDocument } from '../../../web/index.ts'
import type { RecordAnswer } from '../../person/queries.ts'
import { recordBlocks } from '../copy.ts'
import type { Wording } from '../wording.ts'
import type { Axes } from './axes.ts'
import { purposeIn } from './frame.ts'
import { nameOf } from './record.ts'

interface Printing {
  readonly axes: Axes
  readonly asker: Asker
  readonly at: Instant
}

/** The record as of two days on paper, for the file of a case: who made it, when and what for. */
export function recordExtract(
  wording: Wording,
  record: RecordAnswer,
  { axes, asker, at }: Printing,
): Promise<Buffer> {
  const { t, profile } = wording
  const { actor, purpose } = asker
  const known = t('register.desk.extract.as-of', {
    valid: t.day(axes.valid),
    known: t.day(axes.known),
  })
  const number = record.number === null ? '' : profile.number.group(record.number)
  const office = [actor.name, actor.body].filter(Boolean).join(', ')
  const why = t(`register.desk.purpose.${purposeIn(purpose)}`)
  const reference = asker.case === undefined ? [] : [asker.case.reference]
  return drawDocument(t, {
    title: nameOf(wording, record),
    issuer: profile.state.registerOffice[t.lang],
    lead: [number, known, t('register.desk.extract.note')].filter(Boolean).join('. '),
    blocks: recordBlocks(wording, record),
    foot: t('register.desk.extract.made', {
      at: t.instant(at),
      by: office,
      purpose: [why, ...reference].join(', '),
    }),
    madeAt: at,
  })
}
