import type { CommandContext, PlainDay, Tx } from '../../kernel/index.ts'
import type { Fact, PersonId } from '../types.ts'
import type { NumberWish } from './rules.ts'

/** Lets a person be found by older numbers for ever, whoever else bears them. */
export function linkOldNumbers(
  { tx }: Pick<CommandContext, 'tx'>,
  personId: PersonId,
  numbers: readonly string[],
): void {
  if (numbers.length === 0) return
  tx.atCommit(
    'register.old-numbers-link',
    `insert into register.old_number (value, person_id)
     select v, $2 from unnest($1::text[]) as v on conflict do nothing`,
    [numbers, personId],
  )
}

/** Merged into one that was merged into one …: a longer chain would be a circle. */
const CHAIN_MOST = 8
/** Records of one person: more have not been seen. */
const DUPLICATES_MOST = 16

export async function listByNumbers(tx: Tx, numbers: readonly string[]) {
  return tx.prepared<{ number: string; personId: PersonId }>(
    'register.by-numbers',
    `select number, person_id as "personId" from register.number where number = any($1::text[])`,
    [numbers],
  )
}

export function listNumbers(tx: Tx, personIds: readonly PersonId[]) {
  return tx.prepared<Pick<Fact, 'value' | 'from' | 'to'> & { readonly personId: PersonId }>(
    'register.numbers-of',
    `select person_id as "personId", value, lower(valid) as "from", upper(valid) as "to"
     from register.fact
     where person_id = any($1::uuid[]) and kind = 'number' and superseded_at is null`,
    [personIds],
  )
}

/** A number of an earlier scheme may be of several persons. */
export async function listByOldNumber(tx: Tx, number: string) {
  return tx.prepared<{ personId: PersonId }>(
    'register.by-old-number',
    `select person_id as "personId" from register.old_number where value = $1
     order by person_id limit 20`,
    [number],
  )
}

/** Published: who stands for a person, themself where they were not merged into another. */
export async function survivorOf(tx: Tx, person: string, today: PlainDay): Promise<PersonId> {
  const personId = person as PersonId
  return (await survivorsOf(tx, [personId], today)).get(personId) ?? personId
}

/** For those who were merged, the person who stands for them; the others are not in the answer. */
export async function survivorsOf(
  tx: Tx,
  personIds: readonly PersonId[],
  today: PlainDay,
): Promise<ReadonlyMap<PersonId, PersonId>> {
  const last = new Map<PersonId, PersonId>()
  let asked: readonly PersonId[] = personIds
  for (let turn = 0; turn < CHAIN_MOST && asked.length > 0; turn++) {
    const rows = await tx.prepared<{ personId: PersonId; into: PersonId }>(
      'register.merged-into',
      `select person_id as "personId", value ->> 'into' as into from register.fact
       where person_id = any($1::uuid[]) and kind = 'merged' and superseded_at is null
         and valid @> $2::date`,
      [asked, today],
    )
    const next = new Map(rows.map((row) => [row.personId, row.into]))
    for (const personId of personIds) {
      const into = next.get(last.get(personId) ?? personId)
      if (into !== undefined) last.set(personId, into)
    }
    asked = [...new Set(next.values())]
  }
  return last
}

export interface Claimed {
  readonly personId: string
  readonly number: string
}

export function claim(
  tx: Tx,
  wishes: readonly NumberWish[],
  tries: readonly (readonly string[])[],
): Promise<Claimed[]> {
  return tx.prepared<Claimed>(
    'register.numbers-claim',
    `insert into register.number (number, person_id)
     select number, person_id from (
       select distinct on (t.person_id) t.number, t.person_id
       from unnest($1::text[], $2::uuid[]) with ordinality as t (number, person_id, turn)
       where not exists (select from register.number n where n.number = t.number)
       order by t.person_id, t.turn) c
     order by number
     on conflict (number) do nothing
     returning number, person_id as "personId"`,
    [tries.flat(), tries.flatMap((list, at) => list.map(() => wishes[at]?.personId))],
  )
}

/** Published: those who were merged into a person, and those who had been merged into them. */
export async function duplicatesOf(tx: Tx, person: string, today: PlainDay): Promise<PersonId[]> {
  const rows = await tx.prepared<{ personId: PersonId }>(
    'register.duplicates-of',
    `with recursive merged (person_id, step) as (
       select $1::uuid, 0
       union
       select d.person_id, merged.step + 1 from merged
       join register.duplicate d on d.survivor_id = merged.person_id
       join register.fact f on f.person_id = d.person_id and f.kind = 'merged'
         and f.superseded_at is null and f.valid @> $2::date
         and f.value ->> 'into' = d.survivor_id::text
       where merged.step < $3
     )
     select distinct person_id as "personId" from merged where step > 0 limit $4`,
    [person, today, CHAIN_MOST, DUPLICATES_MOST],
  )
  return rows.map((row) => row.personId)
}
