import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { Cut } from '../../../test/kernel.ts'
import type { Kernel } from '../../kernel/index.ts'
import { type CheckDone, type CheckPlan, checkFile } from './job.ts'
import { type CheckStage, openCheckStage, resultsOf, XUAN } from './testing.ts'

const ROWS = 5
const PARTS = 3
const LINES = Array.from({ length: ROWS }, (_, at) => `${at},${XUAN}`)

let stage: CheckStage
let agency: string
before(async () => {
  stage = await openCheckStage()
  agency = await stage.anAgency()
})
after(() => stage.close())

const planOf = (more: Partial<CheckPlan> = {}) =>
  stage.planOf(stage.fileOf(LINES), { agency, partRows: 2, ...more })

/** Parts of which the log has an event, by the check they belong to. */
async function partsInLog(out: string): Promise<readonly string[]> {
  const { check } = JSON.parse(readFileSync(path.join(out, 'progress.json'), 'utf8'))
  const rows = await stage.kernel.owner<{ part: string }>(
    `select body::jsonb -> 'notes' ->> 'part' as part from kernel.audit_event
     where body::jsonb -> 'notes' ->> 'check' = $1 and body::jsonb ->> 'outcome' = 'done'
     order by event_id`,
    [check],
  )
  return rows.map(({ part }) => part)
}

const sealedIn = (out: string): readonly string[] =>
  readdirSync(out).filter((name) => name.startsWith('results.part'))

async function isWhole(done: CheckDone, plan: CheckPlan): Promise<void> {
  assert.equal(done.isDone, true)
  assert.deepEqual(
    resultsOf(plan.out).map(({ row }) => row),
    LINES.map((_, at) => String(at)),
  )
  assert.deepEqual(await partsInLog(plan.out), ['1', '2', '3'])
  assert.equal(done.events.length, PARTS)
  assert.deepEqual(sealedIn(plan.out), [])
}

test('a power cut after any statement loses no row and repeats no event', async () => {
  const { kernel } = stage
  let cuts = 0
  for (let at = 0; ; at++) {
    const plan = await planOf()
    kernel.cutAt(at)
    const first = await checkFile(kernel, plan).catch((error: unknown) => error)
    kernel.cutAt(null)
    if (!(first instanceof Cut)) break
    cuts++
    const shown = existsSync(path.join(plan.out, 'results.csv')) ? resultsOf(plan.out).length : 0
    assert.ok(shown % 2 === 0 && shown < ROWS, 'results are those of whole parts')
    await isWhole(await checkFile(kernel, plan), plan)
  }
  assert.ok(cuts > PARTS * 4, `only ${cuts} statements were cut`)
})

test('killed between the log and the results, parts are found sealed and not asked again', async () => {
  for (let victim = 1; victim <= PARTS; victim++) {
    const plan = await planOf()
    await assert.rejects(checkFile(killedAfter(victim), plan), Killed)
    const inLog = (await partsInLog(plan.out)).length
    assert.ok(resultsOf(plan.out).length <= (victim - 1) * 2 && inLog >= victim)
    await isWhole(await checkFile(stage.kernel, plan), plan)
  }
})

test('what lies sealed cannot be read before its event is in the log', async () => {
  const { kernel } = stage
  const plan = await planOf()
  const sealed: Buffer[] = []
  const watched: Kernel = {
    ...kernel,
    database: {
      ...kernel.database,
      transaction: (work) =>
        kernel.database.transaction(async (tx) => {
          const answer = await work(tx)
          for (const name of sealedIn(plan.out))
            sealed.push(readFileSync(path.join(plan.out, name)))
          return answer
        }),
    },
  }
  await checkFile(watched, plan)
  assert.ok(sealed.length >= PARTS)
  for (const bytes of sealed) assert.ok(!bytes.includes('verified') && !bytes.includes('duplicate'))
})

class Killed extends Error {}

/** A kernel whose process ends right after the n-th part was committed. */
function killedAfter(victim: number): Kernel {
  const { kernel } = stage
  let parts = 0
  return {
    ...kernel,
    database: {
      ...kernel.database,
      async transaction(work) {
        let isPart = false
        const answer = await kernel.database.transaction((tx) =>
          work({
            query: (text, values) => tx.query(text, values),
            prepared: (name, text, values) => {
              isPart ||= name === 'exchange.insert-pseudonyms' || name === 'exchange.take-bulk'
              return tx.prepared(name, text, values)
            },
            atCommit: (name, text, values) => tx.atCommit(name, text, values),
          }),
        )
        if (isPart && ++parts >= victim) throw new Killed()
        return answer
      },
    },
  }
}
