import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ROOT } from '../test/gate/source.ts'

export const WARM_START_ms = 60_000
export const FIRST_START_ms = 300_000
const POLL_ms = 25

/** A running part of the program, as a process of its own. */
export interface Program {
  readonly child: ChildProcess
  readonly url: string
  output(): string
  /** Waits until it answers; how long that took since it was started, in milliseconds. */
  untilServing(limit_ms?: number): Promise<number>
  /** Ctrl-C, then waits for its end. */
  stop(): Promise<void>
  /** kill -9. */
  kill(): Promise<void>
}

export interface ProgramOptions {
  /** `npm start` by default, else what follows `goc`. */
  readonly args?: readonly string[]
  readonly port: number
  readonly env?: Readonly<Record<string, string>>
}

/** Starts the program on data of its own; nothing of the caller's settings reaches it. */
export function startProgram({ args, port, env = {} }: ProgramOptions): Program {
  const began = performance.now()
  const [command = '', ...words] =
    args === undefined
      ? ['npm', 'start', '--silent']
      : [process.execPath, path.join(ROOT, 'src/main.ts'), ...args]
  const child = spawn(command, words, {
    cwd: ROOT,
    env: { ...cleanEnvironment(), PORT: `${port}`, GOC_LANG: 'en', GOC_LOG: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (words) => (text += words))
  const exited = once(child, 'exit')
  const url = `http://localhost:${port}`
  return {
    child,
    url,
    output: () => text,
    async untilServing(limit_ms = FIRST_START_ms) {
      while (performance.now() - began < limit_ms) {
        assert.ok(child.exitCode === null && child.signalCode === null, text)
        if (await isServed(url)) return performance.now() - began
        await sleep(POLL_ms)
      }
      assert.fail(`not serving after ${limit_ms} ms:\n${text}`)
    },
    async stop() {
      child.kill('SIGTERM')
      await exited
      // npm may end before the program it runs.
      await waitFor(async () => !(await isServed(url)), `${url} to fall silent`)
    },
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
  }
}

const isServed = async (url: string): Promise<boolean> =>
  (await fetch(`${url}/livez`).catch(() => null))?.status === 200

/** The caller's environment without what would lead a program to other data. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const { GOC_TEST_CLUSTER, GOC_DATA, GOC_KEYS, GOC_URL, GOC_HOST, DATABASE_URL, ...rest } =
    process.env
  return rest
}

/** A port nobody listens on, whose tenth neighbour (the demonstration witness) is free as well. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = await listenOnce(0)
    const neighbour = port + 10 < 65_536 ? await listenOnce(port + 10).catch(() => null) : null
    if (neighbour !== null) return port
  }
}

async function listenOnce(port: number): Promise<number> {
  const server = createServer().listen(port)
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** Waits for what must become true soon. */
export async function waitFor(
  what: () => Promise<boolean>,
  words: string,
  limit_ms = 30_000,
): Promise<void> {
  for (const end = performance.now() + limit_ms; performance.now() < end; ) {
    if (await what()) return
    await sleep(POLL_ms)
  }
  assert.fail(`waited ${limit_ms} ms for ${words}`)
}

/** A reader with a cookie, as a browser without JavaScript. */
export class Reader {
  readonly #cookies = new Map<string, string>()
  readonly #from: string | undefined

  /** @param from the address it reads from, where the program trusts a proxy to say so */
  constructor(from?: string) {
    this.#from = from
  }

  get cookies(): ReadonlyMap<string, string> {
    return this.#cookies
  }

  /** Follows no redirect. */
  async get(url: string): Promise<Response> {
    return this.#keep(await fetch(url, { headers: this.#headers(), redirect: 'manual' }))
  }

  async post(url: string, fields: Readonly<Record<string, string>>): Promise<Response> {
    const headers = { ...this.#headers(), 'sec-fetch-site': 'same-origin' }
    const body = new URLSearchParams(fields)
    return this.#keep(await fetch(url, { method: 'POST', headers, body, redirect: 'manual' }))
  }

  async text(url: string): Promise<string> {
    const answer = await this.get(url)
    const text = await answer.text()
    assert.equal(answer.status, 200, `${url}: ${text.slice(0, 500)}`)
    return text
  }

  /** Becomes somebody, by the demonstration sign-in. */
  async signIn(url: string, login: string): Promise<void> {
    const fields = hiddenFields(await this.text(`${url}/sign-in`), '/sign-in')
    const answer = await this.post(`${url}/sign-in`, { ...fields, login })
    assert.equal(answer.status, 303, await answer.text())
  }

  #headers(): Record<string, string> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    return {
      accept: 'text/html',
      ...(cookie !== '' && { cookie }),
      ...(this.#from !== undefined && { 'x-forwarded-for': this.#from }),
    }
  }

  #keep(answer: Response): Response {
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') this.#cookies.delete(name)
      else this.#cookies.set(name, value)
    }
    return answer
  }
}

/** The hidden fields of the first form on a page that is sent to an address. */
export function hiddenFields(page: string, action: string): Record<string, string> {
  const [, form] = new RegExp(`<form[^>]*action="${action}"([\\s\\S]*?)</form>`).exec(page) ?? []
  assert.ok(form !== undefined, `no form is sent to ${action}`)
  const inputs = form.matchAll(/<input[^>]*type="hidden"[^>]*>/g)
  return Object.fromEntries(
    [...inputs].map(([input]) => [attributeOf(input, 'name'), attributeOf(input, 'value')]),
  )
}

const attributeOf = (tag: string, name: string): string =>
  new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1]?.replaceAll('&amp;', '&') ?? ''
