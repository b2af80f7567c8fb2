import path from 'node:path'
import pg from 'pg'
import { profile } from '../profiles/vn/index.ts'
import { type Foundation, foundNation, openFoundation, openKernel } from '../src/house.ts'
import { readConfig } from '../src/kernel/config.ts'
import type { Kernel, Operator } from '../src/kernel/index.ts'
import { operatorOf } from '../src/operator.ts'
import { room as register } from '../src/register/index.ts'
import { SMOKE } from './bench.ts'

/** A database for benches beside the product's own, with the same server settings. */
export interface BenchHouse {
  readonly foundation: Foundation
  readonly kernel: Kernel
  readonly operator: Operator
  /** A connection as the owner; the caller ends it. */
  owner(): Promise<pg.Client>
  close(): Promise<void>
}

/**
 * Opens `GOC_DATA/bench/<name>`, making an empty nation there the first time. A bench that needs a
 * million persons names its house after them and finds them again at its next run.
 */
export async function openBenchHouse(name: string): Promise<BenchHouse> {
  const { dataDir } = readConfig(process.env)
  const config = readConfig({
    ...process.env,
    DATABASE_URL: '',
    GOC_KEYS: '',
    GOC_DATA: path.join(dataDir, SMOKE ? 'bench-smoke' : 'bench', name),
    GOC_LOG: 'error',
  })
  const foundation = await openFoundation(config, false)
  const owner = async () => {
    const client = new pg.Client(foundation.connection())
    await client.connect()
    return client
  }
  const client = await owner()
  const { rowCount } = await client.query('select from kernel.nation')
  await client.end()
  const nation = { profile, demonstration: true }
  if (rowCount === 0) await foundNation(foundation, nation)
  const kernel = openKernel(foundation, nation)
  return {
    foundation,
    kernel,
    operator: operatorOf(foundation, kernel),
    owner,
    async close() {
      await kernel.database.end()
      await foundation.close()
    },
  }
}

/** A pool of a bench's own, which another may find still closing when the server is told to end. */
export function openPool(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool(config)
  pool.on('error', () => {})
  return pool
}

/** A house with so many persons, made at its first use and found again at the next. */
export async function openPopulated(
  name: string,
  persons: number,
  say: (line: string) => void,
): Promise<BenchHouse> {
  const house = await openBenchHouse(name)
  const client = await house.owner()
  try {
    const { rows } = await client.query('select from register.person limit 1')
    if (rows.length > 0) return house
    say(`makes a nation of ${persons} persons`)
    await register.demonstrate?.(house.operator, { persons, seed: name })
    await client.query('vacuum (analyze)')
    return house
  } finally {
    await client.end()
  }
}
