import assert from 'node:assert/strict'
import test from 'node:test'
import { readImports } from './source.ts'

test('every way of naming a module is read', () => {
  const text = [
    `import a from 'a'`,
    `import type { B } from './b.ts'`,
    'import {',
    '  c,',
    '  type D,',
    `} from '../c.ts'`,
    `import e, { f } from "f"`,
    `import json from './g.json' with { type: 'json' }`,
    `export { h } from './h.ts'`,
    `export * from './i.ts'`,
    `/** @typedef {import('./j.js').J} J */`,
  ].join('\n')
  assert.deepEqual(readImports('x.ts', text), [
    ...['a', './b.ts', '../c.ts', 'f', './g.json', './h.ts', './i.ts', './j.js'],
  ])
})

test('code that is loaded while the program runs is refused', () => {
  for (const text of [
    `await import('./a.ts')`,
    `const a = 'src/**/*.ts'\nimport (name)\n// */`,
    `const a = require('a')`,
    `createRequire(import.meta.url)`,
    `import './a.ts'`,
  ]) {
    assert.throws(() => readImports('x.ts', text), Error, text)
  }
})

test('an import that the check cannot read is refused, not passed over', () => {
  assert.throws(
    () => readImports('x.ts', 'import a = b.c'),
    /1 imports, of which this check reads 0/,
  )
})
