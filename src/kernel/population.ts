/**
 * What a profile tells about its people so that a synthetic nation can be made of them. Every
 * number here is a parameter of the generator; none describes a real person.
 */

export type Sex = 'male' | 'female'

/**
 * Words and their weights, 'Nguyễn 31, Trần 9.8, Thị Kim 2': the last blank of an item divides the
 * word, which may hold blanks itself, from its weight. '-' stands for no word at all.
 */
export type Weights = string

/** The part of a name that a person is given, as opposed to the part that is inherited. */
export interface GivenName {
  readonly middle: Weights
  readonly given: Weights
}

/** Names given to everybody born before `bornBefore` and after the preceding generation. */
export interface NameGeneration {
  readonly bornBefore: number
  readonly male: GivenName
  readonly female: GivenName
}

export interface NameCulture {
  /** Whose inherited name a child bears; 'nobody': the name has no inherited part. */
  readonly inherits: 'father' | 'mother' | 'nobody'
  /** Where the inherited part stands in the written name. */
  readonly inheritedFirst: boolean
  /** Inherited names by region of birth; '*' serves every region without a list of its own. */
  readonly inherited: Readonly<Record<string, Weights>>
  /** From the oldest to the youngest; the last has `bornBefore` 9999. */
  readonly generations: readonly NameGeneration[]
}

/** A people of the nation: its name in the register, how it names children, what it believes. */
export interface PeopleGroup {
  readonly id: string
  /** The value of the register's ethnicity. */
  readonly ethnicity: string
  readonly culture: NameCulture
  /** Values of the register's religion; '-' where none is recorded. */
  readonly religions: Weights
}

export interface ProvincePopulation {
  /** The unit code of the generation that birth registrations and numbers refer to. */
  readonly code: string
  /** Residents, in any unit common to all provinces. */
  readonly residents: number
  /** Region of names. */
  readonly region: string
  /** Ids of `PeopleGroup` and their shares. */
  readonly groups: Weights
  /** How strongly the province draws people who were born elsewhere; 1 is average. */
  readonly attraction: number
}

/** Shares of an adult age group, per thousand. They add up to 1000. */
export interface MaritalShares {
  readonly fromAge: number
  readonly single: number
  readonly married: number
  readonly widowed: number
  readonly divorced: number
}

export interface Demography {
  /** Living residents by five-year age group from 0, the last open; any common unit. */
  readonly pyramid: Readonly<Record<Sex, readonly number[]>>
  readonly marital: Readonly<Record<Sex, readonly MaritalShares[]>>
  /** Husband's age less wife's, in years. */
  readonly ageGap_years: Weights
  /** Wife's age at the wedding, in years. */
  readonly brideAge_years: Weights
  /** Youngest age at which the law lets each sex marry. */
  readonly marriageAge: Readonly<Record<Sex, number>>
  /** Mother's age when a child is born, in years. */
  readonly motherAge_years: Weights
  /** No woman of the nation bears more children. */
  readonly childrenMost: number
  /** Deaths a year per thousand, by five-year age group from 0. */
  readonly mortality: Readonly<Record<Sex, readonly number[]>>
  /** Share of newborn whose mother is still alive, by the child's age in tens of years from 0. */
  readonly motherAlive: readonly number[]
  /** Chance of each, from 0 to 1. */
  readonly chance: {
    /** A married child lives in the household of a parent. */
    readonly livesWithParents: number
    /** A widowed or single elder lives with a child. */
    readonly elderWithChild: number
    /** A single adult of 22 or more has left the parents' household. */
    readonly leftHome: number
    /** A couple of two peoples. */
    readonly mixedCouple: number
    /** A household came from another province. */
    readonly fromElsewhere: number
    /** A household moved within its province. */
    readonly movedWithin: number
    /** A person of working age lives as a temporary resident of another province. */
    readonly temporary: number
    readonly noRegisteredResidence: number
    readonly undeterminedNationality: number
    readonly bornAbroad: number
    /** Only the year of birth is known, for those born before `yearOnlyBefore`. */
    readonly yearOnly: number
    /** Year and month only, for the same people. */
    readonly monthOnly: number
    /** A name or birth date was first recorded wrongly and corrected later. */
    readonly corrected: number
    /** A child has no father on record. */
    readonly noFather: number
    /** A blood group is on record. */
    readonly blood: number
    /** A household of a unit that was split still waits for an officer to say where it went. */
    readonly splitUndecided: number
  }
  readonly yearOnlyBefore: number
}

/** An earlier number that is no longer given and never was quite unique. */
export interface OldNumberPlan {
  /** Id of the profile's scheme of old numbers. */
  readonly scheme: string
  readonly bornUntil: number
  /** Share of those born until then who ever had one, from 0 to 1. */
  readonly share: number
  prefix(province: string): string
  readonly serialDigits: number
  /** Share of old numbers that another person bears as well. */
  readonly duplicated: number
  readonly issuedFromAge: number
}

/** What the facts of a synthetic nation rest on. */
export type NationAct =
  | 'opening'
  | 'birth'
  | 'death'
  | 'marriage'
  | 'divorce'
  | 'residence'
  | 'household'
  | 'units'
  | 'correction'

export interface NationActText {
  /** Kind of the register's act. */
  readonly kind: string
  /** A code of `Profile.legalBases`. */
  readonly legalBasis: string
  /** The document, in the nation's first language. */
  readonly document: string
  readonly body: string
}

export interface Population {
  /** The day the synthetic nation is true for, unless another is asked for. */
  readonly asOf: string
  /** The day the register opened: everything known then was recorded on it. */
  readonly registerOpenedOn: string
  readonly groups: readonly PeopleGroup[]
  readonly provinces: readonly ProvincePopulation[]
  /** Countries of birth of those born abroad, by the codes the profile uses. */
  readonly countries: Weights
  /** Value of nationality of almost everybody, and of those whose nationality is undetermined. */
  readonly nationality: { readonly own: string; readonly undetermined: string }
  /** House, street or hamlet; '#' is replaced by a number. */
  readonly addresses: Weights
  /** Why people are away for a time, as they say it. */
  readonly absences: Weights
  /** Codes of blood groups. */
  readonly bloods: Weights
  readonly acts: Readonly<Record<NationAct, NationActText>>
  readonly demography: Demography
  readonly oldNumber: OldNumberPlan | null
}
