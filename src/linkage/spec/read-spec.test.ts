import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import test, { after } from 'node:test'
import {
  loadCatalogues,
  type NameRules,
  Refusal,
  refusalWords,
  translator,
} from '../../kernel/index.ts'
import { readSpec } from './index.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'goc-spec-'))
after(() => rmSync(folder, { recursive: true, force: true }))

function read(spec: unknown, names?: Parameters<typeof readSpec>[1]) {
  const file = path.join(folder, 'spec.json')
  writeFileSync(file, typeof spec === 'string' ? spec : JSON.stringify(spec))
  return readSpec(file, names)
}

const NAME = { column: 'name', kind: 'full-name' }

test('a specification says what is compared', () => {
  const rules = {} as NameRules
  const spec = read(
    {
      id: ' rec_id ',
      fields: [
        { column: 'given_name', kind: 'given-name' },
        { columns: ['by', 'bm', 'bd'], kind: 'date' },
        { column: 'dob', kind: 'date', format: 'dd/mm/yyyy' },
      ],
      blocking: [['given_name', 'by'], ['dob']],
      names: 'vn',
    },
    (id) => (id === 'vn' ? rules : null),
  )
  assert.deepEqual(spec, {
    id: 'rec_id',
    fields: [
      { name: 'given_name', kind: 'given-name', columns: ['given_name'], format: null },
      { name: 'by', kind: 'date', columns: ['by', 'bm', 'bd'], format: null },
      { name: 'dob', kind: 'date', columns: ['dob'], format: 'dd/mm/yyyy' },
    ],
    blocking: [['given_name', 'by'], ['dob']],
    names: rules,
  })
  assert.equal(spec.names, rules)
})

test('rules and name rules may be left out, and a byte order mark is no letter', () => {
  const spec = read(`\ufeff${JSON.stringify({ id: 'id', fields: [NAME], names: null })}`)
  assert.equal(spec.blocking, null)
  assert.equal(spec.names, null)
})

test('formats are runs of y, m and d with signs between them', () => {
  const formatOf = (format: string) =>
    read({ id: 'id', fields: [{ column: 'a', kind: 'date', format }] }).fields[0]?.format
  for (const format of ['yyyy-mm-dd', 'dd/mm/yyyy', 'd.m.yy', 'yyyymmdd', '%Y-%m-%d', 'yyyy']) {
    assert.equal(formatOf(format), format)
  }
  for (const format of ['', 'dd/mm', 'yyyy-mm-dd hh:mm', 'yyyy-yyyy', 'auto', 'yyyyy']) {
    assert.throws(() => formatOf(format), Refusal, format)
  }
})

const field = (entries: object) => ({ id: 'id', fields: [NAME, entries] })
const FAULTS: readonly (readonly [string, unknown, Readonly<Record<string, string>>])[] = [
  ['no JSON', '{"id": "a",\n "fields": [}', { field: 'spec.json', reason: 'json', value: '2' }],
  ['an empty file', '', { field: 'spec.json', reason: 'json' }],
  ['a list', [], { field: 'SPEC', reason: 'type' }],
  ['a misspelt key', { id: 'a', field: [] }, { field: 'SPEC', reason: 'unknown', value: 'field' }],
  ['no id', { fields: [NAME] }, { field: 'id', reason: 'missing' }],
  ['a number as id', { id: 3, fields: [NAME] }, { field: 'id', reason: 'type' }],
  ['a blank id', { id: ' ', fields: [NAME] }, { field: 'id', reason: 'empty' }],
  ['no fields', { id: 'a' }, { field: 'fields', reason: 'missing' }],
  ['fields of none', { id: 'a', fields: [] }, { field: 'fields', reason: 'empty' }],
  ['fields as text', { id: 'a', fields: 'name' }, { field: 'fields', reason: 'type' }],
  ['a field as text', field('dob' as never), { field: 'fields[2]', reason: 'type' }],
  ['no kind', field({ column: 'dob' }), { field: 'dob: kind', reason: 'missing' }],
  [
    'an unknown kind',
    field({ column: 'dob', kind: 'birthday' }),
    { field: 'dob: kind', reason: 'unknown', value: 'birthday' },
  ],
  ['no column', field({ kind: 'text' }), { field: 'fields[2]: column', reason: 'missing' }],
  [
    'a misspelt key of a field',
    field({ colum: 'dob', kind: 'text' }),
    { field: 'fields[2]', reason: 'unknown', value: 'colum', expected: 'column, kind' },
  ],
  ['a column twice', field(NAME), { field: 'name', reason: 'twice', value: 'name' }],
  [
    'a column in a day and by itself',
    field({ columns: ['name', 'm', 'd'], kind: 'date' }),
    { reason: 'twice', value: 'name' },
  ],
  [
    'a day over two columns',
    field({ columns: ['y', 'm'], kind: 'date' }),
    { field: 'y: columns', reason: 'other', value: 'y, m' },
  ],
  [
    'columns of a text',
    field({ columns: ['a', 'b', 'c'], kind: 'text' }),
    { field: 'a: columns', reason: 'other' },
  ],
  [
    'column and columns at once',
    field({ column: 'x', columns: ['a', 'b', 'c'], kind: 'date' }),
    { field: 'x: columns', reason: 'other', expected: '"column": "x"' },
  ],
  [
    'a format of a text',
    field({ column: 'a', kind: 'text', format: 'yyyy' }),
    { field: 'a', reason: 'unknown', value: 'format' },
  ],
  [
    'a format that is none',
    field({ column: 'a', kind: 'date', format: 'US' }),
    { field: 'a: format', reason: 'other', value: 'US' },
  ],
  [
    'a rule on what is no field',
    { id: 'a', fields: [NAME], blocking: [['name'], ['dob']] },
    { field: 'blocking[2]', reason: 'unknown', value: 'dob', expected: 'name' },
  ],
  [
    'a rule that is no list',
    { id: 'a', fields: [NAME], blocking: ['name'] },
    { field: 'blocking[1]', reason: 'type' },
  ],
  [
    'a rule that says a field twice',
    { id: 'a', fields: [NAME], blocking: [['name', 'name']] },
    { field: 'blocking[1]', reason: 'twice' },
  ],
  [
    'rules of none',
    { id: 'a', fields: [NAME], blocking: [] },
    { field: 'blocking', reason: 'empty' },
  ],
  ['a country unknown', { id: 'a', fields: [NAME], names: 'xx' }, { field: 'names', value: 'xx' }],
]

const catalogues = loadCatalogues([])

for (const [what, spec, details] of FAULTS) {
  test(`${what}: refused with field and remedy`, () => {
    const refused = (error: unknown) => {
      assert.ok(error instanceof Refusal)
      assert.equal(error.code, 'spec.invalid')
      for (const [name, value] of Object.entries(details)) assert.equal(error.details[name], value)
      for (const lang of ['vi', 'en', 'fr'] as const) {
        const { title, remedy } = refusalWords(translator(lang, catalogues), error)
        assert.ok(title.includes(error.details.field ?? '?'), title)
        assert.ok(remedy.length > 20 && !remedy.includes('undefined'), remedy)
      }
      return true
    }
    assert.throws(() => read(spec, () => null), refused)
  })
}

test('a specification that is not there, or a folder, is refused as such', () => {
  const code = (wanted: string) => (error: unknown) =>
    error instanceof Refusal && error.code === wanted
  assert.throws(() => readSpec(path.join(folder, 'none.json')), code('import.file-not-found'))
  assert.throws(() => readSpec(folder), code('import.not-a-file'))
})
