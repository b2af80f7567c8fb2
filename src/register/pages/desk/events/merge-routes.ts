import type { FastifyInstance } from 'fastify'
import { ask, type Kernel, Refusal, refusalWords } from '../../../../kernel/index.ts'
import { personRecord } from '../../../person/queries.ts'
import { opening, type PersonRoute, type Visit } from '../persons.ts'
import { allowedOf } from '../who.ts'
import { begin, goOn } from './journey.ts'
import { mergeJourney, unmergeJourney } from './merge.ts'
import { sendSearch, showSearch } from './merge-search.ts'
import { type About, aboutPerson } from './subject.ts'

interface MergeRoute extends PersonRoute {
  Params: { person: string; other: string }
}

/** First the other record is found, then both are compared; and the way back out of it. */
export function mergeRoutes(app: FastifyInstance, kernel: Kernel): void {
  searchRoutes(app, kernel)
  compareRoutes(app, kernel)
  unmergeRoutes(app, kernel)
}

async function subject({ request, kernel }: Visit): Promise<About> {
  allowedOf(request, kernel, ['person.merge'])
  return aboutPerson(request, kernel, ['birth'])
}

const PATH = '/desk/persons/:person/merge'

function searchRoutes(app: FastifyInstance, kernel: Kernel): void {
  app.get<PersonRoute>(PATH, (request, reply) => {
    const visit = { request, reply, kernel }
    return opening(visit, async () => showSearch(visit, await subject(visit)))
  })
  app.post<PersonRoute>(PATH, (request, reply) => {
    const visit = { request, reply, kernel }
    return opening(visit, async () => sendSearch(visit, await subject(visit)))
  })
}

function compareRoutes(app: FastifyInstance, kernel: Kernel): void {
  const journey = async (visit: Visit, other: string) => {
    const on = await subject(visit)
    const { person, purpose, asker } = on
    const first = await ask(personRecord, { person }, asker)
    const { actor } = asker
    const second = await otherRecord(() =>
      // The case of one person opens no other's record.
      ask(personRecord, { person: other }, { kernel, actor, purpose }),
    )
    return { on, first, second }
  }
  app.get<MergeRoute>(`${PATH}/:other`, (request, reply) => {
    const visit = { request, reply, kernel }
    return opening(visit, async () => {
      const { on, first, second } = await journey(visit, request.params.other)
      if (second instanceof Refusal) return refuseOther(visit, on, second)
      return begin(visit, mergeJourney(on, { first, second }))
    })
  })
  app.post<MergeRoute>(`${PATH}/:other`, (request, reply) => {
    const visit = { request, reply, kernel }
    return opening(visit, () =>
      goOn(visit, async () => {
        const { on, first, second } = await journey(visit, request.params.other)
        if (second instanceof Refusal) throw second
        return mergeJourney(on, { first, second })
      }),
    )
  })
}

/** The other record, or why it may not be opened: that is said where the other is chosen. */
async function otherRecord<Answer>(work: () => Promise<Answer>): Promise<Answer | Refusal> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

function refuseOther(visit: Visit, on: About, refusal: Refusal) {
  const { title, remedy } = refusalWords(on.wording.t, refusal)
  visit.reply.code(refusal.status)
  return showSearch(visit, on, [{ field: 'text', words: `${title}. ${remedy}` }])
}

function unmergeRoutes(app: FastifyInstance, kernel: Kernel): void {
  const path = '/desk/persons/:person/unmerge'
  const journey = async ({ request }: Visit) => {
    allowedOf(request, kernel, ['person.unmerge'])
    const on = await aboutPerson(request, kernel, [])
    const { person, asker } = on
    const { duplicates } = await ask(personRecord, { person }, asker)
    return unmergeJourney(on, duplicates)
  }
  app.get<PersonRoute>(path, (request, reply) => {
    const visit = { request, reply, kernel }
    return opening(visit, async () => begin(visit, await journey(visit)))
  })
  app.post<PersonRoute>(path, (request, reply) => {
    const visit = { request, reply, kernel }
    return opening(visit, () => goOn(visit, () => journey(visit)))
  })
}
