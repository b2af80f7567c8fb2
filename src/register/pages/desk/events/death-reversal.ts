import { execute, Refusal } from '../../../../kernel/index.ts'
import { note, facts as pairs } from '../../../../web/index.ts'
import { reverseDeath } from '../../../person/death.ts'
import type { Death } from '../../../types.ts'
import { placeWords } from '../../wording.ts'
import { actFields, actShown, Reader } from './form.ts'
import type { Journey } from './journey.ts'
import { type About, heldBy, journeyOf, senderOf, toRecord } from './subject.ts'

/** Someone declared dead or missing is alive: what the declaration closed is opened again. */
export function reversalJourney(about: About): Journey {
  const { wording, number } = about
  const { t } = wording
  const death = heldBy(about, 'death') as Death | undefined
  if (death === undefined) throw new Refusal('death.not-registered')
  const { kind, on, place } = death
  const now = {
    name: t(`register.death.${kind}`),
    value: t.day(on),
    ...(place !== undefined && { meta: placeWords(wording, place) }),
  }
  const opens = note({
    kind: 'you',
    title: t('register.desk.reversal.opens'),
    body: t(`register.desk.reversal.${kind}-opens`),
  })
  return {
    ...journeyOf(about, 'death-reversal'),
    first: { 'act-kind': 'court-decision' },
    newReader: (values) => new Reader(wording, values),
    fields: (filled) => ({ event: [pairs([now]), opens], act: actFields(t, filled) }),
    read(reader) {
      const act = reader.act()
      if (reader.errors.length > 0) return null
      return {
        shown: [now, actShown(t, act)],
        warning: opens,
        places: { fields: { 'act.decidedOn': 'decided' }, otherwise: 'document' },
        async send(key) {
          await execute(reverseDeath, { act, number }, senderOf(about, key))
          return { title: t(`register.desk.reversal.${kind}-done`), ways: toRecord(about) }
        },
      }
    },
  }
}
