import type { FastifyInstance, FastifyReply } from 'fastify'
import { type Kernel, Refusal, sendHtml, type Tx } from '../kernel/index.ts'
import { page } from '../web/index.ts'
import { ledgerPage } from './ledger-page.ts'
import { offlinePage } from './offline-page.ts'
import { policyText } from './policy-file.ts'
import { proofText } from './proof.ts'
import { proofFor, withCosignatures } from './prove.ts'
import { findLatestCheckpoint, findTiles, getPosition, listCommitments } from './store.ts'
import { entryBundle, parseTilePath, TILE_WIDTH, type TileRequest, widthInTree } from './tile.ts'

const TEXT = 'text/plain; charset=utf-8'
const BYTES = 'application/octet-stream'
/** A tile never changes (C2SP tlog-tiles: "immutable, so its caching headers SHOULD be long-lived"). */
const FOR_EVER = 'public, max-age=31536000, immutable'
const BRIEFLY = 'public, max-age=1'
/** First byte of every entry: the version of how an event is committed to (kernel/audit.ts). */
const ENTRY_VERSION = Buffer.of(1)

/** The log as C2SP tlog-tiles serves it, and what a person needs to check it. All of it is public. */
export function ledgerRoutes(app: FastifyInstance, kernel: Kernel): void {
  const read = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => kernel.database.transaction(work)

  app.get('/ledger/checkpoint', async (_request, reply) => {
    const note = await read(async (tx) => {
      const checkpoint = await findLatestCheckpoint(tx)
      return checkpoint && withCosignatures(tx, checkpoint)
    })
    if (note === undefined) throw new Refusal('ledger.tile-not-found', { path: 'checkpoint' })
    return send(reply, note, { type: TEXT, cache: BRIEFLY })
  })

  app.get<{ Params: { '*': string } }>('/ledger/tile/*', async (request, reply) => {
    const asked = parseTilePath(`tile/${request.params['*']}`)
    const bytes = await read((tx) => (asked.kind === 'entries' ? entries : tile)(tx, asked))
    if (bytes === undefined) {
      throw new Refusal('ledger.tile-not-found', { path: `tile/${request.params['*']}` })
    }
    return send(reply, bytes, { type: BYTES, cache: FOR_EVER })
  })

  app.get('/ledger/policy', async (_request, reply) =>
    send(reply, await policyText(kernel), { type: TEXT, cache: BRIEFLY }),
  )

  app.get<{ Params: { event: string } }>('/ledger/proof/:event', async (request, reply) => {
    const { event } = request.params
    const proof = await read((tx) => proofFor(tx, event))
    reply.header('content-disposition', `attachment; filename="${event}.tlog-proof"`)
    return send(reply, proofText(proof), { type: TEXT, cache: BRIEFLY })
  })

  app.get<{ Querystring: { save?: string } }>('/ledger/verify.html', async (request, reply) => {
    const file = offlinePage(request.t, await policyText(kernel))
    // Its own policy, in the file, is stricter than the site's, and knows its script by hash.
    reply.removeHeader('content-security-policy')
    if (request.query.save !== undefined) {
      reply.header('content-disposition', 'attachment; filename="goc-verify.html"')
    }
    return send(reply, file, { type: 'text/html; charset=utf-8', cache: 'no-store' })
  })

  app.get('/ledger/', async (request, reply) => {
    const { t } = request
    const body = await ledgerPage(t, kernel)
    const title = t('ledger.page.title')
    return sendHtml(reply, page(request, kernel, { title, section: 'public', body }))
  })
  app.get('/ledger', (_request, reply) => reply.redirect('/ledger/', 308))
}

function send(
  reply: FastifyReply,
  body: string | Buffer,
  { type, cache }: { readonly type: string; readonly cache: string },
) {
  return reply.type(type).header('cache-control', cache).send(body)
}

/** A tile as wide as asked; the beginning of a tile that has grown since is still that tile. */
async function tile(tx: Tx, asked: TileRequest): Promise<Buffer | undefined> {
  if (asked.level > 6) return undefined
  const [stored] = await findTiles(tx, [asked])
  if (stored === undefined || stored.width < asked.width) return undefined
  return stored.data.subarray(0, asked.width * 32)
}

/** Entries are commitments alone: version ‖ SHA-256(salt ‖ event), 33 bytes. */
async function entries(tx: Tx, asked: TileRequest): Promise<Buffer | undefined> {
  const { size } = await getPosition(tx)
  if (widthInTree(asked, size) < asked.width) return undefined
  const from = asked.index * TILE_WIDTH
  const commitments = await listCommitments(tx, from, from + asked.width)
  return entryBundle(commitments.map((one) => Buffer.concat([ENTRY_VERSION, one])))
}
