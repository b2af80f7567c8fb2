import type { Instant, PlainDay } from '../../kernel/index.ts'
import type { Act, ActId, Fact, FactKind, FactValues, PersonId } from '../types.ts'
import type { Kin } from './record-store.ts'

/** A fact as it is shown: no internal id is left in it. */
export interface FactView {
  readonly kind: FactKind
  readonly key: string
  readonly value: unknown
  readonly from: PlainDay
  readonly to: PlainDay | null
  readonly actId: ActId
  readonly recordedAt: Instant
  readonly supersededAt: Instant | null
  readonly supersededBy: ActId | null
}

/** Somebody of whom a record tells: in the register, or on paper only. */
export interface KinView {
  readonly name: string | null
  readonly number: string | null
  readonly oldNumber: string | null
  readonly nationality: string | null
  /** False: the register does not know them. */
  readonly registered: boolean
  /** By which an officer opens their record; nobody else is given one. */
  readonly handle?: string
}

/** What stands for an internal id in an answer to one officer; see `handleOf` of the kernel. */
export type Handle = (id: string) => string

export interface MemberView extends KinView {
  readonly relation: string
}

export interface ActView extends Omit<Act, 'unitId'> {
  readonly unitId: string | null
}

interface Relating {
  readonly person?: PersonId
  readonly into?: PersonId
  readonly household?: string
}

/** Persons a fact points to. */
export function personsIn(facts: readonly Fact[]): PersonId[] {
  const ids = facts.flatMap(({ value }) => {
    if (typeof value !== 'object') return []
    const { person, into } = value as Relating
    return [person, into].filter((id) => id !== undefined)
  })
  return [...new Set(ids)]
}

/** What is shown of one person on another's record; a number kept from a reader is left out. */
export function kinView(kin: Kin | undefined, handle?: Handle): KinView {
  return {
    name: kin?.name ?? null,
    number: kin?.number ?? null,
    oldNumber: kin?.oldNumber ?? null,
    nationality: kin?.nationality ?? null,
    registered: true,
    ...(kin !== undefined && handle !== undefined && { handle: handle(kin.personId) }),
  }
}

/**
 * Facts without internal ids: a person becomes name and numbers, also in the key; a household
 * becomes the relation, its members are told beside. An officer's answer carries handles.
 */
export function factViews(
  facts: readonly Fact[],
  kin: ReadonlyMap<PersonId, Kin>,
  handle?: Handle,
): readonly FactView[] {
  return facts.map((fact) => {
    const { kind, key, from, to, actId, recordedAt, supersededAt, supersededBy } = fact
    const rest = { kind, from, to, actId, recordedAt, supersededAt, supersededBy }
    return { ...rest, key: shownKey(key, kin), value: shownValue(fact, kin, handle) }
  })
}

function shownKey(key: string, kin: ReadonlyMap<PersonId, Kin>): string {
  const person = kin.get(key as PersonId)
  return person === undefined ? key : (person.number ?? '')
}

function shownValue(
  { kind, value }: Fact,
  kin: ReadonlyMap<PersonId, Kin>,
  handle: Handle | undefined,
): unknown {
  if (typeof value !== 'object') return value
  if (kind === 'household') {
    const { household, relation } = value as FactValues['household']
    return { relation, ...(handle !== undefined && { handle: handle(household) }) }
  }
  const { person, into } = value as Relating
  const id = person ?? into
  if (id !== undefined) return kinView(kin.get(id), handle)
  if (kind !== 'parent' && kind !== 'spouse' && kind !== 'child') return value
  return {
    number: null,
    oldNumber: null,
    nationality: null,
    name: null,
    ...value,
    registered: false,
  }
}
