import type { FastifyInstance } from 'fastify'
import { type Kernel, sendHtml } from '../kernel/index.ts'
import { assetRoutes, compressPages } from './assets.ts'
import { page } from './page.ts'
import { gallery } from './pages/gallery.ts'
import { agencySample, deskSample, portalSample } from './pages/gallery-shells.ts'
import { accessibilityStatement, privacyNotice } from './pages/statements.ts'
import { signInRoutes } from './sign-in.ts'

/** Files, compression, the choice of light or dark, and the pages that belong to no other room. */
export function webRoutes(app: FastifyInstance, kernel: Kernel): void {
  compressPages(app)
  assetRoutes(app)
  rememberTheme(app)
  signInRoutes(app, kernel)
  app.get('/privacy', (request, reply) => {
    const { t } = request
    const content = { title: t('web.privacy.title'), body: privacyNotice(t, kernel.profile) }
    return sendHtml(reply, page(request, kernel, { section: 'public', ...content }))
  })
  app.get('/accessibility', (request, reply) => {
    const { t } = request
    const content = { title: t('web.accessibility.title'), body: accessibilityStatement(t) }
    return sendHtml(reply, page(request, kernel, { section: 'public', ...content }))
  })
  if (kernel.demonstration) galleryRoutes(app, kernel)
}

/** Every component with invented people, to look at; only in a demonstration. */
function galleryRoutes(app: FastifyInstance, kernel: Kernel): void {
  const shells = {
    '/gallery': ['public', gallery],
    '/gallery/portal': ['portal', portalSample],
    '/gallery/desk': ['desk', deskSample],
    '/gallery/agency': ['agency', agencySample],
  } as const
  for (const [path, [section, sample]] of Object.entries(shells)) {
    app.get(path, (request, reply) => {
      const { t } = request
      const content = { title: t('web.gallery.title'), section, body: sample(t) }
      return sendHtml(reply, page(request, kernel, { ...content, islands: ['copy'] }))
    })
  }
}

/** `?theme=dark` on any page is kept in a cookie, as the language is; `system` forgets it. */
function rememberTheme(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    const { theme } = (request.query ?? {}) as Record<string, unknown>
    if (theme === 'light' || theme === 'dark') {
      request.cookies.theme = theme
      reply.setCookie('theme', theme, { path: '/', sameSite: 'lax' })
    } else if (theme === 'system') {
      request.cookies.theme = undefined
      reply.clearCookie('theme', { path: '/' })
    }
    done()
  })
}
