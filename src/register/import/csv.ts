import { parse } from 'csv-parse/sync'
import { Refusal } from '../../kernel/index.ts'

/** A field of a CSV file as RFC 4180 writes it: quoted where it must be. */
export const csvField = (text: string): string =>
  /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text

export const csvLine = (fields: readonly string[]): string =>
  `${fields.map(csvField).join(',')}\r\n`

/** What a spreadsheet would take for a formula (CWE-1236). */
const FORMULA = /^[=+\-@\t\r]/

/**
 * A line of a report that people open in a spreadsheet: a cell that would be reckoned as a formula
 * begins with an apostrophe. Files that programs read are written faithfully, by `csvLine`.
 */
export const sheetLine = (fields: readonly string[]): string =>
  csvLine(fields.map((text) => (FORMULA.test(text) ? `'${text}` : text)))

/** Text of bytes that must be UTF-8; refuses naming the first line that is not. */
export function decodeUtf8(bytes: Uint8Array, firstLine: number): string {
  try {
    return UTF_8.decode(bytes)
  } catch {
    throw new Refusal('import.not-utf8', { line: String(firstLine + goodLines(bytes)) })
  }
}

// Not `ignoreBOM`: a byte order mark at the head of a file is no part of its first column.
const UTF_8 = new TextDecoder('utf-8', { fatal: true })
const NEWLINE = 10

function goodLines(bytes: Uint8Array): number {
  let good = 0
  let from = 0
  for (;;) {
    const end = bytes.indexOf(NEWLINE, from)
    try {
      UTF_8.decode(bytes.subarray(from, end === -1 ? bytes.length : end))
    } catch {
      return good
    }
    if (end === -1) return good
    good += 1
    from = end + 1
  }
}

/**
 * The fields of some whole lines. Most files quote nothing, and then a line is split at its commas;
 * with a quote anywhere, csv-parse reads the whole text (RFC 4180). Blank lines are passed over.
 */
export function parseLines(text: string, firstLine: number): CsvRow[] {
  if (text.includes('"')) return parseQuoted(text, firstLine)
  const rows: CsvRow[] = []
  const lines = text.split('\n')
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? ''
    const end = line.charCodeAt(line.length - 1) === RETURN ? line.length - 1 : line.length
    if (end === 0) continue
    rows.push({
      line: firstLine + at,
      fields: (end === line.length ? line : line.slice(0, end)).split(','),
    })
  }
  return rows
}

const RETURN = 13

export interface CsvRow {
  /** Line of the file on which the row begins, the header being line 1. */
  readonly line: number
  readonly fields: readonly string[]
}

function parseQuoted(text: string, firstLine: number): CsvRow[] {
  const rows: CsvRow[] = []
  parse(text, {
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    on_record(record: string[], { lines }) {
      const within = record.reduce((sum, field) => sum + field.split('\n').length - 1, 0)
      rows.push({ line: firstLine + lines - 1 - within, fields: record })
      return null
    },
  })
  return rows
}

/**
 * Where each wanted column stands in a header, upper or lower case; refuses a header that lacks one.
 * Further columns are passed over.
 */
export function columnsOf<Name extends string>(
  header: readonly string[],
  wanted: readonly Name[],
): Readonly<Record<Name, number>> {
  const found = header.map((name) => name.trim().toLowerCase())
  const missing = wanted.filter((name) => !found.includes(name))
  if (missing.length > 0) {
    throw new Refusal('import.header-wrong', {
      field: missing.join(', '),
      expected: wanted.join(','),
    })
  }
  return Object.fromEntries(wanted.map((name) => [name, found.indexOf(name)])) as Record<
    Name,
    number
  >
}
