import type pg from 'pg'

/** Reads of one moment, however many: what others commit meanwhile is not seen. */
export async function inOneMoment<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  await client.query('begin isolation level repeatable read read only')
  const done = await work()
  await client.query('commit')
  return done
}
