import { Column } from './columns.ts'
import { FOREVER } from './days.ts'

export const MALE = 0
export const FEMALE = 1

/** Nobody: where a column names another person or household that is not there. */
export const NONE = -1

export const SINGLE = 0
export const MARRIED = 1
export const WIDOWED = 2
export const DIVORCED = 3

/** Precision of a birth date. */
export const DAY = 0
export const MONTH = 1
export const YEAR = 2

/** The persons of one part of a nation, by index; days as in days.ts. */
export class People {
  readonly count: number
  readonly sex: Column
  readonly born: Column
  /** How much of the birth date is known; the first possible day stands in `born`. */
  readonly precision: Column
  /** FOREVER while alive. */
  readonly died: Column
  /** Index of the people in the plan. */
  readonly group: Column
  readonly mother: Column
  readonly father: Column
  /** The husband or wife of the only marriage, also once it has ended; NONE outside the register. */
  readonly spouse: Column
  readonly marital: Column
  /** Day of the wedding; FOREVER for those who never married. */
  readonly wed: Column
  /** Day the marriage ended by death or divorce; FOREVER while it lasts. */
  readonly parted: Column
  readonly household: Column
  /** The day the person came into the household. */
  readonly joined: Column
  /** The parents' household of earlier days; NONE for those who never left it. */
  readonly formerHousehold: Column
  readonly formerJoined: Column
  readonly formerLeft: Column
  readonly bornAt: Column
  /** The day from which a person without a registered residence was found; else FOREVER. */
  readonly unregisteredFrom: Column
  /** The place of a temporary residence, from a day to a day agreed beforehand; NONE without. */
  readonly awayAt: Column
  readonly awayFrom: Column
  readonly awayTo: Column
  /** 1 when the absence was declared at home. */
  readonly isAbsent: Column
  readonly family: Column
  readonly middle: Column
  readonly given: Column

  constructor(count: number) {
    this.count = count
    this.sex = new Column(count)
    this.born = new Column(count)
    this.precision = new Column(count)
    this.died = new Column(count, FOREVER)
    this.group = new Column(count)
    this.mother = new Column(count, NONE)
    this.father = new Column(count, NONE)
    this.spouse = new Column(count, NONE)
    this.marital = new Column(count)
    this.wed = new Column(count, FOREVER)
    this.parted = new Column(count, FOREVER)
    this.household = new Column(count, NONE)
    this.joined = new Column(count)
    this.formerHousehold = new Column(count, NONE)
    this.formerJoined = new Column(count)
    this.formerLeft = new Column(count)
    this.bornAt = new Column(count, NONE)
    this.unregisteredFrom = new Column(count, FOREVER)
    this.awayAt = new Column(count, NONE)
    this.awayFrom = new Column(count)
    this.awayTo = new Column(count)
    this.isAbsent = new Column(count)
    this.family = new Column(count, NONE)
    this.middle = new Column(count, NONE)
    this.given = new Column(count, NONE)
  }

  isAliveOn(person: number, day: number): boolean {
    return this.born.at(person) <= day && this.died.at(person) > day
  }

  /** Whether the two are or were married to each other and not divorced. */
  areCouple(one: number, other: number): boolean {
    return one !== NONE && this.spouse.at(one) === other && this.marital.at(one) !== DIVORCED
  }

  isParent(parent: number, child: number): boolean {
    return parent !== NONE && (this.mother.at(child) === parent || this.father.at(child) === parent)
  }
}
