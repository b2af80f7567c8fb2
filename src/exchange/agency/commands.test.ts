import assert from 'node:assert/strict'
import { generateKeyPairSync, sign } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { anActor, Cut, type TestKernel } from '../../../test/kernel.ts'
import { type Actor, type Command, execute, Refusal, uuidv7 } from '../../kernel/index.ts'
import { openKernel, steward, TERMS, TODAY } from '../testing.ts'
import {
  addAgencyKey,
  approveAgreement,
  endAgreementCommand,
  keyProofText,
  proposeAgreement,
  registerAgency,
  revokeAgencyKey,
} from './commands.ts'
import { listAgreements } from './store.ts'

let kernel: TestKernel
before(async () => {
  kernel = await openKernel()
})
after(() => kernel.close())

const refused = (code: string) => (error: unknown) => {
  assert.ok(error instanceof Refusal, String(error))
  assert.equal(error.code, code, JSON.stringify(error.details))
  return true
}
const by = (actor: Actor = steward(), key: string = uuidv7()) => ({ kernel, actor, key })
let count = 0
const newCode = () => `agency-${++count}`

async function aRegistered(): Promise<string> {
  const code = newCode()
  await execute(registerAgency, { code, name: 'Ngân hàng Một', sector: 'bank' }, by())
  return code
}

function aKey(agency: string, name = '1') {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const keyId = `${agency}.${name}`
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url')
  const proof = sign(null, Buffer.from(keyProofText(agency, keyId)), privateKey)
  return { agency, keyId, publicKey: raw.toString('base64'), proof: proof.toString('base64') }
}

async function aProposed(actor: Actor = steward()): Promise<string> {
  const agency = await aRegistered()
  const { agreement } = await execute(proposeAgreement, { agency, ...TERMS }, by(actor))
  return agreement
}

/** Each command with an input that is accepted, made anew for every use. */
const COMMANDS: readonly (readonly [Command, () => Promise<object>])[] = [
  [
    registerAgency as unknown as Command,
    async () => ({ code: newCode(), name: 'Trường Hai', sector: 'school' }),
  ],
  [addAgencyKey as unknown as Command, async () => aKey(await aRegistered())],
  [
    revokeAgencyKey as unknown as Command,
    async () => {
      const key = aKey(await aRegistered())
      await execute(addAgencyKey, key, by())
      return { keyId: key.keyId, because: 'lost with a laptop' }
    },
  ],
  [proposeAgreement as unknown as Command, async () => ({ agency: await aRegistered(), ...TERMS })],
  [approveAgreement as unknown as Command, async () => ({ agreement: await aProposed() })],
  [
    endAgreementCommand as unknown as Command,
    async () => ({ agreement: await aProposed(), because: 'the law was repealed' }),
  ],
]
const TABLES = ['agency', 'agency_key', 'agreement', 'approval'].map((name) => `exchange.${name}`)
const traces = async () =>
  JSON.stringify(
    await Promise.all(
      [...TABLES, 'kernel.actor', 'kernel.audit_event', 'kernel.outbox', 'kernel.idempotency'].map(
        (table) => kernel.owner(`select * from ${table} order by 1, 2`),
      ),
    ),
  )

for (const [command, input] of COMMANDS) {
  describe(command.name, () => {
    test('permitted: done once, with its event', async () => {
      const before = await kernel.count('kernel.audit_event')
      await execute(command, await input(), by())
      assert.ok((await kernel.count('kernel.audit_event')) > before)
    })

    test('forbidden: without the role, and for a grant over one province', async () => {
      const given = await input()
      const stranger = anActor([['commune-officer', 'nation']])
      await assert.rejects(execute(command, given, by(stranger)), refused('actor.not-permitted'))
      const elsewhere = anActor([['sharing-officer', '79@2025-07-01']])
      await assert.rejects(execute(command, given, by(elsewhere)), refused('actor.out-of-area'))
    })

    test('twice with the same key: the same answer, nothing more', async () => {
      const given = await input()
      const caller = by()
      const first = await execute(command, given, caller)
      const after = await traces()
      assert.deepEqual(await execute(command, given, caller), first)
      assert.equal(await traces(), after)
    })

    test('a power cut after any statement leaves nothing behind', async () => {
      const given = await input()
      const untouched = await traces()
      let cut = 0
      for (; ; cut++) {
        kernel.cutAt(cut)
        const outcome = await execute(command, given, by()).catch((error: unknown) => error)
        kernel.cutAt(null)
        if (!(outcome instanceof Cut)) break
        assert.equal(await traces(), untouched, `after ${cut} statements`)
      }
      // At least: the look-up of the key, the work, event, facts, answer, commit.
      assert.ok(cut >= 5, `${cut} cuts`)
      assert.notEqual(await traces(), untouched)
    })
  })
}

test('a code is given once', async () => {
  const code = await aRegistered()
  const again = execute(registerAgency, { code, name: 'Other', sector: 'bank' }, by())
  await assert.rejects(again, refused('agency.exists'))
})

describe('a key', () => {
  test('is taken only from whoever holds its private half', async () => {
    const agency = await aRegistered()
    const { proof } = aKey(agency)
    const stolen = { ...aKey(agency), proof }
    await assert.rejects(execute(addAgencyKey, stolen, by()), refused('signature.wrong'))
    const noPoint = { ...aKey(agency), publicKey: `${'/'.repeat(42)}8=` }
    await assert.rejects(execute(addAgencyKey, noPoint, by()), refused('signature.wrong'))
  })

  test('is named by its agency, and neither its name nor itself comes twice', async () => {
    const agency = await aRegistered()
    const other = await aRegistered()
    const foreign = { ...aKey(other), agency }
    await assert.rejects(execute(addAgencyKey, foreign, by()), refused('request.invalid'))
    const key = aKey(agency)
    await execute(addAgencyKey, key, by())
    await assert.rejects(execute(addAgencyKey, key, by()), refused('agency.key-exists'))
    await assert.rejects(execute(addAgencyKey, aKey(agency), by()), refused('agency.key-exists'))
    const unknown = aKey('nobody-here')
    await assert.rejects(execute(addAgencyKey, unknown, by()), refused('agency.not-found'))
  })

  test('is revoked once', async () => {
    const key = aKey(await aRegistered())
    await execute(addAgencyKey, key, by())
    const revoke = { keyId: key.keyId, because: 'rotation' }
    await execute(revokeAgencyKey, revoke, by())
    await assert.rejects(execute(revokeAgencyKey, revoke, by()), refused('agency.key-not-found'))
  })
})

describe('an agreement', () => {
  const approve = (agreement: string, actor: Actor = steward()) =>
    execute(approveAgreement, { agreement }, by(actor))

  test('holds once two persons other than its proposer approved it', async () => {
    const proposer = steward()
    const agreement = await aProposed(proposer)
    await assert.rejects(approve(agreement, proposer), refused('agreement.same-approver'))
    const first = steward()
    assert.deepEqual(await approve(agreement, first), { agreement, approvals: 1, holds: false })
    await assert.rejects(approve(agreement, first), refused('agreement.same-approver'))
    assert.deepEqual(await approve(agreement), { agreement, approvals: 2, holds: true })
    await assert.rejects(approve(agreement), refused('agreement.already-decided'))
  })

  test('approved by many at once has two approvers, no more', async () => {
    const agreement = await aProposed()
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => approve(agreement)))
    assert.equal(outcomes.filter((one) => one.status === 'fulfilled').length, 2)
  })

  test('that has ended can be neither approved nor ended', async () => {
    const agreement = await aProposed()
    const end = { agreement, because: 'a mistake' }
    const ended = await execute(endAgreementCommand, end, by())
    assert.equal(ended.endedOn, TODAY)
    await assert.rejects(approve(agreement), refused('agreement.already-decided'))
    await assert.rejects(
      execute(endAgreementCommand, end, by()),
      refused('agreement.already-decided'),
    )
    const records = await kernel.database.transaction((tx) => listAgreements(tx))
    assert.equal(records.find((one) => one.id === agreement)?.to, TODAY)
  })

  test('cites a purpose and an article the profile knows, and days in order', async () => {
    const agency = await aRegistered()
    const propose = (change: object) =>
      execute(proposeAgreement, { agency, ...TERMS, ...change }, by())
    await assert.rejects(propose({ purpose: 'curiosity' }), refused('purpose.not-allowed'))
    await assert.rejects(propose({ legalBasis: 'tax' }), refused('request.invalid'))
    await assert.rejects(propose({ to: '2026-01-01' }), refused('request.invalid'))
    await assert.rejects(propose({ from: '2026-02-30' }), refused('request.invalid'))
    await assert.rejects(propose({ attributes: ['dna'] }), refused('request.invalid'))
    await assert.rejects(propose({ predicates: ['age_over_0'] }), refused('request.invalid'))
    await assert.rejects(propose({ scope: { kind: 'some' } }), refused('request.invalid'))
    await assert.rejects(propose({ agency: 'nobody-here' }), refused('agency.not-found'))
    const nowhere = { kind: 'unit', unit: '99999@2025-07-01' }
    await assert.rejects(propose({ scope: nowhere }), refused('unit.not-found'))
  })
})
