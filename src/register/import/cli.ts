import {
  type CliCommand,
  dayOf,
  isPlainDay,
  type Operator,
  Refusal,
  type Translator,
} from '../../kernel/index.ts'
import { type ImportState, importFile } from './job.ts'
import { openSource } from './source.ts'
import { explaining, type Given, readArguments, speaker } from './speak.ts'

const USAGE = 'FILE --as-of DAY   take persons from a CSV file, .gz or not; resumes'
const WRONG_USAGE = 2
const STOPPED = 1

/** How long it may still take, from the share that is read; a minute or more is told in minutes. */
function leftOf({ share }: ImportState, seconds: number, t: Translator): string {
  const left = share === 0 ? 0 : (seconds / share) * (1 - share)
  return left < 90
    ? t('register.import.seconds', { n: Math.ceil(left) })
    : t('register.import.minutes', { n: Math.round(left / 60) })
}

async function run(given: Given, { kernel, print, progress, signal }: Operator): Promise<number> {
  const t = speaker(kernel, given.values.lang)
  const asOf = given.values['as-of'] ?? ''
  if (!isPlainDay(asOf)) {
    throw new Refusal('request.invalid', { field: '--as-of', expected: 'yyyy-mm-dd' })
  }
  if (asOf > dayOf(kernel.now(), kernel.profile.timeZone)) {
    throw new Refusal('fact.in-future', { field: '--as-of' })
  }
  const [file = ''] = given.files
  const source = openSource(file)
  const started = performance.now()
  const onProgress = (state: ImportState) => {
    const seconds = (performance.now() - started) / 1000
    const { taken, rejected } = state
    const rate = Math.round(state.rows / seconds)
    const share = t.percent(state.share)
    progress(
      t('register.import.progress', {
        share,
        taken,
        rejected,
        rate,
        left: leftOf(state, seconds, t),
      }),
    )
  }
  const done = await importFile(kernel, { source, asOf, signal, t, onProgress })
  const { taken, rejected, isDone, report } = done
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
      return explaining(() => run(given, operator))
    },
  },
]
