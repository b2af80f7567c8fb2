import { createHash, type KeyObject, randomBytes, sign } from 'node:crypto'

export interface RequestToSign {
  readonly method: string
  readonly url: URL
  /** Header names in lower case; every one given is covered by the signature. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

export interface SigningKey {
  readonly keyId: string
  /** An Ed25519 private key. */
  readonly privateKey: KeyObject
}

export interface SignOptions {
  /** Seconds since 1970; now, if left out. */
  readonly created?: number
  readonly lifetime_s?: number
  readonly nonce?: string
}

export interface SignedRequest {
  /** The given headers with content-digest, signature-input and signature added. */
  readonly headers: Readonly<Record<string, string>>
  /** SHA-256 of the signature base: the receipt names the request by it. */
  readonly requestDigest: Buffer
}

/**
 * Signs a request by HTTP Message Signatures (RFC 9421, Ed25519) with a digest of its body
 * (RFC 9530), in the way the verifying side asks for: tag `goc`, a nonce, a short life.
 */
export function signRequest(
  request: RequestToSign,
  key: SigningKey,
  options: SignOptions = {},
): SignedRequest {
  const created = options.created ?? Math.floor(Date.now() / 1000)
  const expires = created + (options.lifetime_s ?? 60)
  const nonce = options.nonce ?? randomBytes(18).toString('base64url')
  const digest = createHash('sha256').update(request.body).digest('base64')
  const headers: Record<string, string> = {
    ...request.headers,
    ...(request.body.length > 0 && { 'content-digest': `sha-256=:${digest}:` }),
  }

  const covered: [string, string][] = [
    ['@method', request.method],
    ['@authority', request.url.host.toLowerCase()],
    ['@path', request.url.pathname],
  ]
  if (request.url.search !== '') covered.push(['@query', request.url.search])
  for (const [name, value] of Object.entries(headers)) covered.push([name, value.trim()])

  const names = covered.map(([name]) => `"${name}"`).join(' ')
  const parameters =
    `(${names});created=${created};expires=${expires};keyid="${key.keyId}"` +
    `;nonce="${nonce}";alg="ed25519";tag="goc"`
  const lines = covered.map(([name, value]) => `"${name}": ${value}\n`).join('')
  const base = Buffer.from(`${lines}"@signature-params": ${parameters}`, 'latin1')
  return {
    headers: {
      ...headers,
      'signature-input': `goc=${parameters}`,
      signature: `goc=:${sign(null, base, key.privateKey).toString('base64')}:`,
    },
    requestDigest: createHash('sha256').update(base).digest(),
  }
}
