import { Type } from 'typebox'
import { type Context, type Instant, query } from '../../kernel/index.ts'
import { myRecord } from '../../register/index.ts'
import { LAW } from '../law.ts'
import { EXCHANGE_LIMITS } from '../limits.ts'
import { type MyLine, readLine } from './queries.ts'
import { eventsOfAll, requireSelf } from './self.ts'
import {
  type Complaint,
  type Consent,
  listComplaintsOf,
  listConsents,
  listOwnEvents,
} from './store.ts'

type PersonRecord = Awaited<ReturnType<(typeof myRecord)['declaration']['run']>>

/** Everything held of a person, to take away: the record, and who read it. */
export interface MyCopy {
  readonly format: 'goc-copy-v1'
  readonly madeAt: Instant
  readonly record: PersonRecord
  readonly reads: readonly MyLine[]
  /** False when there are more lines than a copy holds; the rest is in "who read my data". */
  readonly isWhole: boolean
  readonly complaints: readonly Complaint[]
  readonly consents: readonly Consent[]
}

/** A copy of the own record and log as JSON: a right of Law 91/2025 and of any law like it. */
export const myCopy = query({
  name: 'my-copy',
  level: 2,
  input: Type.Object({}, { additionalProperties: false }),
  purposes: [LAW.ownRecord.purpose],
  async run(_input, context): Promise<MyCopy> {
    const { tx, actor, now, today, concerns } = context
    const { personId, persons } = await requireSelf(context)
    concerns(personId, ['reads'])
    const limit = EXCHANGE_LIMITS.copiedReads
    const [record, events, complaints, consents] = await Promise.all([
      recordOf(context),
      eventsOfAll(tx, persons, { today, limit: limit + 1 }),
      listComplaintsOf(tx, persons),
      listConsents(tx, persons),
    ])
    const asked = new Map(complaints.map((one) => [one.eventId, one]))
    const kept = events.slice(0, limit)
    const ids = kept.map((line) => line.eventId)
    const own = await listOwnEvents(tx, { persons, actorId: actor.id, today }, ids)
    return {
      format: 'goc-copy-v1',
      madeAt: now,
      record,
      reads: kept.map((line) => ({
        ...readLine(line, asked.get(line.eventId) ?? null),
        isOwn: own.has(line.eventId),
      })),
      isWhole: events.length <= limit,
      complaints,
      consents,
    }
  },
})

/** The register's own answer, in this transaction and this event. */
const recordOf = (context: Context): Promise<PersonRecord> => myRecord.declaration.run({}, context)
