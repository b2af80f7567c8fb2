import type pg from 'pg'
import {
  type DemonstrationPlan,
  OPERATOR,
  type Operator,
  Refusal,
  type Translator,
  todayOf,
} from '../../kernel/index.ts'
import { speaker } from '../import/speak.ts'
import { countPersons } from '../store.ts'
import { ensureUnits } from '../unit/seed.ts'
import { ensureAccounts } from './accounts.ts'
import { type Loaded, loadNation } from './load.ts'
import { type NationRequest, planNation } from './plan.ts'
import { cancelBackend, finish, insertNation, inTransaction, prepare } from './store.ts'

/** What a nation was made of, and how long each step took. */
export interface MadeNation extends Loaded {
  readonly seconds: { readonly load: number; readonly index: number; readonly total: number }
}

/**
 * The register's part of a demonstration nation: people, and accounts to look at them with. What is
 * there already is left alone.
 */
export async function demonstrateRegister(
  operator: Operator,
  plan: DemonstrationPlan,
): Promise<void> {
  const { kernel } = operator
  await ensureUnits(kernel)
  const held = await kernel.database.transaction((tx) => countPersons(tx))
  if (held === 0) await makeNation(operator, plan)
  await ensureAccounts(kernel)
}

/**
 * Makes a synthetic nation in one transaction: either all of it is there afterwards, or nothing.
 *
 * @throws Refusal `nation.exists` when somebody is in the register, `nation.cancelled` when the
 * operator stopped it, `request.invalid` when the profile's numbers do not reach for so many
 */
export async function makeNation(operator: Operator, plan: NationRequest): Promise<MadeNation> {
  const { kernel, signal } = operator
  const t = speaker(kernel)
  const request = requestOf(operator, plan)
  const client = await operator.owner()
  // A server that ends takes the connection with it; the statement under way says so.
  client.on('error', () => {})
  const cancel = cancelling(operator, client)
  signal.addEventListener('abort', cancel)
  try {
    const made = await storeNation(operator, client, { plan: request, t })
    const { persons, households, facts, seconds } = made
    operator.print(
      t('register.nation.made', { persons, households, facts, seconds: Math.round(seconds.total) }),
    )
    return made
  } catch (error) {
    if (signal.aborted) throw new Refusal('nation.cancelled')
    throw error
  } finally {
    signal.removeEventListener('abort', cancel)
    await client.end().catch(() => {})
  }
}

/** A nation is true for the day its profile says, unless this machine's clock is behind it. */
function requestOf({ kernel }: Operator, plan: NationRequest): Required<NationRequest> {
  const { profile } = kernel
  const today = todayOf(kernel)
  const asOf = plan.asOf ?? earlier(profile.population.asOf, today)
  const request = { ...plan, asOf }
  try {
    planNation(profile, request)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new Refusal('request.invalid', { field: '--persons', expected: error.message })
  }
  return request
}

const earlier = (a: string, b: string): string => (a < b ? a : b)

/** Building an index does not look at the signal, so the server is told as well. */
function cancelling(operator: Operator, client: pg.Client): () => void {
  return () => {
    const { processID } = client as pg.Client & { processID?: number }
    if (processID === undefined) return
    operator
      .owner()
      .then(async (other) => {
        await cancelBackend(other, processID)
        await other.end()
      })
      .catch(() => {})
  }
}

interface Work {
  readonly plan: Required<NationRequest>
  readonly t: Translator
}

async function storeNation(
  operator: Operator,
  client: pg.Client,
  { plan, t }: Work,
): Promise<MadeNation> {
  const { kernel, signal } = operator
  const start = performance.now()
  const since = (moment: number): number => (performance.now() - moment) / 1000
  const { loaded, load } = await inTransaction(client, async () => {
    const indexes = await prepare(client)
    const loaded = await loadNation({
      profile: kernel.profile,
      request: plan,
      client,
      actorId: OPERATOR.id,
      signal,
      onProgress: (persons) =>
        operator.progress(progressLine(t, { persons, of: plan.persons, seconds: since(start) })),
    })
    const load = since(start)
    await finish(client, indexes, (step, steps) =>
      operator.progress(t('register.nation.finishing', { step: step + 1, steps })),
    )
    await insertNation(client, plan, { profile: kernel.profile.id, citizen: loaded.citizen })
    return { loaded, load }
  })
  const total = since(start)
  return { ...loaded, seconds: { load, index: total - load, total } }
}

interface Progress {
  readonly persons: number
  readonly of: number
  readonly seconds: number
}

function progressLine(t: Translator, { persons, of, seconds }: Progress): string {
  const rate = persons / Math.max(seconds, 0.001)
  const left = Math.ceil((of - persons) / Math.max(rate, 1))
  const share = Math.floor((100 * persons) / of)
  return t('register.nation.progress', { share, persons, rate: Math.round(rate), left })
}
