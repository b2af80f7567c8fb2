import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  ask,
  formKeys,
  html,
  type Kernel,
  mayDo,
  Refusal,
  sendHtml,
} from '../../../../kernel/index.ts'
import { back } from '../../../../web/index.ts'
import { getHousehold } from '../../../household/queries.ts'
import { wordingOf } from '../../show.ts'
import { addressOf, deskPage, personPath } from '../frame.ts'
import { opening, type PersonRoute } from '../persons.ts'
import { requireOfficer } from '../who.ts'
import { birthJourney } from './birth.ts'
import { choosePage, correctJourney, SIMPLE, type Simple, type Way } from './correct.ts'
import { deathJourney, type Loss } from './death.ts'
import { headJourney } from './head.ts'
import { begin, goOn, type Journey } from './journey.ts'
import { commandOf, MOVE_KINDS, moveJourney } from './move.ts'
import { type About, aboutPerson, journeyOf } from './subject.ts'

interface Visit {
  readonly request: FastifyRequest<PersonRoute>
  readonly reply: FastifyReply
  readonly kernel: Kernel
}

/** Events that are about one person, by the last part of their address. */
const OF_PERSON: Readonly<Record<string, (visit: Visit) => Promise<Journey>>> = {
  async death(visit) {
    const losses = allowed(visit, {
      death: 'death.register',
      disappearance: 'disappearance.register',
    })
    return deathJourney(await about(visit, ['birth']), losses as Loss[])
  },
  async move(visit) {
    const kinds = MOVE_KINDS.filter((kind) => permitted(visit, commandOf(kind)))
    requireSome(kinds, commandOf('permanent'))
    return moveJourney(await about(visit, ['permanent']), kinds)
  },
  async head(visit) {
    const { person } = visit.request.params
    requireSome(permitted(visit, 'household.change-head') ? [1] : [], 'household.change-head')
    const subject = await about(visit, [])
    return headJourney(subject, await ask(getHousehold, { person }, subject.asker))
  },
}

/** Everything an officer records at the desk. */
export function eventRoutes(app: FastifyInstance, kernel: Kernel): void {
  for (const [event, journey] of Object.entries(OF_PERSON)) {
    const path = `/desk/persons/:person/${event}`
    app.get<PersonRoute>(path, (request, reply) => {
      const visit = { request, reply, kernel }
      return opening(visit, async () => begin(visit, await journey(visit)))
    })
    app.post<PersonRoute>(path, (request, reply) => {
      const visit = { request, reply, kernel }
      return opening(visit, async () => goOn(visit, await journey(visit)))
    })
  }
  correctRoutes(app, kernel)
  birthRoutes(app, kernel)
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
    return opening(visit, async () => goOn(visit, await journey(visit, request.params.kind)))
  })
}

function birthRoutes(app: FastifyInstance, kernel: Kernel): void {
  const journey = async (request: FastifyRequest) => {
    const actor = requireOfficer(request, kernel)
    requireSome(mayDo(kernel, actor, 'birth.register') ? [1] : [], 'birth.register')
    const asker = { kernel, actor, purpose: 'civil-registration' }
    const wording = await wordingOf(request, kernel)
    return birthJourney({ wording, asker, keys: formKeys(request, kernel) })
  }
  app.get('/desk/births/new', async (request, reply) =>
    begin({ request, reply, kernel }, await journey(request)),
  )
  app.post('/desk/births/new', async (request, reply) =>
    goOn({ request, reply, kernel }, await journey(request)),
  )
}

const about = (
  { request, kernel }: Visit,
  kinds: Parameters<typeof aboutPerson>[2],
): Promise<About> => aboutPerson(request, kernel, kinds)

const permitted = ({ request, kernel }: Visit, operation: string): boolean =>
  mayDo(kernel, requireOfficer(request, kernel), operation)

/** Refuses whoever may do none of it, before anything is read. */
function requireSome(found: readonly unknown[], operation: string): void {
  if (found.length === 0) throw new Refusal('actor.not-permitted', { operation })
}

/** Which of some things an officer may do; refuses where it is none. */
function allowed(visit: Visit, operations: Readonly<Record<string, string>>): string[] {
  const names = Object.entries(operations)
  const found = names.filter(([, operation]) => permitted(visit, operation)).map(([name]) => name)
  requireSome(found, names[0]?.[1] ?? '')
  return found
}

const ways = (visit: Visit): Way[] =>
  allowed(visit, { correct: 'fact.correct', amend: 'fact.amend' }) as Way[]
