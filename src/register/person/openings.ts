import { Type } from 'typebox'
import { type Context, type Instant, LIMITS, query, unitsWhere } from '../../kernel/index.ts'
import { KEEPING } from '../act.ts'
import { areaOfUnit } from '../area.ts'
import type { PersonId, UnitId } from '../types.ts'
import { handlesFor } from './queries.ts'

/** An opening of a protected record that lacks a second person, or that the officer asked for. */
export interface OpeningView {
  readonly opening: string
  /** Handle of the person whose record it is. */
  readonly person: string
  readonly name: string | null
  readonly reason: string
  readonly isEmergency: boolean
  readonly isApproved: boolean
  readonly askedAt: Instant
  readonly expiresAt: Instant
  /** Who asked; the officer's own are theirs to know. */
  readonly by: { readonly name: string; readonly body: string | null }
}

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

type Within = Pick<Context, 'tx' | 'kernel' | 'actor' | 'now' | 'today'>

/** How many openings of others wait for this officer: a figure, which tells of nobody. */
export async function countOpenings(within: Within): Promise<number> {
  const homes = await listWaitingHomes(within)
  return homes.reduce((sum, { count }) => sum + count, 0)
}

/** A unit in charge of persons whose openings wait; null: nowhere in the nation. */
interface Home {
  readonly unit: UnitId | null
  readonly count: number
}

/** Not approved, and neither lapsed nor the officer's own; an emergency is confirmed also afterwards. */
const WAITING = `(o.expires_at > $2 or o.break_glass) and o.actor_id <> $1
  and not exists (select from register.opening_approval a
    where a.person_id = o.person_id and a.opening_id = o.opening_id)`

/** The homes of those whose openings are this officer's to agree to; the command asks it again. */
async function listWaitingHomes(within: Within): Promise<readonly Home[]> {
  const { tx, kernel, actor, now, today } = within
  const units = unitsWhere(kernel, actor, 'opening.approve')
  if (units.length === 0) return []
  const homes = await tx.query<Home>(
    `select register.home_unit(o.person_id, $3) as unit, count(*)::int as count
     from register.opening o where ${WAITING} group by 1`,
    [actor.id, now, today],
  )
  const areas = await Promise.all(homes.map(({ unit }) => areaOfUnit(within, unit)))
  return homes.filter((_, at) => areas[at]?.some((unit) => units.includes(unit)))
}

interface Row extends Omit<OpeningView, 'person'> {
  readonly personId: PersonId
}

const OPENING = `select o.opening_id as opening, o.person_id as "personId", o.reason,
     o.break_glass as "isEmergency", o.recorded_at as "askedAt", o.expires_at as "expiresAt",
     jsonb_build_object('name', coalesce(k.name, ''), 'body', k.body) as by,
     (select f.value ->> 'full' from register.fact f where f.person_id = o.person_id
        and f.kind = 'name' and f.superseded_at is null
      order by lower(f.valid) desc limit 1) as name`

async function listWaiting(
  { tx, actor, now, today }: Within,
  homes: readonly Home[],
): Promise<Row[]> {
  const units = homes.map(({ unit }) => unit ?? '')
  return tx.query<Row>(
    `${OPENING}, false as "isApproved"
     from register.opening o left join kernel.actor k on k.actor_id = o.actor_id
     where ${WAITING} and coalesce(register.home_unit(o.person_id, $3), '') = any($4::text[])
     order by o.recorded_at desc limit $5`,
    [actor.id, now, today, units, LIMITS.pageRows],
  )
}

async function listOwn({ tx, actor, now }: Within): Promise<Row[]> {
  return tx.query<Row>(
    `${OPENING}, a.actor_id is not null as "isApproved"
     from register.opening o left join register.opening_approval a using (person_id, opening_id)
     left join kernel.actor k on k.actor_id = o.actor_id
     where o.actor_id = $1 and (o.expires_at > $2 or (o.break_glass and a.actor_id is null))
     order by o.recorded_at desc limit $3`,
    [actor.id, now, LIMITS.pageRows],
  )
}
