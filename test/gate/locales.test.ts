import assert from 'node:assert/strict'
import { existsSync, globSync } from 'node:fs'
import path from 'node:path'
import test from 'node:test'
import { IntlMessageFormat } from 'intl-messageformat'
import { REFUSALS } from '../../src/kernel/refusal.ts'
import { isTestFile, ROOT, readSource, sourceFiles } from './source.ts'

const LANGUAGES = ['vi', 'en', 'fr'] as const
const folders = globSync('{src,profiles}/**/locales', { cwd: ROOT }).sort()

function readCatalogue(folder: string, language: string): Readonly<Record<string, string>> {
  return JSON.parse(readSource(path.join(folder, `${language}.json`)))
}

/** The names an ICU message needs filled in, however deep: `{name}`, `{n, plural, …}`, `<b>`. */
function placeholders(message: string, language: string): readonly string[] {
  const names = new Set<string>()
  const walk = (value: unknown) => {
    if (Array.isArray(value)) for (const part of value) walk(part)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return
    // Type 0 is plain text and 7 the `#` of a plural (MessageFormat's syntax tree).
    if ('type' in value && typeof value.type === 'number' && ![0, 7].includes(value.type)) {
      if ('value' in value && typeof value.value === 'string') names.add(value.value)
    }
    for (const part of Object.values(value)) if (typeof part === 'object') walk(part)
  }
  walk(new IntlMessageFormat(message, language).getAst())
  return [...names].sort()
}

test('the check sees the catalogues', () => {
  assert.ok(folders.length >= 3, `only ${folders.length} folders were seen: ${folders}`)
  assert.ok(folders.includes('src/kernel/locales'))
  assert.ok(folders.includes('src/kernel/start/locales'))
})

test('placeholders are found at every depth', () => {
  const message = '{who} has {n, plural, one {a <b>book</b> of {owner}} other {# books}}'
  assert.deepEqual(placeholders(message, 'en'), ['b', 'n', 'owner', 'who'])
})

for (const folder of folders) {
  test(`${folder} says the same in every language`, () => {
    for (const language of LANGUAGES) {
      assert.ok(existsSync(path.join(ROOT, folder, `${language}.json`)), `${language} is missing`)
    }
    const files = globSync('*.json', { cwd: path.join(ROOT, folder) })
    const [vi, ...others] = LANGUAGES.map((language) => [language, readCatalogue(folder, language)])
    const [first, expected] = vi as [string, Record<string, string>]
    assert.ok(files.length >= LANGUAGES.length && Object.keys(expected).length > 0)
    for (const [language, catalogue] of others as [string, Record<string, string>][]) {
      assert.deepEqual(Object.keys(catalogue).sort(), Object.keys(expected).sort(), language)
      for (const [key, message] of Object.entries(catalogue)) {
        assert.ok(typeof message === 'string' && message.trim() !== '', `${key} is empty`)
        assert.deepEqual(
          placeholders(message, language),
          placeholders(expected[key] ?? '', first),
          `${key}: placeholders differ between ${language} and ${first}`,
        )
      }
    }
  })
}

test('every refusal that has words is also met with, somewhere in the program', () => {
  const files = sourceFiles('src', 'profiles').filter((file) => !isTestFile(file))
  assert.ok(files.length > 50, `only ${files.length} files were seen`)
  const others = files.filter((file) => file !== 'src/kernel/refusal.ts')
  const source = others.map(readSource).join('\n')
  const never = Object.keys(REFUSALS).filter((code) => !source.includes(`'${code}'`))
  assert.deepEqual(never, [])
})
