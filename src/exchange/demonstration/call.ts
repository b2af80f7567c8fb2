import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import {
  type CallContext,
  checkReceipt,
  type Receipt,
  ReceiptRefused,
  signRequest,
} from '../../../client/index.ts'
import type { Kernel } from '../../kernel/index.ts'
import { epochOf } from '../../kernel/index.ts'
import { readAgency } from './folder.ts'

/** A request of a demonstration's agency, signed with the key in its folder. */
export interface PreparedCall {
  readonly method: 'POST'
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  /** The very bytes that were signed, as text. */
  readonly body: string
  readonly requestDigest: Buffer
  readonly keyId: string
}

export interface CallToPrepare extends CallContext {
  readonly agency: string
  readonly path: '/api/verify' | '/api/verify/batch'
  readonly payload: unknown
}

/** Signs as the agency's own program would, by the client it uses. Only in a demonstration. */
export function prepareCall(kernel: Kernel, call: CallToPrepare): PreparedCall {
  const { keyId, privateKey } = readAgency(kernel, call.agency)
  const url = new URL(call.path, kernel.config.url)
  const body = JSON.stringify(call.payload, null, 2)
  const headers = {
    'content-type': 'application/json',
    'goc-purpose': call.purpose,
    ...(call.case !== undefined && { 'goc-case': call.case }),
    ...(call.operator !== undefined && { 'goc-operator': call.operator }),
  }
  const signed = signRequest(
    { method: 'POST', url, headers, body: Buffer.from(body) },
    { keyId, privateKey: createPrivateKey(privateKey) },
    { created: Math.floor(epochOf(kernel.now()) / 1000), lifetime_s: LIFETIME_s },
  )
  return { method: 'POST', url, body, keyId, ...signed }
}
/** Long enough to copy the request by hand and send it. */
const LIFETIME_s = 300

/** What came back: the bytes, the receipt checked as the client checks it, and the time it took. */
export interface CalledBack {
  readonly status: number
  readonly type: string
  readonly body: string
  readonly took_ms: number
  readonly receipt: Receipt | null
  /** Why the receipt proves nothing; null when it does, or when there is none. */
  readonly fault: string | null
}

/** What sends a request through the program's own edge. */
export interface Sender {
  inject(request: {
    method: 'POST'
    url: string
    headers: Record<string, string>
    payload: string
  }): Promise<{
    statusCode: number
    headers: Record<string, unknown>
    rawPayload: Buffer
    body: string
  }>
}

/** Sends a prepared call through every check a call from outside passes. */
export async function sendCall(
  sender: Sender,
  kernel: Kernel,
  { call, language }: { readonly call: PreparedCall; readonly language: string },
): Promise<CalledBack> {
  const began_ms = performance.now()
  const response = await sender.inject({
    method: call.method,
    url: call.url.pathname,
    headers: { ...call.headers, host: call.url.host, 'accept-language': language },
    payload: call.body,
  })
  const took_ms = performance.now() - began_ms
  const header = response.headers['goc-receipt']
  const exchanged = {
    requestDigest: call.requestDigest,
    answer: response.rawPayload,
    keys: receiptKeys(kernel),
  }
  const checked = checkedReceipt(typeof header === 'string' ? header : null, exchanged)
  return {
    status: response.statusCode,
    type: String(response.headers['content-type'] ?? ''),
    body: response.body,
    took_ms,
    ...checked,
  }
}

function checkedReceipt(
  header: string | null,
  exchanged: Parameters<typeof checkReceipt>[1],
): Pick<CalledBack, 'receipt' | 'fault'> {
  if (header === null) return { receipt: null, fault: null }
  try {
    return { receipt: checkReceipt(header, exchanged), fault: null }
  } catch (error) {
    if (error instanceof ReceiptRefused) return { receipt: null, fault: error.fault }
    throw error
  }
}

function receiptKeys(kernel: Kernel): ReadonlyMap<string, KeyObject> {
  return new Map(
    kernel.keys.all('receipt').map(({ id, raw }) => {
      const key = { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }
      return [id, createPublicKey({ key, format: 'jwk' })]
    }),
  )
}
