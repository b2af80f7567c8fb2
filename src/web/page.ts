import type { FastifyInstance, FastifyRequest } from 'fastify'
import {
  type Actor,
  type Content,
  csrfToken,
  type Html,
  type Kernel,
  type MenuItem,
  mayDo,
  type Refusal,
  type RefusalCode,
  type Room,
} from '../kernel/index.ts'
import { layout, type MenuEntry, type SectionName, type Theme } from './layout.ts'
import { isIcon } from './mark.ts'
import { problemPage, troubleTitle } from './pages/problem.ts'

/** A menu entry with the whole key of its words. */
type HouseMenu = readonly (MenuItem & { readonly key: string })[]
declare module 'fastify' {
  interface FastifyInstance {
    /** Every room's menu entries, in their order. */
    houseMenu?: HouseMenu
  }
}

/** Tells the pages which rooms there are, so that their menus can be drawn. Once, by the app. */
export function installMenu(app: FastifyInstance, rooms: readonly Room[]): void {
  const all = rooms.flatMap(({ name, menu = [] }) =>
    menu.map((item) => ({ ...item, key: `${name}.${item.text}` })),
  )
  app.decorate(
    'houseMenu',
    all.sort((a, b) => a.order - b.order),
  )
}

export interface PageContent {
  readonly title: string
  readonly section: SectionName
  readonly body: Content
  /** Path of the menu entry the page belongs to; the longest that fits its address unless told. */
  readonly current?: string
  readonly narrow?: boolean
  readonly search?: Content
  readonly islands?: readonly string[]
}

/** A page for this request: `sendHtml(reply, page(request, kernel, { title, section, body }))`. */
export function page(request: FastifyRequest, kernel: Kernel, content: PageContent): Html {
  const { t, actor } = request
  const menu = actor === null ? [] : menuOf(request, kernel, { actor, section: content.section })
  const path = request.url.split('?')[0] ?? '/'
  const { current = longestPrefix(menu, path) } = content
  return layout({
    ...content,
    t,
    path: request.method === 'GET' ? request.url : path,
    menu,
    current,
    theme: themeOf(request),
    demonstration: kernel.demonstration,
    actor: actor && {
      name: actor.name,
      body: actor.body,
      signOut: { action: '/sign-out', csrf: csrfToken(request, kernel) },
    },
  })
}

interface Shown {
  readonly actor: Actor
  readonly section: SectionName
}

function menuOf(request: FastifyRequest, kernel: Kernel, { actor, section }: Shown): MenuEntry[] {
  const all = request.server.houseMenu ?? []
  return all
    .filter((item) => item.section === section)
    .filter(({ operation }) => operation === undefined || mayDo(kernel, actor, operation))
    .map(({ path, key, icon }) => ({
      href: path,
      label: request.t(key),
      ...(isIcon(icon) && { icon }),
    }))
}

function longestPrefix(menu: readonly MenuEntry[], path: string): string {
  let best = ''
  for (const { href } of menu) {
    const fits = path === href || path.startsWith(`${href}/`)
    if (fits && href.length > best.length) best = href
  }
  return best
}

function themeOf(request: FastifyRequest): Theme | null {
  const { theme } = request.cookies
  return theme === 'light' || theme === 'dark' ? theme : null
}

const SIGNED_OUT = new Set<RefusalCode>(['actor.unknown', 'session.expired'])

/** The pages around refusals and faults, for the kernel's edge. */
export function problemPages(kernel: Kernel) {
  const section = ({ url, actor }: FastifyRequest): SectionName => {
    const first = url.split(/[/?]/)[1]
    if (first === 'desk' || first === 'agency' || first === 'inspect') return first
    return actor?.kind === 'citizen' ? 'portal' : 'public'
  }
  return {
    refusal(request: FastifyRequest, refusal: Refusal): Html {
      const { t } = request
      const back = SIGNED_OUT.has(refusal.code)
        ? { back: { href: '/sign-in', label: t('web.problem.sign-in') } }
        : {}
      const trouble = {
        code: refusal.code,
        status: refusal.status,
        details: refusal.details,
        ...back,
      }
      const body = problemPage(t, trouble)
      return page(request, kernel, {
        title: troubleTitle(t, trouble),
        section: section(request),
        body,
      })
    },
    fault(request: FastifyRequest, reference: string): Html {
      const { t } = request
      const trouble = { status: 500, reference }
      const body = problemPage(t, trouble)
      return page(request, kernel, { title: troubleTitle(t, trouble), section: 'public', body })
    },
  }
}
