import type { ModelFile } from '../link/model-file.ts'
import { type CandidatePlan, type Candidates, findCandidates } from './candidates.ts'
import {
  couldBe,
  decide,
  identify,
  MODULES,
  type Module,
  type Outcome,
  posteriors,
} from './decide.ts'
import { bearerOf, type Exact, exactStages, oldBearersOf } from './exact.ts'
import { findRepeats } from './repeats.ts'
import { askable, type Scene, View } from './view.ts'

export const OUTCOMES: readonly (Outcome | 'unreadable')[] = [
  'unreadable',
  'identified',
  'probable',
  'ambiguous',
  'not_found',
]
const OUTCOME = new Map(OUTCOMES.map((outcome, at) => [outcome, at]))

/** What each row of a file comes to beside the register. */
export interface Matched {
  /** By row: place in `OUTCOMES`. */
  readonly outcome: Uint8Array
  /** By row: the person, or the best candidate, and 1; 0: there is none. */
  readonly person: Uint32Array
  /** By row: place in `MODULES` and 1, of somebody identified. */
  readonly module: Uint8Array
  readonly probability: Float32Array
  /** By row: the same of the next best. */
  readonly next: Float32Array
  /** By row that is ambiguous: the persons it may be, the best first. */
  readonly close: ReadonlyMap<number, readonly number[]>
  /** By row: the row it repeats, and 1; 0: none. */
  readonly repeats: Uint32Array
  /** By row: 1 where nobody else has its name, birth date and place. */
  readonly alone: Uint8Array
  readonly model: ModelFile | null
  /** Whether the model was learnt from this file. */
  readonly isTaught: boolean
}

export type MatchPlan = Omit<CandidatePlan, 'rows'>

/**
 * Matches the rows of a file to the register: exact stages, then candidates by score, then the
 * decision of each row, then rows that repeat another.
 */
export async function matchRows(plan: MatchPlan): Promise<Matched> {
  const { scene } = plan
  const view = new View(scene)
  const asked = askable(scene)
  plan.onStage('exact')
  const exact = exactStages(scene, view, asked)
  const matching = new Matching(scene, view, exact)
  for (let row = 0; row < asked.length; row++) {
    if ((exact.person[row] as number) !== 0) matching.takeExact(row)
  }
  const rows = Uint32Array.from(
    (function* () {
      for (let row = 0; row < asked.length; row++) {
        if (asked[row] === 1 && exact.person[row] === 0) yield row
      }
    })(),
  )
  let candidates: Candidates | null = null
  if (rows.length > 0 && scene.people.count > 0) {
    candidates = await findCandidates({ ...plan, rows })
    plan.onStage('decide')
    for (const [place, row] of rows.entries()) matching.settle({ candidates, place, row })
  } else for (const row of rows) matching.outcome[row] = outcomeCode('not_found')
  const repeats = findRepeats(scene, matching, exact.person)
  const { outcome, person, module, probability, next, close } = matching
  return {
    ...{ outcome, person, module, probability, next, close, repeats },
    alone: exact.alone,
    model: candidates?.model ?? null,
    isTaught: candidates?.isTaught ?? false,
  }
}

const outcomeCode = (outcome: Outcome): number => OUTCOME.get(outcome) ?? 0
const moduleCode = (module: Module | null): number =>
  module === null ? 0 : MODULES.indexOf(module) + 1

/** Persons named to the reviewer of an ambiguous row. */
const CLOSE_most = 5

class Matching {
  readonly outcome: Uint8Array
  readonly person: Uint32Array
  readonly module: Uint8Array
  readonly probability: Float32Array
  readonly next: Float32Array
  readonly close = new Map<number, readonly number[]>()
  readonly #scene: Scene
  readonly #view: View
  readonly #exact: Exact

  constructor(scene: Scene, view: View, exact: Exact) {
    const { rows } = scene.claims
    this.#scene = scene
    this.#view = view
    this.#exact = exact
    this.outcome = new Uint8Array(rows)
    this.person = new Uint32Array(rows)
    this.module = new Uint8Array(rows)
    this.probability = new Float32Array(rows)
    this.next = new Float32Array(rows)
  }

  takeExact(row: number): void {
    const person = this.#exact.person[row] as number
    const evidence = this.#view.of(row, person - 1, this.#exact.alone[row] === 1)
    this.outcome[row] = outcomeCode('identified')
    this.person[row] = person
    this.module[row] = moduleCode(identify(evidence))
    // What three fields and more agree on is certain to more digits than are told.
    this.probability[row] = 1
  }

  settle({ candidates, place, row }: { candidates: Candidates; place: number; row: number }): void {
    const { persons, odds, modules } = this.#found(candidates, place, row)
    if (persons.length === 0) {
      this.outcome[row] = outcomeCode('not_found')
      return
    }
    const chances = posteriors(odds)
    const identified = modules.flatMap((module, at) => (module === null ? [] : [at]))
    const order = [...persons.keys()].sort((a, b) => (chances[b] ?? 0) - (chances[a] ?? 0))
    const best = identified.length === 1 ? (identified[0] as number) : (order[0] as number)
    const next = chances[order.find((at) => at !== best) ?? -1] ?? 0
    const probability = chances[best] ?? 0
    const module = modules[best] ?? null
    const rivals = identified.filter((at) => at !== best).length
    const outcome = decide({ probability, next, module, rivals })
    this.outcome[row] = outcomeCode(outcome)
    this.person[row] = (persons[best] as number) + 1
    this.module[row] = outcome === 'identified' ? moduleCode(module) : 0
    this.probability[row] = probability
    this.next[row] = next
    if (outcome === 'ambiguous') {
      const close = [best, ...order.filter((at) => at !== best)].slice(0, CLOSE_most)
      this.close.set(
        row,
        close.map((at) => persons[at] as number),
      )
    }
  }

  /** The pairs that blocking found, and whoever bears the row's numbers, found or not. */
  #found(candidates: Candidates, place: number, row: number) {
    const { claims, people } = this.#scene
    const found = { persons: [] as number[], odds: [] as number[], modules: [] as Modules }
    const add = (person: number, odds: () => number) => {
      if (found.persons.includes(person)) return
      const evidence = this.#view.of(row, person, this.#exact.namesake[row] === person + 1)
      if (!couldBe(evidence)) return
      found.persons.push(person)
      found.modules.push(identify(evidence))
      found.odds.push(odds())
    }
    const to = candidates.starts[place + 1] as number
    for (let at = candidates.starts[place] as number; at < to; at++) {
      add(candidates.persons[at] as number, () => candidates.odds[at] as number)
    }
    const bearer = bearerOf(people, claims.number[row] as number)
    if (bearer !== undefined) add(bearer, () => candidates.oddsOf(place, bearer))
    for (const old of oldBearersOf(claims, people, row)) {
      add(old, () => candidates.oddsOf(place, old))
    }
    return found
  }
}

type Modules = (Module | null)[]
