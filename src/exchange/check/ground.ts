import { randomBytes } from 'node:crypto'
import { type Kernel, type PlainDay, todayOf } from '../../kernel/index.ts'
import {
  type Dictionaries,
  idOfPerson,
  newDictionaries,
  type People,
  readPeople,
} from '../../linkage/index.ts'
import { unitsOf } from '../../register/index.ts'
import type { Agreement } from '../types.ts'
import type { Priors } from './attempts.ts'
import { inOneMoment } from './snapshot-store.ts'
import { eachPseudonym, listConsenting, readFailures, setAgency } from './store.ts'
import type { Frame } from './value.ts'

/** The register and what the agency has done so far, all of one moment. */
export interface Ground {
  readonly people: People
  readonly dictionaries: Dictionaries
  readonly units: Units
  readonly pseudonyms: Pseudonyms
  readonly priors: Priors
  /** Whether the agreement covers a person. */
  isWithin(person: number): boolean
}

export type Units = Awaited<ReturnType<typeof unitsOf>>

export interface GroundPlan {
  readonly agencyId: string
  readonly agreement: Agreement
}

/** Reads all that a check rests on, in one transaction that sees one moment. */
export async function readGround(kernel: Kernel, plan: GroundPlan): Promise<Ground> {
  const { agencyId, agreement } = plan
  const day = todayOf(kernel)
  const units = await kernel.database.transaction((tx) => unitsOf({ tx, kernel }))
  const dictionaries = newDictionaries()
  const client = await kernel.database.connect()
  try {
    return await inOneMoment(client, async () => {
      const unitNow = (id: string) => currentUnit(units, id, day) ?? id
      const people = await readPeople(client, { day, dictionaries, unitNow })
      await setAgency(client, { agencyId, day })
      const pseudonyms = new Pseudonyms(people)
      await eachPseudonym(client, (bytes, person, pseudonym) => {
        const found = people.ids.find(bytes, person)
        if (found >= 0) pseudonyms.put(found, bytes.subarray(pseudonym, pseudonym + 16))
      })
      const priors = await readFailures(client)
      const consenting =
        agreement.scope.kind === 'consented'
          ? await listConsenting(client, { agencyId, purpose: agreement.purpose, day })
          : []
      const scope = { agreement, people, dictionaries, units, pseudonyms, consenting, day }
      return { people, dictionaries, units, pseudonyms, priors, isWithin: scopeOf(scope) }
    })
  } finally {
    await client.end()
  }
}

/** A unit ends a few times in a century: more steps would be a circle in the data. */
const STEPS_most = 8

/** What a unit is on a day, itself or what it went into whole; nothing where it was divided. */
function currentUnit(units: Units, id: string, day: PlainDay): string | undefined {
  let unit = id
  for (let step = 0; step < STEPS_most && units.find(unit, day) === undefined; step++) {
    const successor = units.wholeSuccessorOf(unit)
    if (successor === undefined) return undefined
    unit = successor
  }
  return unit
}

/** Reads unit codes as of the file's day, and follows units that went whole into another since. */
export function frameOf(
  kernel: Kernel,
  { units, dictionaries }: Pick<Ground, 'units' | 'dictionaries'>,
  asOf: PlainDay,
): Frame {
  const today = todayOf(kernel)
  return {
    profile: kernel.profile,
    dictionaries,
    today,
    written: dictionaries.name.count,
    unitOf(code) {
      const before = units.unitOn(code, asOf)?.id
      if (before === undefined) return 'unknown'
      const unit = currentUnit(units, before, today)
      return unit === undefined ? 'split' : { unit, replaced: unit !== before }
    },
  }
}

interface ScopePlan extends Pick<Ground, 'people' | 'dictionaries' | 'units' | 'pseudonyms'> {
  readonly agreement: Agreement
  readonly consenting: readonly string[]
  readonly day: PlainDay
}

function scopeOf(plan: ScopePlan): (person: number) => boolean {
  const { agreement, people, dictionaries, units, pseudonyms, consenting, day } = plan
  const { scope } = agreement
  switch (scope.kind) {
    case 'all':
      return () => true
    case 'unit': {
      const within = new Map<number, boolean>()
      return (person) => {
        const unit = people.unit[person] as number
        let known = within.get(unit)
        if (known === undefined) {
          const id = dictionaries.unit.textOf(unit)
          known = unit !== 0 && units.unitsAbove(id, day).some((one) => one.id === scope.unit)
          within.set(unit, known)
        }
        return known
      }
    }
    case 'own-clients': {
      // Clients are those known before this file; it makes nobody one.
      const clients = pseudonyms.known.slice()
      return (person) => clients[person] === 1
    }
    case 'consented': {
      const ids = new Set(consenting)
      return (person) => ids.has(idOfPerson(people, person))
    }
  }
}

const PSEUDONYM_bytes = 16

/** How the agency knows each person, by place in the register's columns. */
export class Pseudonyms {
  /** By person: 1 where there is one. */
  readonly known: Uint8Array
  readonly #bytes: Uint8Array

  constructor({ count }: Pick<People, 'count'>) {
    this.known = new Uint8Array(count)
    this.#bytes = new Uint8Array(count * PSEUDONYM_bytes)
  }

  put(person: number, pseudonym: Uint8Array): void {
    this.known[person] = 1
    this.#bytes.set(pseudonym, person * PSEUDONYM_bytes)
  }

  /** A new one, at random, so that no key links agencies. */
  make(person: number): void {
    this.put(person, randomBytes(PSEUDONYM_bytes))
  }

  of(person: number): Buffer {
    const from = person * PSEUDONYM_bytes
    return Buffer.from(this.#bytes.buffer, from, PSEUDONYM_bytes)
  }
}
