import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import type { Kernel, Translator } from '../../kernel/index.ts'
import { linkJobRoutes } from '../link-jobs/routes.ts'
import { keepCaller } from '../verify/caller.ts'
import { verifyRoutes } from '../verify/routes.ts'

/**
 * What agencies' programs call, and its description (OpenAPI 3.1) made from the very schemas the
 * requests are checked by. The schemas check nothing here: the kernel's operations do.
 */
export function apiRoutes(app: FastifyInstance, kernel: Kernel): void {
  app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'api.title', description: 'api.description', version: '1' },
      servers: [{ url: kernel.config.url }],
      components: {
        securitySchemes: {
          httpMessageSignature: {
            type: 'apiKey',
            in: 'header',
            name: 'Signature',
            description: 'api.header.signature',
          },
        },
      },
    },
  })
  app.register(async (api) => {
    api.setValidatorCompiler(() => () => true)
    api.setSerializerCompiler(() => (data) => JSON.stringify(data))
    const caller = keepCaller(api, kernel)
    verifyRoutes(api, kernel, caller)
    linkJobRoutes(api, kernel, caller)
    api.get('/api/openapi.json', { schema: { hide: true } }, async (request) =>
      inWords(app.swagger(), request.t),
    )
  })
}

/** The document with every key of ours put into the reader's words. */
function inWords(value: unknown, t: Translator): unknown {
  if (typeof value === 'string') return value.startsWith('api.') ? t(`exchange.${value}`) : value
  if (Array.isArray(value)) return value.map((one) => inWords(one, t))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, inWords(one, t)]))
}
