import type { FastifyRequest } from 'fastify'
import { epochOf, type Kernel, Refusal } from '../../kernel/index.ts'
import type { Directory } from '../agency/directory.ts'
import { EXCHANGE_LIMITS } from '../limits.ts'
import { normalAuthority } from '../signature/base.ts'
import { checkSignature, GOC_HEADERS } from '../signature/check.ts'
import type { SignedCall } from './call.ts'

const NO_BODY = Buffer.alloc(0)

/**
 * Who calls, by the signature of the request: refuses with a `signature.…` or `digest.…` code.
 * These refusals are not events, as nobody known has done anything; they are counted in the log of
 * the program.
 */
export async function readSignedCall(
  request: FastifyRequest,
  kernel: Kernel,
  directory: Directory,
): Promise<SignedCall> {
  const { headers } = request
  const signature = await checkSignature(
    {
      method: request.method,
      target: request.raw.url ?? request.url,
      authority: headers.host ?? String(headers[':authority'] ?? ''),
      headers,
      body: request.rawBody ?? NO_BODY,
    },
    {
      holderOf: directory.holderOf,
      now_s: Math.floor(epochOf(kernel.now()) / 1000),
      authorities: authoritiesOf(kernel),
    },
  )
  const [purpose, reference, operator] = GOC_HEADERS.map((name) => text(headers[name], name))
  if (purpose === undefined) throw new Refusal('purpose.not-allowed', { header: 'Goc-Purpose' })
  return { client: signature.holder, signature, purpose, reference, operator, directory }
}

const PRINTABLE = /^[\x20-\x7e]+$/

function text(value: string | string[] | undefined, name: string): string | undefined {
  if (value === undefined) return undefined
  const tidy = String(value).trim()
  if (tidy.length > EXCHANGE_LIMITS.headerChars_max || !PRINTABLE.test(tidy)) {
    const expected = `1 to ${EXCHANGE_LIMITS.headerChars_max} printable ASCII characters`
    throw new Refusal('request.invalid', { field: name, expected })
  }
  return tidy
}

const authorities = new WeakMap<Kernel, ReadonlySet<string>>()

/**
 * A request signed for another server of the same agency (its tests, say) must not count here: the
 * authority is the one people use. A demonstration answers to any name it is reached by.
 */
function authoritiesOf(kernel: Kernel): ReadonlySet<string> | null {
  if (kernel.demonstration) return null
  let known = authorities.get(kernel)
  if (known === undefined) {
    known = new Set([normalAuthority(new URL(kernel.config.url).host)])
    authorities.set(kernel, known)
  }
  return known
}
