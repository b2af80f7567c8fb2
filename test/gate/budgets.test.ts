import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import test from 'node:test'
import { isTestFile, ROOT, readSource } from './source.ts'

const LONGEST_FILE = 300
const FOLDERS = '{src,profiles,client,test,bench,drill}/**/*.{ts,js}'
const files = [...globSync(FOLDERS, { cwd: ROOT }), 'setup.js']

test(`no file is longer than ${LONGEST_FILE} lines: split it by noun`, () => {
  assert.ok(files.length > 50, `only ${files.length} files were seen`)
  const long = files
    .filter((file) => !isTestFile(file))
    .map((file) => ({ file, lines: readSource(file).trimEnd().split('\n').length }))
    .filter(({ lines }) => lines > LONGEST_FILE)
    .map(({ file, lines }) => `${file}: ${lines}`)
  assert.ok(long.length === 0, long.join('\n'))
})
