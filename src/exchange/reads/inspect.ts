import { Type } from 'typebox'
import { addDays, type Context, plainDay, query, Refusal } from '../../kernel/index.ts'
import { eventsOf } from '../../ledger/index.ts'
import { EXCHANGE_LIMITS } from '../limits.ts'
import { type ReadLine, readLine } from './queries.ts'
import { findPersonByNumber } from './store.ts'

const closed = { additionalProperties: false } as const
/** Whose log, and the order or the case it is looked at for. */
const WHOSE = {
  number: Type.String({ minLength: 1, maxLength: 40 }),
  order: Type.String({ minLength: 3, maxLength: 200 }),
}

/** The log of one person, for whoever inspects whether reading was lawful. The person sees it. */
export const inspectReads = query({
  name: 'reads.inspect',
  level: 2,
  input: Type.Object(WHOSE, closed),
  purposes: ['inspection'],
  run: (input, context): Promise<readonly ReadLine[]> => linesOf(input, context),
})

/**
 * The same in an investigation: the person is told on a day, which cannot be put off later, as it
 * is hashed with the event. Until then it is counted.
 */
export const investigateReads = query({
  name: 'reads.investigate',
  level: 2,
  input: Type.Object(
    { ...WHOSE, hiddenUntil: Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' }) },
    closed,
  ),
  purposes: ['investigation'],
  async run({ hiddenUntil, ...whose }, context): Promise<readonly ReadLine[]> {
    const { today, hideUntil } = context
    const day = plainDay(hiddenUntil)
    const last = addDays(today, EXCHANGE_LIMITS.hidden_days)
    if (day <= today || day > last) {
      throw new Refusal('request.invalid', { field: 'hiddenUntil', expected: `≤ ${last}` })
    }
    hideUntil(day)
    return linesOf(whose, context)
  },
})

async function linesOf(
  { number, order }: { readonly number: string; readonly order: string },
  context: Context,
): Promise<readonly ReadLine[]> {
  const { tx, kernel, today, concerns, requireArea } = context
  requireArea(['nation'])
  const parsed = kernel.profile.number.parse(number)
  if (!parsed.ok) throw new Refusal('number.invalid', { field: 'number' })
  const personId = await findPersonByNumber(tx, parsed.number)
  if (personId === undefined) throw new Refusal('number.not-found')
  concerns(personId, ['reads'])
  context.note('order', order)
  const lines = await eventsOf(tx, personId, { today, limit: EXCHANGE_LIMITS.readsPage })
  return lines.map((line) => readLine(line, null))
}
