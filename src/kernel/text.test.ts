import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Type } from 'typebox'
import { profile as demo } from '../../profiles/demo/index.ts'
import { refused } from '../../test/commands.ts'
import { anActor, type TestKernel, testKernel } from '../../test/kernel.ts'
import { command, execute } from './command.ts'
import { uuidv7 } from './id.ts'
import { room } from './kernel-room.ts'
import type { Profile } from './profile.ts'
import { ask, query } from './query.ts'
import type { Refusal } from './refusal.ts'
import { findUnkeepable, isKeepable, keepable } from './text.ts'

const person = uuidv7()
const Input = Type.Object(
  { words: Type.Array(Type.String()), more: Type.Optional(Type.Object({ note: Type.String() })) },
  { additionalProperties: false },
)
const keep = command({
  name: 'words.keep',
  input: Input,
  purpose: 'testing',
  legalBasis: 'no law',
  run: async ({ words }) => ({ words }),
})
/** A look outside the area, under a case. */
const look = query({
  name: 'words.look',
  input: Input,
  purposes: ['testing'],
  async run(_input, { concerns, requireArea }) {
    concerns(person, ['words'])
    requireArea(['elsewhere'], { number: '1', bornOn: '2000-01-01' })
  },
})

const operations = ['words.keep', 'words.look']
const roles = { writer: { words: { vi: '', en: '', fr: '' }, operations } }
const profile: Profile = { ...demo, roles }
const actor = anActor([['writer', 'here']])

let kernel: TestKernel
before(async () => {
  kernel = await testKernel({ profile, rooms: [room] })
})
after(() => kernel.close())

const HALF = 'half a pair \ud83c'
const NUL = 'nothing \0 at all'
const at = (input: unknown, key = uuidv7()) => execute(keep, input, { kernel, actor, key })

test('only NUL and half of a surrogate pair cannot be kept', () => {
  for (const text of ['', 'Nguyễn', '\n\t', '\u202e\u200b', '👨‍👩‍👧', '\ufffd\uffff']) {
    assert.ok(isKeepable(text))
    assert.equal(keepable(text), text)
  }
  assert.equal(keepable(`${HALF}${NUL}`), 'half a pair \u{fffd}nothing \u{fffd} at all')
  assert.equal(findUnkeepable({ a: 1, b: [null, { c: NUL }] }), 'b.1.c')
  assert.equal(findUnkeepable(['a', { b: true }]), undefined)
})

test('an input with such a text is refused naming the field, and never a fault', async () => {
  for (const text of [HALF, NUL]) {
    await assert.rejects(at({ words: ['good', text] }), (error: Refusal) => {
      assert.deepEqual([error.code, error.details.field], ['request.invalid', 'words.1'])
      return true
    })
    await assert.rejects(at({ words: [], more: { note: text } }), refused('request.invalid'))
    await assert.rejects(at({ words: [] }, text), refused('idempotency.key-missing'))
  }
})

test('no case can be typed so that its event cannot be written, or not be read again', async () => {
  for (const text of [HALF, NUL]) {
    const typed = { reference: text, reason: text, number: '1', bornOn: '2000-01-01' }
    const asker = { kernel, actor, purpose: 'testing' }
    await ask(look, { words: [] }, { ...asker, case: typed })
    const wrong = ask(look, { words: [] }, { ...asker, case: { ...typed, number: '2' } })
    await assert.rejects(wrong, refused('case.not-matching'))
  }
  const rows = await kernel.owner<{ reason: string }>(
    `select body::jsonb #>> '{notes,reason}' as reason from kernel.audit_event where person_id = $1`,
    [person],
  )
  assert.equal(rows.length, 4)
})
