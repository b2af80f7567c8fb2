import { after, before } from 'node:test'
import { tryCommand } from '../../../test/commands.ts'
import { anActor } from '../../../test/kernel.ts'
import { type Actor, execute, SYSTEM, uuidv7 } from '../../kernel/index.ts'
import { steward } from '../testing.ts'
import {
  approveJob,
  cancelJob,
  continueJob,
  planJob,
  startJob,
  storePartOfJob,
} from './commands.ts'
import { settleJob, shredJob } from './settle.ts'
import { actorOf, type Bench, openBench } from './testing.ts'

let bench: Bench
let agency: Actor
const officer = steward()
before(async () => {
  bench = await openBench()
  agency = await actorOf(bench, bench.agency)
})
after(() => bench.close())

const COLUMNS = ['number', 'full_name', 'birth_date']
const announced = () => ({
  purpose: 'data-cleaning',
  columns: COLUMNS,
  file: { sha256: uuidv7().replaceAll('-', '').repeat(2), bytes: 100, rows: 3 },
})
const by = (actor: Actor) => ({ kernel: bench.kernel, actor, key: uuidv7() })
const aPlanned = async () => (await execute(planJob, announced(), by(agency))).job
const aPart = async () => ({
  job: await aPlanned(),
  part: 1,
  digest: 'ab'.repeat(32),
  bytes: 100,
})
async function aReceived(): Promise<string> {
  const part = await aPart()
  await execute(storePartOfJob, part, by(agency))
  await execute(startJob, { job: part.job }, by(agency))
  return part.job
}
async function aSettled(...states: readonly string[]): Promise<string> {
  const job = await aReceived()
  for (const state of states) await execute(settleJob, { job, state }, by(SYSTEM))
  return job
}

const asAgency = (input: () => Promise<unknown>) => () => ({
  kernel: bench.kernel,
  actor: agency,
  input,
})
const asOfficer = (input: () => Promise<unknown>) => () => ({
  kernel: bench.kernel,
  actor: officer,
  stranger: anActor([['sharing-officer', '79@2025-07-01']]),
  input,
})

tryCommand(
  planJob,
  asAgency(async () => announced()),
)
tryCommand(storePartOfJob, asAgency(aPart))
tryCommand(
  startJob,
  asAgency(async () => {
    const part = await aPart()
    await execute(storePartOfJob, part, by(agency))
    return { job: part.job }
  }),
)
tryCommand(
  cancelJob,
  asAgency(async () => ({ job: await aPlanned() })),
)
tryCommand(
  approveJob,
  asOfficer(async () => ({ job: await aSettled('waiting') })),
)
tryCommand(
  continueJob,
  asOfficer(async () => ({
    job: await aSettled('queued', 'running', 'stopped'),
    because: 'a list of the deceased',
  })),
)
const asSystem = (input: () => Promise<unknown>) => () => ({
  kernel: bench.kernel,
  actor: SYSTEM,
  input,
})
tryCommand(
  settleJob,
  asSystem(async () => ({ job: await aReceived(), state: 'queued' })),
)
tryCommand(
  shredJob,
  asSystem(async () => ({ job: await aPlanned() })),
)
