import type { CommandContext } from '../../kernel/index.ts'
import type { Fact, PersonId } from '../types.ts'

type Row = Fact & { readonly number: string; readonly personId: PersonId }

export interface Sibling {
  readonly name: string
  readonly on: string
}

export function readKin({ tx }: Pick<CommandContext, 'tx'>, numbers: readonly string[]) {
  // Two values, not an array: of an array's length the planner would ask anew at every birth.
  const pair = [numbers[0], numbers[1] ?? null]
  return Promise.all([
    tx.prepared(
      'register.parents-lock',
      `select pg_advisory_xact_lock(k) from (
         select hashtextextended(n.person_id::text, 4100) as k from register.number n
         where n.number in ($1, $2) order by n.person_id) l`,
      pair,
    ),
    tx.prepared<Row>(
      'register.parents',
      `select n.number, n.person_id as "personId", f.kind, f.key, f.value,
         lower(f.valid) as "from", upper(f.valid) as "to"
       from register.number n join register.fact f on f.person_id = n.person_id
         and f.kind = any('{birth,sex,death,merged,household,permanent}') and f.superseded_at is null
       where n.number in ($1, $2)`,
      pair,
    ),
    tx.prepared<Sibling>(
      'register.siblings',
      `select distinct m.value ->> 'full' as name, b.value ->> 'on' as "on"
       from register.number n
       join register.fact c on c.person_id = n.person_id and c.kind = 'child'
         and c.superseded_at is null
       join register.fact b on b.person_id = c.key::uuid and b.kind = 'birth'
         and b.superseded_at is null
       join register.fact m on m.person_id = c.key::uuid and m.kind = 'name'
         and m.superseded_at is null
       where n.number in ($1, $2)`,
      pair,
    ),
  ])
}
