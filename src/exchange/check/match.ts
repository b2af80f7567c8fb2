import { availableParallelism } from 'node:os'
import type { Kernel } from '../../kernel/index.ts'
import {
  digitsOfKey,
  idOfPerson,
  type Matched,
  matchRows,
  type People,
  type Scene,
  sceneOf,
} from '../../linkage/index.ts'
import { EXCHANGE_LIMITS } from '../limits.ts'
import { numberMac } from '../verify/mac.ts'
import { AttemptCounter, personOfSubject, type Subject } from './attempts.ts'
import type { Ground } from './ground.ts'
import type { Right } from './right.ts'
import type { Standard } from './standard.ts'
import { statusCode, type Told, tellRows } from './tell.ts'

/** Units that were divided and those that have a part of them: who lives in which, nobody knows yet. */
function akinUnits(
  units: Ground['units'],
  dictionaries: Ground['dictionaries'],
): ReadonlyMap<number, ReadonlySet<number>> {
  const ids = dictionaries.unit.texts()
  const codes = new Map(ids.map((id, code) => [id, code]))
  const akin = new Map<number, Set<number>>()
  const add = (one: number, other: number) => {
    akin.set(one, (akin.get(one) ?? new Set()).add(other))
  }
  for (const [code, id] of ids.entries()) {
    for (const successor of units.successorsOf(id)) {
      const other = codes.get(successor)
      if (other === undefined) continue
      add(code, other)
      add(other, code)
    }
  }
  return akin
}

/** The file beside the register. */
export function sceneIn(kernel: Kernel, ground: Ground, { claims }: Standard): Scene {
  const { units, dictionaries, people } = ground
  const akin = akinUnits(units, dictionaries)
  return sceneOf({
    claims,
    people,
    dictionaries,
    names: kernel.profile.names,
    areAkin: (unit, other) => akin.get(unit)?.has(other) === true,
  })
}

export interface MatchPlan {
  readonly scene: Scene
  readonly ground: Ground
  readonly threads: number | undefined
  readonly signal: AbortSignal
  readonly onStage: (stage: string) => void
}

export async function match({ scene, ground, threads, signal, onStage }: MatchPlan) {
  const { units, dictionaries } = ground
  return await matchRows({
    scene,
    threads: threads ?? availableParallelism(),
    signal,
    placeText(unit) {
      const above = units.unitsAbove(dictionaries.unit.textOf(unit))
      return placeText(above.at(-1)?.code ?? '', above[0]?.code ?? '')
    },
    onStage,
  })
}

/**
 * A unit's code behind that of the highest unit, so often that this is more than half: codes that
 * begin alike are then of one province. The letter keeps zeros in front of it.
 */
export function placeText(top: string, own: string): string {
  const times = top === '' ? 0 : Math.ceil((own.length * 2) / top.length)
  return `u${top.repeat(times)}${own}`
}

interface Telling {
  readonly right: Right
  readonly ground: Ground
  readonly standard: Standard
  readonly scene: Scene
  readonly matched: Matched
  /** Rows before this one were told in an earlier run. */
  readonly from: number
}

/** What each row is told. */
export function tell(kernel: Kernel, telling: Telling): Told {
  const { right, ground, standard, scene, matched, from } = telling
  const macOf = macsOf(kernel, { people: ground.people, agencyId: right.client.agency.id })
  return tellRows({
    standard,
    scene,
    matched,
    agreement: right.agreement,
    attempts: new AttemptCounter(ground.priors, macOf),
    isWithin: ground.isWithin,
    from,
  })
}

/** The MAC by which failures at a subject are stored. */
export const macsOf =
  (kernel: Kernel, { people, agencyId }: { people: People; agencyId: string }) =>
  (subject: Subject): string =>
    numberMac(kernel, agencyId, textOfSubject(people, subject))

/** A number as it is counted by requests online, too; a person by the id nobody learns. */
const textOfSubject = (people: People, subject: Subject): string =>
  subject > 0 ? digitsOfKey(subject) : `person ${idOfPerson(people, personOfSubject(subject))}`

/** A list of strangers is no cleaning: it goes on only when somebody says why. */
export function areMostlyStrangers({ status }: Told, { table }: Standard): boolean {
  const { fileUnknownRows_min, unconfirmedShare_max } = EXCHANGE_LIMITS
  const [unreadable, notFound] = [statusCode('unreadable'), statusCode('not_found')]
  let asked = 0
  let strangers = 0
  for (let row = 0; row < table.rows; row++) {
    if (status[row] === unreadable) continue
    asked++
    if (status[row] === notFound) strangers++
  }
  return asked >= fileUnknownRows_min && strangers / asked > unconfirmedShare_max
}
