import { randomBytes } from 'node:crypto'
import { askMany, type Kernel, Refusal } from '../../kernel/index.ts'
import { compareIds, idBytes, idOfPerson, type Matched } from '../../linkage/index.ts'
import type { AgencyClient } from '../agency/directory.ts'
import type { Agreement } from '../types.ts'
import type { Failure } from '../verify/store.ts'
import type { Subject } from './attempts.ts'
import type { Ground } from './ground.ts'
import { checkPart, type PartAsker, type PartWork } from './part.ts'
import type { CheckEvent, Progress } from './progress.ts'
import { type ResultsPlan, resultLines } from './results.ts'
import { type FreshPseudonyms, findPart, findPartEvent } from './store.ts'
import { statusCode } from './tell.ts'

export interface ReleasePlan extends ResultsPlan {
  readonly ground: Ground
  readonly progress: Progress
  readonly client: AgencyClient
  readonly agreement: Agreement
  readonly decisionId: string
  readonly purpose: string
  readonly despite: string | undefined
  /** The MAC by which failures at a subject are stored. */
  macOf(subject: Subject): string
  readonly signal: AbortSignal
  readonly onProgress: (rows: number) => void
}

type Asking = Pick<
  ReleasePlan,
  'client' | 'agreement' | 'decisionId' | 'purpose' | 'despite' | 'progress'
>

/**
 * Gives the results out, a part at a time in the order of the file: each once its event is in the
 * log. False when it was told to stop; the next run goes on behind the last part.
 */
export async function release(kernel: Kernel, plan: ReleasePlan): Promise<boolean> {
  const { progress } = plan
  const { rows } = plan.standard.table
  let part: Part | null = new Part(plan, progress.rows)
  while (progress.rows < rows) {
    const now: Part = part ?? new Part(plan, progress.rows)
    const event = await askPart(kernel, plan, now)
    progress.take(now.bytes, now.rows, event)
    plan.onProgress(now.to)
    if (plan.signal.aborted) return now.to === rows
    part = now.next
  }
  return true
}

/** Tells the log that a file was not answered, as most of it is unknown. */
export async function refuseFile(kernel: Kernel, plan: Asking): Promise<never> {
  await askPart(kernel, plan, null)
  throw new Error('a file of strangers was answered')
}

async function askPart(kernel: Kernel, plan: Asking, work: PartWork | null): Promise<CheckEvent> {
  const { client, agreement, decisionId, purpose, despite, progress } = plan
  const asker: PartAsker = {
    kernel,
    actor: client.actor,
    purpose,
    legalBasis: agreement.legalBasis,
    agreement,
    decisionId,
    work,
    ...(despite !== undefined && { reference: despite }),
  }
  const part = work === null ? 0 : progress.events.length + 1
  const [outcome] = await askMany(checkPart, [{ input: { check: progress.check, part }, asker }])
  if (outcome === undefined) throw new Error('a part of a check was not answered')
  if ('refusal' in outcome) throw outcome.refusal
  const { eventId, leaf } = outcome.event
  return { eventId, leaf: leaf.toString('base64') }
}

/** Some rows with what their transaction does, and their results as they are to be read. */
class Part implements PartWork {
  readonly to: number
  readonly rows: number
  readonly notFound: number
  readonly persons: readonly string[]
  readonly attributes: readonly string[]
  readonly failures: readonly Failure[]
  readonly pseudonyms: FreshPseudonyms
  readonly sealKey = randomBytes(32)
  bytes: Buffer
  /** The part behind it, once there was time to put it together. */
  next: Part | null = null
  readonly #plan: ReleasePlan
  readonly #from: number

  constructor(plan: ReleasePlan, from: number) {
    const to = Math.min(plan.standard.table.rows, from + plan.progress.partRows)
    this.#plan = plan
    this.#from = from
    this.to = to
    this.rows = to - from
    this.notFound = strangersOf(plan, from, to)
    this.persons = personsOf(plan, from, to)
    this.attributes = plan.standard.layout.columns
    this.failures = failuresOf(plan, from, to)
    this.pseudonyms = newPseudonyms(plan, from, to)
    this.bytes = this.#write()
  }

  correct(stored: readonly { readonly id: Buffer; readonly pseudonym: Buffer }[]): void {
    const { pseudonyms, people } = this.#plan.ground
    for (const { id, pseudonym } of stored) pseudonyms.put(people.ids.find(id, 0), pseudonym)
    this.bytes = this.#write()
  }

  seal(): void {
    this.#plan.progress.seal(this.bytes, this.sealKey)
  }

  async meanwhile(): Promise<void> {
    if (this.to === this.#plan.standard.table.rows) return
    // The statement must have left before the thread is taken.
    await new Promise((resolve) => setImmediate(resolve))
    this.next = new Part(this.#plan, this.to)
  }

  #write(): Buffer {
    return Buffer.from(resultLines(this.#plan, this.#from, this.to))
  }
}

function strangersOf({ told }: ReleasePlan, from: number, to: number): number {
  const notFound = statusCode('not_found')
  let strangers = 0
  for (let row = from; row < to; row++) if (told.status[row] === notFound) strangers++
  return strangers
}

/** Everybody compared: who was found, all whom a row may be, and who bears a number in vain. */
function personsOf({ told, matched, ground }: ReleasePlan, from: number, to: number) {
  const persons = new Set<number>()
  for (let row = from; row < to; row++) {
    const concerned = told.concerned[row] as number
    if (concerned !== 0) persons.add(concerned - 1)
    for (const person of closeOf(matched, row)) persons.add(person)
  }
  // In the order of the index they are written into.
  return [...persons].map((person) => idOfPerson(ground.people, person)).sort()
}

const NOBODY: readonly number[] = []
const closeOf = ({ close }: Matched, row: number): readonly number[] =>
  close.size === 0 ? NOBODY : (close.get(row) ?? NOBODY)

function failuresOf({ told, client, macOf }: ReleasePlan, from: number, to: number): Failure[] {
  const times = new Map<Subject, number>()
  for (let row = from; row < to; row++) {
    if (told.failed[row] === 0) continue
    for (const subject of told.subjectsOf(row)) {
      times.set(subject, (times.get(subject) ?? 0) + 1)
    }
  }
  const agencyId = client.agency.id
  return [...times].map(([subject, count]) => ({ agencyId, mac: macOf(subject), times: count }))
}

/** Pseudonyms of those whom the agency meets for the first time; stored before they are told. */
function newPseudonyms(
  { told, ground, client }: ReleasePlan,
  from: number,
  to: number,
): FreshPseudonyms {
  const { pseudonyms, people } = ground
  const fresh: number[] = []
  for (let row = from; row < to; row++) {
    const person = (told.given[row] as number) - 1
    if (person < 0 || told.whole[row] === 0 || pseudonyms.known[person] === 1) continue
    pseudonyms.make(person)
    fresh.push(person)
  }
  fresh.sort((a, b) => compareIds(people, a, b))
  return {
    agencyId: client.agency.id,
    ids: Buffer.concat(fresh.map((person) => idBytes(people, person))),
    pseudonyms: Buffer.concat(fresh.map((person) => pseudonyms.of(person))),
  }
}

/**
 * Takes up a part whose event was written when the process ended, so that it is neither lost nor
 * asked again. Its rows are read from where they lie sealed.
 */
export async function recover(
  kernel: Kernel,
  progress: Progress,
  of: { readonly rows: number; readonly actorId: string },
): Promise<void> {
  const part = { check: progress.check, part: progress.events.length + 1 }
  const found = await kernel.database.transaction(async (tx) => {
    const sealKey = await findPart(tx, part)
    if (sealKey === undefined) return null
    return { sealKey, event: await findPartEvent(tx, { ...part, actorId: of.actorId }) }
  })
  if (found === null) return
  const bytes = progress.unseal(found.sealKey)
  if (bytes === null || found.event === undefined) {
    throw new Refusal('import.not-permitted', { file: 'results.part' })
  }
  const { eventId, leaf } = found.event
  const rows = Math.min(progress.partRows, of.rows - progress.rows)
  progress.take(bytes, rows, { eventId, leaf: leaf.toString('base64') })
}
