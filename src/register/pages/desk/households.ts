import type { FastifyInstance, FastifyRequest } from 'fastify'
import {
  ask,
  type Content,
  type Html,
  html,
  type Kernel,
  mayDo,
  sendHtml,
} from '../../../kernel/index.ts'
import {
  asOf,
  back,
  idNumber,
  type LifeAct,
  linkButton,
  note,
  section,
  still,
  table,
  writeDay,
} from '../../../web/index.ts'
import { getHousehold, type HouseholdAnswer, type HouseholdSpan } from '../../household/queries.ts'
import type { KinView } from '../../person/record-view.ts'
import { wordingOf } from '../show.ts'
import { actWords, codeWords, residenceWords, type Wording } from '../wording.ts'
import { purposeForm } from './aside.ts'
import { type Axes, readAxes } from './axes.ts'
import { lastDay } from './facts-table.ts'
import { addressOf, deskPage, type Purpose, personPath, purposeIn } from './frame.ts'
import { askerOf, opening, type PersonRoute } from './persons.ts'
import { requireOfficer } from './who.ts'

interface HouseholdRoute {
  Params: { household: string }
  Querystring: PersonRoute['Querystring']
}

/** A household by its own handle, or through one of its members, whose case then opens it too. */
export function householdRoutes(app: FastifyInstance, kernel: Kernel): void {
  app.get<HouseholdRoute>('/desk/households/:household', async (request, reply) => {
    const actor = requireOfficer(request, kernel)
    const { household } = request.params
    const purpose = purposeIn(request.query.for)
    const axes = readAxes(request.query, kernel)
    const asker = { kernel, actor, purpose }
    const answer = await ask(getHousehold, { household, ...axes.input }, asker)
    return sendHtml(reply, await show(request, kernel, { answer, axes, purpose }))
  })

  app.get<PersonRoute>('/desk/persons/:person/household', async (request, reply) =>
    opening({ request, reply, kernel }, async () => {
      const asker = askerOf(request, kernel)
      const axes = readAxes(request.query, kernel)
      const { person } = request.params
      const purpose = purposeIn(asker.purpose)
      const answer = await ask(getHousehold, { person, ...axes.input }, asker)
      return sendHtml(reply, await show(request, kernel, { answer, axes, purpose, person }))
    }),
  )
}

interface Shown {
  readonly answer: HouseholdAnswer
  readonly axes: Axes
  readonly purpose: Purpose
  /** Through whom it was opened. */
  readonly person?: string
}

async function show(request: FastifyRequest, kernel: Kernel, shown: Shown): Promise<Html> {
  const { purpose, axes } = shown
  const wording = { ...(await wordingOf(request, kernel)), day: axes.valid }
  const head = shown.answer.members.find((member) => member.relation === 'head')
  const title = wording.t('register.desk.household.of', {
    name: head?.name ?? wording.t('register.kin.unnamed'),
  })
  const changes = changeLinks(wording, shown, (operation) =>
    request.actor === null ? false : mayDo(kernel, request.actor, operation),
  )
  const body = householdPage(wording, shown, { title, changes })
  return deskPage(request, kernel, { title, body, purpose })
}

/** What is changed of the household, each on a page of its own, reached through a member. */
const CHANGES = [
  { event: 'add-member', operation: 'household.add-member', least: 1 },
  { event: 'head', operation: 'household.change-head', least: 2 },
  { event: 'split', operation: 'household.split', least: 2 },
  { event: 'household-merge', operation: 'household.merge', least: 1 },
] as const

function changeLinks(
  { t }: Wording,
  { answer, purpose, person }: Shown,
  may: (operation: string) => boolean,
): Content {
  const { members } = answer
  const through = person ?? members.find((member) => member.handle !== undefined)?.handle
  if (through === undefined) return null
  return CHANGES.filter(({ operation, least }) => may(operation) && members.length >= least).map(
    ({ event }) => {
      const path = addressOf(personPath(through, `/${event}`), { for: purpose })
      return linkButton(t(`register.desk.event.${event}`), path, { kind: 'plain' })
    },
  )
}

function householdPage(
  wording: Wording,
  { answer, axes, purpose, person }: Shown,
  { title, changes }: { readonly title: string; readonly changes: Content },
): Html {
  const { t } = wording
  const path =
    person === undefined
      ? `/desk/households/${answer.handle ?? ''}`
      : personPath(person, '/household')
  const axis = asOf(t, {
    action: path,
    fields: { for: purpose },
    valid: axes.valid,
    known: axes.known,
    today: axes.today,
    wrong: axes.wrong,
    acts: answer.life.map((span): LifeAct => {
      return { day: span.from, label: t(`register.desk.household.${span.kind}`) }
    }),
  })
  const way =
    person === undefined
      ? null
      : back(t('register.desk.record.back'), addressOf(personPath(person), { for: purpose }))
  const headless = answer.isHeadless && answer.members.length > 0
  const beside = purposeForm(path, { wording, axes, purpose })
  return html`<div class="split dense"><div class="stack">${way}<div class="head"><div>
<p class="meta small">${t('register.desk.household.opened')}</p><h1>${title}</h1>${inShort(wording, answer)}</div>
<div class="row">${changes}</div></div>
${headless ? note({ kind: 'you', title: t('register.desk.household.headless') }) : null}${axis}
${membersOf(wording, answer, purpose)}${life(wording, answer, purpose)}</div><div>${beside}</div></div>`
}

function membersOf(wording: Wording, answer: HouseholdAnswer, purpose: Purpose): Html {
  const { t, profile } = wording
  const title = t('register.desk.household.members', { day: t.day(answer.day) })
  if (answer.members.length === 0) {
    const empty = still(t('register.desk.household.empty'), t('register.desk.household.empty-why'))
    return section('members', title, empty)
  }
  const rows = answer.members.map((member) => [
    linked(wording, member, purpose),
    codeWords(wording, 'relation-to-head', member.relation),
    member.number === null ? '' : idNumber(profile.number.group(member.number)),
  ])
  const shown = table({
    caption: title,
    dense: true,
    columns: [
      { label: t('register.fact.name'), kind: 'head' },
      { label: t('register.fact.household') },
      { label: t('register.fact.number') },
    ],
    rows,
  })
  return section(
    'members',
    { title, aside: t('register.desk.household.count', { n: rows.length }) },
    shown,
  )
}

/** A name that opens its record; of whom nobody is told, the words for that. */
function linked({ t }: Wording, kin: KinView, purpose: Purpose): Content {
  const name = kin.name ?? t('register.kin.unnamed')
  if (kin.handle === undefined) return name
  return html`<a href=${addressOf(personPath(kin.handle), { for: purpose })}>${name}</a>`
}

/** Where it lives, and the number of its file, in a line or two under its name. */
function inShort(wording: Wording, { address, file }: HouseholdAnswer): Html {
  const { t } = wording
  const place = address === null ? null : residenceWords(wording, address)
  const home = [place?.text ?? t('register.household.none'), place?.now].filter(Boolean).join(', ')
  const number = file && html`<p class="meta">${t('register.fact.residence-file')}: ${file}</p>`
  return html`<p class="meta">${home}</p>${number}`
}

/** Heads and addresses of any day, each with the act it rests on. */
function life(wording: Wording, { life: spans }: HouseholdAnswer, purpose: Purpose): Html {
  const { t } = wording
  const title = t('register.desk.household.life')
  const rows = spans.map((span) => [
    t(`register.desk.household.${span.kind}`),
    spanValue(wording, span, purpose),
    writeDay(span.from),
    lastDay(wording, span),
    span.act && actWords(wording, span.act).title,
  ])
  const shown = table({
    caption: title,
    dense: true,
    columns: [
      { label: t('register.desk.fact'), kind: 'head' },
      { label: t('register.desk.value') },
      { label: t('register.desk.from'), kind: 'day', short: t('register.desk.from-short') },
      { label: t('register.desk.to'), kind: 'day', short: t('register.desk.to-short') },
      { label: t('register.desk.act') },
    ],
    rows,
  })
  return section('life', title, shown)
}

function spanValue(wording: Wording, { address, head, from }: HouseholdSpan, purpose: Purpose) {
  if (address !== null) return residenceWords({ ...wording, day: from }, address).text
  return head === null ? wording.t('register.kin.unnamed') : linked(wording, head, purpose)
}
