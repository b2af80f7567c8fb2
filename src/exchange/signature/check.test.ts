import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { signRequest } from '../../../client/sign.ts'
import { Refusal, type RefusalCode } from '../../kernel/index.ts'
import { checkSignature, type ReceivedMessage, SIGNATURE_LIMITS } from './check.ts'

const NOW = 1_790_000_000
const KEY = generateKeyPairSync('ed25519')
const OTHER = generateKeyPairSync('ed25519')
const BODY = '{"identify":{"personal_administrative_number":"901097000001"}}'

const rules = {
  holderOf: (keyId: string) =>
    keyId === 'bank.1' ? { key: KEY.publicKey, holder: 'bank' } : undefined,
  now_s: NOW,
  authorities: new Set(['goc.example']),
}

interface Change {
  readonly url?: string
  readonly method?: string
  readonly keyId?: string
  readonly created?: number
  readonly lifetime_s?: number
  readonly nonce?: string
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly privateKey?: typeof KEY.privateKey
}

function signed(change: Change = {}): ReceivedMessage & { requestDigest: Buffer } {
  const url = new URL(change.url ?? 'https://goc.example/api/verify')
  const method = change.method ?? 'POST'
  const body = Buffer.from(change.body ?? BODY)
  const { headers, requestDigest } = signRequest(
    {
      method,
      url,
      body,
      headers: change.headers ?? { 'content-type': 'application/json', 'goc-purpose': 'loan' },
    },
    { keyId: change.keyId ?? 'bank.1', privateKey: change.privateKey ?? KEY.privateKey },
    { created: NOW, ...change },
  )
  const target = url.pathname + url.search
  return { method, target, authority: url.host, headers, body, requestDigest }
}

async function refusedAs(code: RefusalCode, message: ReceivedMessage): Promise<Refusal> {
  try {
    await checkSignature(message, rules)
  } catch (error) {
    assert.ok(error instanceof Refusal, String(error))
    assert.equal(error.code, code, JSON.stringify(error.details))
    return error
  }
  assert.fail(`accepted; should have been ${code}`)
}

const without = (message: ReceivedMessage, ...names: string[]): ReceivedMessage => ({
  ...message,
  headers: Object.fromEntries(Object.entries(message.headers).filter(([n]) => !names.includes(n))),
})
const withHeader = (message: ReceivedMessage, name: string, value: string): ReceivedMessage => ({
  ...message,
  headers: { ...message.headers, [name]: value },
})
const edit = (
  message: ReceivedMessage,
  name: string,
  change: (value: string) => string,
): ReceivedMessage => withHeader(message, name, change(String(message.headers[name])))

test('a request signed by the client is accepted, and both name it by the same digest', async () => {
  const message = signed({ nonce: 'a'.repeat(24) })
  const checked = await checkSignature(message, rules)
  assert.equal(checked.holder, 'bank')
  assert.equal(checked.keyId, 'bank.1')
  assert.equal(checked.nonce, 'a'.repeat(24))
  assert.deepEqual(checked.requestDigest, message.requestDigest)
})

test('a query string, a case and an operator are covered too', async () => {
  const headers = {
    'content-type': 'application/json',
    'goc-purpose': 'loan',
    'goc-case': 'HS-2026/17',
    'goc-operator': 'teller 12',
  }
  const message = signed({ url: 'https://goc.example/api/verify?dry=1', headers })
  await checkSignature(message, rules)
  for (const name of ['goc-purpose', 'goc-case', 'goc-operator', 'content-type']) {
    await refusedAs('signature.wrong', withHeader(message, name, 'other'))
  }
  await refusedAs('signature.wrong', { ...message, target: '/api/verify?dry=2' })
})

test('a request without a body needs no digest; one slipped in is not covered', async () => {
  const message = signed({ method: 'GET', body: '', headers: { 'goc-purpose': 'loan' } })
  await checkSignature(message, rules)
  await refusedAs('signature.component-missing', { ...message, body: Buffer.from('{}') })
})

describe('refusals, each with its code', () => {
  test('signature.missing: no signature, or none tagged goc', async () => {
    await refusedAs('signature.missing', without(signed(), 'signature', 'signature-input'))
    await refusedAs('signature.missing', without(signed(), 'signature'))
    await refusedAs('signature.missing', without(signed(), 'signature-input'))
    const tagged = (value: string) => value.replace('tag="goc"', 'tag="other"')
    await refusedAs('signature.missing', edit(signed(), 'signature-input', tagged))
  })

  test('signature.malformed: what RFC 9651 or our profile does not know', async () => {
    await refusedAs(
      'signature.malformed',
      withHeader(signed(), 'signature-input', 'goc=("@method"'),
    )
    const twice = (value: string) => `${value}, ${value.replace('goc=', 'goc2=')}`
    await refusedAs('signature.malformed', edit(signed(), 'signature-input', twice))
    await refusedAs('signature.malformed', withHeader(signed(), 'signature', 'other=:AAAA:'))
    const input = (from: string, to: string) =>
      edit(signed({ nonce: 'n'.repeat(20) }), 'signature-input', (value) => value.replace(from, to))
    for (const [from, to, parameter] of [
      [';keyid="bank.1"', '', 'keyid'],
      ['nonce="nnnnn', 'nonce="', 'nonce'],
      [`;created=${NOW}`, '', 'created'],
      [`;expires=${NOW + 60}`, '', 'expires'],
      [`expires=${NOW + 60}`, `expires=${NOW - 1}`, 'expires'],
      ['alg="ed25519"', 'alg="hmac-sha256"', 'alg'],
    ] as const) {
      const refusal = await refusedAs('signature.malformed', input(from, to))
      assert.equal(refusal.details.parameter, parameter)
    }
    const long = signed({ lifetime_s: SIGNATURE_LIMITS.lifetime_s + 1 })
    assert.equal((await refusedAs('signature.malformed', long)).details.parameter, 'expires')
    await refusedAs('signature.malformed', input('"@method"', '"@method" "@method"'))
    await refusedAs('signature.malformed', input('"goc-purpose"', '"goc-purpose";sf'))
  })

  test('signature.key-unknown: an unknown or revoked key', async () => {
    const refusal = await refusedAs('signature.key-unknown', signed({ keyId: 'bank.2' }))
    assert.equal(refusal.details.keyid, 'bank.2')
  })

  test('signature.wrong: another key, another server, another method or path', async () => {
    await refusedAs('signature.wrong', signed({ privateKey: OTHER.privateKey }))
    await refusedAs('signature.wrong', signed({ url: 'https://test.goc.example/api/verify' }))
    await refusedAs('signature.wrong', { ...signed(), method: 'PUT' })
    await refusedAs('signature.wrong', { ...signed(), target: '/api/verify/batch' })
    await refusedAs('signature.wrong', withHeader(signed(), 'signature', 'goc=:AAAA:'))
  })

  test('digest.wrong and digest.missing: a body that is not the one signed', async () => {
    await refusedAs('digest.wrong', { ...signed(), body: Buffer.from(BODY.replace('1', '2')) })
    const other = (value: string) => value.replace('sha-256=', 'unixsum=')
    await refusedAs('digest.missing', edit(signed(), 'content-digest', other))
    await refusedAs('digest.missing', without(signed(), 'content-digest'))
    const added = (value: string) => `${value}, sha-512=:${Buffer.alloc(64).toString('base64')}:`
    await refusedAs('digest.wrong', edit(signed(), 'content-digest', added))
  })

  test('signature.expired and signature.from-the-future, to the second', async () => {
    await checkSignature(signed({ created: NOW - 60 }), rules)
    await refusedAs('signature.expired', signed({ created: NOW - 61 }))
    await checkSignature(signed({ created: NOW + SIGNATURE_LIMITS.ahead_s }), rules)
    const ahead = signed({ created: NOW + SIGNATURE_LIMITS.ahead_s + 1 })
    await refusedAs('signature.from-the-future', ahead)
  })

  test('signature.component-missing: names what must be covered', async () => {
    for (const name of ['@method', '@authority', '@path', 'content-type', 'content-digest']) {
      const bare = (value: string) => value.replace(`"${name}"`, '"host"')
      const message = edit(signed(), 'signature-input', bare)
      assert.equal(
        (await refusedAs('signature.component-missing', message)).details.component,
        name,
      )
    }
    const query = { ...signed(), target: '/api/verify?a=b' }
    assert.equal(
      (await refusedAs('signature.component-missing', query)).details.component,
      '@query',
    )
    for (const name of ['goc-case', 'goc-operator']) {
      const message = withHeader(signed(), name, 'slipped in')
      assert.equal(
        (await refusedAs('signature.component-missing', message)).details.component,
        name,
      )
    }
  })
})

test("a proxy's own signature may stand beside ours", async () => {
  const message = signed()
  const beside = edit(
    edit(message, 'signature-input', (value) => `proxy=("@path");created=1, ${value}`),
    'signature',
    (value) => `proxy=:AAAA:, ${value}`,
  )
  assert.equal((await checkSignature(beside, rules)).holder, 'bank')
})

test('the authority is compared in lower case and without the default port', async () => {
  const message = signed()
  await checkSignature({ ...message, authority: 'GOC.example:443' }, rules)
  const anywhere = { ...rules, authorities: null }
  await checkSignature(signed({ url: 'http://localhost:4100/api/verify' }), anywhere)
  await refusedAs('signature.wrong', { ...message, authority: 'goc.example:8443' })
})

test('no single change to a signed request is ever accepted', async () => {
  const message = signed()
  const names = Object.keys(message.headers)
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...names, 'body', 'target'),
      fc.nat(),
      fc.integer({ min: 1, max: 94 }),
      async (part, at, step) => {
        const change = (text: string) => {
          const index = at % text.length
          const code = ((text.charCodeAt(index) - 32 + step) % 95) + 32
          return text.slice(0, index) + String.fromCharCode(code) + text.slice(index + 1)
        }
        const changed =
          part === 'body'
            ? { ...message, body: Buffer.from(change(BODY)) }
            : part === 'target'
              ? { ...message, target: change(message.target) }
              : edit(message, part, change)
        let accepted: string | undefined
        try {
          accepted = (await checkSignature(changed, rules)).holder
        } catch (error) {
          assert.ok(error instanceof Refusal, String(error))
        }
        assert.equal(accepted, undefined, `${part}: ${JSON.stringify(changed)}`)
      },
    ),
    { numRuns: 2000 },
  )
})
