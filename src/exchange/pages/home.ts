import {
  addDays,
  type Content,
  dayOf,
  type Html,
  html,
  type PlainDay,
  workingDaysBetween,
} from '../../kernel/index.ts'
import {
  big,
  doors,
  greeting,
  kinList,
  linkButton,
  section,
  sheet,
  tag,
  taskList,
} from '../../web/index.ts'
import type { MyReads, ReadLine } from '../reads/queries.ts'
import type { Complaint } from '../reads/store.ts'
import { deedWords, type Wording, whoWords } from './wording.ts'

/** Somebody of the family, as the register tells it. */
export interface Relative {
  readonly name: string | null
  readonly tie: string
  readonly key: string
}

export interface Home {
  readonly name: string
  readonly reads: MyReads
  readonly family: readonly Relative[]
  readonly today: PlainDay
}

/** A citizen's front page: what waits, what can be done, the family, who read the record. */
export function homePage(wording: Wording, home: Home): Html {
  const { t } = wording
  const first = html`<p class="ask">${linkButton(t('exchange.home.see-record'), '/record')}</p>`
  const hello = greeting(
    t.weekday(home.today),
    t('exchange.home.hello', { name: home.name }),
    first,
  )
  const left = [
    section('tasks', t('exchange.home.tasks'), tasks(wording, home)),
    section('doors', t('exchange.home.doors'), doors(doorsOf(t), { columns: 3 })),
  ]
  const right = [familySection(wording, home), readSheet(wording, home)]
  return html`${hello}<div class="split"><div class="stack-l">${left}</div>
<div class="stack-l">${right}</div></div>`
}

/** An answer stays among the tasks for so many days. */
const ANSWERED_days = 30
const TASKS = 5

function tasks(wording: Wording, { reads, today }: Home): Content {
  const { t, profile } = wording
  const since = addDays(today, -ANSWERED_days)
  const shown = reads.complaints
    .filter(({ answeredAt }) => answeredAt === null || dayOf(answeredAt, profile.timeZone) >= since)
    .slice(0, TASKS)
  if (shown.length === 0) return html`<p class="meta">${t('exchange.home.no-tasks')}</p>`
  return taskList(
    shown.map((complaint) => ({
      title: t('exchange.home.asked', { who: whoWords(wording, complaint.addressee) }),
      href: `/reads/${complaint.eventId}/why`,
      why: complaint.answer ?? t('exchange.home.asked-on', { at: t.instant(complaint.askedAt) }),
      state: clock(wording, complaint, today),
    })),
  )
}

/** How long an answer may still take, in working days; or that it is late, or there. */
export function clock(
  { t, profile }: Wording,
  complaint: Pick<Complaint, 'answeredAt' | 'dueOn'>,
  today: PlainDay,
): Html {
  const { answeredAt, dueOn } = complaint
  if (answeredAt !== null) return tag(t, 'done', t('exchange.why.is-answered'))
  if (dueOn < today) return tag(t, 'late', t('exchange.why.is-late', { day: t.day(dueOn) }))
  const left = workingDaysBetween(today, dueOn, profile.calendar)
  return tag(t, 'doing', t('exchange.why.days-left', { n: left, day: t.shortDay(dueOn) }))
}

/** Only what works: every door opens. */
const doorsOf = (t: Wording['t']) =>
  (
    [
      ['record', '/record'],
      ['family', '/family'],
      ['reads', '/reads'],
      ['copy', '/reads/copy'],
      ['proof', '/ledger/verify.html'],
      ['why', '/reads'],
    ] as const
  ).map(([icon, href]) => ({
    icon,
    href,
    title: t(`exchange.door.${icon}`),
    body: t(`exchange.door.${icon}.body`),
  }))

/** The nearest first; the others are on the family's own page. */
const TIES = ['spouse', 'child', 'represented', 'parent', 'representative']
const RELATIVES = 5

function familySection({ t }: Wording, { family }: Home): Html {
  const words = t('exchange.home.family-more', { n: family.length })
  const aside = html`<a href="/family">${words}</a>`
  const order = (tie: string) => TIES.indexOf(tie)
  const near = family.toSorted((a, b) => order(a.tie) - order(b.tie)).slice(0, RELATIVES)
  const people = near.map(({ name, tie, key }) => ({
    name: name ?? t('register.kin.unnamed'),
    relation: t(tie === 'parent' ? `register.parent.${key}` : `register.tie.${tie}`),
  }))
  const none = html`<p class="meta">${t('register.family.none')}</p>`
  const shown = people.length === 0 ? none : kinList(people)
  return section('family', { title: t('exchange.home.family'), aside }, shown)
}

function readSheet(wording: Wording, { reads, today }: Home): Html {
  const { t } = wording
  const month = today.slice(0, 7)
  const count = reads.overview.months.find((one) => one.month === month)?.count ?? 0
  const latest = reads.lines.find((line) => !line.isOwn)
  return sheet(
    html`${big(t.number(count), t('exchange.home.reads-month', { n: count }))}
${latestOf(wording, latest)}<p><a href="/reads">${t('exchange.home.reads-more')}</a></p>`,
    t('exchange.reads.title'),
  )
}

function latestOf(wording: Wording, line: ReadLine | undefined): Html {
  const { t } = wording
  if (line === undefined) return html`<p class="meta">${t('exchange.reads.nobody-why')}</p>`
  const what =
    line.told === null ? t(`exchange.read.${line.state}.plain`) : deedWords(wording, line.told)
  return html`<p class="meta">${t('exchange.home.latest', { at: t.instant(line.at) })} ${what}.</p>`
}
