import { hash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { TObject } from 'typebox'
import { ask, type Command, execute, type Kernel, Refusal } from '../../kernel/index.ts'
import { LAW } from '../law.ts'
import { readBody } from '../verify/body.ts'
import { nonceOf, type SignedCall } from '../verify/call.ts'
import type { keepCaller } from '../verify/caller.ts'
import { claimNonces } from '../verify/store.ts'
import { cancelJob, planJob, requirePart, startJob, storePartOfJob } from './commands.ts'
import { JOB_DOCUMENTED } from './documented.ts'
import { readJobResults } from './queries.ts'
import { findJob } from './store.ts'
import { JOB_LIMITS, type LinkJob } from './types.ts'
import { Vault } from './vault.ts'
import { jobView } from './view.ts'

type Caller = ReturnType<typeof keepCaller>
interface Route {
  Params: { id: string; part: string }
}

const OCTETS = 'application/octet-stream'
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Files that agencies have checked: announced, sent in parts, started, watched, fetched. */
export function linkJobRoutes(app: FastifyInstance, kernel: Kernel, caller: Caller): void {
  app.addContentTypeParser(OCTETS, { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    request.rawBody = body
    done(null)
  })
  /** Who calls; a request that was seen before is refused. */
  const called = async (request: FastifyRequest): Promise<SignedCall> => {
    const call = await caller(request)
    const [fresh] = await kernel.database.transaction((tx) => claimNonces(tx, [nonceOf(call)]))
    if (fresh !== true) throw new Refusal('signature.replayed')
    return call
  }
  const doing = <Input extends TObject, Output>(
    call: SignedCall,
    command: Command<Input, Output>,
    input: unknown,
  ): Promise<Output> =>
    // Each signed request is one of its own: what may be sent again is said by the job itself.
    execute(command, input, { kernel, actor: call.client.actor, key: call.signature.nonceDigest })
  const ownJob = (call: SignedCall, id: string): Promise<LinkJob> =>
    kernel.database.transaction(async (tx) => {
      const job = UUID.test(id) ? await findJob(tx, id) : undefined
      if (job?.agencyId !== call.client.agency.id) throw new Refusal('link-job.not-found')
      return job
    })
  const show = async (reply: FastifyReply, id: string) => {
    const view = await kernel.database.transaction(async (tx) => {
      const job = await findJob(tx, id)
      if (job === undefined) throw new Refusal('link-job.not-found')
      return jobView(tx, job)
    })
    return reply.send(view)
  }

  app.post('/api/link-jobs', { schema: JOB_DOCUMENTED.plan }, async (request, reply) => {
    const call = await called(request)
    const input = { ...(readBody(request) as object), purpose: call.purpose }
    const { job, isNew } = await doing(call, planJob, input)
    return show(reply.code(isNew ? 201 : 200).header('location', `/api/link-jobs/${job}`), job)
  })

  app.get<Route>('/api/link-jobs/:id', { schema: JOB_DOCUMENTED.get }, async (request, reply) => {
    const { id } = await ownJob(await called(request), request.params.id)
    return show(reply, id)
  })

  app.put<Route>(
    '/api/link-jobs/:id/parts/:part',
    { schema: JOB_DOCUMENTED.part, bodyLimit: JOB_LIMITS.part_bytes },
    async (request, reply) => {
      const call = await called(request)
      const job = await ownJob(call, request.params.id)
      const body = request.rawBody ?? Buffer.alloc(0)
      const part = Number(request.params.part)
      if (!Number.isInteger(part)) throw new Refusal('link-job.part-wrong', { expected: '1, 2, …' })
      requirePart(job, part, body.length)
      // First on the disk, then told: a part that is said to be there is.
      new Vault(kernel, job.id).write('file', part, body)
      const told = { job: job.id, part, digest: hash('sha256', body), bytes: body.length }
      await doing(call, storePartOfJob, told)
      return reply.code(204).send()
    },
  )

  for (const [name, command] of [
    ['start', startJob],
    ['cancel', cancelJob],
  ] as const) {
    app.post<Route>(
      `/api/link-jobs/:id/${name}`,
      { schema: JOB_DOCUMENTED[name] },
      async (request, reply) => {
        const call = await called(request)
        const { id } = await ownJob(call, request.params.id)
        await doing(call, command, { job: id })
        return show(reply, id)
      },
    )
  }

  resultRoutes(app, kernel, called)
}

/** What came of it: lines of JSON, and what binds them to the file and to the log. */
function resultRoutes(app: FastifyInstance, kernel: Kernel, called: Caller): void {
  const resultsOf = async (request: FastifyRequest<Route>): Promise<LinkJob> => {
    const call = await called(request)
    const { purpose } = LAW.cleaning
    const asker = { kernel, actor: call.client.actor, purpose }
    return ask(readJobResults, { job: request.params.id }, asker)
  }
  app.get<Route>(
    '/api/link-jobs/:id/results',
    { schema: JOB_DOCUMENTED.results },
    async (request, reply) => {
      const job = await resultsOf(request)
      const { results } = (job.manifest?.manifest ?? {}) as { results?: { sha256: string } }
      const digest = Buffer.from(results?.sha256 ?? '', 'hex').toString('base64')
      const parts = new Vault(kernel, job.id).readAll('results', job.resultParts ?? 0)
      return reply
        .type('application/x-ndjson')
        .header('repr-digest', `sha-256=:${digest}:`)
        .send(Readable.from(parts, { objectMode: false }))
    },
  )
  app.get<Route>(
    '/api/link-jobs/:id/manifest',
    { schema: JOB_DOCUMENTED.manifest },
    async (request, reply) => reply.send((await resultsOf(request)).manifest),
  )
}
