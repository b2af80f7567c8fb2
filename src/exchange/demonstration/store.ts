import type { Tx } from '../../kernel/index.ts'

/** An invented person as an agency might know them: what a call is tried with. */
export interface Sample {
  readonly number: string
  readonly name: string
  readonly birthdate: string
  readonly sex: 'male' | 'female'
}

export interface SampleRow extends Sample {
  readonly personId: string
}

/**
 * Living adults whose day of birth is known: those who have an account first, then others in the
 * order of their numbers.
 */
export async function findSamples(tx: Tx, limit: number): Promise<SampleRow[]> {
  return tx.query<SampleRow>(
    `with who as (
       (select person_id, 0 as at from kernel.actor
        where kind = 'citizen' and person_id is not null order by made_at limit $1)
       union all
       (select person_id, 1 from register.bearer order by number limit 10 * $1)
     )
     select own.value #>> '{}' as number, own.person_id as "personId",
       name.value ->> 'full' as name, birth.value ->> 'on' as birthdate,
       sex.value #>> '{}' as sex
     from (select person_id, min(at) as at from who group by 1) w
     join register.believed own on own.person_id = w.person_id and own.kind = 'number' and upper_inf(own.valid)
     join register.believed name on name.person_id = w.person_id and name.kind = 'name' and upper_inf(name.valid)
     join register.believed birth on birth.person_id = w.person_id and birth.kind = 'birth'
     join register.believed sex on sex.person_id = w.person_id and sex.kind = 'sex' and upper_inf(sex.valid)
     where birth.value ->> 'on' between '1930-01-01' and '2005-12-31'
       and birth.value ->> 'on' ~ '^\\d{4}-\\d{2}-\\d{2}$'
       and not exists (select from register.believed f where f.person_id = w.person_id
         and f.kind in ('death', 'merged', 'protected'))
     order by w.at, number limit $1`,
    [limit],
  )
}

/** Whether the file is of this nation, and not of one that was thrown away. */
export async function isOfThisNation(tx: Tx, sample: Sample): Promise<boolean> {
  const rows = await tx.query('select from register.bearer where number = $1', [sample.number])
  return rows.length === 1
}

/** Nothing has been asked by any agency yet. */
export async function isUnused(tx: Tx): Promise<boolean> {
  const rows = await tx.query('select from exchange.usage limit 1')
  return rows.length === 0
}
