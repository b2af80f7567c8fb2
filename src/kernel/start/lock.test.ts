import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { describeLock, lockHolder, releaseLock, takeLock } from './lock.js'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'goc-lock-'))
after(() => fs.rmSync(folder, { recursive: true }))

test('a lock is taken once, tells who holds it, and is given back', () => {
  const lock = path.join(folder, 'once')
  assert.equal(takeLock(lock, { address: null }), null)
  assert.equal(takeLock(lock)?.pid, process.pid)
  describeLock(lock, { address: 'http://localhost:4100' })
  assert.equal(lockHolder(lock)?.address, 'http://localhost:4100')
  releaseLock(lock)
  assert.equal(lockHolder(lock), null)
  assert.equal(takeLock(lock), null)
})

test('the lock of a dead process is taken over, and so is a damaged one', () => {
  for (const text of [
    JSON.stringify({ pid: 2 ** 22 + 1, start: 'x' }),
    // Our own number, but a process that began at another time: the number was used again.
    JSON.stringify({ pid: process.pid, start: 'another boot/1' }),
    '{"pid": 1',
    '',
  ]) {
    const lock = path.join(folder, `stale-${text.length}`)
    fs.writeFileSync(lock, text)
    assert.equal(takeLock(lock), null, text)
    assert.equal(lockHolder(lock)?.pid, process.pid)
  }
})

test('of many processes that find a stale lock at once exactly one takes it', async () => {
  const lock = path.join(folder, 'race')
  fs.writeFileSync(lock, JSON.stringify({ pid: 2 ** 22 + 1, start: 'x' }))
  const module = JSON.stringify(new URL('./lock.js', import.meta.url).href)
  const script = `const { takeLock } = await import(${module})
    const holder = takeLock(${JSON.stringify(lock)})
    process.stdout.write(holder === null ? 'taken' : 'held')
    process.stdin.resume()`
  const programs = Array.from({ length: 8 }, () =>
    spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['pipe', 'pipe', 'inherit'],
    }),
  )
  const answers = await Promise.all(
    programs.map(
      (program) =>
        new Promise<string>((resolve) => program.stdout.once('data', (text) => resolve(`${text}`))),
    ),
  )
  for (const program of programs) program.stdin.end()
  assert.equal(answers.filter((answer) => answer === 'taken').length, 1, answers.join())
  assert.deepEqual(
    fs.readdirSync(folder).filter((name) => name.startsWith('race.')),
    [],
  )
})
