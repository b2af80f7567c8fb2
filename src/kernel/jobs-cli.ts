import { loadCatalogues, translator } from './locale.ts'
import type { CliCommand } from './room.ts'
import { listStuck, tryAgain } from './worker-store.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const WRONG_USAGE = 2

/** `goc jobs`: what could not be delivered, and another try once its cause is mended. */
export const jobsCommand: CliCommand = {
  name: 'jobs',
  usage: '[retry SUBSCRIBER [FACT_ID]] [--json]   facts that could not be delivered',
  async run(args, operator) {
    const { database } = operator.kernel
    const words = args.filter((word) => word !== '--json')
    const t = translator(operator.kernel.config.language, loadCatalogues([]))
    const [verb, subscriber, factId] = words
    if (
      verb === 'retry' &&
      subscriber !== undefined &&
      (factId === undefined || UUID.test(factId))
    ) {
      const n = await database.transaction((tx) => tryAgain(tx, subscriber, factId))
      operator.print(t('kernel.jobs.retried', { n }))
      return 0
    }
    if (words.length > 0) {
      process.stderr.write(`goc jobs ${jobsCommand.usage}\n`)
      return WRONG_USAGE
    }
    const stuck = await database.transaction(listStuck)
    if (args.includes('--json')) operator.print(JSON.stringify(stuck))
    else if (stuck.length === 0) operator.print(t('kernel.jobs.none'))
    for (const one of args.includes('--json') ? [] : stuck) {
      const { attempts, behind, error } = one
      const line = t('kernel.jobs.line', { attempts, behind, error: error ?? '' })
      operator.print(`${one.subscriber} ${one.factId} ${line}`)
    }
    return 0
  },
}
