/** Bounds of the exchange; units come last in the name. */
export const EXCHANGE_LIMITS = {
  /** Failed attempts an agency has at one number, whether or not anyone bears it. */
  attemptsPerDay: 5,
  attemptsPerWindow: 20,
  attemptsWindow_days: 90,
  /** A failure is never told sooner than this, so that its cause cannot be timed. */
  failureFloor_ms: 25,
  /** From so many rows on, a batch of which more than this share is not confirmed is not answered. */
  unconfirmedRows_min: 20,
  unconfirmedShare_max: 0.5,
  fileUnknownRows_min: 1_000,
  /** Seconds after which the event of an answer must be in the log. */
  inLogWithin_s: 10,
  /** Rounds of single calls under way at once: few large rounds cost less than many small ones. */
  sharedRounds: 2,
  agreementPredicates_max: 24,
  /** Working days in which "why?" is answered. */
  answer_workingDays: 10,
  readsPage: 50,
  /** Events looked through for one page of others' lines, and for the counts of a year. */
  readsScanned: 2_000,
  readsCounted: 20_000,
  /** Days after which an investigation's look at a log opens to its subject at the latest. */
  hidden_days: 180,
  copiedReads: 10_000,
  complaintsPage: 100,
  headerChars_max: 200,
  /** Without notifications from the database, what is kept in memory is read anew after this. */
  directoryAge_ms_max: 1_000,
  /** A key that is not known is looked for again at most this often. */
  directoryAnewPerSecond_max: 10,
  unitsAge_ms_max: 60_000,
} as const
