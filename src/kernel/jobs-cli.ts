import { loadCatalogues, translator } from './locale.ts'
import type { CliCommand, Operator } from './room.ts'

/** A fact that lies still after its last attempt, or waits behind one that does. */
interface Stuck {
  readonly subscriber: string
  readonly factId: string
  readonly attempts: number
  readonly error: string | null
  /** Facts of the same key that wait behind it. */
  readonly behind: number
}

const LISTED = 200

async function listStuck({ kernel }: Operator): Promise<Stuck[]> {
  return kernel.database.transaction((tx) =>
    tx.query<Stuck>(
      `select d.subscriber, d.fact_id as "factId", d.attempts, d.error,
         (select count(*) from kernel.delivery b where b.subscriber = d.subscriber
           and b.ordering_key = d.ordering_key and b.done_at is null and b.fact_id > d.fact_id) as behind
       from kernel.delivery d where d.done_at is null and d.attempts > 0
       order by d.subscriber, d.fact_id limit $1`,
      [LISTED],
    ),
  )
}

/** Gives facts another round of attempts at once; answers how many. */
async function retry({ kernel }: Operator, subscriber: string, factId?: string): Promise<number> {
  const rows = await kernel.database.transaction((tx) =>
    tx.query(
      `update kernel.delivery set attempts = 0, next_at = now()
       where subscriber = $1 and done_at is null and attempts > 0
         and ($2::uuid is null or fact_id = $2)
       returning fact_id`,
      [subscriber, factId ?? null],
    ),
  )
  return rows.length
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const WRONG_USAGE = 2

/** `goc jobs`: what could not be delivered, and another try once its cause is mended. */
export const jobsCommand: CliCommand = {
  name: 'jobs',
  usage: '[retry SUBSCRIBER [FACT_ID]] [--json]   facts that could not be delivered',
  async run(args, operator) {
    const words = args.filter((word) => word !== '--json')
    const t = translator(operator.kernel.config.language, loadCatalogues([]))
    const [verb, subscriber, factId] = words
    if (
      verb === 'retry' &&
      subscriber !== undefined &&
      (factId === undefined || UUID.test(factId))
    ) {
      const n = await retry(operator, subscriber, factId)
      operator.print(t('kernel.jobs.retried', { n }))
      return 0
    }
    if (words.length > 0) {
      process.stderr.write(`goc jobs ${jobsCommand.usage}\n`)
      return WRONG_USAGE
    }
    const stuck = await listStuck(operator)
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
