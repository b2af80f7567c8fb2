import {
  type CommandContext,
  type PlainDay,
  type Profile,
  Refusal,
  yearOf,
} from '../../kernel/index.ts'
import { type Revision, revision } from '../facts.ts'
import { findOn } from '../person/revisions.ts'
import type { Birth, Fact, PersonId } from '../types.ts'
import { issueNumbers, numberPlace } from './issue.ts'
import { contradictions } from './rules.ts'

/** A person about to have another number, as they will be. */
export interface Renumbered {
  readonly personId: PersonId
  readonly believed: readonly Fact[]
  readonly sex: string
  readonly birth: Birth
  /** The first day of the new number. */
  readonly from: PlainDay
}

export interface Renumbering {
  readonly number: string
  readonly revision: Revision
}

/** The number in force on a day; refuses who has none. */
export function numberInForce(believed: readonly Fact[], day: PlainDay): Fact<'number'> {
  const fact = findOn(believed, { kind: 'number', key: '' }, day)
  if (fact === undefined) throw new Refusal('number.none')
  return fact as Fact<'number'>
}

/** Gives a new number, composed of what is now true; the old one still finds the person. */
export async function renumber(
  context: CommandContext,
  { personId, believed, sex, birth, from }: Renumbered,
): Promise<Renumbering> {
  const old = numberInForce(believed, context.today)
  const place = await numberPlace(context, birth, old.value)
  const wish = { personId, place, sex, birthYear: yearOf(birth.on) }
  const [number = ''] = await issueNumbers(context, [wish])
  return {
    number,
    revision: revision({ personId, kind: 'number', from, to: old.to, value: number }),
  }
}

/** A code of the profile's grounds for another number. */
export function checkedGround(
  profile: Profile,
  list: 'reestablishedBy' | 'cancelledBy',
  ground: string,
): string {
  if (!profile.number[list].some(({ code }) => code === ground)) {
    throw new Refusal('request.invalid', { field: 'ground', expected: list })
  }
  return ground
}

/**
 * A corrected sex or birth year that the number in force now contradicts: refused, unless the
 * ground for another number is given, which is then issued with the correction. A contradiction
 * that was there before stands in nobody's way.
 */
export async function renumberWhereContradicted(
  context: CommandContext,
  person: Renumbered,
  ground: string | undefined,
): Promise<Renumbering | null> {
  const { profile } = context.kernel
  const { believed, sex, birth } = person
  const inForce = findOn(believed, { kind: 'number', key: '' }, context.today) as
    | Fact<'number'>
    | undefined
  if (inForce === undefined) return null
  const found = contradictions(profile, inForce.value, { sex, birth })
  const before = contradictions(profile, inForce.value, {
    sex: findOn(believed, { kind: 'sex', key: '' }, context.today)?.value as string | undefined,
    birth: believed.findLast((fact) => fact.kind === 'birth')?.value as Birth | undefined,
  })
  const added = found.find((part) => !before.includes(part))
  if (added === undefined) return null
  if (ground === undefined) throw new Refusal('number.contradicts', { part: added })
  checkedGround(profile, 'reestablishedBy', ground)
  return renumber(context, person)
}
