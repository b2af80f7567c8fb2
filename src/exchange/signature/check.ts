import { hash, type KeyObject, verify } from 'node:crypto'
import { Refusal } from '../../kernel/index.ts'
import { normalAuthority, type SignedMessage, signatureBase } from './base.ts'
import {
  type Component,
  parseByteSequences,
  parseSignatureInput,
  type SignatureInput,
} from './fields.ts'

/** The `tag` that marks a signature as made for this interface (RFC 9421 section 2.3). */
export const SIGNATURE_TAG = 'goc'

export const SIGNATURE_LIMITS = {
  /** How far a sender's clock may run ahead of ours. */
  ahead_s: 30,
  /** The longest a signature may live; the memory of nonces need not reach further back. */
  lifetime_s: 300,
  nonceChars_min: 16,
  nonceChars_max: 128,
  components_max: 24,
} as const

/**
 * What every signature must cover. `@authority` and `@path`, not `@target-uri`: the scheme in a
 * target URI cannot be known behind a proxy that ends TLS, and a signature that only verifies when
 * a header such as X-Forwarded-Proto is believed proves less than one that never needed it.
 */
const ALWAYS = ['@method', '@authority', '@path'] as const
/** A request without a body needs neither; a body slipped into one is then not covered. */
const WITH_BODY = ['content-digest', 'content-type'] as const
/** Headers with a meaning of ours: covered whenever they are sent. */
export const GOC_HEADERS = ['goc-purpose', 'goc-case', 'goc-operator'] as const

/** A message with the bytes of its body. */
export interface ReceivedMessage extends SignedMessage {
  readonly body: Uint8Array
}

export interface SignatureRules<Holder> {
  /** The holder of a key that is valid now, or undefined for an unknown or revoked key. */
  readonly holderOf: (
    keyId: string,
  ) => { readonly key: KeyObject; readonly holder: Holder } | undefined
  readonly now_s: number
  /** Names this server answers to; null accepts the one the request was sent to. */
  readonly authorities: ReadonlySet<string> | null
}

export interface CheckedSignature<Holder> {
  readonly holder: Holder
  readonly keyId: string
  readonly nonce: string
  /** Half of SHA-256 over key id and nonce, as hex: what is remembered against replay. */
  readonly nonceDigest: string
  /** Seconds since 1970. */
  readonly created: number
  readonly expires: number
  /** SHA-256 of the signature base: names this request in the audit event and in the receipt. */
  readonly requestDigest: Buffer
}

/**
 * Checks the one signature tagged `goc` of a request: its coverage, its time, its key, the digest of
 * the body (RFC 9530) and the Ed25519 signature itself (RFC 9421 section 3.3.6), cheap checks first.
 * The last is a quarter of all the work of a call: it is done on libuv's threads, beside the loop.
 * Whether the nonce was used before only the database can say; see `claimNonces`.
 * Refusals: every `signature.…` and `digest.…` code.
 */
export async function checkSignature<Holder>(
  message: ReceivedMessage,
  rules: SignatureRules<Holder>,
): Promise<CheckedSignature<Holder>> {
  const input = readInput(message)
  const signature = readSignature(message, input.label)
  const { keyId, nonce, created, expires } = readParameters(input)
  requireCoverage(message, input.components)
  requireTime(created, expires, rules.now_s)
  if (rules.authorities && !rules.authorities.has(normalAuthority(message.authority))) {
    throw new Refusal('signature.wrong', { component: '@authority' })
  }
  const found = rules.holderOf(keyId)
  if (found === undefined) throw new Refusal('signature.key-unknown', { keyid: keyId })
  requireDigest(message)

  const built = signatureBase(message, input)
  if ('missing' in built) {
    throw new Refusal('signature.component-missing', { component: built.missing })
  }
  // Node gives header bytes as Latin-1 characters: this gives the bytes back.
  const base = Buffer.from(built.base, 'latin1')
  if (!(await isSigned(base, found.key, signature))) throw new Refusal('signature.wrong')
  const requestDigest = hash('sha256', base, 'buffer')
  const nonceDigest = hash('sha256', `${keyId}\n${nonce}`).slice(0, 32)
  return { holder: found.holder, keyId, nonce, nonceDigest, created, expires, requestDigest }
}

const isSigned = (base: Buffer, key: KeyObject, signature: Buffer): Promise<boolean> =>
  new Promise((resolve, reject) => {
    verify(null, base, key, signature, (error, holds) => {
      if (error === null) resolve(holds)
      else reject(error)
    })
  })

const one = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === 'string' || value === undefined ? value : value.join(', ')

function readInput(message: ReceivedMessage): SignatureInput {
  const field = one(message.headers['signature-input'])
  if (field === undefined || message.headers.signature === undefined) {
    throw new Refusal('signature.missing')
  }
  const inputs = parseSignatureInput(field)
  if (inputs === undefined) throw new Refusal('signature.malformed', { header: 'Signature-Input' })
  const ours = inputs.filter((input) => input.parameters.get('tag') === SIGNATURE_TAG)
  const [input] = ours
  // A signature of somebody else's (a proxy's) may stand beside ours; two of ours may not.
  if (input === undefined) throw new Refusal('signature.missing', { tag: SIGNATURE_TAG })
  if (ours.length > 1) throw new Refusal('signature.malformed', { header: 'Signature-Input' })
  return input
}

const ED25519 = /^=:([A-Za-z0-9+/]{85}[AQgw]==):$/

function readSignature(message: ReceivedMessage, label: string): Buffer {
  const field = one(message.headers.signature) ?? ''
  const quick = field.startsWith(label) ? ED25519.exec(field.slice(label.length)) : null
  const bytes = quick?.[1] ? Buffer.from(quick[1], 'base64') : parseByteSequences(field)?.get(label)
  if (bytes === undefined) throw new Refusal('signature.malformed', { header: 'Signature' })
  // One signature has one spelling: bits of the last digit that base64 ignores must be zero.
  if (bytes.length !== 64 || !field.includes(bytes.toString('base64'))) {
    throw new Refusal('signature.wrong')
  }
  return bytes
}

function readParameters({ parameters }: SignatureInput) {
  const keyId = parameters.get('keyid')
  const nonce = parameters.get('nonce')
  const created = parameters.get('created')
  const expires = parameters.get('expires')
  const algorithm = parameters.get('alg')
  if (typeof keyId !== 'string' || keyId === '' || keyId.length > 200) throw unusable('keyid')
  if (
    typeof nonce !== 'string' ||
    nonce.length < SIGNATURE_LIMITS.nonceChars_min ||
    nonce.length > SIGNATURE_LIMITS.nonceChars_max
  ) {
    throw unusable('nonce')
  }
  if (!isSecond(created)) throw unusable('created')
  if (!isSecond(expires) || expires < created) throw unusable('expires')
  if (expires - created > SIGNATURE_LIMITS.lifetime_s) throw unusable('expires')
  if (algorithm !== undefined && algorithm !== 'ed25519') throw unusable('alg')
  return { keyId, nonce, created, expires }
}

const isSecond = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0

const unusable = (parameter: string) => new Refusal('signature.malformed', { parameter })

/** A list of components was looked at before: what it covers, or the component it names twice. */
const coverages = new WeakMap<readonly Component[], ReadonlySet<string> | string>()

function requireCoverage(message: ReceivedMessage, components: readonly Component[]): void {
  let covered = coverages.get(components)
  if (covered === undefined) {
    covered = coverageOf(components)
    coverages.set(components, covered)
  }
  if (typeof covered === 'string') throw new Refusal('signature.malformed', { component: covered })
  for (const name of ALWAYS) requireCovered(covered, name)
  if (message.body.length > 0) for (const name of WITH_BODY) requireCovered(covered, name)
  if (message.target.includes('?')) requireCovered(covered, '@query')
  for (const name of GOC_HEADERS) {
    if (message.headers[name] !== undefined) requireCovered(covered, name)
  }
}

function requireCovered(covered: ReadonlySet<string>, component: string): void {
  if (!covered.has(component)) throw new Refusal('signature.component-missing', { component })
}

function coverageOf(components: readonly Component[]): ReadonlySet<string> | string {
  const names = new Set<string>()
  if (components.length > SIGNATURE_LIMITS.components_max) return `#${components.length}`
  for (const { name, parameters } of components) {
    // RFC 9421 section 2: each component identifier occurs once; parameters are not in our profile.
    if (names.has(name) || parameters.size > 0) return name
    names.add(name)
  }
  return names
}

function requireTime(created: number, expires: number, now_s: number): void {
  if (created > now_s + SIGNATURE_LIMITS.ahead_s) throw new Refusal('signature.from-the-future')
  if (expires < now_s) throw new Refusal('signature.expired')
}

/** RFC 9530: one digest suffices, sha-256 must be among those sent, all we know must be right. */
function requireDigest(message: ReceivedMessage): void {
  const field = one(message.headers['content-digest'])
  if (field === undefined && message.body.length === 0) return
  if (field === undefined) throw new Refusal('digest.missing')
  const sha256 = hash('sha256', message.body, 'base64')
  if (field === `sha-256=:${sha256}:`) return
  const digests = parseByteSequences(field)
  const given = digests?.get('sha-256')
  if (given === undefined) throw new Refusal('digest.missing', { algorithm: 'sha-256' })
  const given512 = digests?.get('sha-512')
  const right =
    given.toString('base64') === sha256 &&
    (given512 === undefined || given512.equals(hash('sha512', message.body, 'buffer')))
  if (!right) throw new Refusal('digest.wrong')
}
