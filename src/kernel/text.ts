/**
 * Text that can be kept everywhere it goes: PostgreSQL holds no NUL, and its `jsonb` neither that nor
 * half of a surrogate pair (RFC 8259, section 8.2, leaves both to chance). In an audit event either
 * would close the log to the person it is about.
 */
export const isKeepable = (text: string): boolean => text.isWellFormed() && !text.includes('\0')

/** The same text with a replacement character for what cannot be kept. */
export const keepable = (text: string): string =>
  isKeepable(text) ? text : text.toWellFormed().replaceAll('\0', '\u{fffd}')

/** Where in an input, as `a.b.0`, the first text stands that cannot be kept; undefined: nowhere. */
export function findUnkeepable(input: unknown): string | undefined {
  if (typeof input === 'string') return isKeepable(input) ? undefined : ''
  if (typeof input !== 'object' || input === null) return undefined
  for (const name of Object.keys(input)) {
    const under = findUnkeepable((input as Readonly<Record<string, unknown>>)[name])
    if (under !== undefined) return under === '' ? name : `${name}.${under}`
  }
  return undefined
}
