import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { anActor } from '../../test/kernel.ts'
import { handleOf, idOfHandle } from './handle.ts'
import { uuidv7 } from './id.ts'
import { openKeys } from './keys.ts'
import { Refusal } from './refusal.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'goc-handle-'))
after(() => rmSync(folder, { recursive: true }))
const keys = openKeys(folder)
const officer = anActor([])

test('a handle leads back to its record, for the actor it was made for', () => {
  const id = uuidv7()
  const handle = handleOf(keys, officer, id)
  assert.equal(idOfHandle(keys, officer, handle), id)
  assert.match(handle, /^[\w-]{22}$/)
  assert.notEqual(handleOf(keys, anActor([]), id), handle)
})

test('what is no handle is refused like a page that does not exist', () => {
  for (const handle of ['', 'x', 'A'.repeat(21), 'A'.repeat(44), uuidv7(), '../../etc/passwd']) {
    assert.throws(() => idOfHandle(keys, officer, handle), Refusal, handle)
  }
})
