import vi from './locales/vi.json' with { type: 'json' }
import { startWords } from './words.js'

type StartKey = Extract<keyof typeof vi, `start.${string}`>
export type StartCode = StartKey extends `start.${infer Code}` ? Code : never

/** The program cannot start. The message is one line that names the cause and the remedy. */
export class StartRefused extends Error {
  readonly code: StartCode
  readonly details: Readonly<Record<string, string | number>>
  constructor(code: StartCode, details: Readonly<Record<string, string | number>> = {}) {
    super(startWords(`start.${code}`, details))
    this.name = 'StartRefused'
    this.code = code
    this.details = details
  }
}

/** The file system's word for an error, for example `EACCES`; empty for any other error. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
