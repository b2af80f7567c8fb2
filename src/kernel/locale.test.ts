import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { after } from 'node:test'
import { pathToFileURL } from 'node:url'
import fc from 'fast-check'
import { LANGUAGES, type Lang, wallClock } from './formats.ts'
import { html } from './html.ts'
import {
  type CatalogueOptions,
  type Catalogues,
  catalogueFaults,
  chooseLanguage,
  loadCatalogues,
  translator,
} from './locale.ts'
import { REFUSALS } from './refusal.ts'

const folders: string[] = []
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})

type Words = Readonly<Record<string, string>>
const same = (words: Words): Record<Lang, Words> => ({ vi: words, en: words, fr: words })

/** A room `club` of an invented kind, with the words given. */
function catalogues(words: Record<Lang, Words>, options?: CatalogueOptions): Catalogues {
  const folder = mkdtempSync(join(tmpdir(), 'goc-words-'))
  folders.push(folder)
  for (const lang of LANGUAGES)
    writeFileSync(join(folder, `${lang}.json`), JSON.stringify(words[lang]))
  return loadCatalogues([{ name: 'club', locales: pathToFileURL(`${folder}/`) }], options)
}

test('the words of the kernel are complete, alike in their values, and parse', () => {
  const all = loadCatalogues([])
  assert.ok(all.words.vi.size > 200, 'the check must see the words')
  assert.deepEqual(catalogueFaults(all), [])
})

/** Every value a refusal's words name, empty; an example that ends a remedy is a sentence itself. */
function valuesOf(all: Catalogues, key: string): Record<string, string> {
  const named = (all.words.vi.get(key) ?? '').matchAll(/\{(\w+)/g)
  const values = Object.fromEntries([...named].map(([, name]) => [name, '']))
  return { ...values, expected: key.endsWith('.remedy') ? 'So.' : '' }
}

test('every refusal says what is refused and the way out, in three languages', () => {
  const all = loadCatalogues([])
  const known = new Set(
    Object.keys(REFUSALS).flatMap((code) => [`${code}.title`, `${code}.remedy`]),
  )
  for (const lang of LANGUAGES) {
    const t = translator(lang, all)
    for (const key of known) {
      const words = t(`kernel.refusal.${key}`, valuesOf(all, `kernel.refusal.${key}`))
      assert.ok(words.length > 3 && !words.includes('!'), `${lang} ${key}`)
      if (key.endsWith('.title'))
        assert.doesNotMatch(words, /\.$/, `${lang} ${key}: a title has no stop`)
      else assert.match(words, /\.$/, `${lang} ${key}: a remedy is a sentence`)
    }
    for (const key of all.words[lang].keys()) {
      const code = /^kernel\.refusal\.(.*)$/.exec(key)?.[1]
      assert.ok(code === undefined || known.has(code), `${key} is of no refusal`)
    }
  }
})

test('no capitals as a style, no line that hides who acts', () => {
  for (const lang of LANGUAGES) {
    const file = readFileSync(new URL(`./locales/${lang}.json`, import.meta.url), 'utf8')
    assert.doesNotMatch(file, /hệ thống đang xử lý|Đang xử lý/i)
    // Vietnamese is spelled hoá, uỷ, thuỷ: the mark stands on the main vowel (visual.md, section 6).
    assert.doesNotMatch(file, /\b(h|kh|l|t|th|x)(òa|óa|ỏa|õa|ọa|òe|óe|ỏe|õe|ọe|ùy|úy|ủy|ũy|ụy)\b/iu)
  }
})

test('plural forms follow each language', () => {
  const t = (lang: Lang) =>
    translator(
      lang,
      catalogues({
        vi: { n: '{n, plural, other {# người}}' },
        en: { n: '{n, plural, one {# person} other {# people}}' },
        fr: { n: '{n, plural, one {# personne} other {# personnes}}' },
      }),
    )
  assert.equal(t('vi')('club.n', { n: 1 }), '1 người')
  assert.equal(t('en')('club.n', { n: 1 }), '1 person')
  assert.equal(t('en')('club.n', { n: 1234 }), '1,234 people')
  assert.equal(t('fr')('club.n', { n: 0 }), '0 personne', 'French counts none as one')
})

test('a key without words throws in tests, and shows itself to the reader in service', () => {
  const words = { vi: { a: 'A', b: 'B' }, en: { a: 'A' }, fr: { a: 'A', b: 'B' } }
  assert.throws(() => translator('en', catalogues(words))('club.b'), /no words in en for club\.b/)
  const told: string[] = []
  const t = translator(
    'en',
    catalogues(words, { onMissing: (lang, key) => told.push(`${lang} ${key}`) }),
  )
  assert.equal(t('club.b'), '⟦club.b⟧')
  assert.equal(t.html('club.b').text, '⟦club.b⟧')
  assert.deepEqual(told, ['en club.b', 'en club.b'])
})

test('a value that was not given throws in tests, and shows the key in service', () => {
  const words = same({ a: 'Chào {name}', b: 'Chào <x>{name}</x>' })
  assert.throws(() => translator('vi', catalogues(words))('club.a'))
  const t = translator('vi', catalogues(words, { onMissing: () => {} }))
  assert.equal(t('club.a'), '⟦club.a⟧')
  assert.equal(t.html('club.b', { name: 'An' }).text, '⟦club.b⟧')
})

test('words with markup escape their values and take markup as it is', () => {
  const t = translator(
    'vi',
    catalogues(same({ a: '{who} đọc để <b>làm {what}</b>, <a>xem</a> & hết' })),
  )
  fc.assert(
    fc.property(fc.string(), fc.string(), (who, what) => {
      const page = t.html('club.a', { who, what, a: (inside) => html`<a href="/x">${inside}</a>` })
      const expected = html`${who} đọc để <b>làm ${what}</b>, <a href="/x">xem</a> & hết`
      assert.equal(page.text.replace('&amp; hết', '& hết'), expected.text)
    }),
  )
  const marked = t.html('club.a', {
    who: html`<i>An</i>`,
    what: 'x',
    a: (inside) => html`${inside}`,
  })
  assert.equal(marked.text, '<i>An</i> đọc để <b>làm x</b>, xem &amp; hết')
})

test('faults name the language that lacks a key, takes other values or does not parse', () => {
  const faults = catalogueFaults(
    catalogues({
      vi: { a: '{n} việc', b: 'x', c: '{n', d: 'x' },
      en: { a: '{m} tasks', c: '{n', d: "it's" },
      fr: { a: '{n} tâches', b: 'x', c: '{n', d: '' },
    }),
  ).filter((line) => line.includes('club.'))
  assert.ok(faults.includes('en club.a takes {m}, not {n}'))
  assert.ok(faults.includes('en lacks club.b'))
  assert.ok(faults.includes('fr lacks club.d'))
  assert.ok(faults.includes('en club.d has a straight apostrophe'))
  assert.equal(faults.filter((line) => line.includes('club.c:')).length, 3)
})

test('French keeps high punctuation with its word', () => {
  const t = translator('fr', catalogues(same({ a: 'Quoi ? « Oui » : 5 % ; fin !' })))
  assert.equal(t('club.a'), 'Quoi\u00a0? «\u00a0Oui\u00a0»\u00a0: 5\u00a0%\u00a0; fin\u00a0!')
})

test('numbers and days are written as each language writes them', () => {
  const all = catalogues(same({}), { timeZone: 'Asia/Ho_Chi_Minh' })
  const [vi, en, fr] = [translator('vi', all), translator('en', all), translator('fr', all)]
  assert.equal(vi.number(1234.5, 1), '1.234,5')
  assert.equal(en.number(1234.5, 1), '1,234.5')
  assert.match(fr.number(1234.5, 1), /^1\s234,5$/u)
  assert.equal(vi.percent(0.487), '48,7\u00a0%')
  assert.equal(en.percent(0.487), '48.7%')
  assert.match(fr.percent(0.487), /^48,7\s%$/u)
  assert.equal(vi.day('2026-10-16'), '16/10/2026')
  assert.equal(en.day('2026-10-06'), '6\u00a0October 2026')
  assert.equal(fr.day('2026-10-01'), '1er\u00a0octobre 2026')
  assert.deepEqual(
    [vi.day('1997-08'), en.day('1997-08'), fr.day('1997')],
    ['08/1997', 'August 1997', '1997'],
  )
  assert.equal(vi.weekday('2026-10-16'), 'thứ Sáu 16/10/2026')
  assert.equal(en.month('2026-10'), 'October 2026')
  assert.equal(vi.month('2026-10'), 'tháng 10/2026')
  assert.equal(vi.instant('2026-10-16T01:15:00.000Z'), '16/10/2026, 08:15')
  assert.equal(fr.shortInstant('2026-10-16T20:15:00.000Z'), '17\u00a0oct., 03:15')
  assert.equal(vi.list(['a', 'b', 'c']), 'a, b và c')
})

test('an instant falls on the day of the nation, not of the machine', () => {
  assert.deepEqual(wallClock('Asia/Ho_Chi_Minh', '2026-12-31T17:00:00Z'), {
    day: '2027-01-01',
    time: '00:00',
  })
  assert.deepEqual(wallClock('UTC', '2026-12-31T17:00:00Z'), { day: '2026-12-31', time: '17:00' })
})

test('the language asked for in the address wins, then the one kept, then the browser’s', () => {
  assert.equal(chooseLanguage({ query: 'fr', cookie: 'en', accept: 'vi' }), 'fr')
  assert.equal(chooseLanguage({ query: 'de', cookie: 'en', accept: 'vi' }), 'en')
  assert.equal(chooseLanguage({ query: ['fr'], cookie: undefined, accept: 'en-US,en;q=0.9' }), 'en')
  assert.equal(chooseLanguage({ accept: 'de, fr;q=0.5, en;q=0.7' }), 'en')
  assert.equal(chooseLanguage({ accept: 'fr;q=0, en;q=0.1' }), 'en')
  assert.equal(chooseLanguage({ accept: '*' }, 'fr'), 'fr')
  assert.equal(chooseLanguage({}), 'vi')
})

test('no header breaks the choice of language', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 2000 }), (accept) => {
      assert.ok(LANGUAGES.includes(chooseLanguage({ accept })))
    }),
  )
})
