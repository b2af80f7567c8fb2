import type { PlainDay, Tx } from '../../kernel/index.ts'

/** Somebody of a synthetic nation, as the register holds them. */
export interface Somebody {
  readonly personId: string
  readonly name: string
  readonly birthdate: string
  readonly sex: string
  readonly number: string
  readonly unit: string
}

export interface SomebodyWish {
  readonly day: PlainDay
  readonly limit: number
  /** Whose people come first, before the others. */
  readonly first: readonly string[]
  readonly then: readonly string[]
}

/** Some living people whose record says all that is compared; the same ones each time. */
export async function listSomebodies(
  tx: Tx,
  { day, limit, first, then }: SomebodyWish,
): Promise<Somebody[]> {
  return tx.query<Somebody>(
    `select n.person_id as "personId", n.value ->> 'full' as name, b.value ->> 'on' as birthdate,
       s.value #>> '{}' as sex, i.value #>> '{}' as number, p.value ->> 'unit' as unit
     from register.believed n
     join register.believed b on b.person_id = n.person_id and b.kind = 'birth'
     join register.believed s on s.person_id = n.person_id and s.kind = 'sex'
     join register.believed i on i.person_id = n.person_id and i.kind = 'number'
     join register.believed p on p.person_id = n.person_id and p.kind = 'permanent'
     where n.kind = 'name' and n.valid @> $1::date and i.valid @> $1::date and p.valid @> $1::date
       and length(b.value ->> 'on') = 10
       and not exists (select from register.believed d where d.person_id = n.person_id
         and d.kind in ('death', 'merged', 'protected'))
     order by p.value ->> 'unit' = any($3::text[]) desc, p.value ->> 'unit' = any($4::text[]) desc,
       n.person_id
     limit $2`,
    [day, limit, first, then],
  )
}

export async function hasCases(tx: Tx): Promise<boolean> {
  const rows = await tx.query('select from linkage.review_case limit 1')
  return rows.length > 0
}

/** Open cases, with what the demonstration knows of them. */
export async function listOpenCases(
  tx: Tx,
): Promise<readonly { readonly caseId: string; readonly rowRef: string }[]> {
  return tx.query(
    `select case_id as "caseId", row_ref as "rowRef" from linkage.review_case
     where status = 'open' order by case_id`,
  )
}
