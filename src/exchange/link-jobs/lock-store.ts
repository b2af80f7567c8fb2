import type pg from 'pg'

/** First half of the session lock on one agency's file; the other half is of the agency. */
const FILE_LOCK = 4108

/** Takes the lock on an agency's files for the life of a connection; false: another has it. */
export async function takeAgency(connection: pg.Client, agencyId: string): Promise<boolean> {
  const { rows } = await connection.query<{ got: boolean }>(
    'select pg_try_advisory_lock($1, hashtext($2)) as got',
    [FILE_LOCK, agencyId],
  )
  return rows[0]?.got === true
}
