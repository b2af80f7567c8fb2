import { parentPort, workerData } from 'node:worker_threads'
import type { Profile } from '../../kernel/profile.ts'
import { type Candidate, findCandidate } from './candidate.ts'
import { Encoder } from './encode.ts'
import { makePart } from './part.ts'
import { type NationRequest, planNation } from './plan.ts'
import { tellPart } from './tell.ts'
import { Texts } from './telling.ts'

/** What the thread is started with. */
export interface GeneratorData {
  /** Address of the profile's module. */
  readonly profile: string
  readonly request: NationRequest
}

/** The rows of one part, a buffer a table. */
export interface PartRows {
  readonly part: number
  readonly persons: number
  readonly households: number
  readonly tables: readonly {
    readonly buffer: ArrayBuffer
    readonly length: number
    readonly rows: number
  }[]
  readonly candidate: Candidate | null
}

/** The loader asks for the next part, and gives back buffers it has sent. */
export interface NextPart {
  readonly part: number
  readonly buffers: readonly ArrayBuffer[]
}

const port = parentPort
if (port === null) throw new Error('the generator runs as a thread of the loader')
const { profile: address, request } = workerData as GeneratorData
const { profile } = (await import(address)) as { profile: Profile }
const plan = planNation(profile, request)
const texts = new Texts(plan)

port.on('message', ({ part: index, buffers }: NextPart) => {
  const part = plan.parts[index]
  if (part === undefined) {
    port.close()
    return
  }
  const made = makePart(plan, part)
  const encoder = new Encoder(made, buffers)
  tellPart(made, texts, encoder)
  const tables = encoder.pages.map((page) => ({ rows: page.rows, ...page.end() }))
  const rows: PartRows = {
    part: index,
    persons: part.persons,
    households: made.households.count,
    tables,
    candidate: findCandidate(made),
  }
  port.postMessage(
    rows,
    tables.map(({ buffer }) => buffer),
  )
})
