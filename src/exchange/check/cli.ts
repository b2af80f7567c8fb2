import { parseArgs } from 'node:util'
import { type CliCommand, isPlainDay, type Operator, Refusal, todayOf } from '../../kernel/index.ts'
import { explaining, openSource } from '../../register/index.ts'
import { LAW } from '../law.ts'
import { speak } from '../speak.ts'
import { checkFile } from './job.ts'
import { writeReport } from './report.ts'

const USAGE = 'FILE --agency A --out DIR   authenticate and clean a CSV file; resumes'
const WRONG_USAGE = 2
const STOPPED = 1

const OPTIONS = {
  agency: { type: 'string' },
  out: { type: 'string' },
  purpose: { type: 'string' },
  'as-of': { type: 'string' },
  despite: { type: 'string' },
  lang: { type: 'string' },
  json: { type: 'boolean' },
} as const

interface Options {
  readonly file: string
  readonly agency: string
  readonly out: string
  readonly purpose: string
  readonly asOf: string | undefined
  readonly despite: string | undefined
  readonly lang: string | undefined
  readonly json: boolean
}

/** `goc check`. */
export const checkCli: CliCommand = {
  name: 'check',
  usage: USAGE,
  async run(args, operator) {
    const options = readOptions(args)
    if (options === null) {
      process.stderr.write(`goc check ${USAGE}\n`)
      return WRONG_USAGE
    }
    return explaining(() => check(options, operator))
  },
}

function readOptions(args: readonly string[]): Options | null {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: OPTIONS,
      allowPositionals: true,
    })
    const [file, ...others] = positionals
    const { agency, out } = values
    if (file === undefined || others.length > 0) return null
    if (agency === undefined || out === undefined) return null
    return {
      file,
      agency,
      out,
      purpose: values.purpose ?? LAW.cleaning.purpose,
      asOf: values['as-of'],
      despite: values.despite,
      lang: values.lang,
      json: values.json === true,
    }
  } catch {
    return null
  }
}

async function check(options: Options, { kernel, print, progress, signal }: Operator) {
  const t = speak(kernel, options.lang)
  const asOf = options.asOf ?? todayOf(kernel)
  if (!isPlainDay(asOf)) {
    throw new Refusal('request.invalid', { field: '--as-of', expected: 'yyyy-mm-dd' })
  }
  const source = openSource(options.file)
  const began = performance.now()
  const seconds = () => (performance.now() - began) / 1000
  let done: Awaited<ReturnType<typeof checkFile>>
  try {
    done = await checkFile(kernel, {
      ...options,
      source,
      asOf,
      signal,
      onProgress({ stage, rows, share }) {
        const words = t(`exchange.check.stage.${stage}`)
        const done = share === null ? '' : t.percent(share)
        progress(t('exchange.check.progress', { stage: words, share: done, rows }))
      },
    })
  } catch (error) {
    if (error instanceof Refusal && error.code === 'batch.too-many-unknown') {
      process.stderr.write(`${t('exchange.check.too-many')}\n`)
    }
    throw error
  }
  const { isDone, rows } = done
  const report = isDone ? await writeReport(kernel, done, { out: options.out, t }) : null
  const took = Math.round(seconds() * 10) / 10
  if (options.json) {
    const counts = Object.fromEntries(
      (report?.statuses ?? []).map(({ status, count }) => [status, count]),
    )
    print(JSON.stringify({ isDone, rows, statuses: counts, seconds: took, out: options.out }))
    return isDone ? 0 : STOPPED
  }
  if (report === null) {
    const command = `goc check ${options.file} --agency ${options.agency} --out ${options.out}`
    print(t('exchange.check.stopped', { rows, command }))
    return STOPPED
  }
  print(t('exchange.check.done', { rows, seconds: took, folder: options.out }))
  for (const { status, count, share } of report.statuses) {
    print(`  ${t(`exchange.check.status.${status}`)}: ${t.number(count)} (${t.percent(share, 1)})`)
  }
  return 0
}
