// A server of the bench, in a process of its own: `ours`, the whole program, or `bare`, its limit.
import { createHash, createPublicKey, sign, verify } from 'node:crypto'
import Fastify, { type FastifyInstance } from 'fastify'
import type pg from 'pg'
import { pino } from 'pino'
import { profile } from '../profiles/vn/index.ts'
import { buildApp } from '../src/app.ts'
import { readConfig } from '../src/kernel/config.ts'
import { instantOf, type Kernel, openDatabase, openKeys } from '../src/kernel/index.ts'
import { openPool } from './house.ts'

/** What the bench hands to its servers, in the environment variable BENCH. */
export interface ServerSetting {
  readonly kind: 'ours' | 'bare'
  readonly connection: pg.ClientConfig
  readonly dataDir: string
  /** The agency's public key, 32 raw bytes in base64: what the bare server knows it by. */
  readonly agencyKey: string
}

const setting = JSON.parse(process.env.BENCH ?? '{}') as ServerSetting
const app = setting.kind === 'ours' ? await ourServer(setting) : await bareServer(setting)
await app.listen({ port: 0, host: '127.0.0.1' })
const address = app.server.address()
process.stdout.write(`${typeof address === 'object' ? address?.port : ''}\n`)
process.once('SIGTERM', () => process.exit(0))

async function ourServer({ connection, dataDir }: ServerSetting): Promise<FastifyInstance> {
  const config = readConfig({ GOC_DATA: dataDir, PORT: '0', GOC_LOG: 'silent' })
  const kernel: Kernel = {
    database: openDatabase(connection),
    profile,
    config,
    keys: openKeys(config.keysDir),
    log: pino({ level: 'silent' }),
    demonstration: true,
    now: () => instantOf(Date.now()),
  }
  return buildApp(kernel)
}

/** The facts our server reads for such a request. */
const FACTS = `select f.kind, f.key, f.value from register.number n
  join register.fact f on f.person_id = n.person_id
  where n.number = $1 and f.kind = any($2::text[]) and f.superseded_at is null and f.valid @> $3::date`
const KINDS = ['birth', 'death', 'merged', 'name', 'protected', 'sex']

/**
 * The least that answers such a question: reads the same facts, verifies one Ed25519 signature,
 * signs one receipt. No agreement, no replay check, no count of attempts, no audit event.
 */
async function bareServer({ connection, dataDir, agencyKey }: ServerSetting) {
  const pool = openPool({ ...connection, max: 10 })
  const config = readConfig({ GOC_DATA: dataDir })
  const { privateKey } = openKeys(config.keysDir).active('receipt')
  const x = Buffer.from(agencyKey, 'base64').toString('base64url')
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
  const bare = Fastify()
  bare.removeContentTypeParser('application/json')
  bare.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_, body, done) =>
    done(null, body),
  )
  bare.post<{ Body: Buffer }>('/api/verify', async (request, reply) => {
    const signature = Buffer.from(String(request.headers['x-signature']), 'base64')
    if (!verify(null, request.body, key, signature)) return reply.code(401).send()
    const { identify, attributes } = JSON.parse(request.body.toString())
    const { rows } = await pool.query<{ kind: string; value: Record<string, unknown> | string }>({
      name: 'facts',
      text: FACTS,
      values: [
        identify.personal_administrative_number,
        KINDS,
        new Date().toISOString().slice(0, 10),
      ],
    })
    const held = new Map(rows.map(({ kind, value }) => [kind, value]))
    const text = JSON.stringify({
      name: (held.get('name') as { full: string })?.full === identify.name,
      birthdate: (held.get('birth') as { on: string })?.on === identify.birthdate,
      sex: held.get('sex') === attributes.sex,
      alive: !held.has('death'),
    })
    const digest = createHash('sha256').update(text).digest()
    const receipt = sign(null, digest, privateKey).toString('base64')
    return reply.type('application/json').header('receipt', receipt).send(text)
  })
  return bare
}
