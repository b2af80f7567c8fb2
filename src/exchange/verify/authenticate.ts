import { randomBytes } from 'node:crypto'
import type { Instant, Kernel, PlainDay, Tx } from '../../kernel/index.ts'
import { EXCHANGE_LIMITS } from '../limits.ts'
import type { Agreement, Attribute, Predicate } from '../types.ts'
import type { Claimed } from './claims.ts'
import { heldFrom, kindsFor, mergedInto, type UnitsAbove } from './held.ts'
import { type Judgement, judge } from './judge.ts'
import { numberMac } from './mac.ts'
import {
  addFailures,
  type Failure,
  type FoundSubject,
  findSubjects,
  type NewPseudonym,
  type Subject,
  type SubjectQuery,
  storePseudonyms,
} from './store.ts'

/** One person an agency asks about, under one agreement. */
export interface Asked {
  readonly agencyId: string
  readonly agreement: Agreement
  readonly claimed: Claimed
}

export type Authenticated =
  | {
      readonly judgement: Judgement
      /** Who bears the number; null: nobody. Only the audit event may know. */
      readonly personId: string | null
      /** Set for whoever was confirmed. */
      readonly pseudonym: Buffer | null
    }
  /** Too many attempts at this number, whether or not anyone bears it. */
  | { readonly spent: true }

/** What authentication needs around it. */
export interface Setting {
  readonly tx: Tx
  readonly kernel: Kernel
  readonly now: Instant
  readonly day: PlainDay
  readonly rule: 'all' | 'two'
  readonly unitsAbove: UnitsAbove
  /** A person whose facts are read where nobody bears the number, so that the work is the same. */
  readonly dummy: string
}

/** Somebody asked about, with what is held of whoever bears the number. */
export interface Looked {
  readonly asked: Asked
  readonly subject: Subject
  readonly person: FoundSubject
}

/** Reads what is held of many persons, by the numbers claimed or the persons already found. */
export async function look(
  { tx, kernel, day, dummy }: Setting,
  asked: readonly (Asked & { readonly personId?: string })[],
): Promise<readonly Looked[]> {
  const subjects = asked.map(
    ({ agencyId, claimed, personId }): Subject => ({
      agencyId,
      number: claimed.number,
      mac: numberMac(kernel, agencyId, claimed.number),
      ...(personId !== undefined && { personId }),
    }),
  )
  const window_days = EXCHANGE_LIMITS.attemptsWindow_days
  const query = { subjects, kinds: kindsOf(asked), day, dummy, window_days }
  const found = await followMerged(tx, query)
  return asked.map((one, index) => ({
    asked: one,
    subject: subjects[index] as Subject,
    person: found[index] as FoundSubject,
  }))
}

/**
 * Judges one after the other, counts the failures and stores the pseudonyms. The same work is done
 * for whoever is not there.
 */
export async function settle(
  setting: Setting,
  looked: readonly Looked[],
): Promise<readonly Authenticated[]> {
  const { tx, day } = setting
  const attempts = new Map<string, Attempts>()
  const answers = looked.map((one): Authenticated => {
    const { person } = one
    const spent = attemptsAt(attempts, one)
    const judgement = judgeOne(setting, one)
    if (
      spent.day >= EXCHANGE_LIMITS.attemptsPerDay ||
      spent.window >= EXCHANGE_LIMITS.attemptsPerWindow
    ) {
      return { spent: true }
    }
    spent.day += judgement.failures
    spent.window += judgement.failures
    spent.times += judgement.failures
    const pseudonym = judgement.confirmed ? (person.pseudonym ?? randomBytes(16)) : null
    return { judgement, personId: person.personId, pseudonym }
  })
  const failures = [...attempts.values()].filter((one) => one.times > 0)
  const fresh = freshPseudonyms(looked, answers)
  if (failures.length > 0) {
    addFailures(tx, failures, { day, window_days: EXCHANGE_LIMITS.attemptsWindow_days })
  }
  const stored = fresh.length > 0 ? await storePseudonyms(tx, fresh, setting.now) : []
  return withStored(looked, answers, stored)
}

/** Failed attempts at one number: before this round, and in it. */
interface Attempts extends Failure {
  day: number
  window: number
  times: number
}

function attemptsAt(attempts: Map<string, Attempts>, { subject, person }: Looked): Attempts {
  const { agencyId, mac } = subject
  const key = `${agencyId} ${mac}`
  const known = attempts.get(key)
  if (known !== undefined) return known
  const { failuresOnDay, failuresSince } = person
  const first = { agencyId, mac, day: failuresOnDay, window: failuresSince, times: 0 }
  attempts.set(key, first)
  return first
}

function kindsOf(asked: readonly Asked[]): readonly string[] {
  const names = new Set<Attribute | Predicate>()
  for (const { claimed, agreement } of asked) {
    for (const name of claimed.attributes) names.add(name)
    for (const name of claimed.predicates) names.add(name)
    if (agreement.scope.kind === 'unit') names.add('resides_in')
  }
  return kindsFor(names)
}

function judgeOne(setting: Setting, { asked, person }: Looked): Judgement {
  const { agreement, claimed } = asked
  const judgement = judge(claimed, heldFrom(person.facts, setting.unitsAbove), {
    agreement,
    names: setting.kernel.profile.names,
    day: setting.day,
    rule: setting.rule,
    isClient: person.pseudonym !== null,
    consents: person.consents,
  })
  return person.personId === null ? { confirmed: false, failures: 1 } : judgement
}

/** A record merged into one that was merged itself, and so on: more steps would be a circle. */
const MERGES_most = 8

/** What is asked of a duplicate is answered from the record everything holds of. */
async function followMerged(tx: Tx, query: SubjectQuery): Promise<readonly FoundSubject[]> {
  const found = [...(await findSubjects(tx, query))]
  for (let step = 0; step < MERGES_most; step++) {
    const duplicates = found.flatMap((one, index) => {
      const personId = one.personId === null ? undefined : mergedInto(one.facts)
      const subject = query.subjects[index]
      return personId === undefined || subject === undefined ? [] : [{ index, subject, personId }]
    })
    if (duplicates.length === 0) break
    const subjects = duplicates.map(({ subject, personId }) => ({ ...subject, personId }))
    const survivors = await findSubjects(tx, { ...query, subjects })
    for (const [at, { index }] of duplicates.entries()) {
      found[index] = survivors[at] ?? (found[index] as FoundSubject)
    }
  }
  return found
}

const pair = (personId: string, agencyId: string): string => `${personId} ${agencyId}`

function freshPseudonyms(
  looked: readonly Looked[],
  answers: readonly Authenticated[],
): readonly NewPseudonym[] {
  const fresh = new Map<string, NewPseudonym>()
  for (const [index, { asked, person }] of looked.entries()) {
    const answer = answers[index]
    if (answer === undefined || 'spent' in answer || answer.personId === null) continue
    if (answer.pseudonym === null || person.pseudonym !== null) continue
    const { personId, pseudonym } = answer
    const { agencyId } = asked
    fresh.set(pair(personId, agencyId), { personId, agencyId, pseudonym })
  }
  return [...fresh.values()]
}

/** Whoever was asked about twice, or by two at once, has the one pseudonym that was stored. */
function withStored(
  looked: readonly Looked[],
  answers: readonly Authenticated[],
  stored: readonly NewPseudonym[],
): readonly Authenticated[] {
  if (stored.length === 0) return answers
  const held = new Map(stored.map((one) => [pair(one.personId, one.agencyId), one.pseudonym]))
  return answers.map((answer, index) => {
    if ('spent' in answer || answer.personId === null || answer.pseudonym === null) return answer
    const pseudonym = held.get(pair(answer.personId, looked[index]?.asked.agencyId ?? ''))
    return pseudonym === undefined ? answer : { ...answer, pseudonym }
  })
}
