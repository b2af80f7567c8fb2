import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { type NameRules, Refusal } from '../../kernel/index.ts'
import { columnName } from '../read/column-name.ts'
import { FIELD_KINDS, type FieldKind, type FieldSpec, type LinkSpec } from '../types.ts'

/** Name rules of a country by the id of its profile; null when there is none of that id. */
export type FindNames = (id: string) => NameRules | null

/** A specification is written by hand: a larger file is something else. */
const SPEC_bytes = 1 << 20

/** Field and remedy of a wrong specification; the words are the kernel's. */
interface SpecFault {
  readonly field: string
  readonly reason: 'json' | 'missing' | 'empty' | 'type' | 'unknown' | 'twice' | 'other'
  readonly value?: string
  readonly expected?: string
}

function refuse(fault: SpecFault): never {
  throw new Refusal('spec.invalid', { value: '', expected: '', ...fault })
}

/**
 * Reads what two files are compared on. Names of columns are taken as `readFiles` takes those of a
 * header: trimmed, in NFC.
 *
 * @throws Refusal spec.invalid, naming the field, or import.… and table.… for the file itself
 */
export function readSpec(file: string, names: FindNames = () => null): LinkSpec {
  return specOf(parse(textOf(path.resolve(file)), path.basename(file)), names)
}

function textOf(file: string): string {
  try {
    const stat = statSync(file)
    if (!stat.isFile()) throw new Refusal('import.not-a-file', { file })
    if (stat.size > SPEC_bytes) throw new Refusal('table.too-large', { file })
    return readFileSync(file, 'utf8')
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (/^(ENOENT|ENOTDIR|ENAMETOOLONG)$/.test(code)) {
      throw new Refusal('import.file-not-found', { file })
    }
    if (/^(EACCES|EPERM)$/.test(code)) throw new Refusal('table.not-permitted', { file })
    throw error
  }
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    const { message } = error as SyntaxError
    const told = /\(line (\d+)/.exec(message)?.[1]
    const value = told ?? String(text.trimEnd().split('\n').length)
    return refuse({ field: file, reason: 'json', value })
  }
}

type Entries = Readonly<Record<string, unknown>>

const ID_example = '"id": "rec_id"'
const FIELDS_example = '"fields": [{"column": "surname", "kind": "surname"}]'
const DAY_example = '"columns": ["by", "bm", "bd"]'
const RULES_example = '"blocking": [["surname", "birth_date"]]'

function specOf(given: unknown, names: FindNames): LinkSpec {
  const spec = entriesOf(given, 'SPEC', `{${ID_example}, ${FIELDS_example}}`)
  checkKeys(spec, 'SPEC', ['id', 'fields', 'blocking', 'names'])
  const id = textAt(spec, { key: 'id', field: 'id', expected: ID_example })
  if (spec.fields === undefined) {
    return refuse({ field: 'fields', reason: 'missing', expected: FIELDS_example })
  }
  const fields = listOf(spec.fields, 'fields', FIELDS_example).map(fieldOf)
  checkColumns(fields)
  return {
    id,
    fields,
    blocking: rulesOf(spec.blocking ?? null, fields),
    names: namesOf(spec.names ?? null, names),
  }
}

function fieldOf(given: unknown, at: number): FieldSpec {
  const field = entriesOf(given, `fields[${at + 1}]`, '{"column": "surname", "kind": "surname"}')
  const label = labelOf(field) ?? `fields[${at + 1}]`
  const kind = kindOf(field, `${label}: kind`)
  if (kind === 'date' && field.columns !== undefined && field.column === undefined) {
    // A day over three columns is joined year first: a format could only contradict that.
    checkKeys(field, label, ['columns', 'kind'])
    const columns = dayColumns(field.columns, `${label}: columns`)
    return { name: columns[0] ?? '', kind, columns, format: null }
  }
  if (field.columns !== undefined) {
    const expected = `"column": "${labelOf(field) ?? 'surname'}"`
    refuse({ field: `${label}: columns`, reason: 'other', value: 'columns', expected })
  }
  checkKeys(field, label, kind === 'date' ? ['column', 'kind', 'format'] : ['column', 'kind'])
  const wanted = { key: 'column', field: `${label}: column`, expected: '"column": "surname"' }
  const name = textAt(field, wanted)
  return { name, kind, columns: [name], format: formatOf(field.format, `${label}: format`) }
}

/** The column a field is about, where that can be told. */
function labelOf({ column, columns }: Entries): string | undefined {
  const named: readonly unknown[] = [column, ...(Array.isArray(columns) ? columns : [])]
  return named.find((one) => typeof one === 'string' && one.trim() !== '') as string | undefined
}

function kindOf(field: Entries, label: string): FieldKind {
  const kind = textAt(field, { key: 'kind', field: label, expected: '"kind": "text"' })
  const known = FIELD_KINDS.find((one) => one === kind)
  const expected = FIELD_KINDS.join(', ')
  return known ?? refuse({ field: label, reason: 'unknown', value: kind, expected })
}

function dayColumns(given: unknown, field: string): string[] {
  const columns = listOf(given, field, DAY_example).map((column) =>
    typeof column === 'string' ? columnName(column) : '',
  )
  if (columns.length !== 3 || columns.includes('')) {
    refuse({ field, reason: 'other', value: columns.join(', '), expected: DAY_example })
  }
  return columns
}

/** Runs of y, m and d, each once, the year among them, and signs between: `dd/mm/yyyy`, `%Y-%m-%d`. */
function formatOf(given: unknown, field: string): string | null {
  if (given === undefined || given === null) return null
  const expected = '"format": "dd/mm/yyyy"'
  if (typeof given !== 'string') return refuse({ field, reason: 'type', expected })
  const parts = given.toLowerCase().match(/y+|m+|d+/g) ?? []
  const heads = parts.map((part) => part[0])
  const isKnown =
    /^[ymd%\s\p{P}\p{S}]+$/iu.test(given) &&
    heads.includes('y') &&
    new Set(heads).size === heads.length &&
    parts.every((part) => part.length <= 4)
  return isKnown ? given.trim() : refuse({ field, reason: 'other', value: given, expected })
}

function checkColumns(fields: readonly FieldSpec[]): void {
  const seen = new Set<string>()
  for (const column of fields.flatMap((field) => field.columns)) {
    if (seen.has(column)) refuse({ field: column, reason: 'twice', value: column })
    seen.add(column)
  }
}

function rulesOf(given: unknown, fields: readonly FieldSpec[]): LinkSpec['blocking'] {
  if (given === null) return null
  const known = fields.map(({ name }) => name)
  return listOf(given, 'blocking', RULES_example).map((rule, at) => {
    const label = `blocking[${at + 1}]`
    const names = listOf(rule, label, RULES_example).map((name) => {
      if (typeof name !== 'string') {
        return refuse({ field: label, reason: 'type', expected: RULES_example })
      }
      const value = columnName(name)
      const expected = known.join(', ')
      return known.includes(value)
        ? value
        : refuse({ field: label, reason: 'unknown', value: name, expected })
    })
    const twice = names.find((name, place) => names.indexOf(name) !== place)
    if (twice !== undefined) refuse({ field: label, reason: 'twice', value: twice })
    return names
  })
}

function namesOf(given: unknown, names: FindNames): NameRules | null {
  if (given === null) return null
  const expected = '"names": "vn"'
  if (typeof given !== 'string') return refuse({ field: 'names', reason: 'type', expected })
  return names(given) ?? refuse({ field: 'names', reason: 'other', value: given, expected })
}

function entriesOf(given: unknown, field: string, expected: string): Entries {
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) return given as Entries
  return refuse({ field, reason: 'type', expected })
}

function listOf(given: unknown, field: string, expected: string): readonly unknown[] {
  if (!Array.isArray(given)) return refuse({ field, reason: 'type', expected })
  return given.length > 0 ? given : refuse({ field, reason: 'empty', expected })
}

function checkKeys(entries: Entries, field: string, known: readonly string[]): void {
  const unknown = Object.keys(entries).find((key) => !known.includes(key))
  if (unknown === undefined) return
  refuse({ field, reason: 'unknown', value: unknown, expected: known.join(', ') })
}

interface TextWanted {
  readonly key: string
  readonly field: string
  readonly expected: string
}

function textAt(entries: Entries, { key, field, expected }: TextWanted): string {
  const given = entries[key]
  if (given === undefined || given === null) return refuse({ field, reason: 'missing', expected })
  if (typeof given !== 'string') return refuse({ field, reason: 'type', expected })
  const text = columnName(given)
  return text === '' ? refuse({ field, reason: 'empty', expected }) : text
}
