/** Every list, body, batch, retry and session has its bound here; units come last in the name. */
export const LIMITS = {
  /** Largest ordinary request body. */
  bodyBytes: 256 * 1024,
  /** Time for a request to arrive whole. */
  request_ms: 120_000,
  /** Largest body of a batch verification. */
  batchBodyBytes: 8 * 1024 * 1024,
  batchRows: 10_000,
  /** A result list never shows more persons than this. */
  searchRows: 50,
  pageRows: 50,
  /** Rows one shared transaction may serve. */
  sharedCalls: 64,
  /** Shared transactions under way at once in one process. */
  sharedTransactions: 4,
  idempotencyDays: 90,
  /** Facts that every subscriber has taken are kept as long, by whole months. */
  outboxDays: 90,
  sessionHours: 12,
  sessionIdle_min: 60,
  textChars: 2_000,
  nameChars: 200,
  household_members: 100,
  /** Attempts of a job at one fact before it lies still for a person to look at. */
  jobAttempts: 10,
  jobRetry_ms: [0, 5_000, 60_000, 300_000, 1_800_000, 7_200_000],
  jobBatch: 500,
  /** Partitions of the audit log made ahead of the present month. */
  auditMonthsAhead: 3,
  statement_ms: 30_000,
  poolConnections: 10,
  /** However often /metrics is read, the database is asked once in so long. */
  metricsAge_ms: 10_000,
  requestsPerMinute: 1_200,
  signInsPerMinute: 60,
} as const
