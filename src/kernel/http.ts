import { randomBytes } from 'node:crypto'
import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import rateLimit from '@fastify/rate-limit'
import Fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify'
import type { Actor } from './actor.ts'
import type { Html } from './html.ts'
import { uuidv7 } from './id.ts'
import type { Kernel } from './kernel.ts'
import { LIMITS } from './limits.ts'
import { type Catalogues, chooseLanguage, type Translator, translator } from './locale.ts'
import { problem, Refusal } from './refusal.ts'
import { actorOf, csrfToken, isCsrfToken } from './session.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is signed in on this page, if anyone; `/api` identifies its caller by signature. */
    actor: Actor | null
    /** The words of the reader's language. */
    t: Translator
    /** The bytes of the body as they came, for digests. */
    rawBody: Buffer | null
  }
}

/** How pages are drawn around a refusal or a fault: the web room's, handed in by the app. */
export interface ProblemPages {
  refusal(request: FastifyRequest, refusal: Refusal): Html
  fault(request: FastifyRequest, reference: string): Html
}

export interface HttpOptions {
  readonly kernel: Kernel
  readonly catalogues: Catalogues
  readonly pages: ProblemPages
}

const UNSAFE = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/** The edge: limits, language, session, CSRF, and every error in one shape (RFC 9457). */
export async function buildHttp({
  kernel,
  catalogues,
  pages,
}: HttpOptions): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: kernel.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: LIMITS.bodyBytes,
    genReqId: () => randomBytes(4).toString('hex').toUpperCase(),
    // The one proxy in front: what stands before its own entry is the client's word.
    trustProxy: kernel.config.trustProxy && ((_address: string, hop: number) => hop === 0),
    requestTimeout: LIMITS.request_ms,
    return503OnClosing: true,
  })
  await app.register(cookie)
  // Pages take forms and nothing else; who takes another body says so where it is read.
  app.removeAllContentTypeParsers()
  await app.register(formbody, { bodyLimit: LIMITS.bodyBytes })
  // Of one address: pages a minute. Agencies have their quotas, files are answered from memory.
  await app.register(rateLimit, {
    max: (request) => (isSignIn(request) ? LIMITS.signInsPerMinute : LIMITS.requestsPerMinute),
    keyGenerator: (request) => `${isSignIn(request) ? 'sign-in' : 'page'} ${request.ip}`,
    allowList: (request) => request.url.startsWith('/api/') || request.url.startsWith('/assets/'),
    errorResponseBuilder: () => new Refusal('rate.exceeded'),
  })
  app.decorateRequest('actor', null)
  app.decorateRequest('rawBody', null)
  app.decorateRequest('t', null as unknown as Translator)

  app.addHook('onRequest', async (request, reply) => {
    const query = request.query as Record<string, unknown>
    const lang = chooseLanguage(
      {
        query: query.lang,
        cookie: request.cookies.lang,
        accept: request.headers['accept-language'],
      },
      kernel.profile.languages[0],
    )
    request.t = translator(lang, catalogues)
    setSecurityHeaders(reply, kernel)
    if (isApi(request)) return
    // A language that was chosen is remembered; nothing is set before somebody chooses.
    if (query.lang === lang) reply.setCookie('lang', lang, { path: '/', sameSite: 'lax' })
    request.actor = await actorOf(request, kernel)
  })
  app.addHook('preHandler', async (request) => {
    if (!UNSAFE.has(request.method) || isApi(request)) return
    const site = request.headers['sec-fetch-site']
    const sameSite = site === undefined || site === 'same-origin' || site === 'none'
    const body = request.body as Record<string, unknown> | null
    if (!sameSite || !isCsrfToken(request, kernel, body?._csrf)) throw new Refusal('request.csrf')
  })
  app.setNotFoundHandler((request, reply) =>
    sendRefusal(pages, { request, reply }, new Refusal('request.not-found')),
  )
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const refusal = asRefusal(error)
    if (refusal !== null) return sendRefusal(pages, { request, reply }, refusal)
    // The address may hold what a person typed: the route's pattern is logged instead.
    request.log.error(
      { err: error, reference: request.id, route: request.routeOptions.url },
      'a fault',
    )
    reply.code(500).header('cache-control', 'no-store')
    if (!wantsPage(request)) {
      const body = {
        type: 'about:blank',
        status: 500,
        title: 'Internal error',
        reference: request.id,
      }
      return reply.type('application/problem+json').send(body)
    }
    return sendHtml(reply, pages.fault(request, request.id))
  })
  return app
}

function setSecurityHeaders(reply: FastifyReply, kernel: Kernel): void {
  reply.headers({
    'content-security-policy':
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cache-control': 'no-store',
  })
  if (kernel.config.secureCookies) {
    reply.header('strict-transport-security', 'max-age=63072000; includeSubDomains')
  }
}

const isApi = (request: FastifyRequest): boolean =>
  request.url.startsWith('/api/') || request.url.startsWith('/ledger/witness')

const isSignIn = ({ method, url }: FastifyRequest): boolean =>
  method === 'POST' && url.startsWith('/sign-in')

function wantsPage(request: FastifyRequest): boolean {
  return !isApi(request) && (request.headers.accept ?? '').includes('text/html')
}

function asRefusal(error: FastifyError): Refusal | null {
  if (error instanceof Refusal) return error
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new Refusal('request.too-large')
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
    return new Refusal('request.unsupported-type')
  if (error.statusCode === 429) return new Refusal('rate.exceeded')
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return new Refusal('request.invalid', { field: 'body', expected: error.code ?? 'another form' })
  }
  return null
}

function sendRefusal(
  pages: ProblemPages,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  refusal: Refusal,
) {
  // Who is not signed in and follows a link is asked to sign in, and then led on.
  if (refusal.code === 'actor.unknown' && request.method === 'GET' && wantsPage(request)) {
    return reply.redirect(`/sign-in?next=${encodeURIComponent(request.url)}`, 303)
  }
  reply.code(refusal.status)
  if (wantsPage(request)) return sendHtml(reply, pages.refusal(request, refusal))
  return reply
    .type('application/problem+json')
    .send(problem(refusal, refusalWords(request.t, refusal)))
}

/** Title and remedy of a refusal in the reader's language; details fill the holes. */
export function refusalWords(t: Translator, refusal: Refusal): { title: string; remedy: string } {
  const values = { field: '', expected: '', ...refusal.details }
  return {
    title: t(`kernel.refusal.${refusal.code}.title`, values),
    remedy: t(`kernel.refusal.${refusal.code}.remedy`, values),
  }
}

export function sendHtml(reply: FastifyReply, page: Html) {
  return reply.type('text/html; charset=utf-8').send(page.toString())
}

/** The hidden fields of every form: against other sites, and against being sent twice. */
export interface FormKeys {
  readonly csrf: string
  readonly key: string
}

export function formKeys(request: FastifyRequest, kernel: Kernel): FormKeys {
  return { csrf: csrfToken(request, kernel), key: uuidv7() }
}

/** Whoever is signed in; a page that needs someone sends the others to the sign-in. */
export function requireActor(request: FastifyRequest): Actor {
  if (request.actor === null) throw new Refusal('actor.unknown')
  return request.actor
}
