import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { markFile } from './mark.ts'

/** A file served as it is, compressed once at start, under an address that names its content. */
interface Asset {
  readonly type: string
  readonly plain: Buffer
  readonly br: Buffer
  readonly gzip: Buffer
  readonly address: string
}

const ISLANDS = ['copy', 'keys', 'progress'] as const

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')

/**
 * Style without comments and needless blanks. Our sheet has no strings with blanks that matter and
 * no `calc` without its own.
 */
export function minifyStyle(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,>]) ?/g, '$1')
    .replace(/: /g, ':')
    .replaceAll(';}', '}')
    .trim()
}

function assetOf(name: string, type: string, text: string): [string, Asset] {
  const plain = Buffer.from(text)
  const hash = createHash('sha256').update(plain).digest('base64url').slice(0, 10)
  const br = brotliCompressSync(plain, {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    },
  })
  const address = `/assets/${hash}/${name}`
  return [name, { type, plain, br, gzip: gzipSync(plain, { level: 9 }), address }]
}

const ASSETS: ReadonlyMap<string, Asset> = new Map([
  assetOf('style.css', 'text/css; charset=utf-8', minifyStyle(read('./style.css'))),
  assetOf('mark.svg', 'image/svg+xml', markFile),
  ...ISLANDS.map((name) =>
    assetOf(`${name}.js`, 'text/javascript; charset=utf-8', read(`./islands/${name}.js`)),
  ),
])

/** Where a file is served; throws for a file that is not, so that a page cannot name one. */
export function addressOf(name: string): string {
  const asset = ASSETS.get(name)
  if (asset === undefined) throw new TypeError(`no asset ${name}`)
  return asset.address
}

/** Bytes on the wire of a file, for the page budget. */
export function weightOf(name: string): number {
  return ASSETS.get(name)?.br.length ?? 0
}

type Encoding = 'br' | 'gzip' | 'identity'

/** The best encoding both sides know (RFC 9110, 12.5.3); an encoding of weight 0 is refused. */
export function encodingFor(header: string | undefined): Encoding {
  const offered = (header ?? '').toLowerCase()
  const takes = (name: string): boolean =>
    new RegExp(
      `(?:^|,)\\s*${name}\\s*(?:;\\s*q=(?!0(?:\\.0*)?\\s*(?:,|$))[0-9.]+\\s*)?(?:,|$)`,
    ).test(offered)
  if (takes('br')) return 'br'
  return takes('gzip') ? 'gzip' : 'identity'
}

/** Serves the files; a year in any cache, since another content has another address. */
export function assetRoutes(app: FastifyInstance): void {
  app.get<{ Params: { hash: string; name: string } }>('/assets/:hash/:name', (request, reply) => {
    const { hash, name } = request.params
    const asset = ASSETS.get(name)
    if (asset === undefined || asset.address !== `/assets/${hash}/${name}`) {
      return reply.callNotFound()
    }
    const encoding = encodingFor(request.headers['accept-encoding'])
    if (encoding !== 'identity') reply.header('content-encoding', encoding)
    return reply
      .header('content-type', asset.type)
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('vary', 'accept-encoding')
      .send(encoding === 'identity' ? asset.plain : asset[encoding])
  })
  // Browsers ask for it whatever a page says.
  app.get('/favicon.ico', (_request, reply) => reply.redirect(addressOf('mark.svg'), 302))
}

/** Below this a page is not worth compressing: it fits one packet anyway. */
const SMALL_bytes = 1_200

/**
 * Compresses pages as they leave. Only `text/html`, and only whole texts: streams and signed
 * answers pass untouched. The level is chosen for pages made once and sent once.
 */
export function compressPages(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload) => {
    const type = String(reply.getHeader('content-type'))
    if (typeof payload !== 'string' || !type.startsWith('text/html')) return payload
    reply.header('vary', 'accept-encoding, accept-language, cookie')
    const encoding = encodingFor(request.headers['accept-encoding'])
    const done = payload.length < SMALL_bytes || reply.hasHeader('content-encoding')
    if (encoding === 'identity' || done) return payload
    reply.header('content-encoding', encoding).removeHeader('content-length')
    return compress(payload, encoding)
  })
}

/** A page as it goes over the wire. */
export function compress(text: string, encoding: 'br' | 'gzip'): Buffer {
  if (encoding === 'gzip') return gzipSync(text, { level: 6 })
  return brotliCompressSync(text, {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_QUALITY]: 5,
      [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
    },
  })
}
