import {
  type CliCommand,
  isPlainDay,
  type Operator,
  Refusal,
  type Translator,
  todayOf,
} from '../../kernel/index.ts'
import { type ImportState, importFile } from './job.ts'
import { openSource } from './source.ts'
import { explaining, type Given, readArguments, speaker } from './speak.ts'
import { settle } from './store.ts'

const USAGE = 'FILE --as-of DAY   take persons from a CSV file, .gz or not; resumes'
const WRONG_USAGE = 2
const STOPPED = 1
const SETTLE_ROWS = 10_000

/**
 * Tells how far a run is and how long it may still take, by what it has read itself: an earlier run's
 * share was nobody's time.
 */
function teller(t: Translator): (state: ImportState) => string {
  const started = performance.now()
  let before: number | null = null
  return ({ share, rows, taken, rejected }) => {
    before ??= share
    const seconds = (performance.now() - started) / 1000
    const read = share - before
    const left = read <= 0 ? null : (seconds / read) * (1 - share)
    return t('register.import.progress', {
      share: t.percent(share),
      taken,
      rejected,
      rate: Math.round(rows / seconds),
      left: left === null ? '…' : written(left, t),
    })
  }
}

/** A minute and a half or more is told in minutes. */
function written(seconds: number, t: Translator): string {
  return seconds < 90
    ? t('register.import.seconds', { n: Math.ceil(seconds) })
    : t('register.import.minutes', { n: Math.round(seconds / 60) })
}

async function run(given: Given, operator: Operator): Promise<number> {
  const { kernel, print, progress, signal, owner } = operator
  const t = speaker(kernel, given.values.lang)
  const asOf = given.values['as-of'] ?? ''
  if (!isPlainDay(asOf)) {
    throw new Refusal('request.invalid', { field: '--as-of', expected: 'yyyy-mm-dd' })
  }
  if (asOf > todayOf(kernel)) {
    throw new Refusal('fact.in-future', { field: '--as-of' })
  }
  const [file = ''] = given.files
  const source = openSource(file)
  const started = performance.now()
  const tell = teller(t)
  const onProgress = (state: ImportState) => progress(tell(state))
  const done = await importFile(kernel, { source, asOf, signal, t, onProgress })
  const { taken, rejected, isDone, report } = done
  if (done.rows >= SETTLE_ROWS) await settle(await owner())
  if (given.json) {
    const seconds = Math.round(performance.now() - started) / 1000
    print(JSON.stringify({ taken, rejected, report, seconds, isDone }))
    return isDone ? 0 : STOPPED
  }
  if (!isDone) {
    print(
      t('register.import.stopped', {
        taken,
        command: `goc import persons ${file} --as-of ${asOf}`,
      }),
    )
    return STOPPED
  }
  print(t(done.wasDone ? 'register.import.was-done' : 'register.import.done', { taken, rejected }))
  if (report !== null) print(t('register.import.report', { file: report }))
  return 0
}

/** `goc import persons`. */
export const importCli: readonly CliCommand[] = [
  {
    name: 'import persons',
    usage: USAGE,
    async run(args, operator) {
      const given = readArguments(args, { files: 1, required: ['as-of'] })
      if (given === null) {
        process.stderr.write(`goc import persons ${USAGE}\n`)
        return WRONG_USAGE
      }
      return explaining(() => run(given, operator), speaker(operator.kernel, given.values.lang))
    },
  },
]
