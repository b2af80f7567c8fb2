export { type Actor, type ActorKind, type Grant, type Level, OPERATOR, SYSTEM } from './actor.ts'
export { findActorByLogin, insertActor, insertGrant } from './actor-store.ts'
export {
  type AuditBody,
  type AuditRow,
  actorCommitment,
  eventLeaf,
  merkleRoot,
  subjectCommitment,
  subjectRef,
} from './audit.ts'
export { mayDo, unitsWhere } from './authorise.ts'
export {
  type Command,
  type CommandContext,
  command,
  execute,
} from './command.ts'
export type { CaseOfOpening, Context } from './context.ts'
export { type Database, openDatabase, type Tx, violated } from './database.ts'
export { makeFolder } from './folder.ts'
export { handleOf, idOfHandle } from './handle.ts'
export { type Content, escapeHtml, type Html, html, isEmpty, raw } from './html.ts'
export { type FormKeys, formKeys, refusalWords, requireActor, sendHtml } from './http.ts'
export { uuidv7 } from './id.ts'
export type { Kernel } from './kernel.ts'
export { type Keys, openKeys, type SigningKey, signingKey } from './keys.ts'
export { LIMITS } from './limits.ts'
export {
  catalogueFaults,
  LANGUAGE_NAMES,
  LANGUAGES,
  type Lang,
  loadCatalogues,
  type Translator,
  translator,
} from './locale.ts'
export type { Fault, NameRules, Profile, Sex } from './profile.ts'
export {
  type Asker,
  ask,
  askMany,
  type BatchedCall,
  type BatchedQuery,
  batchedQuery,
  type Outcome,
  type Query,
  query,
} from './query.ts'
export { problem, REFUSALS, Refusal, type RefusalCode } from './refusal.ts'
export type {
  CliCommand,
  DemonstrationPlan,
  MenuItem,
  Operator,
  Room,
  Terminal,
  Tool,
  Workshop,
} from './room.ts'
export { csrfToken, endSession, openSession } from './session.ts'
export { share } from './share.ts'
export { speakerOf } from './speak.ts'
export { releaseLock, takeLock } from './start/lock.js'
export { isKeepable } from './text.ts'
export * from './time.ts'
export { type Coded, entitle, isCode, type Words, wordsOf } from './words.ts'
export type { Job } from './worker.ts'
export type { ReceivedFact } from './worker-store.ts'
export { addWorkingDays, workingDaysBetween } from './working-days.ts'
