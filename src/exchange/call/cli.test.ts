import assert from 'node:assert/strict'
import { statSync } from 'node:fs'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import { execute, Refusal, uuidv7 } from '../../kernel/index.ts'
import { revokeAgencyKey } from '../agency/commands.ts'
import { listAgencies, listAgreements, listKeys } from '../agency/store.ts'
import { demonstrateAgencies } from '../demonstration/demonstrate.ts'
import { agencyFolder, readAgency } from '../demonstration/folder.ts'
import { testOperator } from '../demonstration/testing.ts'
import { steward } from '../testing.ts'
import { type Bed, NUMBER, openBed, PERSON } from '../verify/testing.ts'
import { callCli } from './cli.ts'

let bed: Bed
let origin: string
before(async () => {
  bed = await openBed()
  bed.kernel.setNow(new Date().toISOString())
  await demonstrateAgencies(testOperator(bed.kernel))
  origin = await bed.app.listen({ port: 0, host: '127.0.0.1' })
})
after(() => bed.close())

const listed = async () =>
  bed.kernel.database.transaction(async (tx) => ({
    agencies: await listAgencies(tx),
    keys: await listKeys(tx),
    agreements: await listAgreements(tx),
  }))

describe('the agencies of a demonstration', () => {
  test('are registered, agreed on by two who did not propose, and hold keys nobody else reads', async () => {
    const { agencies, agreements } = await listed()
    assert.ok(agencies.length >= 5)
    for (const agreement of agreements) {
      assert.equal(new Set([...agreement.approvedBy, agreement.proposedBy]).size, 3)
    }
    const { mode } = statSync(path.join(agencyFolder(bed.kernel, 'school'), 'private.pem'))
    assert.equal(mode & 0o777, 0o600)
    const file = readAgency(bed.kernel, 'school')
    assert.equal(file.keyId, 'school.1')
    assert.deepEqual(file.purposes, ['school-enrolment', 'data-cleaning'])
  })

  test('are left as they are by the next start, but for a key that was revoked', async () => {
    const before = await listed()
    await demonstrateAgencies(testOperator(bed.kernel))
    assert.deepEqual(await listed(), before)
    const revoke = { keyId: 'tax.1', because: 'lost with a laptop' }
    await execute(revokeAgencyKey, revoke, {
      kernel: bed.kernel,
      actor: steward(),
      key: uuidv7(),
    })
    await demonstrateAgencies(testOperator(bed.kernel))
    assert.equal(readAgency(bed.kernel, 'tax').keyId, 'tax.2')
  })
})

describe('goc call', () => {
  const run = async (...args: string[]) => {
    const operator = testOperator(bed.kernel)
    const status = await callCli.run([...args, '--url', origin, '--lang', 'en'], operator)
    return { status, text: operator.printed.join('\n') }
  }
  const WHO = ['--agency', 'hospital', '--number', NUMBER, '--name', PERSON.name]

  test('signs, sends, checks the receipt and shows the answer', async () => {
    const { status, text } = await run(
      'verify',
      ...WHO,
      '--birthdate',
      PERSON.born,
      '--ask',
      'alive',
    )
    assert.equal(status, 0, text)
    assert.match(text, /"result": "confirmed"/)
    assert.match(text, /"alive": true/)
    assert.match(text, /Receipt: event [0-9a-f-]{36}, in the log by/)
  })

  test('takes the method, the path and the JSON as they would be written in a program', async () => {
    const identify = {
      personal_administrative_number: NUMBER,
      name: PERSON.name,
      birthdate: PERSON.born,
    }
    const body = JSON.stringify({ identify })
    const { text } = await run('--agency', 'bank', 'POST', '/api/verify', body)
    assert.match(text, /"result": "confirmed"/)
    const wrong = run('--agency', 'bank', 'POST', '/api/verify', '{identify}')
    await assert.rejects(wrong, (error: unknown) => error instanceof Refusal)
  })

  test('gives programs one object', async () => {
    const { text } = await run('verify', ...WHO, '--city', '26773', '--json')
    assert.equal(JSON.parse(text).answer.result, 'confirmed')
    assert.equal(JSON.parse(text).receipt.v, 1)
  })

  test('says in words why it was refused, and that nobody answers', async () => {
    const purpose = await run('verify', ...WHO, '--birthdate', '1997', '--purpose', 'tax')
    assert.equal(purpose.status, 1)
    assert.match(purpose.text, /\w\. .+\. \(purpose\.not-allowed\)/)
    const lacking = await run('verify', '--agency', 'bank', '--number', '901197004821')
    assert.match(lacking.text, /\(request\.invalid\)\n {2}field: identify\n {2}expected: /)
    const operator = testOperator(bed.kernel)
    const args = [
      'verify',
      ...WHO,
      '--birthdate',
      '1997',
      '--url',
      'http://127.0.0.1:59999',
      '--lang',
      'en',
    ]
    assert.equal(await callCli.run(args, operator), 1)
    assert.match(operator.printed.join(), /cannot be reached/)
  })

  test('is wrong usage without agency, person or operation', async () => {
    for (const args of [[], ['verify'], ['verify', '--agency', 'bank'], ['delete', ...WHO]]) {
      assert.equal((await run(...args)).status, 2)
    }
  })
})
