import type { PlainDay, Tx } from '../../kernel/index.ts'
import type { Within } from '../area.ts'
import type { Birth, Death, FactKind, PersonId, Residence, UnitId } from '../types.ts'
import { unitsOf } from '../unit/units.ts'
import { survivorsOf } from './find.ts'
import { type NumberState, stateOf } from './rules.ts'

/** A name believed of some days. */
export interface HeldName {
  readonly full: string
  readonly from: PlainDay
  readonly to: PlainDay | null
}

/** What a number as claimed leads to: what is believed today, and the names of any day. */
export interface Identity {
  /** As it was claimed. */
  readonly number: string
  /** Whose record stands for the number's bearer: the survivor, where it was merged. */
  readonly personId: PersonId
  readonly state: NumberState
  readonly isDuplicate: boolean
  readonly names: readonly HeldName[]
  readonly birth: Birth | null
  readonly sex: string | null
  readonly ethnicity: string | null
  readonly marital: string | null
  readonly nationalities: readonly string[]
  readonly oldNumbers: readonly string[]
  readonly residence: Residence | null
  /** Units of the permanent residence, up to 'nation'; empty where there is none. */
  readonly area: readonly UnitId[]
  readonly death: Death | null
  readonly isProtected: boolean
}

type Row = readonly [
  kind: FactKind,
  key: string,
  value: unknown,
  from: PlainDay,
  to: PlainDay | null,
]

interface Read {
  readonly at: number
  readonly personId: PersonId
  readonly facts: readonly Row[] | null
}

/**
 * Reads who bears each of many numbers, in their order; null where nobody ever did. One statement
 * for all, and another only for those that were merged.
 */
export async function readIdentities(
  within: Within,
  numbers: readonly string[],
): Promise<readonly (Identity | null)[]> {
  const { tx, today } = within
  const [reads, directory] = await Promise.all([
    tx.prepared<Read>(
      'register.identities',
      `select q.at::int as at, n.person_id as "personId", ${FACTS} as facts
       from unnest($1::text[]) with ordinality as q (number, at)
       join register.number n using (number)`,
      [numbers, today],
    ),
    unitsOf(within),
  ])
  const survivors = await readSurvivors(tx, reads, today)
  const identities: (Identity | null)[] = numbers.map(() => null)
  for (const { at, personId, facts } of reads) {
    const number = numbers[at - 1] ?? ''
    const survivor = survivors.get(personId)
    const own = facts ?? []
    const identity = identityOf(survivor?.facts ?? own)
    identities[at - 1] = {
      ...identity,
      number,
      personId: survivor?.personId ?? personId,
      state: stateOf(number, own.filter(isNumber).map(spanOf), today),
      isDuplicate: survivor !== undefined,
      area: identity.residence === null ? [] : directory.pathOf(identity.residence.unit, today),
    }
  }
  return identities
}

/** As json, not jsonb: nothing looks into it here, and it is made at two thirds of the cost. */
const FACTS = `(select json_agg(json_build_array(f.kind, f.key, f.value, lower(f.valid),
    upper(f.valid)))
  from register.fact f
  where f.person_id = n.person_id and f.superseded_at is null
    and f.kind = any('{name,number,birth,sex,ethnicity,marital,nationality,old-number,permanent,death,merged,protected}')
    and (f.valid @> $2::date or f.kind in ('name', 'number')))`

async function readSurvivors(
  tx: Tx,
  reads: readonly Read[],
  today: PlainDay,
): Promise<ReadonlyMap<PersonId, { personId: PersonId; facts: readonly Row[] }>> {
  const merged = reads.filter(({ facts }) => facts?.some(([kind]) => kind === 'merged') === true)
  if (merged.length === 0) return new Map()
  const last = await survivorsOf(
    tx,
    merged.map((read) => read.personId),
    today,
  )
  const rows = await tx.prepared<{ personId: PersonId; facts: readonly Row[] | null }>(
    'register.identities-by-person',
    `select n.person_id as "personId", ${FACTS} as facts
     from unnest($1::uuid[]) as n (person_id)`,
    [[...new Set(last.values())], today],
  )
  const facts = new Map(rows.map((row) => [row.personId, row.facts ?? []]))
  return new Map(
    [...last].map(([from, into]) => [from, { personId: into, facts: facts.get(into) ?? [] }]),
  )
}

const isNumber = ([kind]: Row): boolean => kind === 'number'
const spanOf = ([, , value, from, to]: Row) => ({ value, from, to })

function identityOf(facts: readonly Row[]) {
  const one = <Value>(kind: FactKind): Value | null =>
    (facts.find((fact) => fact[0] === kind)?.[2] as Value | undefined) ?? null
  const keys = (kind: FactKind) => facts.filter((fact) => fact[0] === kind).map((fact) => fact[1])
  const names = facts
    .filter((fact) => fact[0] === 'name')
    .map(([, , value, from, to]) => ({ full: (value as { full: string }).full, from, to }))
    .sort((a, b) => (a.from < b.from ? -1 : 1))
  return {
    names,
    birth: one<Birth>('birth'),
    sex: one<string>('sex'),
    ethnicity: one<string>('ethnicity'),
    marital: one<string>('marital'),
    nationalities: keys('nationality'),
    oldNumbers: keys('old-number'),
    residence: one<Residence>('permanent'),
    death: one<Death>('death'),
    isProtected: one('protected') !== null,
  }
}
