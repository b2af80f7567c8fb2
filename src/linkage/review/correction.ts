import { Type } from 'typebox'
import {
  addWorkingDays,
  type CommandContext,
  command,
  handleOf,
  LIMITS,
  query,
  Refusal,
  unitsWhere,
  uuidv7,
} from '../../kernel/index.ts'
import { unitsOf } from '../../register/index.ts'
import {
  closeCorrection,
  insertCorrection,
  listCorrections,
  lockCorrection,
  type OpenCorrection,
} from './correction-store.ts'
import { heldOf } from './held.ts'
import { CORRECTING } from './law.ts'
import type { Said } from './rules.ts'
import { listHeld, type StoredCandidate } from './store.ts'
import { type CaseHead, REVIEW_LIMITS } from './types.ts'

interface Settled {
  readonly head: CaseHead
  readonly candidates: readonly StoredCandidate[]
  readonly given: Said & { readonly reason: string }
}

const AGREEING = new Set(['missing', 'exact', 'same', 'match'])

/**
 * Whoever settled the case believes that the register is wrong in what differs: the office in charge
 * of the person looks at it within the days of the profile's calendar. Nothing is corrected by it.
 */
export async function openCorrection(
  context: CommandContext,
  { head, candidates, given }: Settled,
): Promise<void> {
  const { tx, kernel, now, today, emit } = context
  const person = candidates.find(({ rank }) => rank === given.chosen)
  if (given.reason !== 'register-error' || person === undefined) return
  const fields = person.fields.flatMap(({ name, level }) => (AGREEING.has(level) ? [] : [name]))
  if (fields.length === 0) return
  const { personId } = person
  const { unit } = heldOf(await listHeld(tx, [personId], today), personId)
  const units = await unitsOf({ tx, kernel })
  const correctionId = uuidv7()
  await insertCorrection(tx, {
    correctionId,
    personId,
    caseId: head.caseId,
    fields,
    area: unit === null ? ['nation'] : units.pathOf(unit, today),
    openedAt: now,
    dueOn: addWorkingDays(today, REVIEW_LIMITS.correction_workingDays, kernel.profile.calendar),
  })
  emit('correction.opened', personId, { correctionId })
}

const Id = Type.String({ pattern: '^[0-9a-f-]{36}$' })

/**
 * The office in charge has looked: it corrected the record by the register's own commands, or the
 * register is right. Either way it names the document it rests on.
 */
export const closeCorrectionCommand = command({
  name: 'correction.close',
  input: Type.Object(
    {
      correction: Id,
      outcome: Type.Enum(['corrected', 'register-right']),
      document: Type.String({ minLength: 1, maxLength: LIMITS.nameChars }),
    },
    { additionalProperties: false },
  ),
  ...CORRECTING,
  async run({ correction: id, outcome, document }, context) {
    const { tx, now, actor, emit, requireArea, concerns } = context
    const correction = await lockCorrection(tx, id)
    if (correction === undefined) throw new Refusal('correction.not-found')
    requireArea(correction.area)
    if (correction.closedAt !== null) throw new Refusal('correction.closed')
    await closeCorrection(tx, correction, { at: now, by: actor, outcome, document })
    concerns(correction.personId, correction.fields)
    emit('correction.closed', correction.personId, { correctionId: id, outcome })
    return { correction: id, outcome }
  },
})

/** A correction as an officer sees it. */
export interface CorrectionView extends Omit<OpenCorrection, 'personId' | 'caseId'> {
  /** The officer's handle of the person, where the record may be opened. */
  readonly person: string
  readonly name: string | null
  /** The unit in charge; null: nobody's but the nation's. */
  readonly unit: string | null
}

/** Records that may be wrong, of an officer's own area: the first due first. */
export const listCorrectionsQuery = query({
  name: 'correction.list',
  input: Type.Object({ closed: Type.Optional(Type.Boolean()) }, { additionalProperties: false }),
  purposes: [CORRECTING.purpose],
  async run({ closed = false }, context): Promise<readonly CorrectionView[]> {
    const { tx, kernel, actor, today, concerns } = context
    const areas = unitsWhere(kernel, actor, 'correction.list')
    const rows = await listCorrections(tx, areas, { closed, limit: LIMITS.pageRows })
    const ids = rows.map(({ personId }) => personId)
    const facts = ids.length === 0 ? [] : await listHeld(tx, ids, today)
    return rows.map(({ personId, caseId: _, ...row }) => {
      concerns(personId, ['name'])
      const { name, isProtected } = heldOf(facts, personId)
      const [unit = 'nation'] = row.area
      return {
        ...row,
        person: handleOf(kernel.keys, actor, personId),
        name: isProtected ? null : name,
        unit: unit === 'nation' ? null : unit,
      }
    })
  },
})
