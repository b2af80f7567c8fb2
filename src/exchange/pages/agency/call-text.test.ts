import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import fc from 'fast-check'
import { curlText, gocText } from './call-text.ts'
import { describe } from './openapi.ts'

const callOf = (body: string) => ({
  method: 'POST' as const,
  url: new URL('http://localhost:4100/api/verify'),
  headers: { 'content-type': 'application/json', 'goc-purpose': 'tax' },
  body,
  requestDigest: Buffer.alloc(32),
  keyId: 'bank.1',
})

test('whatever is in a body or a name, the shell hands it on as it is', () => {
  const arguments_ = (command: string): string[] => {
    const show = `show() { for one in "$@"; do printf '%s\\0' "$one"; done; }\n`
    const text = show + command.replace(/^curl|^\.\/goc/, 'show')
    return execFileSync('/bin/sh', ['-c', text], { encoding: 'utf8' }).split('\0')
  }
  const typed = fc.string({ unit: fc.constantFrom(...'a\'"$`\\ \n;&|é’') })
  fc.assert(
    fc.property(typed, (text) => {
      assert.ok(arguments_(curlText(callOf(text))).includes(text))
      const payload = { identify: { personal_administrative_number: '1', name: `x${text}` } }
      const said = { call: callOf('{}'), payload, agency: 'bank', purpose: 'tax' }
      assert.ok(arguments_(gocText(said)).includes(`x${text}`))
    }),
    { numRuns: 40 },
  )
})

test('a reference is read from any OpenAPI document: fields below lists and in several forms', () => {
  const row = (result: string) => ({
    type: 'object',
    required: ['ref'],
    properties: { ref: { type: 'string' }, result: { const: result } },
  })
  const rows = { type: 'array', items: { anyOf: [row('yes'), row('no')] } }
  const schema = { type: 'object', required: ['rows'], properties: { rows } }
  const content = { 'application/json': { schema } }
  const { operations } = describe({
    info: {},
    paths: { '/x': { post: { operationId: 'x', requestBody: { content }, responses: {} } } },
  })
  const fields = operations[0]?.fields.map(({ name, type, isRequired }) => [name, type, isRequired])
  assert.deepEqual(fields, [
    ['rows', 'object[]', true],
    ['rows[].ref', 'string', true],
    ['rows[].result', '"yes" | "no"', false],
  ])
})
