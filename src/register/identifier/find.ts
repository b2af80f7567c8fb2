import { type PlainDay, Refusal, type Tx } from '../../kernel/index.ts'
import type { Within } from '../area.ts'
import type { Fact, PersonId } from '../types.ts'
import { type NumberState, stateOf } from './rules.ts'

/** Merged into one that was merged into one …: a longer chain would be a circle. */
const CHAIN_MOST = 8

/** A person found by a number. */
export interface Found {
  /** Whose number it is. */
  readonly personId: PersonId
  /** Whom the record is read from: the same, unless it was merged into another. */
  readonly survivorId: PersonId
  /** Digits only. */
  readonly number: string
  /** `old`: of an earlier scheme, which several persons may share. */
  readonly state: NumberState | 'old'
}

/**
 * The persons a number, of the current scheme or an older one, was ever given to. Refuses
 * `number.invalid` what is no number; answers none where nobody bears it.
 */
export async function findByNumber(
  { tx, kernel, today }: Within,
  text: string,
): Promise<readonly Found[]> {
  const read = kernel.profile.number.parse(text)
  if (!read.ok) throw new Refusal('number.invalid', { field: 'number', fault: read.fault })
  const { number, scheme } = read
  const bearers =
    scheme === 'number'
      ? await listByNumbers(tx, [number])
      : await tx.prepared<{ personId: PersonId }>(
          'register.by-old-number',
          `select person_id as "personId" from register.old_number where value = $1
           order by person_id limit 20`,
          [number],
        )
  if (bearers.length === 0) return []
  const personIds = bearers.map((bearer) => bearer.personId)
  const [survivors, numbers] = await Promise.all([
    survivorsOf(tx, personIds, today),
    listNumbers(tx, personIds),
  ])
  return personIds.map((personId) => ({
    personId,
    survivorId: survivors.get(personId) ?? personId,
    number,
    state:
      scheme === 'number'
        ? stateOf(
            number,
            numbers.filter((row) => row.personId === personId),
            today,
          )
        : 'old',
  }))
}

export async function listByNumbers(tx: Tx, numbers: readonly string[]) {
  return tx.prepared<{ number: string; personId: PersonId }>(
    'register.by-numbers',
    `select number, person_id as "personId" from register.number where number = any($1::text[])`,
    [numbers],
  )
}

function listNumbers(tx: Tx, personIds: readonly PersonId[]) {
  return tx.prepared<Pick<Fact, 'value' | 'from' | 'to'> & { readonly personId: PersonId }>(
    'register.numbers-of',
    `select person_id as "personId", value, lower(valid) as "from", upper(valid) as "to"
     from register.fact
     where person_id = any($1::uuid[]) and kind = 'number' and superseded_at is null`,
    [personIds],
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
