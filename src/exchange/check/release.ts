import { randomBytes } from 'node:crypto'
import { askMany, type Kernel, Refusal } from '../../kernel/index.ts'
import { idOfPerson, type Matched } from '../../linkage/index.ts'
import type { AgencyClient } from '../agency/directory.ts'
import type { Agreement } from '../types.ts'
import type { Failure, NewPseudonym } from '../verify/store.ts'
import type { Ground } from './ground.ts'
import { checkPart, type PartAsker, type PartWork } from './part.ts'
import type { CheckEvent, Progress } from './progress.ts'
import { type ResultsPlan, resultLines } from './results.ts'
import { findPart, findPartEvent } from './store.ts'
import { statusCode } from './tell.ts'

export interface ReleasePlan extends ResultsPlan {
  readonly ground: Ground
  readonly progress: Progress
  readonly client: AgencyClient
  readonly agreement: Agreement
  readonly decisionId: string
  readonly purpose: string
  readonly despite: string | undefined
  /** Failures of each row, by MAC. */
  readonly failures: ReadonlyMap<number, readonly string[]>
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
  while (progress.rows < rows) {
    const from = progress.rows
    const to = Math.min(rows, from + progress.partRows)
    let text = ''
    const work = partOf(plan, { from, to }, (written) => {
      text = written
    })
    const event = await askPart(kernel, plan, work)
    progress.take(text, to - from, event)
    plan.onProgress(to)
    if (plan.signal.aborted) return progress.rows === rows
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

/** What the transaction of a part does; `onText` is told the rows as they are to be read. */
function partOf(
  plan: ReleasePlan,
  { from, to }: { readonly from: number; readonly to: number },
  onText: (text: string) => void,
): PartWork {
  const { told, ground, standard } = plan
  const sealKey = randomBytes(32)
  const notFound = statusCode('not_found')
  let strangers = 0
  for (let row = from; row < to; row++) if (told.status[row] === notFound) strangers++
  return {
    rows: to - from,
    notFound: strangers,
    persons: personsOf(plan, from, to),
    attributes: standard.layout.columns,
    failures: failuresOf(plan, from, to),
    pseudonyms: newPseudonyms(plan, from, to),
    sealKey,
    seal(stored) {
      for (const { personId, pseudonym } of stored) {
        const bytes = Buffer.from(personId.replaceAll('-', ''), 'hex')
        ground.pseudonyms.put(ground.people.ids.find(bytes, 0), pseudonym)
      }
      const text = resultLines(plan, from, to)
      plan.progress.seal(text, sealKey)
      onText(text)
    },
  }
}

/** Everybody compared: who was found, all whom a row may be, and who bears a number in vain. */
function personsOf({ told, matched, ground }: ReleasePlan, from: number, to: number) {
  const persons = new Set<number>()
  for (let row = from; row < to; row++) {
    const concerned = told.concerned[row] as number
    if (concerned !== 0) persons.add(concerned - 1)
    for (const person of closeOf(matched, row)) persons.add(person)
  }
  return [...persons].map((person) => idOfPerson(ground.people, person))
}

const NOBODY: readonly number[] = []
const closeOf = ({ close }: Matched, row: number): readonly number[] =>
  close.size === 0 ? NOBODY : (close.get(row) ?? NOBODY)

function failuresOf({ failures, client }: ReleasePlan, from: number, to: number): Failure[] {
  const times = new Map<string, number>()
  for (let row = from; row < to; row++) {
    for (const mac of failures.get(row) ?? []) times.set(mac, (times.get(mac) ?? 0) + 1)
  }
  const agencyId = client.agency.id
  return [...times].map(([mac, count]) => ({ agencyId, mac, times: count }))
}

/** Pseudonyms of those whom the agency meets for the first time; stored before they are told. */
function newPseudonyms({ told, ground, client }: ReleasePlan, from: number, to: number) {
  const fresh: NewPseudonym[] = []
  const { pseudonyms, people } = ground
  for (let row = from; row < to; row++) {
    const person = (told.given[row] as number) - 1
    if (person < 0 || told.whole[row] === 0 || pseudonyms.known[person] === 1) continue
    pseudonyms.make(person)
    fresh.push({
      personId: idOfPerson(people, person),
      agencyId: client.agency.id,
      pseudonym: pseudonyms.of(person),
    })
  }
  return fresh
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
  const text = progress.unseal(found.sealKey)
  if (text === null || found.event === undefined) {
    throw new Refusal('import.not-permitted', { file: 'results.part' })
  }
  const { eventId, leaf } = found.event
  const rows = Math.min(progress.partRows, of.rows - progress.rows)
  progress.take(text, rows, { eventId, leaf: leaf.toString('base64') })
}
