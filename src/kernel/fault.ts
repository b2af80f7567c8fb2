/** What may be said of a fault in a log or a table: never the values that caused it. */
export interface Fault {
  readonly type: string
  /** SQLSTATE or the system's code. */
  readonly code: string | null
  /** Constraint or table of a database error. */
  readonly at: string | null
  /** Our own words; null for the database's, which quote what a person typed. */
  readonly message: string | null
  readonly stack: string | null
}

/** Nine to twelve digits in a row are somebody's number. */
const NUMBER = /\d{9,12}/g
const blank = (text: string): string => text.replaceAll(NUMBER, '…')

export function describeFault(error: unknown): Fault {
  if (!(error instanceof Error)) {
    return { type: typeof error, code: null, at: null, message: null, stack: null }
  }
  const { code, constraint, table, severity } = error as Error & Record<string, unknown>
  const ofDatabase = typeof severity === 'string'
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line))
  return {
    type: error.name,
    code: typeof code === 'string' ? code : null,
    at: [constraint, table].find((one): one is string => typeof one === 'string') ?? null,
    message: ofDatabase ? null : blank(error.message),
    stack: frames === undefined ? null : blank(frames.join('\n')),
  }
}

/** The same in one line, for a table. */
export function faultLine(error: unknown): string {
  const { type, code, at, message } = describeFault(error)
  return [type, code, at, message].filter((part) => part !== null).join(' ')
}
