import { verify } from 'node:crypto'
import { Type } from 'typebox'
import {
  command,
  insertActor,
  type Kernel,
  type PlainDay,
  plainDay,
  Refusal,
  uuidv7,
} from '../../kernel/index.ts'
import { unitsOf } from '../../register/index.ts'
import { LAW } from '../law.ts'
import { EXCHANGE_LIMITS } from '../limits.ts'
import { ATTRIBUTES, OPERATIONS, type Predicate, type SubjectScope } from '../types.ts'
import { publicKeyOf } from './directory.ts'
import {
  endAgreement,
  findAgency,
  findAgreementToDecide,
  insertAgency,
  insertAgreement,
  insertApproval,
  insertKey,
  revokeKey,
} from './store.ts'

const closed = { additionalProperties: false } as const
const Code = Type.String({ pattern: '^[a-z][a-z0-9-]{1,39}$' })
const Day = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' })
const Because = Type.String({ minLength: 3, maxLength: 500 })
const Uuid = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' })
/** Everything here concerns the nation as a whole: no unit's grant reaches it. */
const NATION = ['nation']

export const registerAgency = command({
  name: 'agency.register',
  input: Type.Object(
    {
      code: Code,
      name: Type.String({ minLength: 2, maxLength: 200 }),
      sector: Code,
      contact: Type.Optional(Type.String({ minLength: 3, maxLength: 200 })),
    },
    closed,
  ),
  ...LAW.sharing,
  async run({ code, name, sector, contact }, { tx, now, emit, requireArea, kernel }) {
    requireArea(NATION)
    const id = uuidv7()
    const actorId = uuidv7()
    const agency = { id, code, name, sector, actorId, contact: contact ?? null, registeredAt: now }
    if (!(await insertAgency(tx, agency))) throw new Refusal('agency.exists', { code })
    await insertActor(tx, {
      id: actorId,
      kind: 'agency',
      // A demonstration's agencies come to their pages by the demonstration sign-in.
      login: kernel.demonstration ? code : null,
      name,
      body: name,
      unit: null,
      personId: null,
      agencyId: id,
    })
    emit('agency.registered', id, { agencyId: id, code })
    return { agency: code }
  },
})

/** What an agency signs with a new key to show that it holds it. */
export const keyProofText = (agency: string, keyId: string): string =>
  `goc key v1\n${agency}\n${keyId}\n`

export const addAgencyKey = command({
  name: 'agency.add-key',
  input: Type.Object(
    {
      agency: Code,
      /** The agency's code, a dot, and a name of its own: `bank.2026-1`. */
      keyId: Type.String({ pattern: '^[a-z][a-z0-9-]{1,39}\\.[A-Za-z0-9_-]{1,39}$' }),
      /** 32 bytes in base64. */
      publicKey: Type.String({ pattern: '^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$' }),
      /** The signature by the new key over `keyProofText`, in base64. */
      proof: Type.String({ pattern: '^[A-Za-z0-9+/]{85}[AQgw]==$' }),
    },
    closed,
  ),
  ...LAW.sharing,
  async run(input, { tx, now, actor, emit, requireArea }) {
    requireArea(NATION)
    const { keyId } = input
    const agency = await findAgency(tx, input.agency)
    if (agency === undefined) throw new Refusal('agency.not-found', { code: input.agency })
    if (keyId.split('.')[0] !== agency.code) {
      throw new Refusal('request.invalid', { field: 'keyId', expected: `${agency.code}.…` })
    }
    const publicKey = Buffer.from(input.publicKey, 'base64')
    const proof = Buffer.from(input.proof, 'base64')
    if (!holdsKey(publicKey, keyProofText(agency.code, keyId), proof)) {
      throw new Refusal('signature.wrong', { field: 'proof' })
    }
    const key = { keyId, agencyId: agency.id, publicKey, addedAt: now }
    if (!(await insertKey(tx, key, actor))) throw new Refusal('agency.key-exists', { keyId })
    emit('agency.key-added', agency.id, { agencyId: agency.id, keyId })
    return { keyId }
  },
})

function holdsKey(publicKey: Buffer, text: string, proof: Buffer): boolean {
  try {
    return verify(null, Buffer.from(text), publicKeyOf(publicKey), proof)
  } catch {
    // Bytes that are no point of the curve.
    return false
  }
}

export const revokeAgencyKey = command({
  name: 'agency.revoke-key',
  input: Type.Object(
    { keyId: Type.String({ minLength: 3, maxLength: 80 }), because: Because },
    closed,
  ),
  ...LAW.sharing,
  async run({ keyId, because }, { tx, now, emit, requireArea }) {
    requireArea(NATION)
    if (!(await revokeKey(tx, keyId, { at: now, because }))) {
      throw new Refusal('agency.key-not-found', { keyId })
    }
    emit('agency.key-revoked', keyId, { keyId })
    return { keyId }
  },
})

const Scope = Type.Union([
  Type.Object({ kind: Type.Literal('all') }, closed),
  Type.Object({ kind: Type.Literal('own-clients') }, closed),
  Type.Object({ kind: Type.Literal('consented') }, closed),
  Type.Object(
    { kind: Type.Literal('unit'), unit: Type.String({ minLength: 1, maxLength: 40 }) },
    closed,
  ),
])
const Quota = Type.Integer({ minimum: 0, maximum: 1_000_000_000 })

export const proposeAgreement = command({
  name: 'agreement.propose',
  input: Type.Object(
    {
      agency: Code,
      operations: Type.Array(Type.Enum([...OPERATIONS]), { minItems: 1, uniqueItems: true }),
      purpose: Type.String({ minLength: 1, maxLength: 80 }),
      legalBasis: Type.String({ minLength: 1, maxLength: 80 }),
      attributes: Type.Array(Type.Enum([...ATTRIBUTES]), { minItems: 1, uniqueItems: true }),
      predicates: Type.Array(
        Type.String({ pattern: '^(age_over_([1-9][0-9]?|1[0-4][0-9])|alive|resides_in)$' }),
        { maxItems: EXCHANGE_LIMITS.agreementPredicates_max, uniqueItems: true },
      ),
      scope: Scope,
      close: Type.Boolean(),
      assurance: Type.Integer({ minimum: 1, maximum: 4 }),
      onlinePerDay: Quota,
      bulkPerDay: Quota,
      from: Day,
      to: Type.Union([Day, Type.Null()]),
    },
    closed,
  ),
  ...LAW.sharing,
  async run(input, { tx, now, today, actor, kernel, emit, requireArea }) {
    requireArea(NATION)
    const { agency: code, from, to, scope, predicates, ...terms } = input
    const agency = await findAgency(tx, code)
    if (agency === undefined) throw new Refusal('agency.not-found', { code })
    requireLaw(kernel.profile, input.purpose, input.legalBasis)
    if (scope.kind === 'unit') await requireUnit({ tx, kernel }, scope.unit, today)
    const days = requireDays(from, to)
    const id = uuidv7()
    const agreement = {
      ...terms,
      ...days,
      id,
      agencyId: agency.id,
      scope: scope as SubjectScope,
      predicates: predicates as Predicate[],
    }
    await insertAgreement(tx, agreement, { at: now, by: actor })
    emit('agreement.proposed', agency.id, { agreementId: id, agencyId: agency.id })
    return { agreement: id }
  },
})

/** An agreement cites an article the profile knows for that purpose: the citizen reads both. */
function requireLaw(profile: Kernel['profile'], purpose: string, legalBasis: string): void {
  const known = profile.purposes.find(({ code }) => code === purpose)
  if (known === undefined) throw new Refusal('purpose.not-allowed', { purpose })
  if (!known.legalBases.includes(legalBasis)) {
    const expected = known.legalBases.join(', ')
    throw new Refusal('request.invalid', { field: 'legalBasis', expected })
  }
}

/** A unit that does not exist would make an agreement that covers nobody. */
async function requireUnit(within: Parameters<typeof unitsOf>[0], unit: string, day: PlainDay) {
  const units = await unitsOf(within)
  if (units.find(unit, day) === undefined) throw new Refusal('unit.not-found', { unit })
}

function requireDays(from: string, to: string | null): { from: PlainDay; to: PlainDay | null } {
  const days = { from: plainDay(from), to: to === null ? null : plainDay(to) }
  if (days.to !== null && days.to <= days.from) {
    throw new Refusal('request.invalid', { field: 'to', expected: `a day after ${from}` })
  }
  return days
}

const OneAgreement = Type.Object({ agreement: Uuid }, closed)
const APPROVERS = 2

export const approveAgreement = command({
  name: 'agreement.approve',
  input: OneAgreement,
  ...LAW.sharing,
  async run({ agreement: id }, { tx, now, actor, emit, requireArea }) {
    requireArea(NATION)
    const agreement = await findAgreementToDecide(tx, id)
    if (agreement === undefined) throw new Refusal('agreement.not-found')
    const { approvedBy } = agreement
    if (agreement.endedOn !== null || approvedBy.length >= APPROVERS) {
      throw new Refusal('agreement.already-decided')
    }
    // Three persons stand behind a right to ask: who wrote it and two who read it.
    if (agreement.proposedBy === actor.id || approvedBy.includes(actor.id)) {
      throw new Refusal('agreement.same-approver')
    }
    await insertApproval(tx, id, { at: now, by: actor })
    const approvals = approvedBy.length + 1
    const holds = approvals >= APPROVERS
    if (holds) {
      emit('agreement.approved', agreement.agencyId, {
        agreementId: id,
        agencyId: agreement.agencyId,
      })
    }
    return { agreement: id, approvals, holds }
  },
})

export const endAgreementCommand = command({
  name: 'agreement.end',
  input: Type.Object({ agreement: Uuid, because: Because }, closed),
  ...LAW.sharing,
  async run({ agreement: id, because }, { tx, today, actor, emit, requireArea }) {
    requireArea(NATION)
    const agreement = await findAgreementToDecide(tx, id)
    if (agreement === undefined) throw new Refusal('agreement.not-found')
    if (agreement.endedOn !== null) throw new Refusal('agreement.already-decided')
    await endAgreement(tx, id, { on: today, by: actor, because })
    emit('agreement.ended', agreement.agencyId, { agreementId: id, agencyId: agreement.agencyId })
    return { agreement: id, endedOn: today }
  },
})
