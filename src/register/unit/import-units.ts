import { Type } from 'typebox'
import { addDays, command, type PlainDay, plainDay, Refusal, uuidv7 } from '../../kernel/index.ts'
import { actOf, Day, KEEPING } from '../act.ts'
import { insertAct } from '../act-store.ts'
import { endedUnits, joinUnits, type PairFault } from './concordance.ts'
import type { UnitDirectory } from './directory.ts'
import { isListed, type ListFault, planList, type RejectedRow } from './list.ts'
import { seedUnits } from './seed.ts'
import { closeUnits, insertSuccessions, insertUnitList, insertUnits } from './store.ts'
import type { UnitRules } from './types.ts'
import { readUnits } from './units.ts'

/** A nation has some ten thousand units; ten times as many are no list of units any more. */
const ROWS_MOST = 100_000
const Text = Type.String({ maxLength: 300 })
const Line = Type.Integer({ minimum: 1 })

export interface ImportedUnits {
  readonly opened: number
  readonly changed: number
  readonly closed: number
  /** Successors that were not known before. */
  readonly joined: number
  readonly split: number
  readonly unjoined: number
  readonly rejected: readonly RejectedRow<ListFault>[]
  readonly rejectedPairs: readonly RejectedRow<PairFault>[]
}

/**
 * Takes an official list of units that is true from a day on, and with it, or later for the same
 * list, the concordance that says what the units before became. The same list again changes nothing.
 */
export const importUnits = command({
  name: 'unit.import',
  input: Type.Object(
    {
      validFrom: Day,
      document: Type.String({ minLength: 1, maxLength: 200 }),
      rows: Type.Array(
        Type.Object({ line: Line, level: Text, code: Text, name: Text, kind: Text, parent: Text }),
        { minItems: 1, maxItems: ROWS_MOST },
      ),
      concordance: Type.Optional(
        Type.Array(Type.Object({ line: Line, old: Text, new: Text }), { maxItems: ROWS_MOST }),
      ),
    },
    { additionalProperties: false },
  ),
  ...KEEPING,
  async run(input, context): Promise<ImportedUnits> {
    const { tx, kernel, now, requireArea, emit } = context
    requireArea(['nation'])
    const day = plainDay(input.validFrom)
    const { profile, demonstration } = kernel
    await seedUnits({ tx, profile, demonstration, at: now })
    const rules = profile.units
    const before = await readUnits(context)
    const plan = planList(input.rows, { day, rules, directory: before })
    const directory = before.with(plan)
    const pairs = input.concordance ?? []
    if (pairs.length > 0) requireEnded(directory, day, rules)
    const joining = joinUnits(pairs, directory, day)
    const joined = joining.successions.filter(
      ({ unit, successor }) => !directory.successorsOf(unit).includes(successor),
    )
    const { opened, changed, closings, closed } = plan
    const counts = { opened: opened.length, changed: changed.length, closed }
    // The same list again leaves no trace but the event that it was taken.
    if (opened.length + closings.length + joined.length > 0) {
      const act = actOf({ kind: 'decision', document: input.document }, context, KEEPING.legalBasis)
      const actId = await insertAct(tx, { ...act, kind: 'unit-list' }, now)
      await closeUnits(tx, closings, actId)
      await insertUnits(tx, [...opened, ...changed], actId)
      const successors = await insertSuccessions(tx, joined)
      const list = { listId: uuidv7(), validFrom: day, ...counts, successors, actId }
      await insertUnitList(tx, { ...list, recordedAt: now })
      emit('units.imported', day, { validFrom: day, ...counts })
    }
    return {
      ...counts,
      joined: joined.length,
      split: joining.split,
      unjoined: joining.unjoined,
      rejected: plan.rejected,
      rejectedPairs: joining.rejected,
    }
  },
})

/** A concordance says what units became; where none ended, the list before was never taken. */
function requireEnded(directory: UnitDirectory, day: PlainDay, rules: UnitRules): void {
  const ended = endedUnits(directory, day).map((id) => directory.find(id))
  if (ended.some((unit) => unit !== undefined && isListed(unit, rules))) return
  throw new Refusal('unit.older-list-missing', { day: addDays(day, -1) })
}
