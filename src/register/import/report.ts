import { closeSync, fsyncSync, ftruncateSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import type { Lang, Translator } from '../../kernel/index.ts'
import { sheetLine } from './csv.ts'
import type { RejectedPerson } from './rules.ts'
import { fileRefusal, rejectsPath, type Source } from './source.ts'

/** The report of rejected rows beside the file, which grows with what is committed. */
export interface RejectsReport {
  readonly path: string
  /** Adds rows; answers the length of the report once it is safe on the disk. */
  add(rejected: readonly RejectedPerson[]): number
  close(): void
}

const HEADER = sheetLine(['row', 'field', 'reason', 'remedy'])

/**
 * Opens the report at the length an earlier run had committed: what it wrote beyond was not taken.
 * A report that was lost begins anew; a file without rejected rows has none.
 */
export function openReport(source: Source, committed: number, t: Translator): RejectsReport {
  const path = rejectsPath(source)
  try {
    let descriptor: number | null = null
    let length = 0
    if (committed > 0 && sizeOf(path) >= committed) {
      descriptor = openSync(path, 'r+')
      ftruncateSync(descriptor, committed)
      length = committed
    } else {
      rmSync(path, { force: true })
      // Tried now, not after an hour of work: the folder must take a file.
      closeSync(openSync(path, 'wx', 0o600))
      rmSync(path)
    }
    return {
      path,
      add(rejected) {
        if (rejected.length === 0) return length
        descriptor ??= openSync(path, 'w', 0o600)
        const lines = rejected.map((one) => lineOf(one, t)).join('')
        const bytes = Buffer.from(length === 0 ? HEADER + lines : lines)
        length += writeSync(descriptor, bytes, 0, bytes.length, length)
        fsyncSync(descriptor)
        return length
      },
      close() {
        if (descriptor !== null) closeSync(descriptor)
        descriptor = null
      },
    }
  } catch (error) {
    throw fileRefusal(error, path)
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}

function lineOf({ line, field, fault }: RejectedPerson, t: Translator): string {
  const words =
    typeof fault === 'string'
      ? [t(`register.import.fault.${fault}.reason`), t(`register.import.fault.${fault}.remedy`)]
      : [fault.reason[t.lang as Lang], fault.remedy[t.lang as Lang]]
  return sheetLine([String(line), field, ...words])
}
