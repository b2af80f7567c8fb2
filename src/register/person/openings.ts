import { Type } from 'typebox'
import { type Context, type Instant, LIMITS, query } from '../../kernel/index.ts'
import { KEEPING } from '../act.ts'
import { areaOfPerson } from '../area.ts'
import { unitsWhere } from '../permit.ts'
import type { PersonId } from '../types.ts'
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

interface Row extends OpeningView {
  readonly personId: PersonId
  readonly actorId: string
}

/** Rows looked at for those of the officer's area: openings are few. */
const LOOKED_AT = 4 * LIMITS.pageRows

/** Openings of protected records that wait for a second person, and one's own of the last day. */
export const listOpenings = query({
  name: 'opening.list',
  purposes: [KEEPING.purpose],
  input: Type.Object({}, { additionalProperties: false }),
  async run(_input, context): Promise<OpeningList> {
    const rows = await listRows(context)
    const handle = handlesFor(context)
    const shown: { waiting: OpeningView[]; own: OpeningView[] } = { waiting: [], own: [] }
    for (const { personId, actorId, ...row } of rows) {
      const isOwn = actorId === context.actor.id
      if (!isOwn && (row.isApproved || !(await isInArea(context, personId)))) continue
      const list = isOwn ? shown.own : shown.waiting
      if (list.length >= LIMITS.pageRows) continue
      context.concerns(personId, ['protected', 'name'])
      list.push({ ...row, person: handle(personId) })
    }
    return shown
  },
})

type Within = Pick<Context, 'tx' | 'kernel' | 'actor' | 'now' | 'today'>

/** How many openings of others wait for this officer: a figure, which tells of nobody. */
export async function countOpenings(within: Within): Promise<number> {
  let count = 0
  for (const { personId, actorId, isApproved } of await listRows(within)) {
    if (isApproved || actorId === within.actor.id) continue
    if (await isInArea(within, personId)) count++
  }
  return count
}

/** Whether it is this officer's to agree to; the command asks the same again. */
async function isInArea(within: Within, personId: PersonId): Promise<boolean> {
  const units = unitsWhere(within.kernel, within.actor, 'opening.approve')
  if (units.length === 0) return false
  const area = await areaOfPerson(within, personId)
  return units.some((unit) => unit === 'nation' || area.includes(unit))
}

async function listRows({ tx, actor, now }: Within): Promise<Omit<Row, 'person'>[]> {
  return tx.query<Omit<Row, 'person'>>(
    `select o.opening_id as opening, o.person_id as "personId", o.actor_id as "actorId", o.reason,
       o.break_glass as "isEmergency", a.actor_id is not null as "isApproved",
       o.recorded_at as "askedAt", o.expires_at as "expiresAt",
       jsonb_build_object('name', coalesce(k.name, ''), 'body', k.body) as by,
       (select f.value ->> 'full' from register.fact f where f.person_id = o.person_id
          and f.kind = 'name' and f.superseded_at is null
        order by lower(f.valid) desc limit 1) as name
     from register.opening o
     left join register.opening_approval a using (person_id, opening_id)
     left join kernel.actor k on k.actor_id = o.actor_id
     where (o.expires_at > $2 or (o.break_glass and a.actor_id is null))
       and (o.actor_id = $1 or a.actor_id is null)
     order by o.recorded_at desc limit $3`,
    [actor.id, now, LOOKED_AT],
  )
}
