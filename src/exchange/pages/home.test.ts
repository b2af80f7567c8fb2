import assert from 'node:assert/strict'
import { test } from 'node:test'
import { profile } from '../../../profiles/vn/index.ts'
import { type Instant, loadCatalogues, plainDay, translator } from '../../kernel/index.ts'
import { room as web } from '../../web/index.ts'
import type { MyReads } from '../reads/queries.ts'
import { clock, homePage } from './home.ts'
import type { Wording } from './wording.ts'

const rooms = ['register', 'exchange'].map((name) => ({
  name,
  locales: new URL(`../../${name}/locales/`, import.meta.url),
}))
const catalogues = loadCatalogues([web, ...rooms], { timeZone: profile.timeZone })
const wording = { t: translator('en', catalogues), profile } as Wording
const TODAY = plainDay('2026-10-16')

const answeredAt = (at: string, answer: string): MyReads['complaints'][number] => ({
  id: answer,
  eventId: answer,
  addressee: 'Agency bank',
  question: 'Why?',
  askedAt: '2026-09-01T03:00:00.000Z' as Instant,
  dueOn: plainDay('2026-09-15'),
  answeredAt: at as Instant,
  answer,
  lawful: true,
})

test('an answer is a task for thirty days of the country, not of Greenwich', () => {
  // In Việt Nam the first is of 16 September, 01:00; the second of 15 September, 23:59.
  const complaints = [
    answeredAt('2026-09-15T18:00:00.000Z', 'of the thirtieth day'),
    answeredAt('2026-09-15T16:59:00.000Z', 'of the day before'),
  ]
  const reads = {
    lines: [],
    next: null,
    hidden: 0,
    overview: { months: [], total: 0, bodies: [], purposes: [] },
    complaints,
    consents: [],
  } as MyReads
  const page = String(homePage(wording, { name: 'Ánh', reads, family: [], today: TODAY }))
  assert.match(page, /of the thirtieth day/)
  assert.doesNotMatch(page, /of the day before/)
})

test('the clock counts the working days that are left, holidays and weekly rest left out', () => {
  const left = (dueOn: string) =>
    String(clock(wording, { answeredAt: null, dueOn: plainDay(dueOn) }, TODAY))
  // Friday 16 October 2026: the Friday two weeks on is the tenth working day.
  assert.match(left('2026-10-30'), /10 working days/)
  assert.match(left('2026-10-19'), /1 working day\b/)
  assert.match(left('2026-10-15'), /Late, due 15\sOctober/)
})
