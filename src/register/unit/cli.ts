import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import {
  type CliCommand,
  execute,
  isPlainDay,
  OPERATOR,
  type Operator,
  Refusal,
  type Translator,
  uuidv7,
} from '../../kernel/index.ts'
import { columnsOf, decodeUtf8, parseLines, sheetLine } from '../import/csv.ts'
import { fileRefusal, openSource, rejectsPath, type Source } from '../import/source.ts'
import { explaining, type Given, readArguments, speaker } from '../import/speak.ts'
import type { Pair } from './concordance.ts'
import { type ImportedUnits, importUnits } from './import-units.ts'
import type { ListedUnit, RejectedRow } from './list.ts'
import { recodeUnits } from './recode.ts'
import { forgetUnits } from './units.ts'

const LIST_COLUMNS = ['level', 'code', 'name', 'kind', 'parent_code'] as const
const PAIR_COLUMNS = ['old_code', 'new_code'] as const
/** A list of all units of a nation is under a megabyte. */
const LIST_bytes = 64 * 1024 * 1024
const WRONG_USAGE = 2

/** The rows of a small file with their lines, the wanted columns in their order. */
async function readTable(source: Source, wanted: readonly string[]) {
  if (source.bytes > LIST_bytes) throw new Refusal('request.too-large', { file: source.path })
  const read = await readFile(source.path).catch((error: unknown) => {
    throw fileRefusal(error, source.path)
  })
  const [header, ...rows] = parseLines(decodeUtf8(unpacked(read, source), 1), 1)
  if (header === undefined || rows.length === 0) {
    throw new Refusal('import.empty', { file: source.path })
  }
  const at = columnsOf(header.fields, wanted)
  return rows.map(({ line, fields }) => ({
    line,
    fields: wanted.map((name) => fields[at[name] ?? -1]?.trim() ?? ''),
  }))
}

function unpacked(bytes: Buffer, source: Source): Buffer {
  if (!source.gzipped) return bytes
  try {
    return gunzipSync(bytes, { maxOutputLength: LIST_bytes })
  } catch {
    throw new Refusal('import.not-gzip', { file: source.path })
  }
}

async function readList(source: Source): Promise<ListedUnit[]> {
  const rows = await readTable(source, LIST_COLUMNS)
  return rows.map(({ line, fields }) => {
    const [level = '', code = '', name = '', kind = '', parent = ''] = fields
    return { line, level, code, name: name.normalize('NFC'), kind: kind.normalize('NFC'), parent }
  })
}

async function readPairs(source: Source): Promise<Pair[]> {
  const rows = await readTable(source, PAIR_COLUMNS)
  return rows.map(({ line, fields: [old = '', into = ''] }) => ({ line, old, new: into }))
}

/** Writes what was not taken beside the file; an older report of the same file is taken away. */
async function writeRejects(
  source: Source,
  rejected: readonly RejectedRow<string>[],
  t: Translator,
): Promise<string | null> {
  const file = rejectsPath(source)
  try {
    if (rejected.length === 0) {
      await rm(file, { force: true })
      return null
    }
    const lines = rejected.map(({ line, field, fault, value }) =>
      sheetLine([
        String(line),
        field,
        t(`register.unit.fault.${fault}.reason`, { value }),
        t(`register.unit.fault.${fault}.remedy`, { value }),
      ]),
    )
    const header = sheetLine(['row', 'field', 'reason', 'remedy'])
    await writeFile(file, header + lines.join(''), { mode: 0o600 })
    return file
  } catch (error) {
    throw fileRefusal(error, file)
  }
}

async function takeUnits(given: Given, { kernel, print }: Operator): Promise<number> {
  const t = speaker(kernel, given.values.lang)
  const day = given.values['valid-from'] ?? ''
  if (!isPlainDay(day))
    throw new Refusal('request.invalid', { field: '--valid-from', expected: 'yyyy-mm-dd' })
  const source = openSource(given.files[0] ?? '')
  const other = given.values.concordance
  const pairs = other === undefined ? null : openSource(other)
  const input = {
    validFrom: day,
    document: path.basename(source.path),
    rows: await readList(source),
    ...(pairs !== null && { concordance: await readPairs(pairs) }),
  }
  const taken = await execute(importUnits, input, { kernel, actor: OPERATOR, key: uuidv7() })
  forgetUnits(kernel)
  const { rejected, rejectedPairs, ...counts } = taken
  const reports = [await writeRejects(source, rejected, t)]
  if (pairs !== null) reports.push(await writeRejects(pairs, rejectedPairs, t))
  const files = reports.filter((file) => file !== null)
  const all = { ...counts, rejected: rejected.length + rejectedPairs.length, reports: files }
  if (given.json) print(JSON.stringify(all))
  else for (const line of report(taken, files, t)) print(line)
  return 0
}

function* report(taken: ImportedUnits, files: readonly string[], t: Translator): Generator<string> {
  const { opened, changed, closed, joined, split, unjoined } = taken
  yield t('register.unit.import.done', { opened, changed, closed })
  if (joined > 0 || unjoined > 0)
    yield t('register.unit.import.joined', { joined, split, unjoined })
  const rejected = taken.rejected.length + taken.rejectedPairs.length
  for (const file of files) yield t('register.unit.import.rejected', { rejected, file })
}

async function recode(
  given: Given,
  { kernel, print, progress, signal }: Operator,
): Promise<number> {
  const t = speaker(kernel, given.values.lang)
  const on = given.values.on ?? ''
  if (!isPlainDay(on))
    throw new Refusal('request.invalid', { field: '--on', expected: 'yyyy-mm-dd' })
  for (;;) {
    const step = await execute(recodeUnits, { on }, { kernel, actor: OPERATOR, key: uuidv7() })
    const { done, revised, reviews, phase } = step
    if (done) {
      print(
        given.json
          ? JSON.stringify({ revised, reviews })
          : t('register.unit.recode.done', { revised, reviews }),
      )
      return 0
    }
    progress(t(`register.unit.recode.${phase}`, { revised, reviews }))
    if (signal.aborted) {
      print(t('register.unit.recode.stopped', { revised, on }))
      return 1
    }
  }
}

const IMPORT_USAGE = 'FILE --valid-from DAY [--concordance FILE]   take an official list of units'
const RECODE_USAGE = '--on DAY   move residences from units that ended on a day to their successors'

function misused(name: string, usage: string): number {
  process.stderr.write(`goc ${name} ${usage}\n`)
  return WRONG_USAGE
}

/** `goc import units` and `goc units recode`. */
export const unitCli: readonly CliCommand[] = [
  {
    name: 'import units',
    usage: IMPORT_USAGE,
    async run(args, operator) {
      const want = { files: 1, required: ['valid-from'], allowed: ['concordance'] }
      const given = readArguments(args, want)
      if (given === null) return misused('import units', IMPORT_USAGE)
      return explaining(
        () => takeUnits(given, operator),
        speaker(operator.kernel, given.values.lang),
      )
    },
  },
  {
    name: 'units recode',
    usage: RECODE_USAGE,
    async run(args, operator) {
      const given = readArguments(args, { files: 0, required: ['on'] })
      if (given === null) return misused('units recode', RECODE_USAGE)
      return explaining(() => recode(given, operator), speaker(operator.kernel, given.values.lang))
    },
  },
]
