import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { eventLeaf, merkleRoot, Refusal, subjectCommitment, subjectRef } from '../kernel/index.ts'
import { inclusionRanges, leafHash, prove, readLeaves, rootOfLeaves } from './merkle.ts'
import { checkpointText, logSigner, type NoteSigner, signNote, witnessSigner } from './note.ts'
import { parsePolicy } from './offline/policy.js'
import {
  type DisclosedEvent,
  disclosureText,
  proofText,
  subjectPath,
  verifyProof,
} from './proof.ts'
import { newKey } from './testing.ts'

const ORIGIN = 'goc.example/log'
const log = logSigner(ORIGIN, newKey())
const witnesses = [1, 2, 3].map((n) =>
  witnessSigner(`w${n}.example`, newKey(), () => 1_760_000_000 + n),
)
const witnessLines = witnesses.map((w, n) => `witness w${n} ${w.verifierKey}`).join('\n')
const policyText = `# pinned\nlog ${log.verifierKey}\n${witnessLines}\n\ngroup two 2 w0 w1 w2\nquorum two\n`
const policy = await parsePolicy(policyText)
const persons = Array.from({ length: 5 }, (_, n) => `00000000-0000-7000-8000-00000000010${n}`)

/** An event as the kernel writes it: one subject under the event's salt, several under their own. */
function eventOf(persons: readonly string[]) {
  const salt = randomBytes(32)
  const subjects = persons.map((personId) => ({
    personId,
    salt: persons.length > 1 ? randomBytes(32) : salt,
  }))
  const root = merkleRoot(subjects.map((one) => subjectCommitment(one.salt, one.personId)))
  const body = JSON.stringify({
    attributes: ['name'],
    operation: 'person.get',
    purpose: 'civil-registration',
    subjectRoot: root.toString('hex'),
    subjects: persons.length,
  })
  return { body, salt, subjects, leaf: eventLeaf(salt, body) }
}

/** A log of `size` leaves with the event at `index`, and its proof signed by these. */
function logged(
  subjects: readonly string[],
  signers: readonly NoteSigner[],
  { size, index } = { size: 300, index: 77 },
) {
  const row = eventOf(subjects)
  const leaves = Array.from({ length: size }, (_, n) => leafHash(Buffer.from(`${n}`)))
  leaves[index] = row.leaf
  const root = rootOfLeaves(leaves)
  const path = prove(inclusionRanges(index, size), readLeaves(leaves))
  const checkpoint = signNote(checkpointText({ origin: ORIGIN, size, root }), signers)
  const event: DisclosedEvent = { body: row.body, salt: row.salt, opening: null }
  return { row, event, inclusion: { index, path, checkpoint } }
}
const [w1, w2] = witnesses
assert.ok(w1 !== undefined && w2 !== undefined)
const refusedAs = (code: string) => (error: unknown) =>
  error instanceof Refusal && error.code === code

test('a proof with its event inside one file is checked against pinned keys', async () => {
  const { event, inclusion } = logged([persons[0] ?? ''], [log, w1, w2])
  const proof = proofText(inclusion, event)
  assert.match(proof, /^c2sp\.org\/tlog-proof@v1\nextra \S+\nindex 77\n(\S{44}\n){9}\ngoc\.example/)
  const checked = await verifyProof({ proof, policy })
  assert.equal(checked.event.operation, 'person.get')
  assert.equal(checked.index, 77)
  assert.equal(checked.witnessed, true)
  assert.deepEqual(
    checked.witnesses.map(({ name, at }) => [name, at]),
    [
      ['w1.example', 1_760_000_001n],
      ['w2.example', 1_760_000_002n],
    ],
  )
})

test('the event may come as a file of its own', async () => {
  const { event, inclusion } = logged([persons[0] ?? ''], [log, w1, w2])
  const proof = proofText(inclusion)
  const checked = await verifyProof({ proof, disclosure: disclosureText(event), policy })
  assert.equal(checked.event.purpose, 'civil-registration')
  await assert.rejects(verifyProof({ proof, policy }), refusedAs('ledger.proof-malformed'))
})

test('with fewer cosignatures than the policy asks for, the proof stands but is not witnessed', async () => {
  for (const signers of [[log], [log, w1]]) {
    const { event, inclusion } = logged([persons[0] ?? ''], signers)
    const checked = await verifyProof({ proof: proofText(inclusion, event), policy })
    assert.equal(checked.witnessed, false)
    assert.equal(checked.witnesses.length, signers.length - 1)
  }
})

test('witnesses without the log do not make a proof', async () => {
  const { event, inclusion } = logged([persons[0] ?? ''], [w1, w2])
  const proof = proofText(inclusion, event)
  await assert.rejects(verifyProof({ proof, policy }), refusedAs('ledger.key-unknown'))
})

test('an event changed in any way is not what the log holds', async () => {
  const { row, event, inclusion } = logged([persons[0] ?? ''], [log, w1, w2])
  const changed = [
    { ...event, body: row.body.replace('"name"', '"religion"') },
    { ...event, body: `${row.body} ` },
    { ...event, salt: Buffer.alloc(32) },
  ]
  for (const other of changed) {
    const proof = proofText(inclusion, other)
    await assert.rejects(verifyProof({ proof, policy }), refusedAs('ledger.proof-wrong'))
  }
  const proof = proofText({ ...inclusion, index: 78 }, event)
  await assert.rejects(verifyProof({ proof, policy }), refusedAs('ledger.proof-wrong'))
})

test('no proof file with one character changed is accepted as the same', async () => {
  const { event, inclusion } = logged([persons[0] ?? ''], [log, w1, w2], { size: 5, index: 3 })
  const proof = proofText(inclusion, event)
  const good = await verifyProof({ proof, policy })
  await fc.assert(
    fc.asyncProperty(
      fc.nat(proof.length - 1),
      fc.string({ minLength: 1, maxLength: 1 }),
      async (at, c) => {
        const changed = proof.slice(0, at) + c + proof.slice(at + 1)
        if (changed === proof) return
        try {
          const other = await verifyProof({ proof: changed, policy })
          // What is left: a witness that became a stranger, or space inside the JSON around the event.
          assert.deepEqual(other.event, good.event)
          assert.deepEqual(other.root, good.root)
          assert.ok(!other.witnessed || other.witnesses.length === 2)
        } catch (error) {
          assert.ok(error instanceof Refusal, String(error))
        }
      },
    ),
    { numRuns: 1500 },
  )
})

test('a person opens only the own place among the subjects of an event', async () => {
  const { row, event, inclusion } = logged(persons, [log, w1, w2])
  const commitments = row.subjects.map((one) => subjectCommitment(one.salt, one.personId))
  for (const [position, { personId, salt }] of row.subjects.entries()) {
    const path = subjectPath(commitments, position)
    const opening = { ref: subjectRef(personId), salt, position, count: persons.length, path }
    const proof = proofText(inclusion, { ...event, opening })
    const checked = await verifyProof({ proof, policy })
    assert.deepEqual(Buffer.from(checked.subject?.ref ?? []), subjectRef(personId))
    const wrong = [
      { ...opening, position: (position + 1) % persons.length },
      { ...opening, ref: subjectRef('00000000-0000-7000-8000-000000000999') },
      { ...opening, salt: Buffer.alloc(32) },
      { ...opening, count: persons.length + 1 },
    ]
    for (const other of wrong) {
      const files = { proof: proofText(inclusion, { ...event, opening: other }), policy }
      await assert.rejects(verifyProof(files), Refusal)
    }
  }
})

test('the single subject of an event is opened by the salt of the event itself', async () => {
  const person = persons[0] ?? ''
  const { row, event, inclusion } = logged([person], [log, w1, w2])
  const opening = { ref: subjectRef(person), salt: row.salt, position: 0, count: 1, path: [] }
  const checked = await verifyProof({ proof: proofText(inclusion, { ...event, opening }), policy })
  assert.equal(checked.subject?.count, 1)
})

test('a proof at ten million leaves fits in a kilobyte of hashes', () => {
  assert.ok(inclusionRanges(5, 10_000_000).length * 32 <= 1024)
})

test('a policy that could be met by one key twice, or never, is refused', async () => {
  const bad = {
    'no quorum': policyText.replace(/quorum.*\n/, ''),
    'unknown quorum': policyText.replace('quorum two', 'quorum three'),
    'two quorums': `${policyText}quorum none\n`,
    'one key, two names': `${policyText.replace('group', `witness again ${w1.verifierKey}\ngroup`)}`,
    'a name twice': policyText.replace('witness w1', 'witness w0'),
    'a member twice': policyText.replace('w0 w1 w2', 'w0 w0 w2'),
    'more than there are': policyText.replace('two 2', 'two 4'),
    'a log as witness': policyText.replace(w1.verifierKey, log.verifierKey),
    'a witness as log': policyText.replace(`log ${log.verifierKey}`, `log ${w1.verifierKey}`),
    'the name none': policyText.replace('witness w0', 'witness none').replace('w0 w1', 'none w1'),
    'an unknown line': `${policyText}allow all\n`,
  }
  for (const [why, text] of Object.entries(bad)) await assert.rejects(parsePolicy(text), why)
})

test('groups of groups are counted as the policy says', async () => {
  const nested = policyText.replace(
    'group two 2 w0 w1 w2\nquorum two',
    'group a any w0 w1\ngroup b all a w2\nquorum b',
  )
  const { event, inclusion } = logged([persons[0] ?? ''], [log, w1, w2])
  const files = { proof: proofText(inclusion, event), policy: await parsePolicy(nested) }
  assert.equal((await verifyProof(files)).witnessed, false, 'the third witness is missing')
  const any = policyText.replace('group two 2', 'group two any')
  assert.equal((await verifyProof({ ...files, policy: await parsePolicy(any) })).witnessed, true)
})
