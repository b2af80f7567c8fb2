import type { Room } from '../kernel/index.ts'

export { countPersons } from './count.ts'
export { unitsOf } from './unit/units.ts'

/** Persons, households, residence, kinship, identifiers and administrative units, bitemporal. */
export const room: Room = {
  name: 'register',
  migrations: new URL('./migrations/', import.meta.url),
  updates: {
    fact: ['superseded_at', 'superseded_by'],
    household_fact: ['superseded_at', 'superseded_by'],
    search: ['tokens'],
    unit: ['valid', 'closed_by'],
    unit_review: ['decided_at', 'successor_id'],
  },
}
