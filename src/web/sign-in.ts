import type { FastifyInstance } from 'fastify'
import {
  type ActorKind,
  endSession,
  type FormKeys,
  findActorByLogin,
  formKeys,
  type Html,
  html,
  isKeepable,
  type Kernel,
  openSession,
  Refusal,
  sendHtml,
  type Translator,
} from '../kernel/index.ts'
import { button, postForm } from './components/actions.ts'
import { section, taskList } from './components/lists.ts'
import { note } from './components/states.ts'
import { page } from './page.ts'
import { type Account, listAccounts } from './store.ts'

const ORDER: readonly ActorKind[] = ['citizen', 'officer', 'agency', 'operator']
/** What a demonstration sign-in is worth: enough for every page, as nobody in it is real. */
const LEVEL = 2

/**
 * The demonstration sign-in: anyone becomes anyone, so it exists only in a demonstration nation,
 * which start serves on this machine alone. Electronic identity replaces this file.
 */
export function signInRoutes(app: FastifyInstance, kernel: Kernel): void {
  app.post('/sign-out', async (request, reply) => {
    await endSession(kernel, request, reply)
    return reply.redirect('/', 303)
  })
  if (!kernel.demonstration) return

  app.get('/sign-in', async (request, reply) => {
    const accounts = await listAccounts(kernel)
    const { t } = request
    const keys = formKeys(request, kernel)
    const next = nextPath((request.query as { next?: unknown }).next)
    const body = html`<h1>${t('web.sign-in.title')}</h1>${note({
      kind: 'you',
      title: t('web.sign-in.plain'),
      body: t('web.sign-in.plain-why'),
    })}${ORDER.map((kind) => accountsOf(kernel, t, { kind, accounts, keys, next }))}`
    return sendHtml(
      reply,
      page(request, kernel, {
        title: t('web.sign-in.title'),
        section: 'public',
        narrow: true,
        body,
      }),
    )
  })

  app.post<{ Body: { login?: unknown; next?: unknown } }>('/sign-in', async (request, reply) => {
    const { login, next } = request.body
    if (typeof login !== 'string' || !isKeepable(login)) throw new Refusal('signin.wrong')
    const actor = await kernel.database.transaction((tx) => findActorByLogin(tx, login))
    if (actor === undefined) throw new Refusal('signin.wrong')
    await openSession(kernel, { actor, level: LEVEL }, reply)
    // The front page leads everyone to their own.
    return reply.redirect(nextPath(next) ?? '/', 303)
  })
}

/**
 * A path of this server, never another's address: browsers drop a tab, and `/<tab>/x` is `//x`. Its
 * letters are those of an address as it was asked for, which a header can hold.
 */
function nextPath(next: unknown): string | null {
  return typeof next === 'string' && /^\/(?![/\\])[\x21-\x7e]*$/.test(next) ? next : null
}

interface Offered {
  readonly kind: ActorKind
  readonly accounts: readonly Account[]
  readonly keys: FormKeys
  /** The page that asked for the sign-in; null: the account's own home. */
  readonly next: string | null
}

function accountsOf(
  kernel: Kernel,
  t: Translator,
  { kind, accounts, keys, next }: Offered,
): Html | null {
  const own = accounts.filter((account) => account.kind === kind)
  if (own.length === 0) return null
  const rows = own.map(({ login, name, body, roles }) => ({
    title: name,
    // An agency's own account is its body; the login is the name the manual calls it by.
    why: [
      ...roles.map((role) => kernel.profile.roles[role]?.words[t.lang]),
      body === name ? null : body,
      login,
    ]
      .filter(Boolean)
      .join(' · '),
    state: postForm({
      action: '/sign-in',
      keys,
      fields: { login, next },
      label: t('web.sign-in.as', { name }),
      body: button(html`${t('web.sign-in.enter')} <span class="unseen">${name}</span>`, {
        kind: 'plain',
        less: true,
      }),
    }),
  }))
  return section(`kind-${kind}`, t(`web.sign-in.${kind}`), taskList(rows, { tight: true }))
}
