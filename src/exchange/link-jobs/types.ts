import type { Instant, PlainDay } from '../../kernel/index.ts'

/**
 * `planned`: announced, being received; `received`: its digest and rows are looked at; `waiting`: two
 * persons must agree; `queued`, `running`: checked; `stopped`: a person must say why it goes on;
 * `done`, `failed`, `cancelled`: over; `shredded`: nothing of the file is left.
 */
export const JOB_STATES = [
  'planned',
  'received',
  'waiting',
  'queued',
  'running',
  'stopped',
  'done',
  'failed',
  'cancelled',
  'shredded',
] as const
export type JobState = (typeof JOB_STATES)[number]

/** States in which the agency may still stop the work. */
export const STOPPABLE: ReadonlySet<JobState> = new Set([
  'planned',
  'received',
  'waiting',
  'queued',
  'running',
  'stopped',
])
/** States whose files are destroyed after a time. */
export const OVER: readonly JobState[] = ['done', 'failed', 'cancelled', 'stopped']

export interface LinkJob {
  readonly id: string
  readonly agencyId: string
  readonly agreementId: string
  readonly purpose: string
  readonly asOf: PlainDay
  /** SHA-256, hex. */
  readonly digest: string
  readonly bytes: number
  readonly columns: readonly string[]
  readonly unknown: readonly string[]
  /** Rows as told or reckoned when it was announced. */
  readonly rowsTold: number
  readonly state: JobState
  /** Code of the refusal that stopped or ended it. */
  readonly reason: string | null
  /** Why it goes on though most of its rows are unknown. */
  readonly despite: string | null
  /** Rows as counted; null: not yet. */
  readonly rows: number | null
  readonly rowsDone: number
  readonly attempts: number
  readonly resultParts: number | null
  readonly manifest: SignedManifest | null
  readonly plannedAt: Instant
  readonly endedAt: Instant | null
}

/** What binds file, results and the events of the log, and its signature with the receipt key. */
export interface SignedManifest {
  readonly manifest: Readonly<Record<string, unknown>>
  /** Id of the key. */
  readonly key: string
  /** Ed25519, base64. */
  readonly signature: string
}

export const JOB_LIMITS = {
  /** Every part but the last is as large. */
  part_bytes: 4 * 1024 * 1024,
  file_bytes_max: 5 * 1024 * 1024 * 1024,
  columns_max: 200,
  /** A larger list needs two persons. */
  unapproved_rows: 10_000,
  approvers: 2,
  /** Files are destroyed so long after the end, or after they were announced and never started. */
  kept_days: 7,
  attempts_max: 5,
  listed: 50,
  /** Progress is written down at most so often. */
  beat_ms: 1_000,
  look_ms: 1_000,
} as const

/** Of every part, where it begins and how many bytes it must have. */
export const partsOf = (bytes: number): number => Math.ceil(bytes / JOB_LIMITS.part_bytes)
export const sizeOfPart = (bytes: number, part: number): number =>
  part < partsOf(bytes)
    ? JOB_LIMITS.part_bytes
    : bytes - (partsOf(bytes) - 1) * JOB_LIMITS.part_bytes
