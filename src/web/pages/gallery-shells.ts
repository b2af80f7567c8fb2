import { type Html, html, type Translator } from '../../kernel/index.ts'
import { back, linkButton } from '../components/actions.ts'
import { asOf } from '../components/asof.ts'
import { desk, queue } from '../components/desk.ts'
import { big, code, idNumber } from '../components/figures.ts'
import { searchBox } from '../components/form.ts'
import {
  bits,
  doors,
  facts,
  kinList,
  pagination,
  section,
  sideNav,
  stem,
  tabs,
  taskList,
} from '../components/lists.ts'
import { sheet, tag } from '../components/states.ts'
import { table } from '../components/table.ts'
import { greeting } from '../layout.ts'
import { NUMBER, PEOPLE, STATES } from './gallery.ts'

const [TUYET, QUYNH, TRAM, DO] = PEOPLE

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
    section('p-tasks', { title: say('tasks'), aside: html`<a href="#">${say('all')}</a>` }, tasks),
    section('p-doors', say('doors'), all),
    section('p-reads', say('reads'), reads),
  ]
  const hello = greeting(t.weekday('2026-10-16'), t('web.gallery.hello', { name: TUYET }), search)
  const right = [
    section('p-kin', say('kin'), kin),
    sheet(big(t.number(4), say('dots-words')), say('reads')),
  ]
  return html`${hello}<div class="split"><div class="stack-l">${left}</div>
<div class="stack-l">${right}</div></div>`
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
  const actions = [
    linkButton(say('event'), '#'),
    linkButton(say('correct'), '#', { kind: 'plain' }),
  ]
  const who = html`<div class="head"><div><p class="meta small">${say('opened')}</p>
<h1>${TUYET}</h1><p class="meta">${idNumber(NUMBER)}, ${say('who')}</p></div>
<div class="row">${actions}</div></div>`
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
  const example = 'POST /api/verify\nContent-Digest: sha-256=:…:\n\n{ "number": "901197004821" }'
  const body = html`<div class="stack">${back(say('all'), '#')}<h1>${say('verify')}</h1>
<p class="verb">POST /api/verify</p><p class="lead">${say('verify-lead')}</p>
${code(example, say('code'))}</div>`
  return html`<div class="split left">${nav}${body}</div>`
}
