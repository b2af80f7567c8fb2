import { Type } from 'typebox'
import {
  type AuditBody,
  type Instant,
  type PlainDay,
  query,
  Refusal,
  type Tx,
} from '../../kernel/index.ts'
import { discloseTo, type EventLine, proofFor, proofText } from '../../ledger/index.ts'
import { LAW } from '../law.ts'
import { EXCHANGE_LIMITS } from '../limits.ts'
import { findOne, lookBack, type Seen } from './look.ts'
import { type Overview, overviewOf } from './overview.ts'
import { discloseToAny, requireSelf } from './self.ts'
import {
  type Complaint,
  type ComplaintRecord,
  type Consent,
  countHidden,
  findComplaint,
  listComplaints,
  listComplaintsOf,
  listConsents,
} from './store.ts'

const closed = { additionalProperties: false } as const
const Uuid = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' })

/** One line of "who read my data". */
export interface ReadLine {
  /** Id of the event: what a proof and a question refer to. */
  readonly event: string
  readonly at: Instant
  /** hidden: an investigation, told on `hiddenUntil`; erased: by law, the line in the log stays. */
  readonly state: 'open' | 'hidden' | 'erased'
  readonly hiddenUntil: PlainDay | null
  /** Whether the log holds it already, so that a proof can be had. */
  readonly isProvable: boolean
  /** Its place in the log, from 0; null for the second or two before it has one. */
  readonly logLine: number | null
  /** What it says; null while hidden and once erased. */
  readonly told: ReadTold | null
  readonly complaint: Complaint | null
}

export interface ReadTold {
  readonly operation: string
  readonly outcome: AuditBody['outcome']
  readonly code: string | null
  /** The agency, or the office of the officer; null: the person themself or the program. */
  readonly body: string | null
  readonly kind: AuditBody['actor']['kind']
  readonly unit: string | null
  readonly role: string | null
  /** Codes of the profile's purposes and legal bases. */
  readonly purpose: string
  readonly legalBasis: string
  readonly case: string | null
  /** Who acted at an agency, by the agency's own code for them. */
  readonly operator: string | null
  readonly attributes: readonly string[]
  readonly flags: readonly string[]
  /** How many persons the same event names. */
  readonly subjects: number
  readonly isBulk: boolean
}

/** A line as its own person sees it. */
export interface MyLine extends ReadLine {
  /** The person's own look or deed. */
  readonly isOwn: boolean
}

export interface MyReads {
  readonly lines: readonly MyLine[]
  /** Give it as `before` for the next page; null at the end. */
  readonly next: string | null
  /** Events not to be seen yet, on all pages. */
  readonly hidden: number
  /** A year of others' lines, counted. */
  readonly overview: Overview
  /** The newest question first. */
  readonly complaints: readonly Complaint[]
  readonly consents: readonly Consent[]
}

/** The time in the first 48 bits of a UUID version 7: known even of an event that is hidden. */
export const instantOfEvent = (eventId: string): Instant =>
  new Date(Number.parseInt(eventId.replace('-', '').slice(0, 12), 16)).toISOString() as Instant

export function readLine(line: EventLine, complaint: Complaint | null): ReadLine {
  const { eventId, state, hiddenUntil, seq } = line
  return {
    event: eventId,
    at: instantOfEvent(eventId),
    state,
    hiddenUntil,
    isProvable: seq !== null && state === 'open',
    logLine: seq,
    told: line.body === null ? null : toldBy(JSON.parse(line.body) as AuditBody),
    complaint,
  }
}

const toldBy = (body: AuditBody): ReadTold => ({
  operation: body.operation,
  outcome: body.outcome,
  code: body.code ?? null,
  body: body.actor.body,
  kind: body.actor.kind,
  unit: body.actor.unit,
  role: body.actor.role,
  purpose: body.purpose,
  legalBasis: body.legalBasis,
  case: body.case ?? null,
  operator: body.notes?.operator ?? null,
  attributes: body.attributes,
  flags: body.flags ?? [],
  subjects: body.subjects,
  isBulk: body.subjects > 1 || body.operation === 'verify.batch' || body.operation === 'check',
})

const Words = Type.String({ minLength: 1, maxLength: 200 })

/**
 * Who read my data, when, why, under which law, and what: the newest first. A page holds so many
 * lines of others; the person's own looks stand between them and are not counted.
 */
export const myReads = query({
  name: 'my-reads',
  input: Type.Object(
    {
      before: Type.Optional(Uuid),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
      /** Only lines of this body (or kind of actor, where there is none), or for this purpose. */
      body: Type.Optional(Words),
      purpose: Type.Optional(Words),
      /** One line alone; refused where it does not name the person or may not be seen. */
      event: Type.Optional(Uuid),
    },
    closed,
  ),
  purposes: [LAW.ownRecord.purpose],
  async run(input, context): Promise<MyReads> {
    const { tx, actor, today, concerns, kernel } = context
    const { personId, persons } = await requireSelf(context)
    concerns(personId, ['reads'])
    const { event, limit = EXCHANGE_LIMITS.readsPage, ...wanted } = input
    const me = { persons, actorId: actor.id, today }
    const [seen, hidden, overview, complaints, consents] = await Promise.all([
      event === undefined ? lookBack(tx, me, { ...wanted, limit }) : findOne(tx, me, event),
      countHidden(tx, persons, today),
      overviewOf(tx, me, kernel.profile.timeZone),
      listComplaintsOf(tx, persons),
      listConsents(tx, persons),
    ])
    const asked = new Map(complaints.map((one) => [one.eventId, one]))
    const lines = seen.lines.map((line) => myLine(line, asked.get(line.eventId) ?? null))
    return { lines, next: seen.next, hidden, overview, complaints, consents }
  },
})

const myLine = (line: Seen, complaint: Complaint | null): MyLine => ({
  ...readLine(line, complaint),
  isOwn: line.isOwn,
})

/** The proof of one line: a C2SP tlog-proof file that carries the event opened to this person. */
export const myProof = query({
  name: 'my-proof',
  input: Type.Object({ event: Uuid }, closed),
  purposes: [LAW.ownRecord.purpose],
  async run({ event }, context) {
    const { tx, today, concerns } = context
    const { personId, persons } = await requireSelf(context)
    concerns(personId, ['reads'])
    const { disclosed } = await discloseToAny(tx, event, { persons, today })
    const proof = await proofFor(tx, event)
    return { fileName: `goc-${event}.tlog-proof`, text: proofText(proof, disclosed) }
  },
})

/** A question to be answered, as whoever answers sees it: no name, no number of who asks. */
export interface ComplaintToAnswer extends Omit<Complaint, 'answeredAt'> {
  readonly answeredAt: Instant | null
  readonly isOverdue: boolean
  /** What the event says, for whoever has to explain it; null once it was erased. */
  readonly told: ReadTold | null
}

export const complaintsToAnswer = query({
  name: 'complaints.list',
  input: Type.Object({ isOpen: Type.Boolean() }, closed),
  purposes: [LAW.complaint.purpose],
  async run({ isOpen }, context): Promise<readonly ComplaintToAnswer[]> {
    const { tx, actor, today, concerns, requireArea } = context
    if (actor.kind !== 'agency') requireArea(['nation'])
    const causedBy = actor.kind === 'agency' ? actor.id : null
    const found = await listComplaints(tx, {
      causedBy,
      isOpen,
      limit: EXCHANGE_LIMITS.complaintsPage,
    })
    for (const { personId } of found) concerns(personId, ['complaint'])
    const told = await Promise.all(found.map((complaint) => findTold(tx, complaint, today)))
    return found.map((complaint, index) => toAnswer(complaint, told[index], today))
  },
})

/** One question alone, and only whose it is is told of the look. */
export const complaintToAnswer = query({
  name: 'complaint.get',
  input: Type.Object({ complaint: Uuid }, closed),
  purposes: [LAW.complaint.purpose],
  async run({ complaint: id }, context): Promise<ComplaintToAnswer> {
    const { tx, actor, today, concerns, requireArea } = context
    if (actor.kind !== 'agency') requireArea(['nation'])
    const complaint = await findComplaint(tx, id)
    // Another's complaint does not exist for an agency.
    const mine = actor.kind !== 'agency' || complaint?.causedBy === actor.id
    if (complaint === undefined || !mine) throw new Refusal('complaint.not-found')
    concerns(complaint.personId, ['complaint'])
    return toAnswer(complaint, await findTold(tx, complaint, today), today)
  },
})

/** What the event says; nothing once it was erased by law, which must not close the whole list. */
async function findTold(
  tx: Tx,
  { eventId, personId }: ComplaintRecord,
  today: PlainDay,
): Promise<string | undefined> {
  try {
    return (await discloseTo(tx, eventId, { personId, today })).body
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

function toAnswer(
  { personId: _, causedBy: __, ...complaint }: ComplaintRecord,
  body: string | undefined,
  today: PlainDay,
): ComplaintToAnswer {
  return {
    ...complaint,
    isOverdue: complaint.answeredAt === null && complaint.dueOn < today,
    told: body === undefined ? null : toldBy(JSON.parse(body) as AuditBody),
  }
}
