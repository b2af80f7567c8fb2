import assert from 'node:assert/strict'
import { createHmac, randomBytes } from 'node:crypto'
import { test } from 'node:test'
import type { Kernel } from '../../kernel/index.ts'
import { numberMac } from './mac.ts'

test('the MAC of a number is the HMAC-SHA256 of RFC 2104, cut in half', () => {
  const secret = randomBytes(32)
  const kernel = { keys: { secret: () => secret } } as unknown as Kernel
  for (const number of ['079097375971', '', 'x'.repeat(100)]) {
    const whole = createHmac('sha256', secret).update(`agency ${number}`).digest('hex')
    assert.equal(numberMac(kernel, 'agency', number), whole.slice(0, 32))
  }
})
