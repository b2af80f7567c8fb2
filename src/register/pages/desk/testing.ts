import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyRequest, LightMyRequestResponse } from 'fastify'
import { anActor } from '../../../../test/kernel.ts'
import { buildHttp } from '../../../kernel/http.ts'
import {
  type Actor,
  csrfToken,
  insertActor,
  type Kernel,
  loadCatalogues,
  type Profile,
  uuidv7,
} from '../../../kernel/index.ts'
import { installMenu, problemPages, room as web } from '../../../web/index.ts'
import { room } from '../../index.ts'
import { type Stage, stageOf } from '../../testing.ts'

export type Answer = LightMyRequestResponse
export type Typed = Readonly<Record<string, string>>

/** A browser of somebody who is signed in, without JavaScript: keeps cookies, sends forms. */
export interface Client {
  readonly actor: Actor
  readonly cookies: ReadonlyMap<string, string>
  get(url: string, lang?: string): Promise<Answer>
  post(url: string, typed: Typed): Promise<Answer>
  /** Follows where a form leads. */
  follow(answer: Answer): Promise<Answer>
}

/** The desk of a register with nobody in it, served as the program serves it. */
export interface DeskStage extends Stage {
  readonly app: FastifyInstance
  enter(actor: Actor): Promise<Client>
}

export async function deskStage(profile: Profile): Promise<DeskStage> {
  const stage = await stageOf(profile)
  // The clock of the machine names the events, so the stage's begins there too.
  const app = await serve(stage.kernel)
  return {
    ...stage,
    app,
    enter: (actor) => enter(stage, app, actor),
    async close() {
      await app.close()
      await stage.close()
    },
  }
}

async function serve(kernel: Kernel): Promise<FastifyInstance> {
  const rooms = [web, room]
  const catalogues = loadCatalogues(rooms as never, { timeZone: kernel.profile.timeZone })
  const app = await buildHttp({ kernel, catalogues, pages: problemPages(kernel) })
  installMenu(app, rooms)
  for (const one of rooms) one.routes?.(app, kernel)
  return app
}

const BROWSER = { accept: 'text/html', 'accept-encoding': 'identity' } as const

async function enter(stage: Stage, app: FastifyInstance, actor: Actor): Promise<Client> {
  const { kernel } = stage
  const token = await openSession(stage, actor)
  const cookies = new Map([['goc_session', token]])
  // A cookie is sent only below its path, as a browser does.
  const paths = new Map<string, string>()
  const cookie = (url: string) =>
    [...cookies]
      .filter(([name]) => url.startsWith(paths.get(name) ?? '/'))
      .map(([name, value]) => `${name}=${value}`)
      .join('; ')
  const keep = (answer: Answer): Answer => {
    for (const { name, value, path = '/' } of answer.cookies) {
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
      paths.set(name, path)
    }
    return answer
  }
  const csrf = csrfToken({ cookies: { goc_session: token } } as unknown as FastifyRequest, kernel)
  const client: Client = {
    actor,
    cookies,
    async get(url, lang = 'en') {
      const headers = { ...BROWSER, 'accept-language': lang, cookie: cookie(url) }
      return keep(await app.inject({ url, headers }))
    },
    async post(url, typed) {
      const payload = new URLSearchParams({ _csrf: csrf, _key: uuidv7(), ...typed }).toString()
      const form = { 'content-type': 'application/x-www-form-urlencoded' }
      const headers = { ...BROWSER, ...form, 'accept-language': 'en', cookie: cookie(url) }
      return keep(await app.inject({ method: 'POST', url, payload, headers }))
    },
    async follow(answer) {
      return client.get(String(answer.headers.location))
    },
  }
  return client
}

/** Stores an actor with the grants it holds, and a session of it; answers the session's token. */
async function openSession({ kernel }: Stage, actor: Actor): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await kernel.database.transaction((tx) => insertActor(tx, { ...actor, login: null }))
  for (const { role, unit } of actor.grants) {
    await kernel.owner(
      `insert into kernel.role_grant (grant_id, actor_id, role, unit, valid, granted_by)
       values ($1, $2, $3, $4, '[2000-01-01,)', $2)`,
      [uuidv7(), actor.id, role, unit],
    )
  }
  await kernel.owner(
    `insert into kernel.session (token_hash, actor_id, level, made_at, expires_at)
     values ($1, $2, 3, now(), 'infinity')`,
    [createHash('sha256').update(token).digest(), actor.id],
  )
  return token
}

/** Somebody of the office next door: the same unit, another person. */
export const colleagueOf = (stage: Stage): Actor =>
  anActor(
    [...stage.officer.grants].map(({ role, unit }) => [role, unit] as const),
    {
      unit: stage.home,
      name: 'Colleague',
    },
  )

/** The words of a page, without its markup. */
export const textOf = ({ body }: Answer): string =>
  body
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#39;/g, '’')
    .replace(/\s+/g, ' ')

/** A form filled rightly, what is wrong with it filled wrongly, and what it says when done. */
export interface Filling {
  readonly path: string
  readonly typed: Typed
  /** What to type instead, and the field whose error that is. */
  readonly wrong: readonly { readonly typed: Typed; readonly field: string }[]
  readonly done: RegExp
}

const PAPER = { 'act-kind': 'certificate', document: 'GCS 118/2026' }

/**
 * A form as an officer uses it, without a script: opened, sent back with every field named, kept as
 * typed, looked at, sent, and sent once more, which changes nothing. Answers the last page but one.
 */
export async function tryForm(stage: DeskStage, client: Client, form: Filling): Promise<Answer> {
  const { path, done } = form
  const typed = { ...PAPER, ...form.typed }
  const says = (answer: Answer, status: number, words: RegExp) => {
    assert.equal(answer.statusCode, status, `${path}: ${textOf(answer).slice(-700)}`)
    assert.match(textOf(answer), words, path)
  }
  const first = await client.get(path)
  assert.equal(first.statusCode, 200, `${path}: ${textOf(first).slice(-700)}`)
  assert.match(first.body, /class="back"/, `${path} leads back`)
  const facts = await stage.kernel.count('register.fact')
  for (const { typed: instead, field } of [
    ...form.wrong,
    { typed: { document: '' }, field: 'document' },
    { typed: { decided: '31/02/2026' }, field: 'decided' },
  ]) {
    const back = await client.post(path, { ...typed, ...instead })
    assert.equal(back.statusCode, 422, `${path} ${field}`)
    assert.match(back.body, new RegExp(`href="#${field}"`), `${path} ${field}`)
    assert.match(back.body, new RegExp(`id="${field}-error"`), `${path} ${field}`)
  }
  stage.tick()
  says(await client.post(path, typed), 200, /Check, then record/)
  assert.equal(await stage.kernel.count('register.fact'), facts, `${path}: only looked at`)
  const sent = { ...typed, step: 'send', _key: uuidv7() }
  const answer = await client.post(path, sent)
  says(answer, 200, done)
  const after = await stage.kernel.count('register.fact')
  stage.tick()
  const again = await client.post(path, sent)
  assert.ok([200, 403].includes(again.statusCode), `${path} again: ${textOf(again).slice(-500)}`)
  assert.doesNotMatch(again.body, /role="alert"[^>]*tabindex/, `${path} again`)
  assert.equal(await stage.kernel.count('register.fact'), after, `${path}: done once`)
  return answer
}
