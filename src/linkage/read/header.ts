import { columnName } from './column-name.ts'
import { TableFault } from './fault.ts'
import { READ_LIMITS } from './limits.ts'
import { CR, LF, type RowLayout } from './rows.ts'

export interface Header {
  readonly layout: RowLayout
  /** Bytes before the first row. */
  readonly end: number
  readonly columns: readonly string[]
  readonly separator: string
}

const SEPARATORS = [',', ';', '\t', '|'] as const
const SHOWN: Readonly<Record<string, string>> = { '\t': 'TAB' }

/**
 * Finds separator and columns in the beginning of a text. The separator is the one that shows the
 * columns wanted, so a comma inside a name misleads nobody. Names are compared trimmed and in NFC.
 *
 * @throws TableFault table.one-column, table.column-missing, table.column-twice or import.empty.
 */
export function readHeader(begin: Uint8Array, wanted: readonly string[], file: string): Header {
  // One character to a byte, so that places in the text are places in the bytes.
  const text = Buffer.from(begin.buffer, begin.byteOffset, begin.length).toString('latin1')
  const lineEnd = text.includes('\n') || !text.includes('\r') ? '\n' : '\r'
  const { at, separator: told } = skipPreamble(text, lineEnd)
  if (at >= text.length) throw new TableFault('import.empty', { file })
  const line = 1 + count(text, lineEnd, at)
  const candidates = (told === null ? SEPARATORS : [told]).map((separator) =>
    readRecord(text, at, { separator, lineEnd }),
  )
  const missing = (record: Names): string[] => wanted.filter((c) => !record.columns.includes(c))
  const best = candidates.reduce((one, other) => {
    const fewer = missing(other).length - missing(one).length
    if (fewer !== 0) return fewer < 0 ? other : one
    return other.columns.length > one.columns.length ? other : one
  })
  refuseMissing(best, missing(best), file)
  return {
    layout: {
      separator: best.separator.charCodeAt(0),
      lineEnd: lineEnd === '\n' ? LF : CR,
      slots: slotsOf(best.columns, wanted, file),
      wanted: wanted.length,
      line: line + 1 + best.innerLines,
    },
    end: best.end,
    columns: best.columns,
    separator: best.separator,
  }
}

function refuseMissing(best: Names, missing: readonly string[], file: string): void {
  if (missing.length === 0) return
  const column = missing.join(', ')
  if (best.columns.length === 1) {
    const tried = SEPARATORS.map((one) => SHOWN[one] ?? one).join('  ')
    throw new TableFault('table.one-column', {
      file,
      column: shorten(best.columns[0] ?? ''),
      tried,
    })
  }
  throw new TableFault('table.column-missing', { file, column, columns: listColumns(best.columns) })
}

/** Columns as a refusal names them. */
export function listColumns(columns: readonly string[]): string {
  const listed = columns.slice(0, READ_LIMITS.columnsListed).map(shorten)
  return [...listed, ...(columns.length > listed.length ? ['…'] : [])].join(', ')
}

/** A header of a file that is none may be a page of text. */
const shorten = (name: string): string => (name.length > 60 ? `${name.slice(0, 60)}…` : name)

function slotsOf(columns: readonly string[], wanted: readonly string[], file: string): Int32Array {
  for (const column of wanted) {
    if (columns.indexOf(column) !== columns.lastIndexOf(column)) {
      throw new TableFault('table.column-twice', { file, column })
    }
  }
  return Int32Array.from(columns, (column) => wanted.indexOf(column))
}

/** Passes over blank lines and the line `sep=;` by which Excel is told the separator. */
function skipPreamble(text: string, lineEnd: string): { at: number; separator: string | null } {
  let at = 0
  let separator: string | null = null
  for (;;) {
    const found = text.indexOf(lineEnd, at)
    const end = found < 0 ? text.length : found
    const line = text.slice(at, end).trim()
    const told: RegExpExecArray | null =
      separator === null ? /^"?sep=(.)"?$/i.exec(text.slice(at, end).replace('\r', '')) : null
    if (told !== null) separator = told[1] ?? null
    else if (line !== '' || end === text.length) return { at: line === '' ? end : at, separator }
    at = Math.min(end + 1, text.length)
    if (at === text.length) return { at, separator }
  }
}

function count(text: string, sign: string, end: number): number {
  let times = 0
  for (let at = text.indexOf(sign); at >= 0 && at < end; at = text.indexOf(sign, at + 1)) times++
  return times
}

interface Names {
  readonly columns: readonly string[]
  readonly separator: string
  readonly end: number
  readonly innerLines: number
}

/** One record by RFC 4180, blanks around its fields; a quote that is never closed is a letter. */
function readRecord(
  text: string,
  begin: number,
  { separator, lineEnd }: { readonly separator: string; readonly lineEnd: string },
): Names {
  const columns: string[] = []
  let innerLines = 0
  let at = begin
  for (;;) {
    const quoted = /[ \t]*"((?:[^"]|"")*)"[ \t\r]*/y
    quoted.lastIndex = at
    const match = quoted.exec(text)
    const next = match === null ? '' : (text[quoted.lastIndex] ?? lineEnd)
    if (match !== null && (next === separator || next === lineEnd)) {
      const inside = match[1] ?? ''
      innerLines += count(inside, lineEnd, inside.length)
      columns.push(nameOf(inside.replaceAll('""', '"')))
      at = quoted.lastIndex
    } else {
      const from = at
      while (at < text.length && text[at] !== separator && text[at] !== lineEnd) at++
      columns.push(nameOf(text.slice(from, at)))
    }
    if (text[at] !== separator) break
    at++
  }
  return { columns, separator, end: Math.min(at + 1, text.length), innerLines }
}

/** The name a column goes by, from bytes shown one to a character. */
function nameOf(bytes: string): string {
  return columnName(Buffer.from(bytes, 'latin1').toString('utf8'))
}
