import { execute, LIMITS, Refusal } from '../../../../kernel/index.ts'
import { field, linkButton, note, facts as pairs } from '../../../../web/index.ts'
import { protectPerson, unprotectPerson } from '../../../person/protection.ts'
import { REASON_least } from '../protected.ts'
import { actFields, actShown, asked, Reader } from './form.ts'
import type { Journey } from './journey.ts'
import { type About, heldBy, journeyOf, senderOf, toRecord } from './subject.ts'

/** From now on nobody opens this record alone. */
export function protectJourney(about: About): Journey {
  const { wording, number } = about
  const { t } = wording
  return {
    ...journeyOf(about, 'protect'),
    first: { 'act-kind': 'decision' },
    newReader: (values) => new Reader(wording, values),
    fields: (filled) => ({
      event: field({
        ...asked(t, filled, 'protection'),
        hint: t('register.desk.protect.reason-hint'),
        rows: 4,
        maxlength: LIMITS.textChars,
      }),
      act: actFields(t, filled),
    }),
    read(reader) {
      const reason = reader.text('protection')
      if (reason.length < REASON_least) reader.wrong('protection', t('register.desk.reason-short'))
      const act = reader.act()
      if (reader.errors.length > 0) return null
      return {
        shown: [{ name: t('register.desk.form.protection'), value: reason }, actShown(t, act)],
        warning: note({
          kind: 'you',
          title: t('register.desk.protect.will'),
          body: t('register.desk.protect.will-why'),
        }),
        places: {
          fields: { reason: 'protection', 'act.decidedOn': 'decided' },
          otherwise: 'protection',
        },
        async send(key) {
          await execute(protectPerson, { act, number, reason }, senderOf(about, key))
          // The record no longer opens to the officer alone.
          const ways = linkButton(t('register.desk.title'), '/desk')
          return { title: t('register.desk.protect.done'), ways }
        },
      }
    },
  }
}

/** Lifts the protection; the record was opened with a second person's consent. */
export function unprotectJourney(about: About): Journey {
  const { wording, number } = about
  const { t } = wording
  const held = heldBy(about, 'protected')
  if (held === undefined) throw new Refusal('fact.not-found', { kind: 'protected' })
  const now = { name: t('register.desk.form.protection'), value: held.reason }
  const opens = note({
    kind: 'you',
    title: t('register.desk.unprotect.will'),
    body: t('register.desk.unprotect.will-why'),
  })
  return {
    ...journeyOf(about, 'unprotect'),
    first: { 'act-kind': 'decision' },
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
          await execute(unprotectPerson, { act, number }, senderOf(about, key))
          return { title: t('register.desk.unprotect.done'), ways: toRecord(about) }
        },
      }
    },
  }
}
