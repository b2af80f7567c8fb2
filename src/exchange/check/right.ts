import { type Kernel, Refusal, todayOf } from '../../kernel/index.ts'
import { decide } from '../agency/agreement.ts'
import { type AgencyClient, clientOf, readDirectory } from '../agency/directory.ts'
import { findAgency } from '../agency/store.ts'
import type { Agreement, Attribute } from '../types.ts'
import type { Layout } from './columns.ts'

/** What a check rests on. */
export interface Right {
  readonly client: AgencyClient
  readonly agreement: Agreement
  readonly decisionId: string
  /** Whether the agreement releases the numbers of those who are identified. */
  readonly givesNumber: boolean
}

/** Under which agreement a file with these columns may be checked; refuses as a call would be. */
export async function requireRight(
  kernel: Kernel,
  { agency: code, purpose }: { readonly agency: string; readonly purpose: string },
  { columns }: Layout,
): Promise<Right> {
  const agency = await kernel.database.transaction((tx) => findAgency(tx, code))
  if (agency === undefined) throw new Refusal('agency.not-found', { code })
  const { agreements } = await readDirectory(kernel)
  const attributes = columns.filter((name) => name !== 'number') as Attribute[]
  const wish = {
    agencyId: agency.id,
    purpose,
    attributes,
    predicates: [],
    day: todayOf(kernel),
  }
  const decision = decide(agreements, { ...wish, operation: 'check' })
  if (!decision.allowed) {
    const refused = decision.reason === 'none' ? 'purpose.not-allowed' : 'agreement.not-in-force'
    throw new Refusal(refused, { purpose })
  }
  if (decision.excess.length > 0) {
    throw new Refusal('attribute.in-excess', { attributes: decision.excess.join(', ') })
  }
  const { agreement, id: decisionId } = decision
  const givesNumber = agreement.operations.includes('check.number')
  return { client: clientOf(agency), agreement, decisionId, givesNumber }
}
