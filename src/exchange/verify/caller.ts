import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Kernel, Refusal } from '../../kernel/index.ts'
import { keepDirectory } from '../agency/directory.ts'
import { metrics } from '../metrics.ts'
import type { SignedCall } from './call.ts'
import { readSignedCall } from './edge.ts'

/** Tells who calls by the signature of a request; keys and agreements are kept while the app lives. */
export function keepCaller(
  app: FastifyInstance,
  kernel: Kernel,
): (request: FastifyRequest) => Promise<SignedCall> {
  const keeper = keepDirectory(kernel)
  app.addHook('onClose', () => keeper.close())
  return async (request) => {
    try {
      return await readSignedCall(request, kernel, await keeper.current()).catch((error) => {
        // A key registered a moment ago may be ahead of the news of it.
        if (!isUnknownKey(error)) throw error
        return keeper.anew().then((directory) => readSignedCall(request, kernel, directory))
      })
    } catch (error) {
      if (error instanceof Refusal) metrics.unsigned.inc({ code: error.code })
      throw error
    }
  }
}

const isUnknownKey = (error: unknown): boolean =>
  error instanceof Refusal && error.code === 'signature.key-unknown'
