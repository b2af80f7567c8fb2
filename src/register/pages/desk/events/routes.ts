import type { FastifyInstance, FastifyRequest } from 'fastify'
import { ask, formKeys, html, type Kernel, Refusal, sendHtml } from '../../../../kernel/index.ts'
import { back } from '../../../../web/index.ts'
import { getHousehold } from '../../../household/queries.ts'
import { wordingOf } from '../../show.ts'
import { addressOf, deskPage, personPath } from '../frame.ts'
import { opening, type PersonRoute, type Visit } from '../persons.ts'
import { allowedOf, requireOfficer } from '../who.ts'
import { absenceJourney } from './absence.ts'
import { birthJourney } from './birth.ts'
import { choosePage, correctJourney, SIMPLE, type Simple, type Way } from './correct.ts'
import { deathJourney, type Loss } from './death.ts'
import { reversalJourney } from './death-reversal.ts'
import { establishJourney } from './establish.ts'
import { headJourney } from './head.ts'
import { householdMergeJourney } from './household-merge.ts'
import { joinJourney } from './join.ts'
import { begin, goOn, type Journey } from './journey.ts'
import { kinJourney } from './kin.ts'
import { kinEndJourney } from './kin-end.ts'
import { leaveJourney } from './leave.ts'
import { EVENTS, type EventName } from './list.ts'
import { menuRoutes } from './menu.ts'
import { mergeRoutes } from './merge-routes.ts'
import { commandOf, MOVE_KINDS, moveJourney } from './move.ts'
import { numberJourney } from './number.ts'
import { oldNumberJourney } from './old-number.ts'
import { personJourney } from './person.ts'
import { protectJourney, unprotectJourney } from './protection.ts'
import { splitJourney } from './split.ts'
import { stayEndJourney } from './stay-end.ts'
import { type About, aboutPerson, journeyOf } from './subject.ts'

const householdOf = ({ person, asker }: About) => ask(getHousehold, { person }, asker)

/** The journey of each event, for whoever may do these of its operations. */
const JOURNEYS: Readonly<
  Record<
    Exclude<EventName, 'merge'>,
    (about: About, operations: readonly string[]) => Journey | Promise<Journey>
  >
> = {
  kin: kinJourney,
  'kin-end': kinEndJourney,
  death: (about, operations) =>
    deathJourney(
      about,
      operations.map((one) => one.split('.')[0] as Loss),
    ),
  'death-reversal': reversalJourney,
  move: (about, operations) =>
    moveJourney(
      about,
      MOVE_KINDS.filter((kind) => operations.includes(commandOf(kind))),
    ),
  absence: absenceJourney,
  'stay-end': stayEndJourney,
  establish: establishJourney,
  join: (about) => joinJourney(about, 'join'),
  'add-member': (about) => joinJourney(about, 'add-member'),
  leave: async (about) => leaveJourney(about, await householdOf(about)),
  head: async (about) => headJourney(about, await householdOf(about)),
  split: async (about) => splitJourney(about, await householdOf(about)),
  'household-merge': async (about) => householdMergeJourney(about, await householdOf(about)),
  number: numberJourney,
  'old-number': oldNumberJourney,
  protect: protectJourney,
  unprotect: unprotectJourney,
}

/** Everything an officer records at the desk. */
export function eventRoutes(app: FastifyInstance, kernel: Kernel): void {
  for (const { name, operations, kinds } of EVENTS) {
    if (name === 'merge') continue
    journeyRoutes(app, kernel, name, async (visit) => {
      const open = allowed(visit, operations)
      return JOURNEYS[name](await about(visit, kinds), open)
    })
  }
  mergeRoutes(app, kernel)
  correctRoutes(app, kernel)
  newcomerRoutes(app, kernel)
  menuRoutes(app, kernel)
}

/** The form of an event of one person, at the last part of its address. */
function journeyRoutes(
  app: FastifyInstance,
  kernel: Kernel,
  ...[name, journey]: [name: string, journey: (visit: Visit) => Promise<Journey>]
): void {
  const path = `/desk/persons/:person/${name}`
  app.get<PersonRoute>(path, (request, reply) => {
    const visit = { request, reply, kernel }
    return opening(visit, async () => begin(visit, await journey(visit)))
  })
  app.post<PersonRoute>(path, (request, reply) => {
    const visit = { request, reply, kernel }
    return opening(visit, () => goOn(visit, () => journey(visit)))
  })
}

interface CorrectRoute extends PersonRoute {
  Params: { person: string; kind: string }
}

function correctRoutes(app: FastifyInstance, kernel: Kernel): void {
  app.get<PersonRoute>('/desk/persons/:person/correct', (request, reply) => {
    const visit = { request, reply, kernel }
    return opening(visit, async () => {
      ways(visit)
      const subject = await about(visit, SIMPLE)
      const {
        title,
        about: whom,
        purpose,
        person,
      } = { ...journeyOf(subject, 'correct'), ...subject }
      const home = addressOf(personPath(person), { for: purpose })
      const lead = request.t('register.desk.correct.which')
      const body = html`<div class="stack-l"><div>${back(request.t('register.desk.record.back'), home)}
<h1>${title}</h1>${whom}<p>${lead}</p></div>${choosePage(subject)}</div>`
      return sendHtml(reply, deskPage(request, kernel, { title, body, purpose, narrow: true }))
    })
  })
  const path = '/desk/persons/:person/correct/:kind'
  const journey = async (visit: Visit, kind: string) => {
    if (!(SIMPLE as readonly string[]).includes(kind)) throw new Refusal('request.not-found')
    const open = ways(visit)
    const kinds = kind === 'sex' ? (['sex'] as const) : ([kind as Simple, 'sex'] as const)
    return correctJourney(await about(visit, kinds), kind as Simple, open)
  }
  app.get<CorrectRoute>(path, (request, reply) => {
    const visit = { request, reply, kernel }
    return opening(visit, async () => begin(visit, await journey(visit, request.params.kind)))
  })
  app.post<CorrectRoute>(path, (request, reply) => {
    const visit = { request, reply, kernel }
    return opening(visit, () => goOn(visit, () => journey(visit, request.params.kind)))
  })
}

/** Whom the register learns of: nobody's record is open. */
function newcomerRoutes(app: FastifyInstance, kernel: Kernel): void {
  for (const { path, operation, journey } of NEWCOMERS) {
    const make = async (request: FastifyRequest) => {
      allowedOf(request, kernel, [operation])
      const asker = {
        kernel,
        actor: requireOfficer(request, kernel),
        purpose: 'civil-registration',
      }
      const wording = await wordingOf(request, kernel)
      return journey({ wording, asker, keys: formKeys(request, kernel) })
    }
    app.get(path, async (request, reply) => begin({ request, reply, kernel }, await make(request)))
    app.post(path, (request, reply) => goOn({ request, reply, kernel }, () => make(request)))
  }
}

const NEWCOMERS = [
  { path: '/desk/births/new', operation: 'birth.register', journey: birthJourney },
  { path: '/desk/persons/new', operation: 'person.register', journey: personJourney },
]

const about = (
  { request, kernel }: Visit,
  kinds: Parameters<typeof aboutPerson>[2],
): Promise<About> => aboutPerson(request, kernel, kinds)

const allowed = ({ request, kernel }: Visit, operations: readonly string[]): readonly string[] =>
  allowedOf(request, kernel, operations)

const ways = (visit: Visit): Way[] =>
  allowed(visit, ['fact.correct', 'fact.amend']).map((one) => one.split('.')[1] as Way)
