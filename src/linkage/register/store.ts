import type pg from 'pg'
import type { PlainDay } from '../../kernel/index.ts'
import { copyOut, type TakeRow } from './copy-out.ts'

/** What is compared of each fact that holds on the day. */
const FACTS = `copy (
  select person_id, kind,
    case kind
      when 'name' then value ->> 'full'
      when 'birth' then value ->> 'on'
      when 'permanent' then value ->> 'unit'
      when 'absence' then value #>> '{place,country}'
      when 'death' then value ->> 'kind'
      when 'merged' then value ->> 'into'
      when 'protected' then ''
      else value #>> '{}'
    end
  from register.believed
  where kind = any ('{name,birth,sex,number,permanent,absence,death,merged,protected}')
    and valid @> (select current_setting('goc.day')::date)
) to stdout (format binary)`
const BEARERS = 'copy (select number, person_id from register.bearer) to stdout (format binary)'
const OLD_BEARERS =
  'copy (select value, person_id from register.old_bearer) to stdout (format binary)'

/** Sets the day that facts are read of, for this transaction. */
export async function setDay(client: pg.ClientBase, day: PlainDay): Promise<void> {
  await client.query(`select set_config('goc.day', $1, true)`, [day])
}

/** Person id, kind, and what of the fact is compared. */
export const copyFacts = (client: pg.ClientBase, take: TakeRow): Promise<void> =>
  copyOut(client, { text: FACTS, fields: 3, take })

/** Number, person id: every number ever given. */
export const copyBearers = (client: pg.ClientBase, take: TakeRow): Promise<void> =>
  copyOut(client, { text: BEARERS, fields: 2, take })

/** Older number, person id; some were given twice. */
export const copyOldBearers = (client: pg.ClientBase, take: TakeRow): Promise<void> =>
  copyOut(client, { text: OLD_BEARERS, fields: 2, take })
