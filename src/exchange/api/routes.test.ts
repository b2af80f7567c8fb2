import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Bed, openBed } from '../verify/testing.ts'

let bed: Bed
before(async () => {
  bed = await openBed()
})
after(() => bed.close())

const read = async (lang: string) =>
  (await bed.app.inject({ url: '/api/openapi.json', headers: { 'accept-language': lang } })).json()

test('the interface describes itself from its own schemas, as OpenAPI 3.1', async () => {
  const document = await read('en')
  assert.equal(document.openapi, '3.1.0')
  const { post } = document.paths['/api/verify']
  assert.deepEqual(post.security, [{ httpMessageSignature: [] }])
  const body = post.requestBody.content['application/json'].schema
  assert.deepEqual(body.required, ['identify'])
  assert.ok(body.properties.identify.properties.personal_administrative_number)
  assert.equal(body.additionalProperties, false)
  const batch = document.paths['/api/verify/batch'].post.requestBody.content
  assert.deepEqual(Object.keys(batch), ['application/json', 'application/x-ndjson'])
  assert.ok(post.responses['200'].headers['goc-receipt'])
  const [, confirmed] = post.responses['200'].content['application/json'].schema.anyOf
  assert.deepEqual(confirmed.required, ['result', 'pseudonym', 'attributes', 'predicates'])
})

test('it speaks three languages, and no key is left in it', async () => {
  const texts = await Promise.all(
    ['vi', 'en', 'fr'].map(async (lang) => JSON.stringify(await read(lang))),
  )
  assert.equal(new Set(texts).size, 3)
  for (const text of texts) assert.doesNotMatch(text, /"api\./)
})
