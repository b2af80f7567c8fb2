import { randomBytes } from 'node:crypto'
import { askMany, type Kernel, Refusal } from '../../kernel/index.ts'
import { compareIds, idBytes, idOfPerson, type Matched } from '../../linkage/index.ts'
import type { AgencyClient } from '../agency/directory.ts'
import type { Agreement } from '../types.ts'
import type { Subject } from './attempts.ts'
import type { Ground } from './ground.ts'
import { checkPart, type PartAsker, type PartWork, tooManyUnknown } from './part.ts'
import type { CheckEvent, Progress } from './progress.ts'
import { type ResultsPlan, resultLines } from './results.ts'
import { type FailedPart, type FreshPseudonyms, findPart, findPartEvent } from './store.ts'
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

/** Parts under way at once: while the database writes one, the next is put together. */
const UNDER_WAY = 2

/**
 * Gives the results out, a part at a time in the order of the file: each once its event is in the
 * log. False when it was told to stop; the next run goes on behind the last part.
 */
export async function release(kernel: Kernel, plan: ReleasePlan): Promise<boolean> {
  const { progress } = plan
  const { rows } = plan.standard.table
  const underWay: { readonly part: Part; readonly asked: Promise<CheckEvent> }[] = []
  let next = progress.rows
  let before: Promise<unknown> = Promise.resolve()
  try {
    while (progress.rows < rows) {
      while (underWay.length < UNDER_WAY && next < rows && !plan.signal.aborted) {
        // Statements of the part before leave first: this takes the thread.
        await new Promise((resolve) => setImmediate(resolve))
        const number = progress.events.length + underWay.length + 1
        const part: Part = new Part(plan, { from: next, number, before })
        const asked = askPart(kernel, plan, part)
        // It is met in its turn; until then a failure must not end the process.
        asked.catch(() => {})
        underWay.push({ part, asked })
        before = asked
        next = part.to
      }
      const first = underWay.shift()
      if (first === undefined) return false
      progress.take(first.part.bytes, first.part.rows, await first.asked)
      plan.onProgress(first.part.to)
    }
    return true
  } finally {
    await Promise.allSettled(underWay.map(({ asked }) => asked))
  }
}

/** Tells the log that a file was not answered, as most of it is unknown. */
export async function refuseFile(kernel: Kernel, plan: Asking): Promise<never> {
  await askPart(kernel, plan, tooManyUnknown())
  throw new Error('a file of strangers was answered')
}

async function askPart(kernel: Kernel, plan: Asking, work: Part | Refusal): Promise<CheckEvent> {
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
  const part = work instanceof Refusal ? 0 : work.number
  const [outcome] = await askMany(checkPart, [{ input: { check: progress.check, part }, asker }])
  if (outcome === undefined) throw new Error('a part of a check was not answered')
  if ('refusal' in outcome) throw outcome.refusal
  const { eventId, leaf } = outcome.event
  return { eventId, leaf: leaf.toString('base64') }
}

interface Placed {
  readonly from: number
  /** Its number among the parts of the file, from 1. */
  readonly number: number
  readonly before: Promise<unknown>
}

/** Some rows with what their transaction does, and their results as they are to be read. */
class Part implements PartWork {
  readonly to: number
  readonly rows: number
  readonly notFound: number
  readonly persons: readonly string[]
  readonly attributes: readonly string[]
  readonly failures: FailedPart
  readonly pseudonyms: FreshPseudonyms
  readonly sealKey = randomBytes(32)
  readonly number: number
  readonly before: Promise<unknown>
  bytes: Buffer
  readonly #plan: ReleasePlan
  readonly #from: number

  constructor(plan: ReleasePlan, { from, number, before }: Placed) {
    const to = Math.min(plan.standard.table.rows, from + plan.progress.partRows)
    this.#plan = plan
    this.#from = from
    this.number = number
    this.before = before
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
    this.#plan.progress.seal(this.number, this.bytes, this.sealKey)
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

function failuresOf({ told, client, macOf }: ReleasePlan, from: number, to: number): FailedPart {
  const times = new Map<Subject, number>()
  for (let row = from; row < to; row++) {
    if (told.failed[row] === 0) continue
    for (const subject of told.subjectsOf(row)) {
      times.set(subject, (times.get(subject) ?? 0) + 1)
    }
  }
  const failed = [...times].map(([subject, count]) => ({ mac: macOf(subject), count }))
  failed.sort((a, b) => (a.mac < b.mac ? -1 : 1))
  return {
    agencyId: client.agency.id,
    macs: Buffer.from(failed.map(({ mac }) => mac).join(''), 'hex'),
    times: failed.map(({ count }) => count),
  }
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
 * Takes up parts whose events were written when the process ended, so that none is lost and none is
 * asked again. Their rows are read from where they lie sealed.
 */
export async function recover(
  kernel: Kernel,
  progress: Progress,
  of: { readonly rows: number; readonly actorId: string },
): Promise<void> {
  while (progress.rows < of.rows) {
    const part = { check: progress.check, part: progress.events.length + 1 }
    const found = await kernel.database.transaction(async (tx) => {
      const sealKey = await findPart(tx, part)
      if (sealKey === undefined) return null
      return { sealKey, event: await findPartEvent(tx, { ...part, actorId: of.actorId }) }
    })
    if (found === null) return
    const bytes = progress.unseal(part.part, found.sealKey)
    if (bytes === null || found.event === undefined) {
      throw new Refusal('import.not-permitted', { file: progress.sealedFile(part.part) })
    }
    const { eventId, leaf } = found.event
    const rows = Math.min(progress.partRows, of.rows - progress.rows)
    progress.take(bytes, rows, { eventId, leaf: leaf.toString('base64') })
  }
}
