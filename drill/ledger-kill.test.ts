import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const CRASH_TEST = fileURLToPath(new URL('../src/ledger/crash.test.ts', import.meta.url))
/** A log that went wrong differs in thousands of lines, and all of them are told. */
const OUTPUT_bytes = 64 * 2 ** 20

test('kill -9 of the sequencer, twenty times: the same test as in npm test', async () => {
  // Without the runner's context, in which a test file speaks to its runner and not to people.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  const { stdout } = await promisify(execFile)(process.execPath, [CRASH_TEST], {
    env: { ...env, GOC_TEST_KILLS: '20' },
    maxBuffer: OUTPUT_bytes,
  })
  assert.match(stdout, /kill -9 in the middle of writing \(20 times\)/)
})
