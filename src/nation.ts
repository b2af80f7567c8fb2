import { parseArgs } from 'node:util'
import pg from 'pg'
import {
  type Foundation,
  findNation,
  foundNation,
  type Nation,
  openFoundation,
  openKernel,
} from './house.ts'
import { type Config, isLoopback } from './kernel/config.ts'
import { type DemonstrationPlan, type Kernel, Refusal } from './kernel/index.ts'
import { dropSchemas } from './kernel/migrate.ts'
import { StartRefused } from './kernel/postgres.ts'
import type { Profile } from './kernel/profile.ts'
import { operatorOf } from './operator.ts'
import { findProfile, PROFILES } from './profiles.ts'
import { countPersons } from './register/index.ts'
import { ROOMS } from './rooms.ts'

/** What a first start makes. */
export const FIRST_PLAN: DemonstrationPlan = { persons: 20_000, seed: 'goc' }
const PERSONS_most = 20_000_000

/** The nation of the database; a database without one becomes a demonstration of the first profile. */
export async function openNation(foundation: Foundation): Promise<Kernel> {
  const before = await findNation(foundation)
  if (before?.demonstration !== false) refuseExposed(foundation.config)
  const nation = before ?? (await foundDemonstration(foundation))
  const kernel = openKernel(foundation, nation)
  if (nation.demonstration) await demonstrate(foundation, kernel, FIRST_PLAN)
  return kernel
}

/**
 * A demonstration lets anyone be anyone, so it listens on this machine alone and keeps its people in
 * a database on this machine (docs/adr/0004).
 */
function refuseExposed({ host, databaseUrl }: Config): void {
  const database = databaseUrl === null ? '' : new URL(databaseUrl).hostname
  const isLocal = database === '' || isLoopback(database.replace(/^\[|\]$/g, ''))
  if (!isLoopback(host) || !isLocal) throw new StartRefused('demonstration-exposed')
}

async function foundDemonstration(foundation: Foundation, id?: string): Promise<Nation> {
  const nation = { profile: profileOf(id), demonstration: true }
  await foundNation(foundation, nation)
  return nation
}

function profileOf(id?: string): Profile {
  const profile = id === undefined ? PROFILES[0] : findProfile(id)
  if (profile !== undefined) return profile
  const known = PROFILES.map((one) => one.id).join(', ')
  throw new Refusal('request.invalid', { field: '--profile', expected: known })
}

/** `goc found`: an empty real nation. From then on its profile is fixed and nobody is invented. */
export async function foundRealNation(config: Config, args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { profile: { type: 'string' } } })
  if (values.profile === undefined) profileOf('')
  const profile = profileOf(values.profile)
  const foundation = await openFoundation(config, true)
  try {
    if ((await findNation(foundation)) !== null) throw new Refusal('nation.exists')
    await foundNation(foundation, { profile, demonstration: false })
    return 0
  } finally {
    await foundation.close()
  }
}

/** Each room adds its part, and leaves alone what is there already. */
async function demonstrate(foundation: Foundation, kernel: Kernel, plan: DemonstrationPlan) {
  const operator = operatorOf(foundation, kernel)
  for (const room of ROOMS) await room.demonstrate?.(operator, plan)
}

/** `goc nation`: a synthetic population of any size, in a database that has none. */
export async function makeNation(config: Config, args: readonly string[]): Promise<number> {
  const options = {
    persons: { type: 'string' },
    seed: { type: 'string', default: FIRST_PLAN.seed },
    profile: { type: 'string' },
  } as const
  const { values } = parseArgs({ args: [...args], options })
  const persons = Number(values.persons)
  if (!Number.isInteger(persons) || persons < 1 || persons > PERSONS_most) {
    const expected = `a whole number from 1 to ${PERSONS_most}`
    throw new Refusal('request.invalid', { field: '--persons', expected })
  }
  const foundation = await openFoundation(config, true)
  try {
    const before = await findNation(foundation)
    const kernel = openKernel(
      foundation,
      before ?? (await foundDemonstration(foundation, values.profile)),
    )
    try {
      const held = await kernel.database.transaction((tx) => countPersons(tx))
      if (held > 0 || !kernel.demonstration) throw new Refusal('nation.exists')
      await demonstrate(foundation, kernel, { persons, seed: values.seed })
      return 0
    } finally {
      await kernel.database.end()
    }
  } finally {
    await foundation.close()
  }
}

/** `goc reset --demo`: a demonstration nation is thrown away; a real one never is. */
export async function resetDemonstration(config: Config, args: readonly string[]): Promise<number> {
  if (args[0] !== '--demo' || args.length !== 1) {
    throw new Refusal('request.invalid', { field: '--demo', expected: 'goc reset --demo' })
  }
  // Not shared: a program that still works on the data is told first.
  const foundation = await openFoundation(config, false)
  try {
    const nation = await findNation(foundation)
    if (nation === null) throw new Refusal('nation.none')
    if (!nation.demonstration) throw new Refusal('nation.not-demonstration')
    const client = new pg.Client(foundation.connection())
    await client.connect()
    try {
      await dropSchemas(client, ROOMS)
    } finally {
      await client.end()
    }
    return 0
  } finally {
    await foundation.close()
  }
}
