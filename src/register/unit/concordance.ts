import { addDays, type PlainDay } from '../../kernel/index.ts'
import type { UnitDirectory } from './directory.ts'
import type { RejectedRow } from './list.ts'
import type { Succession } from './types.ts'

/** A row of a concordance: a code of the day before, and one of the day. */
export interface Pair {
  readonly line: number
  readonly old: string
  readonly new: string
}

/** Why a pair is not taken; the words are `unit.fault.<fault>` of the locales. */
export const PAIR_FAULTS = ['old-unknown', 'old-goes-on', 'new-unknown'] as const
export type PairFault = (typeof PAIR_FAULTS)[number]

export interface Joining {
  readonly successions: readonly Succession[]
  readonly rejected: readonly RejectedRow<PairFault>[]
  /** Units where people live that ended on the day and went nowhere that is known. */
  readonly unjoined: number
  /** Units that went into several: people there are assigned one by one. */
  readonly split: number
}

/** Joins the units that ended on a day to those they went into, in a directory that has both. */
export function joinUnits(
  pairs: readonly Pair[],
  directory: UnitDirectory,
  day: PlainDay,
): Joining {
  const before = addDays(day, -1)
  const rejected: RejectedRow<PairFault>[] = []
  const joined = new Map<string, Set<string>>()
  for (const { line, old, new: code } of pairs) {
    const from = directory.unitOn(old, before)
    const into = directory.unitOn(code, day)
    if (from === undefined) {
      rejected.push({ line, field: 'old_code', fault: 'old-unknown', value: old })
    } else if (into === undefined) {
      rejected.push({ line, field: 'new_code', fault: 'new-unknown', value: code })
    } else if (directory.find(from.id, day) !== undefined) {
      // A unit that goes on as itself needs no successor.
      if (from.id === into.id) continue
      rejected.push({ line, field: 'old_code', fault: 'old-goes-on', value: old })
    } else {
      joined.set(from.id, (joined.get(from.id) ?? new Set()).add(into.id))
    }
  }
  const successions = [...joined].flatMap(([unit, successors]) =>
    [...successors].map((successor) => ({ unit, successor, whole: successors.size === 1 })),
  )
  const ended = endedUnits(directory, day)
  const has = (id: string) => joined.has(id) || directory.successorsOf(id).length > 0
  return {
    successions,
    rejected,
    unjoined: ended.filter((id) => !has(id)).length,
    split: [...joined.values()].filter((successors) => successors.size > 1).length,
  }
}

/** Units in which people lived that ended on a day, in the order of their ids. */
export function endedUnits(directory: UnitDirectory, day: PlainDay): readonly string[] {
  const level = directory.lowestLevelOn(addDays(day, -1))
  const ended = new Set<string>()
  for (const row of directory.rows()) {
    if (row.to === day && row.level === level && directory.find(row.id, day) === undefined) {
      ended.add(row.id)
    }
  }
  return [...ended].sort()
}
