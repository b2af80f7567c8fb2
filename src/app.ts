import type { FastifyInstance } from 'fastify'
import { buildHttp } from './kernel/http.ts'
import type { Kernel } from './kernel/index.ts'
import { loadCatalogues } from './kernel/locale.ts'
import { askReady } from './kernel/store.ts'
import { installMetrics } from './metrics.ts'
import { ROOMS } from './rooms.ts'
import { installMenu, problemPages } from './web/index.ts'

/** The program as an HTTP server: the kernel's edge and every room's routes. */
export async function buildApp(kernel: Kernel): Promise<FastifyInstance> {
  const catalogues = loadCatalogues(
    ROOMS.map(({ name, locales }) => ({ name, locales: locales ?? null })),
    {
      timeZone: kernel.profile.timeZone,
      // A page with a word in brackets still helps; the tests, which have no such way, fail.
      onMissing: (lang, key) => kernel.log.error({ lang, key }, 'words are missing'),
    },
  )
  const app = await buildHttp({ kernel, catalogues, pages: problemPages(kernel) })
  installMetrics(app, kernel)
  installMenu(app, ROOMS)
  for (const room of ROOMS) room.routes?.(app, kernel)
  app.get('/livez', async () => 'ok')
  app.get('/readyz', async () => {
    await kernel.database.transaction(askReady)
    return 'ok'
  })
  return app
}
