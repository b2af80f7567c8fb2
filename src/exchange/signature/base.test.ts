import assert from 'node:assert/strict'
import { constants, createHmac, createPublicKey, verify } from 'node:crypto'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { type SignedMessage, signatureBase } from './base.ts'
import { parseAnyInput, parseCanonicalInput, parseSignatureInput } from './fields.ts'

/** RFC 9421 appendix B.2, the message `test-request`. */
const REQUEST: SignedMessage = {
  method: 'POST',
  target: '/foo?param=Value&Pet=dog',
  authority: 'example.com',
  headers: {
    host: 'example.com',
    date: 'Tue, 20 Apr 2021 02:07:55 GMT',
    'content-type': 'application/json',
    'content-digest':
      'sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:',
    'content-length': '18',
  },
}
/** RFC 9421 appendix B.1.2 and B.1.4, the public halves. */
const RSA_PSS = createPublicKey(`-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAr4tmm3r20Wd/PbqvP1s2
+QEtvpuRaV8Yq40gjUR8y2Rjxa6dpG2GXHbPfvMs8ct+Lh1GH45x28Rw3Ry53mm+
oAXjyQ86OnDkZ5N8lYbggD4O3w6M6pAvLkhk95AndTrifbIFPNU8PPMO7OyrFAHq
gDsznjPFmTOtCEcN2Z1FpWgchwuYLPL+Wokqltd11nqqzi+bJ9cvSKADYdUAAN5W
Utzdpiy6LbTgSxP7ociU4Tn0g5I6aDZJ7A8Lzo0KSyZYoA485mqcO0GVAdVw9lq4
aOT9v6d+nb4bnNkQVklLQ3fVAvJm+xdDOp9LCNCN48V2pnDOkFV6+U9nV5oyc6XI
2wIDAQAB
-----END PUBLIC KEY-----`)
const ED25519 = createPublicKey({
  key: { kty: 'OKP', crv: 'Ed25519', x: 'JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs' },
  format: 'jwk',
})

function baseOf(message: SignedMessage, value: string): Buffer {
  const [input] = parseSignatureInput(value) ?? []
  assert.ok(input)
  const built = signatureBase(message, input)
  assert.ok('base' in built, JSON.stringify(built))
  return Buffer.from(built.base, 'latin1')
}

const pss = { key: RSA_PSS, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 64 }

describe('the signature base of RFC 9421 appendix B.2', () => {
  test('B.2.1, minimal signature using rsa-pss-sha512', () => {
    const base = baseOf(
      REQUEST,
      'sig-b21=();created=1618884473;keyid="test-key-rsa-pss";nonce="b3k2pp5k7z-50gnwp.yemd"',
    )
    const signature =
      'd2pmTvmbncD3xQm8E9ZV2828BjQWGgiwAaw5bAkgibUopemLJcWDy/lkbbHAve4cRAtx31Iq786U7it++wgGxbtRxf8Udx7zFZsckzXaJMkA7ChG52eSkFxykJeNqsrWH5S+oxNFlD4dzVuwe8DhTSja8xxbR/Z2cOGdCbzR72rgFWhzx2VjBqJzsPLMIQKhO4DGezXehhWwE56YCE+O6c0mKZsfxVrogUvA4HELjVKWmAvtl6UnCh8jYzuVG5WSb/QEVPnP5TmcAnLH1g+s++v6d4s8m0gCw1fV5/SITLq9mhho8K3+7EPYTU8IU1bLhdxO5Nyt8C8ssinQ98Xw9Q=='
    assert.ok(verify('sha512', base, pss, Buffer.from(signature, 'base64')))
  })

  test('B.2.3, full coverage using rsa-pss-sha512', () => {
    const base = baseOf(
      REQUEST,
      'sig-b23=("date" "@method" "@path" "@query" "@authority" "content-type" "content-digest" "content-length");created=1618884473;keyid="test-key-rsa-pss"',
    )
    const signature =
      'bbN8oArOxYoyylQQUU6QYwrTuaxLwjAC9fbY2F6SVWvh0yBiMIRGOnMYwZ/5MR6fb0Kh1rIRASVxFkeGt683+qRpRRU5p2voTp768ZrCUb38K0fUxN0O0iC59DzYx8DFll5GmydPxSmme9v6ULbMFkl+V5B1TP/yPViV7KsLNmvKiLJH1pFkh/aYA2HXXZzNBXmIkoQoLd7YfW91kE9o/CCoC1xMy7JA1ipwvKvfrs65ldmlu9bpG6A9BmzhuzF8Eim5f8ui9eH8LZH896+QIF61ka39VBrohr9iyMUJpvRX2Zbhl5ZJzSRxpJyoEZAFL2FUo5fTIztsDZKEgM4cUA=='
    assert.ok(verify('sha512', base, pss, Buffer.from(signature, 'base64')))
  })

  test('B.2.5, signing a request using hmac-sha256', () => {
    const base = baseOf(
      REQUEST,
      'sig-b25=("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"',
    )
    const secret =
      'uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ=='
    const mac = createHmac('sha256', Buffer.from(secret, 'base64')).update(base).digest('base64')
    assert.equal(mac, 'pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=')
  })

  test('B.2.6, signing a request using ed25519', () => {
    const base = baseOf(
      REQUEST,
      'sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"',
    )
    const signature =
      'wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw=='
    assert.ok(verify(null, base, ED25519, Buffer.from(signature, 'base64')))
  })
})

test("the signature another implementation made (cloudflare/web-bot-auth's test data) holds", () => {
  const message = { ...REQUEST, method: 'GET', target: '/path/to/resource', headers: {} }
  const base = baseOf(
    message,
    'sig1=("@authority");created=1735689600;keyid="poqkLGiymh_W0uP6PZFw-dvez3QJT5SolqXBCW38r0U";alg="ed25519";expires=4889289600;nonce="zIW8+cdmA3vdYagbxojpONwa/l0EKJ/O3/wD486VvsQjO/RxPaSt6ZxvQaMcQzNnqKN/mQ6hpGiFro2L2qkz5A==";tag="web-bot-auth"',
  )
  const signature =
    'QKN4fTdIYfh82fvoZCQiQA1weuozfCS/Led2zTMbewMMqH8PI2Wsy/5c4ao6B6D09nraNQdBNOADg8aM1MqfCg=='
  assert.ok(verify(null, base, ED25519, Buffer.from(signature, 'base64')))
})

describe('Signature-Input', () => {
  const string = fc.stringMatching(/^[ !#-[\]-~]{0,12}$/)
  const parameter = fc.tuple(
    fc.constantFrom('created', 'expires', 'keyid', 'nonce', 'tag', 'alg', 'x'),
    fc.oneof(
      string.map((text) => `"${text}"`),
      fc.nat().map(String),
      fc.constantFrom('?1', 'token', ':aGk=:', '-5', '1.5', '""', '007'),
    ),
  )
  const member = fc
    .tuple(
      fc.constantFrom('goc', 'sig1', '*a.b-c_d'),
      fc.array(string, { maxLength: 4 }),
      fc.array(parameter, { maxLength: 5 }),
      fc.constantFrom(' ', '  '),
    )
    .map(([label, names, parameters, gap]) => {
      const list = names.map((name) => `"${name}"`).join(gap)
      return `${label}=(${list})${parameters.map(([key, value]) => `;${key}=${value}`).join('')}`
    })

  test('the short way says what the library says, or leaves it to the library', () => {
    let taken = 0
    fc.assert(
      fc.property(
        fc.oneof(
          member,
          fc.string(),
          member.map((text) => `${text} `),
        ),
        (value) => {
          const quick = parseCanonicalInput(value)
          if (quick === undefined) return
          taken += 1
          assert.deepEqual([quick], parseAnyInput(value))
        },
      ),
      { numRuns: 3000 },
    )
    assert.ok(taken > 100, `only ${taken} took the short way`)
  })

  test('spaces a sender added are not part of what was signed', () => {
    const [input] = parseSignatureInput('goc=(  "@method"   "@path" ); created=1;tag="goc"') ?? []
    assert.equal(input?.text, '("@method" "@path");created=1;tag="goc"')
  })

  test('what is no dictionary of inner lists is not understood', () => {
    for (const value of ['', 'goc', 'goc=1', 'goc=("@method"', 'goc=(@method)', 'goc=(1)']) {
      assert.equal(parseSignatureInput(value), undefined, value)
    }
  })
})

test('a component that cannot be rebuilt here is named', () => {
  const missing = (value: string) => {
    const [input] = parseSignatureInput(value) ?? []
    assert.ok(input)
    const built = signatureBase(REQUEST, input)
    return 'missing' in built ? built.missing : undefined
  }
  assert.equal(missing('s=("@method" "x-none")'), 'x-none')
  assert.equal(missing('s=("@scheme")'), '@scheme')
  assert.equal(missing('s=("@query-param";name="Pet")'), '@query-param')
})
