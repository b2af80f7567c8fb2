import assert from 'node:assert/strict'
import test from 'node:test'
import { isLoopback, readConfig } from './config.ts'
import { StartRefused } from './postgres.ts'

test('without a setting the program serves this machine alone, from the clone', () => {
  const config = readConfig({})
  assert.equal(config.url, 'http://localhost:4100')
  assert.ok(isLoopback(config.host))
  assert.match(config.dataDir, /\/\.goc$/)
  assert.equal(config.keysDir, `${config.dataDir}/keys`)
  assert.equal(config.databaseUrl, null)
  assert.equal(config.worker, true)
  assert.equal(config.secureCookies, false)
})

test('a variable that is set to nothing is not set', () => {
  assert.deepEqual(readConfig({ PORT: '', GOC_DATA: ' ', DATABASE_URL: '' }), readConfig({}))
})

test('the settings are taken', () => {
  const config = readConfig(
    {
      PORT: '8080',
      GOC_HOST: '::1',
      GOC_URL: 'https://goc.example/',
      GOC_DATA: '/srv/goc',
      GOC_KEYS: '/srv/keys',
      GOC_TRUST_PROXY: 'yes',
      GOC_AGENCY_SOCIAL_INSURANCE_URL: 'https://insurance.example/',
    },
    ['start', '--no-worker'],
  )
  assert.equal(config.port, 8080)
  assert.equal(config.url, 'https://goc.example')
  assert.equal(config.secureCookies, true)
  assert.equal(config.trustProxy, true)
  assert.equal(config.keysDir, '/srv/keys')
  assert.equal(config.worker, false)
  assert.deepEqual(config.agencyUrls, { 'social-insurance': 'https://insurance.example' })
  assert.equal(readConfig({ GOC_HOST: '::1' }).url, 'http://[::1]:4100')
})

for (const [name, value] of [
  ['PORT', '80a'],
  ['PORT', '-1'],
  ['PORT', '65536'],
  ['GOC_LANG', 'de'],
  ['GOC_WORKER', 'true'],
  ['GOC_LOG', 'loud'],
  ['GOC_URL', 'goc.example'],
  ['GOC_URL', 'ftp://goc.example'],
  ['DATABASE_URL', 'localhost:5432'],
  ['DATABASE_URL', 'mysql://me:secret@host/goc'],
  ['DATABASE_URL', 'postgres://me:secret@host/'],
  ['GOC_AGENCY_TAX_URL', 'tax'],
] as const) {
  test(`${name}=${value} is refused in a line that names it and says what it must be`, () => {
    assert.throws(
      () => readConfig({ [name]: value }),
      (error) => {
        assert.ok(error instanceof StartRefused)
        assert.equal(error.code, 'setting-invalid')
        assert.ok(error.message.startsWith(name))
        assert.ok(!error.message.includes('secret'))
        return true
      },
    )
  })
}

test('only this machine’s own addresses are loopback', () => {
  for (const host of ['localhost', '127.0.0.1', '127.1.2.3', '::1']) assert.ok(isLoopback(host))
  for (const host of ['0.0.0.0', '::', '10.0.0.1', '127.0.0.1.evil.example', 'goc.example']) {
    assert.ok(!isLoopback(host))
  }
})
