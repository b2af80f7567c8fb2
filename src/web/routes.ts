import type { FastifyInstance } from 'fastify'
import type { Kernel } from '../kernel/index.ts'
import { assetRoutes, compressPages } from './assets.ts'

/** Files, compression, the choice of light or dark, and the pages that belong to no other room. */
export function webRoutes(app: FastifyInstance, _kernel: Kernel): void {
  compressPages(app)
  assetRoutes(app)
  rememberTheme(app)
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
