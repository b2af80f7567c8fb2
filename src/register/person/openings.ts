import { Type } from 'typebox'
import { query, unitsWhere } from '../../kernel/index.ts'
import { KEEPING } from '../act.ts'
import { areaOfUnit } from '../area.ts'
import {
  countWaitingByHome,
  type Home,
  listOwn,
  listWaiting,
  type OpeningView,
  type Row,
  type Within,
} from './opening-store.ts'
import { handlesFor } from './queries.ts'

export interface OpeningList {
  /** What others asked for in the officer's area, for this officer to agree to. */
  readonly waiting: readonly OpeningView[]
  /** What this officer asked for and may still use, or has to have confirmed. */
  readonly own: readonly OpeningView[]
}

/** Openings of protected records that wait for a second person, and one's own of the last day. */
export const listOpenings = query({
  name: 'opening.list',
  purposes: [KEEPING.purpose],
  input: Type.Object({}, { additionalProperties: false }),
  async run(_input, context): Promise<OpeningList> {
    const [own, homes] = [await listOwn(context), await listWaitingHomes(context)]
    const waiting = homes.length === 0 ? [] : await listWaiting(context, homes)
    const handle = handlesFor(context)
    const shown = ({ personId, ...row }: Row): OpeningView => {
      context.concerns(personId, ['protected', 'name'])
      return { ...row, person: handle(personId) }
    }
    // To ask is not yet to be told: the own ones have a name once a second person has agreed.
    const asked = own.map((row) =>
      row.isApproved || row.isEmergency ? row : { ...row, name: null },
    )
    return { waiting: waiting.map(shown), own: asked.map(shown) }
  },
})

/** How many openings of others wait for this officer: a figure, which tells of nobody. */
export async function countOpenings(within: Within): Promise<number> {
  const homes = await listWaitingHomes(within)
  return homes.reduce((sum, { count }) => sum + count, 0)
}

/** The homes of those whose openings are this officer's to agree to; the command asks it again. */
async function listWaitingHomes(within: Within): Promise<readonly Home[]> {
  const units = unitsWhere(within.kernel, within.actor, 'opening.approve')
  if (units.length === 0) return []
  const homes = await countWaitingByHome(within)
  const areas = await Promise.all(homes.map(({ unit }) => areaOfUnit(within, unit)))
  return homes.filter((_, at) => areas[at]?.some((unit) => units.includes(unit)))
}
