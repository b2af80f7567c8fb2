import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { profile as demo } from '../../../profiles/demo/index.ts'
import { html, LANGUAGES, loadCatalogues, translator } from '../../kernel/index.ts'
import { room } from '../index.ts'
import { layout } from '../layout.ts'
import { gallery } from '../pages/gallery.ts'
import { agencySample, deskSample, portalSample } from '../pages/gallery-shells.ts'
import { accessibilityStatement, privacyNotice } from '../pages/statements.ts'
import { asOf } from './asof.ts'
import { readDay, writeDay } from './days.ts'
import { idNumber, monthDots } from './figures.ts'
import { choice, errorSummary, field, select } from './form.ts'
import { facts, kinList, pagination, stem, taskList } from './lists.ts'
import { note, progress } from './states.ts'
import { table } from './table.ts'

const catalogues = loadCatalogues([room], { timeZone: 'Asia/Ho_Chi_Minh' })
const t = translator('vi', catalogues)
const SAMPLES = [
  gallery,
  portalSample,
  deskSample,
  agencySample,
  (words: typeof t) => privacyNotice(words, demo),
  accessibilityStatement,
]

const whole = (body: ReturnType<typeof html>, lang: (typeof LANGUAGES)[number] = 'vi'): string =>
  layout({ t: translator(lang, catalogues), title: 'x', section: 'public', path: '/', body }).text

test('no page needs a script or a style attribute, so that the strict policy holds', () => {
  for (const lang of LANGUAGES) {
    for (const sample of SAMPLES) {
      const page = whole(sample(translator(lang, catalogues)), lang)
      assert.doesNotMatch(page, /<[^>]*\s(style|on[a-z]+)=/i)
      assert.doesNotMatch(page, /<script(?![^>]*\ssrc="\/assets\/)/)
      assert.doesNotMatch(page, /(src|href)="(https?:)?\/\//, 'no request leaves this house')
    }
  }
})

test('every id of a page is there once, and every label and description finds its own', () => {
  for (const sample of SAMPLES) {
    const page = whole(sample(t))
    const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id)
    assert.equal(
      new Set(ids).size,
      ids.length,
      `twice: ${ids.filter((id, at) => ids.indexOf(id) < at)}`,
    )
    const wanted = [...page.matchAll(/\s(?:for|aria-labelledby|aria-describedby)="([^"]*)"/g)]
    const anchors = [...page.matchAll(/href="#([^"]+)"/g)]
    for (const [, names = ''] of [...wanted, ...anchors]) {
      for (const name of names.split(' '))
        assert.ok(ids.includes(name), `nothing is called ${name}`)
    }
  }
})

/** Words that would run, close a tag or end an attribute if any part failed to escape them. */
const evil = fc.string({
  minLength: 1,
  unit: fc.constantFrom('<', '>', '"', "'", '&', 'x', ' ', '=', '/'),
})

test('every component shows what it is given as text, whatever it is', () => {
  fc.assert(
    fc.property(evil, (words) => {
      const mark = `‹${words}›`
      assert.doesNotMatch(
        idNumber(words).text.replaceAll(/<\/?b>|<span class="id">|<\/span>$/g, ''),
        /[<>"']/,
      )
      const made = [
        field({ name: 'a', label: mark, hint: mark, error: mark, value: mark, placeholder: mark }),
        field({ name: 'a', label: mark, value: mark, rows: 2 }),
        choice({ name: 'a', label: mark, options: [{ value: mark, label: mark, hint: mark }] }),
        select({ name: 'a', label: mark, options: [{ value: mark, label: mark }], value: mark }),
        html`${errorSummary(t, [{ field: 'a', words: mark }])}`,
        taskList([{ title: mark, href: '/x', why: mark, state: mark }]),
        kinList([{ name: mark, relation: mark, action: mark }]),
        facts([
          { name: mark, value: mark, meta: mark, change: { href: '/x', label: mark, of: mark } },
        ]),
        stem(t, [{ state: 'done', when: mark, title: mark, body: mark, word: mark }]),
        note({ title: mark, body: mark }),
        progress(t, { title: mark, done: 1, total: 2, rate: 1, unit: mark, again: '/x' }),
        table({ caption: mark, columns: [{ label: mark, short: mark }], rows: [[mark]] }),
        asOf(t, { ...LIFE, acts: [{ day: '1997-08-09', label: mark }], wrong: { valid: mark } }),
      ]
      for (const { text } of made) {
        for (const part of text.match(/‹[^‹›]*›/g) ?? []) assert.doesNotMatch(part, /[<>"']/, part)
      }
    }),
    { numRuns: 60 },
  )
})

test('a wrong field says so before its value, keeps the value, and leads to its error', () => {
  const { text } = field({
    name: 'number',
    label: 'Số',
    hint: 'h',
    error: 'Phải đủ 12.',
    value: '123',
  })
  assert.match(text, /class="field wrong"/)
  assert.match(text, /aria-invalid="true" aria-describedby="number-error number-hint"/)
  assert.ok(text.indexOf('Phải đủ 12.') < text.indexOf('value="123"'))
})

test('a text of several lines keeps its first line break', () => {
  const { text } = field({ name: 'a', label: 'x', rows: 2, value: '\nhai' })
  assert.match(text, />\n\nhai<\/textarea>/)
})

test('an identification number copies as bare digits', () => {
  const text = (given: string) => idNumber(given).text.replaceAll(/<[^>]*>/g, '')
  assert.equal(text('901 197 004 821'), '901197004821')
  assert.equal(text('901197004821'), '901197004821')
  assert.equal(idNumber('901197004821').text, idNumber('901 197 004 821').text)
})

test('days are read as people write them, day first, and never guessed', () => {
  for (const text of ['1/3/2020', '01-03-2020', ' 01.03.2020 ', '2020-03-01', '01 03 2020']) {
    assert.equal(readDay(text), '2020-03-01', text)
  }
  assert.deepEqual([readDay('3/2020'), readDay('1997')], ['2020-03', '1997'])
  for (const text of [
    '30/02/2020',
    '31/04/2021',
    '13/13/2020',
    '1/3/20',
    '',
    'hôm qua',
    '0/1/2020',
    '1/2/3/2020',
    '29/02/1900',
  ]) {
    assert.equal(readDay(text), null, text)
  }
})

test('what is written into a field is read back from it', () => {
  const days = fc.date({
    min: new Date('0100-01-01'),
    max: new Date('2999-12-31'),
    noInvalidDate: true,
  })
  fc.assert(
    fc.property(days, fc.constantFrom(4, 7, 10), (date, length) => {
      const day = date.toISOString().slice(0, length)
      assert.equal(readDay(writeDay(day)), day)
    }),
  )
  assert.equal(writeDay(null), '')
})

const LIFE = {
  action: '/desk/x',
  fields: { tab: 'facts' },
  valid: '2020-03-01',
  known: '2026-10-16',
  today: '2026-10-16',
} as const
const act = (day: string) => ({ day, label: `Việc ${day}` })

test('every act of a life has a ring to go to, and acts that would overlap share one', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 27_000 }), { minLength: 1, maxLength: 40 }),
      (offsets) => {
        const acts = offsets.map((days) =>
          act(new Date(Date.UTC(1950, 0, 1) + days * 86_400_000).toISOString().slice(0, 10)),
        )
        const { text } = asOf(t, { ...LIFE, acts })
        for (const picture of text.split('<svg').slice(1)) {
          const rings = [...picture.matchAll(/class="target" cx="([\d.]+)"/g)].map(([, x]) =>
            Number(x),
          )
          const apart = rings.slice(1).map((x, at) => x - (rings[at] ?? 0))
          assert.ok(
            apart.every((gap) => gap >= 27.9),
            'targets of at least 24 px, apart',
          )
          for (const { day } of acts)
            assert.ok(picture.includes(t.day(day)) || rings.length < acts.length)
        }
      },
    ),
    { numRuns: 40 },
  )
})

test('an act already in force is a full ring, a later one is empty', () => {
  const { text } = asOf(t, { ...LIFE, acts: [act('2019-01-01'), act('2024-01-01')] })
  const [, before = '', later = ''] = text.split('<svg')[1]?.split('<a ') ?? []
  assert.match(before, /valid=01%2F01%2F2019&amp;known=16%2F10%2F2026/)
  assert.match(before, /class="c1"/)
  assert.doesNotMatch(later, /class="c1"/)
})

test('a record seen today offers no way back to today', () => {
  const words = t('web.asof.today')
  assert.ok(!asOf(t, { ...LIFE, valid: LIFE.today, acts: [] }).text.includes(words))
  assert.ok(asOf(t, { ...LIFE, acts: [] }).text.includes(words))
})

test('dots are counted one by one while they fit, and say what they stand for when not', () => {
  const months = (count: number) => [
    { month: '2026-09', count: 1 },
    { month: '2026-10', count },
  ]
  const dots = (count: number) =>
    (monthDots(t, 'x', months(count)).text.match(/<circle/g) ?? []).length
  assert.equal(dots(6), 7)
  assert.equal(dots(0), 1)
  assert.ok(dots(5_000) <= 12)
  assert.match(monthDots(t, 'x', months(60)).text, new RegExp(t('web.chart.dot-worth', { n: 10 })))
  assert.match(monthDots(t, 'x', months(60)).text, /<td class="num">60<\/td>/)
})

test('a list of one page has no way to others; the first has none back', () => {
  const href = (page: number) => `/x?page=${page}`
  assert.equal(pagination(t, { page: 1, pages: 1, href }), null)
  const first = pagination(t, { page: 1, pages: 3, href })?.text ?? ''
  assert.match(first, /rel="next" href="\/x\?page=2"/)
  assert.doesNotMatch(first, /rel="prev"/)
})

test('long work says how much, how fast and how long still', () => {
  const work = {
    title: 'x',
    done: 640_218,
    total: 1_000_000,
    rate: 81_400,
    unit: 'hồ sơ',
    again: '/x',
  }
  const { text } = progress(t, work)
  assert.match(text, /640\.218 hồ sơ, 81\.400 mỗi giây, còn khoảng 5 giây/)
  assert.match(text, /value="64"/)
  assert.doesNotMatch(progress(t, { ...work, total: null }).text, /value=|còn khoảng/)
})
