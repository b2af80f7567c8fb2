import { type Html, html, type Translator } from '../../kernel/index.ts'
import { button } from '../components/actions.ts'
import { big, code, idNumber, monthDots } from '../components/figures.ts'
import {
  agree,
  choice,
  dayField,
  errorSummary,
  field,
  given,
  select,
  steps,
} from '../components/form.ts'
import { section } from '../components/lists.ts'
import { note, progress, type State, sheet, still, tag } from '../components/states.ts'

/** Invented names that test a page: long, with stacked marks, with letters of other peoples. */
export const PEOPLE = [
  'Nguyễn Thuỵ Ánh Tuyết',
  'Công Tằng Tôn Nữ Khánh Quỳnh',
  'H’Ngọc Trâm Niê Kđăm',
  'Lầu Y Dợ',
] as const
const [TUYET, QUYNH] = PEOPLE
export const NUMBER = '901 197 004 821'
export const STATES: readonly State[] = ['idle', 'doing', 'done', 'you', 'late']
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
  return html`<div class="hero"><h1>${say('title')}</h1><p class="lead">${say('lead')}</p></div>
<div class="split even"><div class="stack-l">${left}</div>
<div class="stack-l">${right}</div></div>`
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
  const all = [
    button(say('send')),
    button(say('draft'), { kind: 'plain' }),
    button(say('cancel'), { kind: 'grave' }),
  ]
  return html`<div class="row">${all}</div>`
}

function longWork(t: Translator): Html {
  const say = (key: string): string => t(`web.gallery.${key}`)
  const work = {
    title: say('long-title'),
    done: 640_218,
    total: 1_000_000,
    rate: 81_400,
    again: '/gallery',
  }
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
    steps(t, say('form'), { now: 3, of: 6 }),
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
