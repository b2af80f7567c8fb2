import type { PlainDay } from './time.ts'

export type ActorKind = 'citizen' | 'officer' | 'agency' | 'operator' | 'system'

/** A role held over a unit, or over the `nation`, from a day to a day. */
export interface Grant {
  readonly role: string
  readonly unit: string
  readonly from: PlainDay
  /** The first day it no longer holds; null: without end. */
  readonly to: PlainDay | null
}

/** Authentication levels of Decree 69/2024; 0 is the program itself or nobody. */
export type Level = 0 | 1 | 2 | 3 | 4

/** Whoever acts. Found by `actorOf(request)`, never built from what a request claims. */
export interface Actor {
  readonly id: string
  readonly kind: ActorKind
  readonly name: string
  /** The agency, or the office an officer serves. */
  readonly body: string | null
  readonly unit: string | null
  readonly personId: string | null
  readonly agencyId: string | null
  readonly level: Level
  readonly grants: readonly Grant[]
}

/** The program acting for itself: imports, timed jobs, the demonstration nation. */
export const SYSTEM: Actor = {
  id: '00000000-0000-7000-8000-000000000001',
  kind: 'system',
  name: 'Gốc',
  body: 'Gốc',
  unit: null,
  personId: null,
  agencyId: null,
  level: 0,
  grants: [{ role: 'system', unit: 'nation', from: '0001-01-01' as PlainDay, to: null }],
}

/** The operator at the command line: whoever can read the keys of this installation. */
export const OPERATOR: Actor = {
  ...SYSTEM,
  id: '00000000-0000-7000-8000-000000000002',
  kind: 'operator',
  name: 'goc',
  grants: [{ role: 'operator', unit: 'nation', from: '0001-01-01' as PlainDay, to: null }],
}
