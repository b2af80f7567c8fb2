import { Refusal } from '../../kernel/index.ts'

/** The idempotency key a form carries. */
export function keyOf(body: { readonly _key?: unknown } | null | undefined): string {
  if (typeof body?._key !== 'string') throw new Refusal('idempotency.key-missing')
  return body._key
}
