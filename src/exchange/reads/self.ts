import { type Context, type PlainDay, Refusal, type Tx } from '../../kernel/index.ts'
import { discloseTo, type EventLine, type EventPage, eventsOf } from '../../ledger/index.ts'
import { duplicatesOf, survivorOf } from '../../register/index.ts'

/** The citizen an actor is. A record that was merged stays theirs, with all that happened to it. */
export interface Self {
  /** Who they are now: of a duplicate, whom it was merged into. */
  readonly personId: string
  /** That, the record they signed in as, and every other that was merged into it. */
  readonly persons: readonly string[]
}

/** Anybody but a citizen has no record of their own here, and is refused. */
export async function requireSelf({ tx, actor, today }: Context): Promise<Self> {
  const own = actor.personId
  if (own === null) throw new Refusal('actor.not-permitted')
  const personId = await survivorOf(tx, own, today)
  const duplicates = await duplicatesOf(tx, personId, today)
  return { personId, persons: [...new Set([personId, own, ...duplicates])] }
}

/** The events that name any of these records, newest first, each once. */
export async function eventsOfAll(
  tx: Tx,
  persons: readonly string[],
  page: EventPage,
): Promise<readonly EventLine[]> {
  const found = await Promise.all(persons.map((personId) => eventsOf(tx, personId, page)))
  if (found.length === 1) return found[0] ?? []
  const lines = new Map(found.flat().map((line) => [line.eventId, line]))
  // Version 7 ids sort by their time, as text too.
  return [...lines.values()].sort((a, b) => (a.eventId < b.eventId ? 1 : -1)).slice(0, page.limit)
}

/** Opens an event to the one of these records it names; refuses as `discloseTo` does. */
export async function discloseToAny(
  tx: Tx,
  eventId: string,
  { persons, today }: { readonly persons: readonly string[]; readonly today: PlainDay },
) {
  let refused: unknown
  for (const personId of persons) {
    try {
      return { personId, disclosed: await discloseTo(tx, eventId, { personId, today }) }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      // That it is hidden says more than that it names somebody else.
      if (refused === undefined || error.code === 'ledger.hidden') refused = error
    }
  }
  throw refused
}
