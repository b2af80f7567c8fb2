import { type AuditBody, Refusal, type Tx } from '../../kernel/index.ts'
import type { EventLine } from '../../ledger/index.ts'
import { EXCHANGE_LIMITS } from '../limits.ts'
import { eventsOfAll } from './self.ts'
import { listOwnEvents, type Me } from './store.ts'

/** An event of the log, and whether its person caused it. */
export interface Seen extends EventLine {
  readonly isOwn: boolean
}

export interface SeenPage {
  readonly lines: readonly Seen[]
  /** Where the next page begins; null at the end. */
  readonly next: string | null
}

export interface Wish {
  readonly limit: number
  readonly before?: string
  /** Only lines of this body, or kind of actor; only for this purpose. */
  readonly body?: string
  readonly purpose?: string
}

const CHUNK = 200

/**
 * Goes back through a person's log until so many lines of others are found. It never looks through
 * more than so many events: then the page is short and the next one goes on from there.
 */
export async function lookBack(tx: Tx, me: Me, wish: Wish): Promise<SeenPage> {
  const lines: Seen[] = []
  let found = 0
  let before = wish.before
  for (let scanned = 0; scanned < EXCHANGE_LIMITS.readsScanned; scanned += CHUNK) {
    const { persons, today } = me
    const page = { today, limit: CHUNK, ...(before !== undefined && { before }) }
    const chunk = await eventsOfAll(tx, persons, page)
    const own = await listOwnEvents(
      tx,
      me,
      chunk.map((line) => line.eventId),
    )
    for (const line of chunk) {
      const isOwn = own.has(line.eventId)
      if (!isWanted(line, isOwn, wish)) {
        before = line.eventId
        continue
      }
      // The line that would be one too many is the next page's first.
      if (!isOwn && found === wish.limit) return { lines, next: before ?? null }
      if (!isOwn) found += 1
      lines.push({ ...line, isOwn })
      before = line.eventId
    }
    if (chunk.length < CHUNK) return { lines, next: null }
  }
  return { lines, next: before ?? null }
}

function isWanted(line: EventLine, isOwn: boolean, { body, purpose }: Wish): boolean {
  if (body === undefined && purpose === undefined) return true
  if (isOwn || line.body === null) return false
  const told = JSON.parse(line.body) as AuditBody
  return (
    (body === undefined || body === (told.actor.body ?? told.actor.kind)) &&
    (purpose === undefined || purpose === told.purpose)
  )
}

/** One line alone. Refuses as a proof of it would: not the person's, hidden, or erased. */
export async function findOne(tx: Tx, me: Me, eventId: string): Promise<SeenPage> {
  const page = { today: me.today, limit: 1, before: following(eventId) }
  const [line] = await eventsOfAll(tx, me.persons, page)
  if (line?.eventId !== eventId) throw new Refusal('ledger.event-not-found')
  if (line.state === 'hidden') {
    throw new Refusal('ledger.hidden', { until: line.hiddenUntil ?? '' })
  }
  if (line.state === 'erased') throw new Refusal('ledger.event-not-found', { state: 'erased' })
  const own = await listOwnEvents(tx, me, [eventId])
  return { lines: [{ ...line, isOwn: own.has(eventId) }], next: null }
}

/** The id that would come right after; after the last of all ids, the first. */
function following(eventId: string): string {
  const next = BigInt.asUintN(128, BigInt(`0x${eventId.replaceAll('-', '')}`) + 1n)
  return next
    .toString(16)
    .padStart(32, '0')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
