import { sendAway } from './away.ts'
import { bearAll } from './children.ts'
import { Column, type IntList } from './columns.ts'
import { marryAll } from './couples.ts'
import { type Draft, draftPart } from './draft.ts'
import { headAll } from './heads.ts'
import type { Households, Settler } from './homes.ts'
import { settleAll } from './households.ts'
import { actIds, householdIds, type Ids, personIds, reviewIds } from './ids.ts'
import { Moments } from './moments.ts'
import { nameAll } from './naming.ts'
import { NONE, type People } from './people.ts'
import type { Part, Plan } from './plan.ts'

/** A finished part: who there is, how they are related and where they live. */
export interface Made {
  readonly plan: Plan
  readonly part: Part
  readonly draft: Draft
  readonly people: People
  readonly settler: Settler
  readonly households: Households
  readonly members: readonly IntList[]
  readonly kin: Children
  readonly moments: Moments
  readonly ids: {
    readonly person: Ids
    readonly household: Ids
    readonly act: Ids
    readonly review: Ids
  }
}

/** The children of each person as chains: the youngest first, then the next older. */
export class Children {
  private readonly first: Column
  private readonly nextOfMother: Column
  private readonly nextOfFather: Column
  private readonly people: People

  constructor(people: People) {
    this.people = people
    this.first = new Column(people.count, NONE)
    this.nextOfMother = new Column(people.count, NONE)
    this.nextOfFather = new Column(people.count, NONE)
    for (let child = 0; child < people.count; child++) {
      this.chain(child, people.mother.at(child), this.nextOfMother)
      this.chain(child, people.father.at(child), this.nextOfFather)
    }
  }

  private chain(child: number, parent: number, next: Column): void {
    if (parent === NONE) return
    next.set(child, this.first.at(parent))
    this.first.set(parent, child)
  }

  /** The child after `child` of the same parent; the first for NONE. */
  after(parent: number, child: number): number {
    if (child === NONE) return this.first.at(parent)
    const isMother = this.people.mother.at(child) === parent
    return isMother ? this.nextOfMother.at(child) : this.nextOfFather.at(child)
  }
}

/** Makes one part, without any other having been made. */
export function makePart(plan: Plan, part: Part): Made {
  const draft = draftPart(plan, part)
  marryAll(draft)
  bearAll(draft)
  const settler = settleAll(draft)
  const { households } = settler
  const members = headAll(draft, households)
  sendAway(draft, settler, members)
  nameAll(draft)
  return {
    plan,
    part,
    draft,
    people: draft.people,
    settler,
    households,
    members,
    kin: new Children(draft.people),
    moments: new Moments(plan),
    ids: {
      person: personIds(plan, part),
      household: householdIds(plan, part, households.count),
      act: actIds(plan, part.province),
      review: reviewIds(plan, part),
    },
  }
}
