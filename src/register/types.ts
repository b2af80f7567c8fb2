import type { Instant, PartialDay, PlainDay } from '../kernel/index.ts'

declare const brand: unique symbol
/** Internal id of a person, a UUID version 7. It never leaves the program. */
export type PersonId = string & { readonly [brand]: 'PersonId' }
export type HouseholdId = string & { readonly [brand]: 'HouseholdId' }
export type ActId = string & { readonly [brand]: 'ActId' }
/** `code@first day of validity`, for example `26773@2025-07-01`. */
export type UnitId = string

/** Where something is or was: a unit of this nation, or a country, with what the paper says. */
export interface Place {
  readonly unit?: UnitId
  /** ISO 3166-1 alpha-3. */
  readonly country?: string
  readonly text?: string
}

export interface Residence {
  readonly unit: UnitId
  /** House, street, hamlet, as written. */
  readonly address?: string
}

/** Someone related: a person of the register, or what the paper says of one who is not in it. */
export interface Relative {
  readonly person?: PersonId
  readonly name?: string
  readonly number?: string
  readonly nationality?: string
}

export interface Birth {
  readonly on: PartialDay
  readonly place?: Place
  readonly registered?: Place
  readonly native?: Place
}

/** Away from the permanent residence for a time. */
export interface Absence {
  readonly reason: string
  readonly place?: Place
}

export interface Death {
  readonly on: PartialDay
  readonly kind: 'death' | 'disappearance'
  readonly place?: Place
}

export interface Card {
  readonly issuedOn: PlainDay
  readonly issuedBy: string
  readonly expiresOn: PlainDay | null
}

/**
 * The kinds of facts and the shape of their values: the fields of Law 26/2023 article 9 (its
 * numbers beside them). What can be derived (relatives' names, the head) is not stored twice.
 */
export interface FactValues {
  /** 1. */
  readonly name: { readonly full: string }
  /** 2; key: a running word. */
  readonly 'other-name': { readonly full: string }
  /** 3: the number in force. */
  readonly number: string
  /** 4, 6, 7, 8. */
  readonly birth: Birth
  /** 5: a code of the profile. */
  readonly sex: string
  /** 9, 10: codes of the profile. */
  readonly ethnicity: string
  readonly religion: string
  /** 11: ISO 3166-1 alpha-3; key: the same code, as there may be several. XXX: undetermined. */
  readonly nationality: string
  /** 12: a code of the profile. */
  readonly blood: string
  /** 13; key: the number itself. */
  readonly 'old-number': string
  /** 14; key: number of the card. */
  readonly card: Card
  /** 15; key: mother or father. */
  readonly parent: Relative
  /** 15; key: the child's person id. */
  readonly child: Relative
  /** 15; key: the spouse's person id, or `paper` for one outside the register. */
  readonly spouse: Relative
  /** 15; key: the other's person id. */
  readonly representative: Relative
  readonly represented: Relative
  /** 16, 17, 18. */
  readonly permanent: Residence
  readonly temporary: Residence
  readonly current: Residence
  /** 19. */
  readonly absence: Absence
  /** 20. */
  readonly 'residence-file': string
  /** 21: a code of the profile. */
  readonly marital: string
  /** 22, 23: the household and the relation to its head, a code of the profile. */
  readonly household: { readonly household: HouseholdId; readonly relation: string }
  /** 24. */
  readonly death: Death
  /** 25; key: phone or email. */
  readonly contact: string
  /** 26: others by decree; key: the name of the field. */
  readonly other: string
  /** Citizen where nothing is said; undetermined: Law 26/2023 article 3, people of local origin. */
  readonly category: 'citizen' | 'undetermined'
  /** This record is a duplicate; everything holds of the other person. */
  readonly merged: { readonly into: PersonId }
  /** A second approver is needed to open it. */
  readonly protected: { readonly reason: string }
}

export type FactKind = keyof FactValues

/** A row of the register: what holds, from which day to which, and since when that is known. */
export interface Fact<Kind extends FactKind = FactKind> {
  readonly kind: Kind
  readonly key: string
  readonly value: FactValues[Kind]
  readonly from: PlainDay
  /** The first day it no longer holds; null: it still does. */
  readonly to: PlainDay | null
  readonly actId: ActId
  readonly recordedAt: Instant
  readonly supersededAt: Instant | null
  readonly supersededBy: ActId | null
}

export interface HouseholdFactValues {
  readonly head: PersonId
  readonly address: Residence
  readonly file: string
}
export type HouseholdFactKind = keyof HouseholdFactValues

/** What justifies facts. */
export interface Act {
  readonly actId: ActId
  readonly kind: string
  readonly document: string | null
  readonly decidedOn: PlainDay | null
  readonly body: string | null
  readonly unitId: UnitId | null
  readonly legalBasis: string
  readonly note: string | null
  readonly recordedAt: Instant
}

/** The two axes of an as-of question. */
export interface AsOf {
  /** What was true on this day. */
  readonly day: PlainDay
  /** As known at this moment; null: as known now. */
  readonly known: Instant | null
}
