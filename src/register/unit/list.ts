import { type PlainDay, Refusal } from '../../kernel/index.ts'
import type { UnitDirectory } from './directory.ts'
import { sameName } from './fold.ts'
import type { Closing } from './store.ts'
import { holdsOn, type Unit, type UnitRules, unitId } from './types.ts'

/** A row of an official list as it is written. */
export interface ListedUnit {
  /** Line of the file, the header being line 1. */
  readonly line: number
  readonly level: string
  readonly code: string
  readonly name: string
  /** The official word in the nation's first language. */
  readonly kind: string
  /** Code of the unit above; '' at the highest level. */
  readonly parent: string
}

/** Why a row of a list is not taken; the words are `unit.fault.<fault>` of the locales. */
export const LIST_FAULTS = [
  'level',
  'code',
  'name',
  'kind',
  'parent',
  'repeated',
  'differs',
] as const
export type ListFault = (typeof LIST_FAULTS)[number]

export interface RejectedRow<Fault extends string> {
  readonly line: number
  readonly field: string
  readonly fault: Fault
  readonly value: string
}

/** What taking a list changes. */
export interface ListPlan {
  readonly opened: readonly Unit[]
  /** Units that go on under another name, kind or parent. */
  readonly changed: readonly Unit[]
  /** Rows that end, of units that changed or are no longer listed. */
  readonly closings: readonly Closing[]
  /** How many of them are no longer listed. */
  readonly closed: number
  readonly rejected: readonly RejectedRow<ListFault>[]
}

interface Frame {
  readonly day: PlainDay
  readonly directory: UnitDirectory
  readonly rules: UnitRules
}

/**
 * Compares an official list, true from a day on, with the units of that day. New codes open units;
 * those no longer listed are closed, unless their row was rejected. Where a generation of units
 * begins, every unit below the built-in ones is a new one: its code says nothing of its extent.
 *
 * @throws Refusal when the list is of another nation, disagrees with the built-in units, or is not
 *   the latest of its generation
 */
export function planList(list: readonly ListedUnit[], frame: Frame): ListPlan {
  const { day, directory, rules } = frame
  const generation = rules.generations.find((one) => holdsOn(one, day))
  if (generation === undefined) {
    throw new Refusal('unit.not-valid-on-day', { field: 'validFrom', day })
  }
  refuseDisagreement(list, frame)
  const official = [...directory.rows()].filter((row) => isListed(row, rules))
  const later = official.find((row) => row.from > day && holdsOn(generation, row.from))
  if (later !== undefined) throw new Refusal('unit.later-list', { day: later.from })
  const present = new Map(official.filter((row) => holdsOn(row, day)).map((row) => [row.code, row]))
  const { units, rejected } = readRows(list, { ...frame, levels: generation.levels })

  const opened: Unit[] = []
  const changed: Unit[] = []
  const closings: Closing[] = []
  for (const { line, unit } of units) {
    const before = present.get(unit.code)
    if (before === undefined) {
      opened.push({ ...unit, id: unitId(unit.code, day), from: day, to: generation.to })
      continue
    }
    const field = differing(before, unit)
    if (field === null) continue
    if (before.from === day || field === 'level') {
      rejected.push({ line, field, fault: 'differs', value: unit[field] ?? '' })
      continue
    }
    closings.push({ ...before, to: day })
    changed.push({ ...unit, id: before.id, from: day, to: before.to })
  }
  const listed = new Set(list.map((row) => row.code))
  const gone = [...present.values()].filter((row) => !listed.has(row.code))
  const same = gone.find((row) => row.from === day)
  if (same !== undefined) throw disagreement({ code: same.code, expected: same.name })
  closings.push(...gone.map((row) => ({ ...row, to: day })))
  return { opened, changed, closings, closed: gone.length, rejected }
}

const disagreement = (details: Record<string, string>): Refusal =>
  new Refusal('unit.list-disagrees', details)

/** Units that official lists decide on: neither built in nor invented. */
export function isListed(row: Unit, rules: UnitRules): boolean {
  const level = rules.levels.find((one) => one.id === row.level)
  return !isBuiltIn(row.level, rules) && level?.code.test(row.code) === true
}

const isBuiltIn = (level: string, rules: UnitRules): boolean =>
  rules.builtIn.some((fact) => fact.level === level)

/**
 * The highest level is known without a list: one that gives a province another code or name, or
 * leaves one out, follows its own codes, and everything below would go wrong with it.
 */
function refuseDisagreement(list: readonly ListedUnit[], { day, directory, rules }: Frame): void {
  const lives = Map.groupBy(directory.rows(), (row) => row.id)
  const expected = new Map<string, Unit>()
  for (const unit of directory.childrenOf(null, day)) {
    if (isBuiltIn(unit.level, rules)) expected.set(unit.code, unit)
  }
  const missing = new Set(expected.keys())
  for (const row of list.filter((one) => isBuiltIn(one.level, rules))) {
    const line = String(row.line)
    const unit = expected.get(row.code)
    if (unit === undefined) {
      const named = [...expected.values()].find((one) => sameName(one.name, row.name))
      const right = named === undefined ? '' : `${named.code} ${named.name}`
      throw disagreement({ line, code: row.code, name: row.name, expected: right })
    }
    // A list of one day may already bear a later name or kind of the same unit.
    const life = lives.get(unit.id) ?? [unit]
    const kinds = new Set(life.map((one) => officialWord(one, rules)))
    if (!life.some((one) => sameName(one.name, row.name)) || !kinds.has(row.kind)) {
      const right = `${officialWord(unit, rules)} ${unit.name}`
      throw disagreement({ line, code: row.code, name: `${row.kind} ${row.name}`, expected: right })
    }
    missing.delete(row.code)
  }
  const [left] = missing
  if (left !== undefined) {
    throw disagreement({ code: left, expected: expected.get(left)?.name ?? '' })
  }
}

const officialWord = (unit: Unit, rules: UnitRules): string =>
  rules.kinds.find((kind) => kind.id === unit.kind && kind.level === unit.level)?.official ?? ''

type RowUnit = Omit<Unit, 'id' | 'from' | 'to'>

interface Reading extends Frame {
  readonly levels: readonly string[]
}

function readRows(list: readonly ListedUnit[], frame: Reading) {
  const { day, directory, rules, levels } = frame
  const units: { line: number; unit: RowUnit }[] = []
  const rejected: RejectedRow<ListFault>[] = []
  const codes = new Map<string, string>()
  const rank = (level: string) => levels.indexOf(level)
  // From the highest level down, so that a parent listed further below is known.
  const rows = [...list].sort((a, b) => rank(a.level) - rank(b.level) || a.line - b.line)
  for (const row of rows) {
    if (isBuiltIn(row.level, rules)) continue
    const fault = faultOf(row, { ...frame, codes })
    if (fault !== null) {
      rejected.push({ line: row.line, ...fault })
      continue
    }
    const kind = rules.kinds.find((one) => one.level === row.level && one.official === row.kind)
    const { level, code, name } = row
    const above = directory.unitOn(row.parent, day)
    const parent =
      above !== undefined && isBuiltIn(above.level, rules)
        ? above.id
        : (codes.get(row.parent) ?? '')
    const before = directory.unitOn(code, day)
    codes.set(code, before?.id ?? unitId(code, day))
    units.push({
      line: row.line,
      unit: { level, code, name: name.trim(), kind: kind?.id ?? '', parent },
    })
  }
  return { units, rejected }
}

interface Known extends Reading {
  /** Codes listed so far with the ids of their units. */
  readonly codes: ReadonlyMap<string, string>
}

function faultOf(row: ListedUnit, frame: Known): Omit<RejectedRow<ListFault>, 'line'> | null {
  const { rules, levels, directory, day, codes } = frame
  const level = rules.levels.find((one) => one.id === row.level)
  if (level === undefined || !levels.includes(row.level)) {
    return { field: 'level', fault: 'level', value: row.level }
  }
  if (!level.code.test(row.code)) return { field: 'code', fault: 'code', value: row.code }
  if (codes.has(row.code)) return { field: 'code', fault: 'repeated', value: row.code }
  const name = row.name.trim()
  if (name === '' || name.length > 200 || /[\p{Cc}\p{Cn}\ufffd]/u.test(name)) {
    return { field: 'name', fault: 'name', value: name.slice(0, 40) }
  }
  if (!rules.kinds.some((one) => one.level === row.level && one.official === row.kind)) {
    return { field: 'kind', fault: 'kind', value: row.kind }
  }
  const above = directory.unitOn(row.parent, day)
  const isAbove = above !== undefined && isBuiltIn(above.level, rules)
  if (!isAbove && !codes.has(row.parent)) {
    return { field: 'parent_code', fault: 'parent', value: row.parent }
  }
  return null
}

function differing(before: Unit, after: RowUnit): 'level' | 'name' | 'kind' | 'parent' | null {
  for (const field of ['level', 'name', 'kind', 'parent'] as const) {
    if (before[field] !== after[field]) return field
  }
  return null
}
