import type { FastifyInstance, FastifyRequest } from 'fastify'
import { LIMITS, Refusal } from '../../kernel/index.ts'

/** One row a line, so that a batch can be written as it is made. */
export const NDJSON = 'application/x-ndjson'

/**
 * Keeps the bytes of a body: a digest is of bytes and not of what they parse to, and nobody whose
 * signature has not been checked makes us parse megabytes.
 */
export function keepBytes(app: FastifyInstance): void {
  const types = ['application/json', NDJSON]
  app.addContentTypeParser(types, { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    request.rawBody = body
    done(null)
  })
}

export const isNdjson = ({ headers }: FastifyRequest): boolean =>
  headers['content-type']?.startsWith(NDJSON) === true

/** What the bytes say; of lines, as the rows of one batch. */
export function readBody(request: FastifyRequest): unknown {
  const text = request.rawBody?.toString('utf8') ?? ''
  return isNdjson(request) ? { rows: readLines(text) } : parse(text, 'body')
}

function readLines(text: string): readonly unknown[] {
  // As many again may be blank.
  const lines = text.split('\n', 2 * LIMITS.batchRows + 1)
  const rows: unknown[] = []
  if (lines.length > 2 * LIMITS.batchRows) throw tooLarge()
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue
    if (rows.length >= LIMITS.batchRows) throw tooLarge()
    rows.push(parse(line, `line ${index + 1}`))
  }
  return rows
}

function parse(text: string, field: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Refusal('request.invalid', { field, expected: 'JSON' })
  }
}

export const tooLarge = () => new Refusal('batch.too-large', { most: String(LIMITS.batchRows) })
