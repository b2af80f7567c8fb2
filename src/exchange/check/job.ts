import path from 'node:path'
import {
  type Kernel,
  makeFolder,
  type PlainDay,
  Refusal,
  releaseLock,
  takeLock,
} from '../../kernel/index.ts'
import { type Matched, readTable, type Table } from '../../linkage/index.ts'
import { csvLine, hashSource, openSource, type Source } from '../../register/index.ts'
import type { AgencyClient } from '../agency/directory.ts'
import type { Agreement } from '../types.ts'
import { type Layout, layoutOf } from './columns.ts'
import { frameOf, type Ground, readGround } from './ground.ts'
import { areMostlyStrangers, macsOf, match, sceneIn, tell } from './match.ts'
import { tooManyUnknown } from './part.ts'
import { type CheckEvent, Progress } from './progress.ts'
import { recover, refuseFile, release } from './release.ts'
import { resultsHeader } from './results.ts'
import { requireRight } from './right.ts'
import { type Standard, standardise } from './standard.ts'

/** Rows of one transaction and event: a proof reads all subjects of an event, so they are not many. */
const PART_ROWS = 20_000

const LOCK = 'check.lock'

export interface CheckPlan {
  readonly source: Source
  readonly agency: string
  readonly purpose: string
  readonly out: string
  /** The day the file's unit codes belong to: a code without a day is ambiguous. */
  readonly asOf: PlainDay
  /** Why a list of which most is unknown is checked all the same; it stands in the events. */
  readonly despite: string | undefined
  readonly signal: AbortSignal
  readonly onProgress: (state: CheckState) => void
  readonly threads?: number
  readonly partRows?: number
}

export const STAGES = ['read', 'register', 'match', 'release'] as const
export interface CheckState {
  readonly stage: (typeof STAGES)[number]
  /** Of the stage, 0 to 1, where that is known. */
  readonly share: number | null
  /** Rows whose results are given out. */
  readonly rows: number
}

export interface CheckDone {
  readonly isDone: boolean
  readonly rows: number
  readonly events: readonly CheckEvent[]
  readonly fileDigest: string
  readonly resultsDigest: string
  readonly agency: AgencyClient
  readonly agreement: Agreement
  readonly standard: Standard
  readonly matched: Matched
  readonly ground: Ground
  readonly results: string
}

/**
 * Checks a file against the register: every row is read, matched and decided; then results are given
 * out a part at a time, each after its event. Killed at any moment, the same command goes on where it
 * was; no part is lost and none is asked twice.
 */
export async function checkFile(kernel: Kernel, plan: CheckPlan): Promise<CheckDone> {
  makeFolder(plan.out)
  // Two at once would write their rows between each other's.
  const lock = path.join(plan.out, LOCK)
  const holder = takeLock(lock)
  if (holder !== null) throw new Refusal('check.running', { pid: String(holder.pid) })
  try {
    return await checkAlone(kernel, plan)
  } finally {
    releaseLock(lock)
  }
}

async function checkAlone(kernel: Kernel, plan: CheckPlan): Promise<CheckDone> {
  const { standard, ground, right, progress, fileDigest } = await prepare(kernel, plan)
  const { client, agreement } = right
  const { rows } = standard.table
  const from = progress.rows
  const scene = sceneIn(kernel, ground, standard)
  const { threads, signal } = plan
  const onStage = () => plan.onProgress({ stage: 'match', share: null, rows: from })
  const matched = await match({ scene, ground, threads, signal, onStage })
  const told = tell(kernel, { right, ground, standard, scene, matched, from })
  const asking = { ...right, progress, purpose: plan.purpose, despite: plan.despite }
  if (plan.despite === undefined && areMostlyStrangers(told, standard)) {
    progress.setStopped(true)
    await refuseFile(kernel, asking)
  }
  if (progress.isStopped) progress.setStopped(false)
  const isDone = await release(kernel, {
    ...asking,
    ...{ standard, matched, told, ground, signal },
    macOf: macsOf(kernel, { people: ground.people, agencyId: client.agency.id }),
    verdicts: [...told.verdicts.values()],
    people: ground.people,
    pseudonyms: ground.pseudonyms,
    onProgress: (done) => plan.onProgress({ stage: 'release', share: done / rows, rows: done }),
  })
  return {
    isDone,
    rows: progress.rows,
    events: progress.events,
    fileDigest,
    resultsDigest: await hashSource(openSource(progress.results)),
    agency: client,
    ...{ agreement, standard, matched, ground },
    results: progress.results,
  }
}

/** Reads file and register, and finds where an earlier run stopped; refuses what may not be asked. */
async function prepare(kernel: Kernel, plan: CheckPlan) {
  const fileDigest = await hashSource(plan.source)
  const { table, layout } = await readAgencyFile(plan)
  const right = await requireRight(kernel, plan, layout)
  const { client, agreement } = right
  const progress = new Progress(
    plan.out,
    { fileDigest, asOf: plan.asOf, agreement: agreement.id },
    { header: csvLine(resultsHeader(layout)), partRows: plan.partRows ?? PART_ROWS },
  )
  // An earlier run stopped there: nothing more is asked before somebody says why.
  if (progress.isStopped && plan.despite === undefined) throw tooManyUnknown()
  await recover(kernel, progress, { rows: table.rows, actorId: client.actor.id })
  plan.onProgress({ stage: 'register', share: null, rows: progress.rows })
  const ground = await readGround(kernel, { agencyId: client.agency.id, agreement })
  const standard = standardise(table, layout, frameOf(kernel, ground, plan.asOf))
  return { standard, ground, right, progress, fileDigest }
}

async function readAgencyFile(plan: CheckPlan): Promise<{ table: Table; layout: Layout }> {
  let layout: Layout | undefined
  const table = await readTable({
    path: plan.source.path,
    wanted(columns) {
      layout = layoutOf(columns)
      return layout.wanted
    },
    onBytes: (read, all) => plan.onProgress({ stage: 'read', share: read / all, rows: 0 }),
  })
  if (layout === undefined) throw new Refusal('import.empty', { file: plan.source.path })
  return { table, layout }
}
