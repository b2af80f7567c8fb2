import type pg from 'pg'
import type { Actor, Instant, PlainDay, Tx } from '../../kernel/index.ts'
import type { Agreement, SubjectScope } from '../types.ts'

export interface Agency {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly sector: string
  readonly actorId: string
  readonly contact: string | null
  readonly registeredAt: Instant
}

const AGENCY = `a.agency_id as id, a.code, a.name, a.sector, a.actor_id as "actorId", a.contact,
  a.registered_at as "registeredAt"`

export async function findAgency(tx: Tx, code: string): Promise<Agency | undefined> {
  const [agency] = await tx.query<Agency>(
    `select ${AGENCY} from exchange.agency a where a.code = $1`,
    [code],
  )
  return agency
}

export async function findAgencyById(tx: Tx, id: string): Promise<Agency | undefined> {
  const [agency] = await tx.query<Agency>(
    `select ${AGENCY} from exchange.agency a where a.agency_id = $1`,
    [id],
  )
  return agency
}

export async function listAgencies(tx: Tx): Promise<Agency[]> {
  return tx.query<Agency>(`select ${AGENCY} from exchange.agency a order by a.code`)
}

/** Answers false where the code is taken. */
export async function insertAgency(tx: Tx, agency: Agency): Promise<boolean> {
  const rows = await tx.query(
    `insert into exchange.agency (agency_id, code, name, sector, actor_id, contact, registered_at)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (code) do nothing returning agency_id`,
    [
      agency.id,
      agency.code,
      agency.name,
      agency.sector,
      agency.actorId,
      agency.contact,
      agency.registeredAt,
    ],
  )
  return rows.length === 1
}

export interface AgencyKey {
  readonly keyId: string
  readonly agencyId: string
  /** The 32 raw bytes of an Ed25519 public key. */
  readonly publicKey: Buffer
  readonly addedAt: Instant
  readonly revokedAt: Instant | null
  readonly revokedBecause: string | null
}

const KEY = `k.key_id as "keyId", k.agency_id as "agencyId", k.public_key as "publicKey",
  k.added_at as "addedAt", k.revoked_at as "revokedAt", k.revoked_because as "revokedBecause"`

/** Answers false where the key id or the key itself is known already, revoked or not. */
export async function insertKey(
  tx: Tx,
  key: Omit<AgencyKey, 'revokedAt' | 'revokedBecause'>,
  addedBy: Actor,
): Promise<boolean> {
  const rows = await tx.query(
    `insert into exchange.agency_key (key_id, agency_id, public_key, added_at, added_by)
     values ($1, $2, $3, $4, $5) on conflict do nothing returning key_id`,
    [key.keyId, key.agencyId, key.publicKey, key.addedAt, addedBy.id],
  )
  return rows.length === 1
}

/** Answers false where no such key is in use. */
export async function revokeKey(
  tx: Tx,
  keyId: string,
  { at, because }: { readonly at: Instant; readonly because: string },
): Promise<boolean> {
  const rows = await tx.query(
    `update exchange.agency_key set revoked_at = $2, revoked_because = $3
     where key_id = $1 and revoked_at is null returning key_id`,
    [keyId, at, because],
  )
  return rows.length === 1
}

export async function listKeys(tx: Tx, agencyId: string | null = null): Promise<AgencyKey[]> {
  return tx.query<AgencyKey>(
    `select ${KEY} from exchange.agency_key k
     where $1::uuid is null or k.agency_id = $1 order by k.added_at, k.key_id`,
    [agencyId],
  )
}

/** An agreement with how it came about and ended. */
export interface AgreementRecord extends Agreement {
  readonly proposedAt: Instant
  readonly proposedBy: string
  readonly endedOn: PlainDay | null
  readonly endedBecause: string | null
}

interface AgreementRow extends Omit<AgreementRecord, 'approvedBy' | 'scope'> {
  readonly scope: SubjectScope
  readonly approvedBy: readonly string[] | null
}

const AGREEMENT = `g.agreement_id as id, g.agency_id as "agencyId", g.operations, g.purpose,
  g.legal_basis as "legalBasis", g.attributes, g.predicates, g.scope, g.close, g.assurance,
  g.online_per_day as "onlinePerDay", g.bulk_per_day as "bulkPerDay",
  lower(g.valid)::text as "from", least(upper(g.valid), g.ended_on)::text as "to",
  g.proposed_at as "proposedAt", g.proposed_by as "proposedBy",
  g.ended_on::text as "endedOn", g.ended_because as "endedBecause",
  (select array_agg(p.actor_id::text order by p.approved_at, p.actor_id) from exchange.approval p
   where p.agreement_id = g.agreement_id) as "approvedBy"`

/** Agreements, with an ended one's `to` on the day of its end; all of them, or one agency's. */
export async function listAgreements(
  tx: Tx,
  agencyId: string | null = null,
): Promise<AgreementRecord[]> {
  const rows = await tx.query<AgreementRow>(
    `select ${AGREEMENT} from exchange.agreement g
     where $1::uuid is null or g.agency_id = $1 order by g.proposed_at, g.agreement_id`,
    [agencyId],
  )
  return rows.map((row) => ({ ...row, approvedBy: row.approvedBy ?? [] }))
}

/** The agreement, locked: who approves and who ends it come one after the other. */
export async function findAgreementToDecide(
  tx: Tx,
  agreementId: string,
): Promise<AgreementRecord | undefined> {
  await tx.query('select from exchange.agreement where agreement_id = $1 for update', [agreementId])
  const [row] = await tx.query<AgreementRow>(
    `select ${AGREEMENT} from exchange.agreement g where g.agreement_id = $1`,
    [agreementId],
  )
  return row && { ...row, approvedBy: row.approvedBy ?? [] }
}

export async function insertAgreement(
  tx: Tx,
  agreement: Omit<Agreement, 'approvedBy'>,
  proposed: { readonly at: Instant; readonly by: Actor },
): Promise<void> {
  await tx.query(
    `insert into exchange.agreement (agreement_id, agency_id, operations, purpose, legal_basis,
       attributes, predicates, scope, close, assurance, online_per_day, bulk_per_day, valid,
       proposed_at, proposed_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, daterange($13::date, $14::date),
       $15, $16)`,
    [
      agreement.id,
      agreement.agencyId,
      agreement.operations,
      agreement.purpose,
      agreement.legalBasis,
      agreement.attributes,
      agreement.predicates,
      JSON.stringify(agreement.scope),
      agreement.close,
      agreement.assurance,
      agreement.onlinePerDay,
      agreement.bulkPerDay,
      agreement.from,
      agreement.to,
      proposed.at,
      proposed.by.id,
    ],
  )
}

export async function insertApproval(
  tx: Tx,
  agreementId: string,
  approved: { readonly at: Instant; readonly by: Actor },
): Promise<void> {
  await tx.query(
    `insert into exchange.approval (agreement_id, actor_id, approved_at) values ($1, $2, $3)`,
    [agreementId, approved.by.id, approved.at],
  )
}

export async function endAgreement(
  tx: Tx,
  agreementId: string,
  ended: { readonly on: PlainDay; readonly by: Actor; readonly because: string },
): Promise<void> {
  await tx.query(
    `update exchange.agreement set ended_on = $2, ended_by = $3, ended_because = $4
     where agreement_id = $1`,
    [agreementId, ended.on, ended.by.id, ended.because],
  )
}

/** Has a connection of its own told of each change of agencies, keys and agreements. */
export async function listenForChanges(client: pg.Client): Promise<void> {
  await client.query('listen exchange_changed')
}
