import type { Kernel, PlainDay } from '../../kernel/index.ts'
import type { Agreement } from '../types.ts'
import type { Claimed } from './claims.ts'
import {
  answerOf,
  type Held,
  identifierVerdicts,
  isIdentified,
  type MatchRules,
  type Verdict,
  verdictOf,
} from './match.ts'

/** What a comparison came to; `failures` is what the caller's attempts at this number grow by. */
export type Judgement =
  | { readonly confirmed: false; readonly failures: 1 }
  | {
      readonly confirmed: true
      readonly attributes: Readonly<Record<string, Verdict>>
      readonly predicates: Readonly<Record<string, boolean | 'not_held'>>
      readonly failures: 0 | 1
    }

export interface JudgeBy {
  readonly agreement: Agreement
  readonly names: Kernel['profile']['names']
  readonly day: PlainDay
  /** How many of the identifying claims must agree: see `isIdentified`. */
  readonly rule: 'all' | 'two'
  /** Whether this agency already knows the person by a pseudonym. */
  readonly isClient: boolean
  /** Purposes the person consented to this agency asking for. */
  readonly consents: readonly string[]
}

const UNCONFIRMED: Judgement = { confirmed: false, failures: 1 }

/**
 * Judges what is claimed of a person against what is held. Nothing at all is said of somebody who
 * is not identified, is outside the agreement's scope, or does not exist: one and the same answer.
 */
export function judge(claimed: Claimed, held: Held, by: JudgeBy): Judgement {
  const rules: MatchRules = { names: by.names, close: by.agreement.close }
  // All is computed always: the ways to the same answer do the same work.
  const within = isWithin(held, by)
  const attributes: Record<string, Verdict> = {}
  for (const name of claimed.attributes) {
    const claim = claimed.claims[name]
    if (claim !== undefined) attributes[name] = verdictOf({ attribute: name, claim }, held, rules)
  }
  const identified = isIdentified(identifierVerdicts(claimed.identify, attributes), by.rule)
  const predicates: Record<string, boolean | 'not_held'> = {}
  for (const name of claimed.predicates) {
    const asked = claimed.asked[name]
    if (asked !== undefined) predicates[name] = answerOf({ predicate: name, asked }, held, by.day)
  }
  if (!identified || !within) return UNCONFIRMED
  // A wrong value of somebody confirmed, or a wrong place of residence, is a guess that failed.
  const guessed =
    Object.values(attributes).includes('no_match') || predicates.resides_in === false ? 1 : 0
  return { confirmed: true, attributes, predicates, failures: guessed }
}

function isWithin(held: Held, { agreement, isClient, consents }: JudgeBy): boolean {
  const { scope } = agreement
  switch (scope.kind) {
    case 'all':
      return true
    case 'unit':
      return held.residence.some((unit) => unit.id === scope.unit)
    case 'own-clients':
      return isClient
    case 'consented':
      return consents.includes(agreement.purpose)
  }
}
