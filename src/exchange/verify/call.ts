import type { Asker, Kernel, PlainDay, RefusalCode } from '../../kernel/index.ts'
import { Refusal } from '../../kernel/index.ts'
import { decide } from '../agency/agreement.ts'
import type { AgencyClient, Directory } from '../agency/directory.ts'
import type { CheckedSignature } from '../signature/check.ts'
import type { Agreement, Attribute, Operation, Predicate } from '../types.ts'
import type { SeenNonce } from './store.ts'

/** What a signed request says of itself, beside its body. */
export interface SignedCall {
  readonly client: AgencyClient
  readonly signature: CheckedSignature<AgencyClient>
  readonly purpose: string
  /** The caller's file number. */
  readonly reference: string | undefined
  /** Who acts at the caller's, as the caller asserts. */
  readonly operator: string | undefined
  readonly directory: Directory
}

/** An asker whose request was signed; `askMany` hands it through to `runMany`. */
export interface SignedAsker extends Asker {
  readonly call: SignedCall
}

export function askerOf(kernel: Kernel, call: SignedCall): SignedAsker {
  const { purpose, reference, client } = call
  return {
    kernel,
    actor: client.actor,
    purpose,
    call,
    ...(reference !== undefined && { reference }),
  }
}

export function nonceOf({ signature }: SignedCall): SeenNonce {
  return { digest: signature.nonceDigest, expires: signature.expires }
}

export interface Wished {
  readonly operation: Operation
  readonly attributes: readonly Attribute[]
  readonly predicates: readonly Predicate[]
  readonly day: PlainDay
}

const REFUSED: Readonly<Record<'none' | 'not-in-force', RefusalCode>> = {
  none: 'purpose.not-allowed',
  'not-in-force': 'agreement.not-in-force',
}

/**
 * The agreement a call rests on and the id of the decision. More than was agreed is refused by
 * name, not silently left out: a caller must not believe it was checked.
 */
export function requireAgreement(
  { client, purpose, directory }: SignedCall,
  wished: Wished,
): { readonly agreement: Agreement; readonly decisionId: string } {
  const decision = decide(directory.agreements, { ...wished, agencyId: client.agency.id, purpose })
  if (!decision.allowed) throw new Refusal(REFUSED[decision.reason], { purpose })
  const { agreement, excess, id } = decision
  if (excess.length > 0) {
    throw new Refusal('attribute.in-excess', { attributes: excess.join(', ') })
  }
  if (client.actor.level < agreement.assurance) {
    throw new Refusal('actor.level-too-low', { level: String(agreement.assurance) })
  }
  return { agreement, decisionId: id }
}
