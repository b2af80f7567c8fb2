import { type Html, html, type Translator } from '../../kernel/index.ts'
import { back, button, linkButton } from '../components/actions.ts'
import { asOf } from '../components/asof.ts'
import { big, code, idNumber, monthDots } from '../components/figures.ts'
import {
  agree,
  choice,
  dayField,
  errorSummary,
  field,
  given,
  searchBox,
  select,
  steps,
} from '../components/form.ts'
import {
  bits,
  desk,
  doors,
  facts,
  kinList,
  pagination,
  queue,
  section,
  sideNav,
  stem,
  tabs,
  taskList,
} from '../components/lists.ts'
import { note, progress, type State, sheet, still, tag } from '../components/states.ts'
import { table } from '../components/table.ts'
import { greeting } from '../layout.ts'

/** Invented names that test a page: long, with stacked marks, with letters of other peoples. */
const PEOPLE = [
  'Nguyễn Thuỵ Ánh Tuyết',
  'Công Tằng Tôn Nữ Khánh Quỳnh',
  'H’Ngọc Trâm Niê Kđăm',
  'Lầu Y Dợ',
] as const
const [TUYET, QUYNH, TRAM, DO] = PEOPLE
const NUMBER = '901 197 004 821'
const STATES: readonly State[] = ['idle', 'doing', 'done', 'you', 'late']
const COUNTS = [1, 0, 2, 1, 3, 1, 2, 4, 1, 0, 4, 5]
const MONTHS = COUNTS.map((count, at) => ({
  month: at < 2 ? `2025-${at + 11}` : `2026-${String(at - 1).padStart(2, '0')}`,
  count,
}))

/** Every component once, with words of the reader's language. Only in a demonstration. */
export function gallery(t: Translator): Html {
  const say = (key: string): string => t(`web.gallery.${key}`)
  const left = [stateSamples(t), formSamples(t), notes(t)]
  const right = [
    section('g-empty', say('empty'), still(say('empty-title'), say('empty-body'))),
    section('g-long', say('long'), longWork(t)),
    section('g-acts', say('acts'), buttons(t)),
    section(
      'g-dots',
      say('dots'),
      sheet([big(t.number(24), say('dots-words')), monthDots(t, say('dots'), MONTHS)]),
    ),
    section('g-code', say('code'), code('{\n  "name": "confirmed"\n}', 'JSON')),
  ]
  return html`<div class="hero"><h1>${say('title')}</h1><p class="lead">${say('lead')}</p></div><div class="split even"><div class="stack-l">${left}</div><div class="stack-l">${right}</div></div>`
}

function stateSamples(t: Translator): Html {
  const all = STATES.map((state) => tag(t, state))
  return section('g-states', t('web.gallery.states'), html`<p class="keys">${all}</p>`)
}

function notes(t: Translator): Html {
  const say = (key: string): string => t(`web.gallery.${key}`)
  const all = [
    note({ body: say('note-info') }),
    note({ kind: 'done', body: say('note-done') }),
    note({ kind: 'you', title: say('note-you'), body: say('note-you-body') }),
    note({ kind: 'late', title: say('note-late'), body: say('note-late-body') }),
  ]
  return section('g-notes', say('notes'), html`<div class="stack">${all}</div>`)
}

function buttons(t: Translator): Html {
  const say = (key: string): string => t(`web.gallery.${key}`)
  return html`<div class="row">${button(say('send'))}${button(say('draft'), { kind: 'plain' })}${button(say('cancel'), { kind: 'grave' })}</div>`
}

function longWork(t: Translator): Html {
  const say = (key: string): string => t(`web.gallery.${key}`)
  const work = { title: say('long-title'), done: 640_218, total: 1_000_000, rate: 81_400 }
  const stop = button(say('stop'), { kind: 'plain', less: true })
  return progress(t, { ...work, unit: say('records'), stop })
}

function formSamples(t: Translator): Html {
  const say = (key: string): string => t(`web.gallery.${key}`)
  const options = [
    { value: 'a', label: say('family-a') },
    { value: 'b', label: say('family-b') },
    { value: 'c', label: say('family-c'), hint: say('family-c-hint') },
  ]
  const parts = [
    errorSummary(t, [{ field: 'g-number', words: say('number-wrong') }]),
    steps(t, say('form'), 3, 6),
    field({
      id: 'g-number',
      name: 'number',
      label: say('number'),
      hint: say('number-hint'),
      error: say('number-wrong'),
      value: '90109501734',
      numeric: true,
      width: 20,
    }),
    field({
      id: 'g-name',
      name: 'name',
      label: say('name'),
      optional: say('optional'),
      value: QUYNH,
    }),
    dayField(t, { id: 'g-born', name: 'born', label: say('born'), value: '09/08/1997' }),
    choice({ id: 'g-family', name: 'family', label: say('family'), options, chosen: ['a'] }),
    select({ id: 'g-why', name: 'why', label: say('why'), options, value: 'b' }),
    field({ id: 'g-text', name: 'text', label: say('more'), rows: 3 }),
    html`<div>${given(say('family-a'), TUYET)}${given(say('family-b'), idNumber(NUMBER))}</div>`,
    agree({ id: 'g-agree', name: 'agree', label: say('agree') }),
  ]
  return section('g-form', say('form'), html`<form class="stack" action="/gallery">${parts}</form>`)
}

/** A citizen's front page, as the portal builds it. */
export function portalSample(t: Translator): Html {
  const say = (key: string): string => t(`web.gallery.${key}`)
  const tasks = taskList([
    {
      title: say('task-a'),
      href: '#',
      why: say('task-a-why'),
      state: tag(t, 'you', say('task-a-state')),
    },
    { title: say('task-b'), href: '#', why: say('task-b-why'), state: tag(t, 'late') },
    { title: say('task-c'), href: '#', state: tag(t, 'done') },
  ])
  const kin = kinList([
    { name: QUYNH, relation: say('mother'), action: html`<a href="#">${say('act-for')}</a>` },
    { name: TRAM, relation: say('child'), href: '#' },
    { name: DO, relation: say('child') },
  ])
  const all = doors([
    { href: '#', icon: 'birth', title: say('door-a'), body: say('door-a-body') },
    { href: '#', icon: 'move', title: say('door-b'), body: say('door-b-body') },
    { href: '#', icon: 'copy', title: say('door-c'), body: say('door-c-body') },
    { href: '#', icon: 'proof', title: say('door-d'), body: say('door-d-body') },
  ])
  const search = searchBox({
    action: '/gallery/portal',
    label: say('search'),
    submit: say('find'),
    placeholder: say('search-like'),
  })
  const reads = stem(t, [
    {
      state: 'done',
      when: t.shortInstant('2026-10-16T01:15:00.000Z'),
      title: say('read-a'),
      body: bits(say('attributes'), [say('name'), say('number'), say('born')]),
    },
    {
      state: 'idle',
      word: say('read-b-word'),
      title: say('read-b'),
      body: html`<p class="meta">${say('read-b-why')}</p>`,
    },
  ])
  const left = [
    section('p-tasks', say('tasks'), tasks, html`<a href="#">${say('all')}</a>`),
    section('p-doors', say('doors'), all),
    section('p-reads', say('reads'), reads),
  ]
  return html`${greeting(t.weekday('2026-10-16'), t('web.gallery.hello', { name: TUYET }), search)}<div class="split"><div class="stack-l">${left}</div><div class="stack-l">${section('p-kin', say('kin'), kin)}${sheet([big(t.number(4), say('dots-words'))], say('reads'))}</div></div>`
}

/** The officer's desk with queue, record as of two days, and an act open under its fact. */
export function deskSample(t: Translator): Html {
  const say = (key: string): string => t(`web.gallery.${key}`)
  const rows = PEOPLE.map((who, at) => ({
    href: '#',
    kind: say('kind'),
    who,
    state: tag(t, STATES[4 - at] ?? 'idle'),
    current: at === 1,
  }))
  const act = facts([
    { name: say('act'), value: say('act-a') },
    { name: say('office'), value: say('office-a') },
  ])
  const days: readonly (readonly [string, string])[] = [
    ['1997-08-09', 'door-a'],
    ['2003-09-03', 'door-b'],
    ['2012-05-14', 'number'],
    ['2016-11-22', 'number'],
    ['2021-05-22', 'kind'],
    ['2021-06-14', 'door-b'],
    ['2026-10-07', 'door-a'],
  ]
  const record = table({
    caption: say('record'),
    dense: true,
    columns: [
      { label: say('fact'), kind: 'head' },
      { label: say('value') },
      { label: say('from'), kind: 'day', short: say('from') },
      { label: say('until'), kind: 'day', short: say('until') },
      { label: say('act') },
    ],
    rows: [
      [say('name'), TUYET, t.day('1997-08-09'), say('now'), html`<a href="#">${say('act-a')}</a>`],
      [
        say('number'),
        idNumber(NUMBER),
        t.day('2016-11-22'),
        say('now'),
        html`<a href="#">${say('act-b')}</a>`,
      ],
      {
        cells: [
          say('door-b'),
          html`${say('office-a')}<p class="meta small">${say('now-called')}</p>`,
          t.day('2003-09-03'),
          t.day('2021-06-14'),
          html`<a href="#">${say('act-b')}</a>`,
        ],
        open: act,
      },
    ],
  })
  const who = html`<div class="head"><div><p class="meta small">${say('opened')}</p><h1>${TUYET}</h1><p class="meta">${idNumber(NUMBER)}, ${say('who')}</p></div><div class="row">${linkButton(say('event'), '#')}${linkButton(say('correct'), '#', { kind: 'plain' })}</div></div>`
  const axis = asOf(t, {
    action: '/gallery/desk',
    valid: '2020-03-01',
    known: '2026-10-16',
    today: '2026-10-16',
    acts: days.map(([day, key]) => ({ day, label: say(key) })),
  })
  const shown = section(
    'd-record',
    t('web.gallery.record-on', { day: t.day('2020-03-01') }),
    record,
  )
  const filters = [
    { href: '#', label: say('all'), current: true },
    { href: '#', label: t('web.state.late') },
  ]
  const further = pagination(t, { page: 2, pages: 7, href: (at) => `/gallery/desk?page=${at}` })
  return desk({
    title: say('queue'),
    count: t.number(14),
    filters: tabs(say('queue'), filters),
    queue: queue(rows),
    record: html`${who}${axis}${shown}${further}`,
    back: { href: '#', label: say('queue') },
  })
}

/** A reference for integrators, with its contents beside it. */
export function agencySample(t: Translator): Html {
  const say = (key: string): string => t(`web.gallery.${key}`)
  const nav = sideNav(say('contents'), [
    {
      title: say('verify'),
      links: [
        { href: '#', label: say('one'), current: true },
        { href: '#', label: say('file') },
      ],
    },
    { title: say('dots'), links: [{ href: '#', label: say('door-a') }] },
  ])
  const body = html`<div class="stack">${back(say('all'), '#')}<h1>${say('verify')}</h1><p class="verb">POST /api/verify</p><p class="lead">${say('verify-lead')}</p>${code('POST /api/verify\nContent-Digest: sha-256=:…:\n\n{ "number": "901197004821" }', say('code'))}</div>`
  return html`<div class="split left">${nav}${body}</div>`
}
