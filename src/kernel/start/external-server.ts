import pg from 'pg'
import { errorCode, StartRefused } from './refused.ts'
import { SERVER_MAJOR } from './server-data.ts'

const ANSWERS_WITHIN_ms = 10_000

/**
 * Asks a server of the operator's whether it is there and new enough.
 * @throws StartRefused `database-unreachable` or `database-too-old`
 */
export async function checkServer(databaseUrl: string): Promise<void> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: ANSWERS_WITHIN_ms,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ server_version: string }>('show server_version')
    const found = rows[0]?.server_version ?? ''
    if (Number.parseInt(found, 10) < SERVER_MAJOR) {
      throw new StartRefused('database-too-old', { found, needed: SERVER_MAJOR })
    }
  } catch (error) {
    if (error instanceof StartRefused) throw error
    // The user's name and password stay out of the line.
    const { host, pathname } = new URL(databaseUrl)
    const code = errorCode(error) || (error instanceof Error ? error.message : '')
    throw new StartRefused('database-unreachable', { server: `${host}${pathname}`, code })
  } finally {
    await client.end().catch(() => {})
  }
}
