import { type Instant, type Tx, uuidv7 } from '../kernel/index.ts'
import { actRow, type NewAct } from './act.ts'
import type { Act, ActId } from './types.ts'

/** Stores an act; facts then point to it. */
export async function insertAct(tx: Tx, act: NewAct, at: Instant): Promise<ActId> {
  const actId = uuidv7() as ActId
  await tx.prepared(
    'register.act-insert',
    `insert into register.act (act_id, kind, document, decided_on, body, unit_id, legal_basis,
       actor_id, note, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    actRow(actId, act, at),
  )
  return actId
}

const ACT = `a.act_id as "actId", a.kind, a.document, a.decided_on as "decidedOn", a.body,
  a.unit_id as "unitId", a.legal_basis as "legalBasis", a.note, a.recorded_at as "recordedAt"`

/** The acts behind some facts, each once, the oldest first. */
export async function listActs(tx: Tx, actIds: readonly ActId[]): Promise<Act[]> {
  return tx.prepared<Act>(
    'register.acts',
    `select ${ACT} from register.act a where a.act_id = any($1::uuid[]) order by a.act_id`,
    [actIds],
  )
}

/** Where an act was done, for those who look for it by a person: never by id alone. */
export async function findActOfPerson(
  tx: Tx,
  personId: string,
  actId: string,
): Promise<Act | undefined> {
  const [act] = await tx.query<Act>(
    `select ${ACT} from register.act a where a.act_id = $2
       and exists (select from register.fact f
         where f.person_id = $1 and (f.act_id = $2 or f.superseded_by = $2))`,
    [personId, actId],
  )
  return act
}
