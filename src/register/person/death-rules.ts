import { isCode, latest, type PartialDay, type PlainDay, type Profile } from '../../kernel/index.ts'
import type { Revision } from '../facts.ts'
import type { ActId, Death, Fact, FactKind, PersonId, Relative } from '../types.ts'
import { findOn, firstDay, type OwnedFact, reversalOf, without } from './revisions.ts'

/** What ends on the day of a death, and on that of a disappearance declared by a court. */
const CLOSED: Readonly<Record<Death['kind'], ReadonlySet<FactKind>>> = {
  death: new Set<FactKind>([
    'permanent',
    'temporary',
    'current',
    'absence',
    'household',
    'spouse',
    'representative',
    'represented',
    'number',
  ]),
  disappearance: new Set<FactKind>(['permanent', 'temporary', 'current', 'absence', 'household']),
}

/** The same tie on the other's record. */
const MIRROR: { readonly [kind in FactKind]?: FactKind } = {
  spouse: 'spouse',
  representative: 'represented',
  represented: 'representative',
}

export const relativeOf = (fact: Fact): PersonId | undefined =>
  MIRROR[fact.kind] === undefined ? undefined : (fact.value as Relative).person

const END = '9999-12-31'
const lasts = (fact: Fact, day: PlainDay): boolean => day < (fact.to ?? END)
const later = (a: PlainDay, b: PlainDay): PlainDay => ([a, b].sort() as [PlainDay, PlainDay])[1]

/**
 * The day from which a record is closed: that of the death, the last possible one where it is not
 * known exactly, yet never in the future nor before birth.
 */
export function closingDay(on: PartialDay, believed: readonly Fact[], today: PlainDay): PlainDay {
  const day = latest(on) < today ? latest(on) : today
  return later(day, firstDay(believed) ?? day)
}

/** Persons whose records a closing reaches: those tied to the person on the day or after. */
export function tiedTo(believed: readonly Fact[], kind: Death['kind'], day: PlainDay): PersonId[] {
  const ties = believed.filter((fact) => CLOSED[kind].has(fact.kind) && lasts(fact, day))
  return [...new Set(ties.flatMap((fact) => relativeOf(fact) ?? []))]
}

interface Closing {
  readonly personId: PersonId
  readonly kind: Death['kind']
  readonly day: PlainDay
}

/** What ends: on the person's own record, on those tied to them, and a spouse is widowed. */
export function closings(
  profile: Pick<Profile, 'codes'>,
  { personId, kind, day }: Closing,
  { own, others }: { readonly own: readonly OwnedFact[]; readonly others: readonly OwnedFact[] },
): Revision[] {
  const ended = own.filter((fact) => CLOSED[kind].has(fact.kind) && lasts(fact, day))
  const mirrored = others.filter(
    (fact) =>
      MIRROR[fact.kind] !== undefined &&
      CLOSED[kind].has(fact.kind) &&
      (fact.value as Relative).person === personId &&
      lasts(fact, day),
  )
  const revisions = [...ended, ...mirrored].map(
    (fact): Revision => ({
      personId: fact.personId,
      kind: fact.kind,
      key: fact.key,
      from: later(fact.from, day),
      to: fact.to,
      value: null,
    }),
  )
  if (!isCode(profile.codes['marital-status'], 'widowed')) return revisions
  for (const tie of mirrored) {
    if (tie.kind !== 'spouse') continue
    const facts = others.filter((fact) => fact.personId === tie.personId)
    const from = later(tie.from, day)
    const marital = findOn(facts, { kind: 'marital', key: '' }, from)
    if (marital?.value !== 'married') continue
    const { to } = marital
    revisions.push({ personId: tie.personId, kind: 'marital', from, to, value: 'widowed' })
  }
  return revisions
}

/**
 * The acts that registered the death or disappearance believed now: the declaration and what
 * corrected it. One that was taken back long ago is none of them, nor is the act that took a later
 * death back and so let a disappearance hold again.
 */
export function actsOfDeath(own: readonly OwnedFact[], kind: Death['kind']): ReadonlySet<ActId> {
  const deaths = own.filter((fact) => fact.kind === 'death')
  const same = deaths.filter((fact) => (fact.value as Death).kind === kind)
  const acts = new Set(same.filter((fact) => fact.supersededAt === null).map((fact) => fact.actId))
  let size = -1
  while (size < acts.size) {
    size = acts.size
    for (const { supersededBy, actId } of same) {
      if (supersededBy !== null && acts.has(supersededBy)) acts.add(actId)
    }
  }
  if (kind === 'disappearance') {
    for (const { value, supersededBy } of deaths) {
      if ((value as Death).kind === 'death' && supersededBy !== null) acts.delete(supersededBy)
    }
  }
  return acts
}

/**
 * What holds again when a death is taken back. A marriage whose other half has married again stays
 * ended, as the law has it (Law on Marriage and Family 52/2014, article 67).
 */
export function reopenings(
  history: readonly OwnedFact[],
  personId: PersonId,
  kind: Death['kind'],
): Revision[] {
  const own = history.filter((fact) => fact.personId === personId)
  const acts = actsOfDeath(own, kind)
  const rest = history.filter((fact) => fact.kind !== 'death')
  const { restored, removed } = reversalOf(rest, acts)
  const believed = history.filter((fact) => fact.supersededAt === null)
  const parted = new Set<string>()
  for (const tie of restored) {
    if (tie.kind !== 'spouse') continue
    const remarried = believed.some(
      (fact) =>
        fact.personId === tie.personId &&
        fact.kind === 'spouse' &&
        fact.key !== tie.key &&
        lasts(fact, tie.from) &&
        fact.from < (tie.to ?? END),
    )
    if (remarried) {
      parted.add(tie.personId)
      parted.add((tie.value as Relative).person ?? '')
    }
  }
  const isParted = (one: Revision): boolean =>
    (one.kind === 'spouse' || one.kind === 'marital') && parted.has(one.personId)
  return [
    ...restored.filter(
      (one) => (CLOSED[kind].has(one.kind) || one.kind === 'marital') && !isParted(one),
    ),
    ...removed.filter((one) => one.kind === 'marital' && !isParted(one)),
    ...undeclared(own, kind, acts),
  ]
}

/** The declaration itself ends; one of the other kind that it had replaced holds again. */
function undeclared(
  own: readonly OwnedFact[],
  kind: Death['kind'],
  acts: ReadonlySet<ActId>,
): Revision[] {
  const deaths = own.filter((fact) => fact.kind === 'death')
  const priors = deaths.filter(
    (fact) =>
      fact.supersededBy !== null &&
      acts.has(fact.supersededBy) &&
      (fact.value as Death).kind !== kind,
  )
  return deaths.flatMap((fact): Revision[] => {
    if (fact.supersededAt !== null || (fact.value as Death).kind !== kind) return []
    const of = { personId: fact.personId, kind: fact.kind, key: fact.key }
    const gone = without(fact, priors).map((days) => ({ ...of, ...days, value: null }))
    const back = priors.flatMap((prior) => {
      const from = later(fact.from, prior.from)
      const to = earlierEnd(fact.to, prior.to)
      return to === null || from < to ? [{ ...of, from, to, value: prior.value as Death }] : []
    })
    return [...gone, ...back] as Revision[]
  })
}

const earlierEnd = (a: PlainDay | null, b: PlainDay | null): PlainDay | null =>
  a === null ? b : b === null ? a : ([a, b].sort() as [PlainDay, PlainDay])[0]
