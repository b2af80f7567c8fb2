import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import test from 'node:test'
import { makeFolder } from './folder.ts'

const refused = { code: 'folder.not-writable' }

test('a folder is made with all above it, and is there the second time', () => {
  const base = mkdtempSync(path.join(tmpdir(), 'goc-folder-'))
  try {
    const folder = path.join(base, 'a', 'b')
    makeFolder(folder)
    makeFolder(folder)
    assert.ok(existsSync(folder))
  } finally {
    rmSync(base, { recursive: true })
  }
})

test('a file in its place, and a place where nothing can be made, are refused at once', () => {
  const base = mkdtempSync(path.join(tmpdir(), 'goc-folder-'))
  try {
    const file = path.join(base, 'file')
    writeFileSync(file, '')
    assert.throws(() => makeFolder(file), refused)
    assert.throws(() => makeFolder(path.join(file, 'below')), refused)
    if (existsSync('/proc/self')) assert.throws(() => makeFolder('/proc/goc/out'), refused)
  } finally {
    rmSync(base, { recursive: true })
  }
})
