import { Worker } from 'node:worker_threads'
import type pg from 'pg'
import type { Profile } from '../../kernel/profile.ts'
import type { Candidate } from './candidate.ts'
import { TABLES } from './encode.ts'
import type { GeneratorData, NextPart, PartRows } from './generator.ts'
import { type NationRequest, type Plan, planNation } from './plan.ts'
import { copy, insertActs } from './store.ts'

/** Parts made ahead of the one that is being stored. */
const AHEAD = 2

export interface Loaded {
  readonly persons: number
  readonly households: number
  readonly facts: number
  readonly citizen: Candidate | null
}

export interface Loading {
  readonly profile: Profile
  readonly request: NationRequest
  /** A connection of the owner's, in a transaction. */
  readonly client: pg.Client
  readonly actorId: string
  readonly signal: AbortSignal
  /** Persons stored so far. */
  onProgress(persons: number): void
}

/** Makes a nation in a thread of its own and stores it in the client's transaction. */
export async function loadNation(loading: Loading): Promise<Loaded> {
  const { profile, request, client } = loading
  const plan = planNation(profile, request)
  await insertActs(client, plan, loading.actorId)
  const data: GeneratorData = {
    profile: new URL(`../../../profiles/${profile.id}/index.ts`, import.meta.url).href,
    request,
  }
  const worker = new Worker(new URL('./generator.ts', import.meta.url), { workerData: data })
  try {
    return await store(loading, plan, worker)
  } finally {
    await worker.terminate()
  }
}

async function store(loading: Loading, plan: Plan, worker: Worker): Promise<Loaded> {
  const parts = receiver(worker)
  let asked = 0
  const ask = (buffers: readonly ArrayBuffer[]): void => {
    if (asked >= plan.parts.length) return
    const next: NextPart = { part: asked++, buffers }
    worker.postMessage(next, [...buffers])
  }
  for (let ahead = 0; ahead < AHEAD; ahead++) ask([])
  const loaded = { persons: 0, households: 0, facts: 0, citizen: null as Candidate | null }
  for (let stored = 0; stored < plan.parts.length; stored++) {
    const rows = await parts.next()
    loading.signal.throwIfAborted()
    for (const [table, { buffer, length, rows: count }] of rows.tables.entries()) {
      if (count > 0) await copy(loading.client, TABLES[table] ?? '', Buffer.from(buffer, 0, length))
    }
    loaded.persons += rows.persons
    loaded.households += rows.tables[3]?.rows ?? 0
    loaded.facts += rows.tables[0]?.rows ?? 0
    if ((rows.candidate?.score ?? 0) > (loaded.citizen?.score ?? 0)) loaded.citizen = rows.candidate
    ask(rows.tables.map(({ buffer }) => buffer))
    loading.onProgress(loaded.persons)
  }
  return loaded
}

/** Parts in the order they were asked for. */
function receiver(worker: Worker): { next(): Promise<PartRows> } {
  const came: PartRows[] = []
  let failure: unknown
  let wake: (() => void) | undefined
  worker.on('message', (rows: PartRows) => {
    came.push(rows)
    wake?.()
  })
  worker.on('error', (error) => {
    failure = error
    wake?.()
  })
  return {
    async next() {
      for (;;) {
        if (failure !== undefined) throw failure
        const rows = came.shift()
        if (rows !== undefined) return rows
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
  }
}
