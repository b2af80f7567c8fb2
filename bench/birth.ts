import { randomInt } from 'node:crypto'
import type pg from 'pg'
import { addDays, dayOf, execute, type Kernel, SYSTEM, uuidv7 } from '../src/kernel/index.ts'
import { registerBirth } from '../src/register/person/birth.ts'
import { alternate, type Bench, sized } from './bench.ts'
import { type BenchHouse, openPool, openPopulated } from './house.ts'

const CONNECTIONS = 8
const SECONDS = sized(3, 0.3)
const PERSONS = sized(20_000, 5_000)

/** A couple with a household of its own, as the register knows them. */
interface Couple {
  readonly mother: string
  readonly father: string
  readonly motherId: string
  readonly fatherId: string
  readonly unit: string
  readonly household: string
}

/**
 * A birth act (person, kinship on three records, household, number, audit event, outbox facts)
 * beside the same rows into the same keyed tables: one statement each, one transaction, no reads.
 */
export const birthBench: Bench = {
  name: 'birth',
  async run(say) {
    const house = await openPopulated('birth', PERSONS, say)
    const pool = openPool({ ...house.foundation.connection('goc_app'), max: CONNECTIONS })
    try {
      const couples = await couplesOf(house)
      const next = () => couples[randomInt(couples.length)] as Couple
      const figure = await alternate({
        name: `birth acts, ${CONNECTIONS} connections`,
        unit: '/s',
        moreIsBetter: true,
        limitIs: 'the same rows, one statement each',
        goalShare: 0.5,
        limit: () => rate(() => bareBirth(pool, next())),
        ours: () => rate(() => birthAct(house.kernel, next())),
      })
      return [figure]
    } finally {
      await pool.end()
      await house.close()
    }
  },
}

/** How often a thing is done in a second, by so many at once. */
async function rate(once: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  const end = started + SECONDS * 1000
  let done = 0
  const one = async () => {
    while (performance.now() < end) {
      await once()
      done += 1
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, one))
  return (done * 1000) / (performance.now() - started)
}

async function couplesOf(house: BenchHouse): Promise<Couple[]> {
  const client = await house.owner()
  try {
    const { rows: found } = await client.query<Couple>(COUPLES)
    const rows = found.filter(({ father }) => father !== null)
    if (rows.length < 100) throw new Error(`only ${rows.length} couples were found`)
    return rows
  } finally {
    await client.end()
  }
}

/** Women of a sample with all that is asked of them: each look-up goes through the facts' key. */
const COUPLES = `
  with w as materialized (
    select person_id from register.fact
    where kind = 'sex' and value = '"female"' and superseded_at is null order by person_id limit 6000
  ), one as (
    select person_id,
      (select value from register.fact f where f.person_id = w.person_id and kind = 'birth'
        and superseded_at is null limit 1) ->> 'on' as born,
      (select value from register.fact f where f.person_id = w.person_id and kind = 'spouse'
        and superseded_at is null and valid @> current_date limit 1) ->> 'person' as spouse,
      (select value from register.fact f where f.person_id = w.person_id and kind = 'number'
        and superseded_at is null and valid @> current_date limit 1) #>> '{}' as number,
      (select value from register.fact f where f.person_id = w.person_id and kind = 'permanent'
        and superseded_at is null and valid @> current_date limit 1) ->> 'unit' as unit,
      (select value from register.fact f where f.person_id = w.person_id and kind = 'household'
        and superseded_at is null and valid @> current_date limit 1) ->> 'household' as household
    from w
  )
  select one.number as mother, one.person_id as "motherId", one.spouse as "fatherId", one.unit,
    one.household,
    (select value from register.fact f where f.person_id = one.spouse::uuid and kind = 'number'
      and superseded_at is null and valid @> current_date limit 1) #>> '{}' as father
  from one join register.unit u on u.unit_id = one.unit and u.valid @> daterange(current_date - 60, null)
  where left(born, 4)::int between extract(year from current_date) - 40 and extract(year from current_date) - 24
    and spouse is not null and number is not null and household is not null
    and (select left(value ->> 'on', 4)::int from register.fact f where f.person_id = one.spouse::uuid
      and kind = 'birth' and superseded_at is null limit 1) <= extract(year from current_date) - 24
    and not exists (select from register.fact f where f.person_id = one.spouse::uuid
      and kind = 'death' and superseded_at is null)`

async function birthAct(kernel: Kernel, couple: Couple): Promise<void> {
  const today = dayOf(kernel.now(), kernel.profile.timeZone)
  const place = { unit: couple.unit }
  const input = {
    act: { kind: 'declaration', document: 'KS 1/2026', decidedOn: today },
    name: childName(),
    birth: { on: addDays(today, -randomInt(60)), place, registered: place, native: place },
    sex: randomInt(2) === 0 ? 'female' : 'male',
    nationalities: ['VNM'],
    ethnicity: '01',
    mother: { number: couple.mother },
    father: { number: couple.father },
    household: { of: 'mother', relation: 'child' },
  }
  await execute(registerBirth, input, { kernel, actor: SYSTEM, key: uuidv7() })
}

const SYLLABLES =
  'An Bình Châu Chi Dung Duy Giang Hà Hân Hoa Khánh Khôi Lan Linh Mai Minh Nga Nhi Phúc Quân Sơn Tâm Thư Trang Tú Vy'.split(
    ' ',
  )
/** Three syllables of 26: a mother's children of one day are not taken for the same child. */
const childName = () =>
  ['Nguyễn', 1, 2, 3]
    .map((part) => (part === 'Nguyễn' ? part : SYLLABLES[randomInt(SYLLABLES.length)]))
    .join(' ')

const FACT = `insert into register.fact (person_id, kind, key, valid, value, act_id, recorded_at)
  values ($1, $2, $3, daterange($4::date, null), $5, $6, now())`

/** The rows one act leaves behind, each sent and waited for by itself. */
async function bareBirth(pool: pg.Pool, couple: Couple): Promise<void> {
  const [act, child] = [uuidv7(), uuidv7()]
  const today = new Date().toISOString().slice(0, 10)
  const number = `9${String(randomInt(1e11)).padStart(11, '0')}`
  const place = { unit: couple.unit }
  const facts: readonly (readonly [string, string, string, unknown])[] = [
    [child, 'name', '', { full: 'Nguyễn Thị Bình An' }],
    [child, 'birth', '', { on: today, place, registered: place, native: place }],
    [child, 'sex', '', 'female'],
    [child, 'nationality', 'VNM', 'VNM'],
    [child, 'ethnicity', '', '01'],
    [child, 'number', '', number],
    [child, 'parent', 'mother', { person: couple.motherId }],
    [child, 'parent', 'father', { person: couple.fatherId }],
    [child, 'household', '', { household: couple.household, relation: 'child' }],
    [child, 'permanent', '', { unit: couple.unit }],
    [couple.motherId, 'child', child, { person: child }],
    [couple.fatherId, 'child', child, { person: child }],
  ]
  const client = await pool.connect()
  const send = (name: string, text: string, values: unknown[]) =>
    client.query({ name, text, values })
  try {
    await client.query('begin')
    await send(
      'act',
      `insert into register.act (act_id, kind, document, decided_on, body, unit_id, legal_basis,
         actor_id, note, recorded_at) values ($1, 'declaration', 'KS 1/2026', $2, 'Gốc', null, 'register.civil-registration', $3, null, now())`,
      [act, today, SYSTEM.id],
    )
    await send('person', 'insert into register.person values ($1, $2, now())', [child, act])
    await send('number', 'insert into register.number values ($1, $2)', [number, child])
    for (const [person, kind, key, value] of facts) {
      await send('fact', FACT, [person, kind, key, today, JSON.stringify(value), act])
    }
    await send('member', 'insert into register.member values ($1, $2)', [couple.household, child])
    await send('search', 'insert into register.search values ($1, $2)', [
      child,
      ['an', 'binh', 'nguyen', 'thi', `y${today.slice(0, 4)}`, `u${couple.unit}`],
    ])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}
