import type { Tx } from './database.ts'
import { uuidv7 } from './id.ts'

/** News for other rooms and agencies, `noun.past-tense`. */
export interface Fact {
  readonly name: string
  /** Facts of one key reach a subscriber in the order they became true. */
  readonly orderingKey: string
  readonly payload: Readonly<Record<string, unknown>>
}

export function storeFacts(tx: Tx, eventId: string, facts: readonly Fact[]): void {
  if (facts.length === 0) return
  tx.atCommit(
    'kernel.outbox-store',
    `insert into kernel.outbox (fact_id, event_id, name, ordering_key, payload)
     select f.id, $2, f.name, f.key, f.payload
     from unnest($1::uuid[], $3::text[], $4::text[], $5::jsonb[]) as f (id, name, key, payload)`,
    [
      facts.map(() => uuidv7()),
      eventId,
      facts.map((fact) => fact.name),
      facts.map((fact) => fact.orderingKey),
      facts.map((fact) => JSON.stringify(fact.payload)),
    ],
  )
}
