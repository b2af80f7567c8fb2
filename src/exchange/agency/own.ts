import { type Actor, addDays, type PlainDay, Refusal, type Tx } from '../../kernel/index.ts'
import {
  type Agency,
  type AgencyKey,
  type AgreementRecord,
  findAgencyById,
  listAgreements,
  listKeys,
} from './store.ts'
import { type DayOfUsage, listUsageByDay } from './usage-store.ts'

/** Days of usage that are shown. */
export const USAGE_days = 14

/** What an agency sees of itself. Nothing in it is of a person. */
export interface OwnAgency {
  readonly agency: Agency
  /** The newest first. */
  readonly agreements: readonly AgreementRecord[]
  readonly keys: readonly AgencyKey[]
  /** Today's and those of the days before. */
  readonly usage: readonly DayOfUsage[]
}

/** The agency an actor acts for; refuses anybody else. */
export async function readOwnAgency(tx: Tx, actor: Actor, today: PlainDay): Promise<OwnAgency> {
  const { kind, agencyId } = actor
  const agency = kind === 'agency' && agencyId !== null && (await findAgencyById(tx, agencyId))
  if (!agency) throw new Refusal('actor.not-permitted', { operation: 'agency' })
  const [agreements, keys] = await Promise.all([
    listAgreements(tx, agency.id),
    listKeys(tx, agency.id),
  ])
  const ids = agreements.map(({ id }) => id)
  const usage = await listUsageByDay(tx, ids, addDays(today, 1 - USAGE_days))
  return { agency, agreements: agreements.toReversed(), keys, usage }
}
