import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { collectDefaultMetrics, Gauge, Histogram, register } from 'prom-client'
import { isLoopback } from './kernel/config.ts'
import { epochOf, type Kernel, LIMITS, Refusal } from './kernel/index.ts'
import { listBacklogs } from './kernel/worker-store.ts'
import { measureLag } from './ledger/index.ts'

collectDefaultMetrics()

const requests = new Histogram({
  name: 'goc_http_request_seconds',
  help: 'Time from the first byte of a request to the last of its answer.',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
})
const answers = new Gauge({
  name: 'goc_database_answers',
  help: '1 when the database answered the questions below; else they are from before.',
})
const unread = new Gauge({
  name: 'goc_outbox_unread_facts',
  help: 'Facts a subscriber has not read, counted up to 10 000.',
  labelNames: ['subscriber'],
})
const parked = new Gauge({
  name: 'goc_outbox_parked_facts',
  help: 'Facts a subscriber could not take yet, with those of the same keys behind them.',
  labelNames: ['subscriber'],
})
const still = new Gauge({
  name: 'goc_outbox_given_up_facts',
  help: 'Parked facts that are not tried any more: a person must look.',
  labelNames: ['subscriber'],
})

/**
 * `/metrics` in the text format of Prometheus, of this process and the database behind it. Routes
 * are named by their patterns and people nowhere: an address may hold what somebody typed. For
 * whoever holds the operator's token; where there is none, for this machine alone.
 */
export function installMetrics(app: FastifyInstance, kernel: Kernel): void {
  let asked: { readonly at_ms: number; readonly done: Promise<void> } | undefined
  app.addHook('onResponse', async (request, reply) => observe(request, reply))
  app.get('/metrics', async (request, reply) => {
    if (!mayRead(request, kernel)) throw new Refusal('request.not-found')
    const now_ms = epochOf(kernel.now())
    if (asked === undefined || now_ms - asked.at_ms >= LIMITS.metricsAge_ms) {
      asked = { at_ms: now_ms, done: askDatabase(kernel) }
    }
    await asked.done
    return reply.type(register.contentType).send(await register.metrics())
  })
}

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest()

function mayRead({ ip, headers }: FastifyRequest, { config }: Kernel): boolean {
  if (config.metricsToken !== null) {
    const expected = digestOf(`Bearer ${config.metricsToken}`)
    return timingSafeEqual(digestOf(headers.authorization ?? ''), expected)
  }
  // Through a proxy on this machine everybody would be local, so what it passes on is not.
  const isDirect = headers['x-forwarded-for'] === undefined && headers.forwarded === undefined
  return isDirect && isLoopback(ip.replace(/^::ffff:/, ''))
}

/** A handle for each set of labels: finding it anew costs more than counting. */
const handles = new Map<string, { observe(seconds: number): void }>()

function observe({ method, routeOptions }: FastifyRequest, reply: FastifyReply): void {
  const route = routeOptions.url ?? 'none'
  const status = `${Math.floor(reply.statusCode / 100)}xx`
  const key = `${method} ${route} ${status}`
  let handle = handles.get(key)
  if (handle === undefined) {
    handle = requests.labels({ method, route, status })
    handles.set(key, handle)
  }
  handle.observe(reply.elapsedTime / 1000)
}

async function askDatabase(kernel: Kernel): Promise<void> {
  try {
    await kernel.database.transaction(async (tx) => {
      await measureLag(tx)
      for (const backlog of await listBacklogs(tx)) {
        const { subscriber } = backlog
        unread.set({ subscriber }, backlog.unread)
        parked.set({ subscriber }, backlog.parked)
        still.set({ subscriber }, backlog.still)
      }
    })
    answers.set(1)
  } catch (error) {
    // Just then the operator needs the process's own figures.
    kernel.log.warn({ err: error }, 'the database did not answer for the metrics')
    answers.set(0)
  }
}
