export { discloseTo, type EventLine, type EventPage, eventsOf } from './events.ts'
export { measureLag } from './lag.ts'
export { type Hash, leafHash, nodeHash, rootFromInclusion } from './merkle.ts'
export { type Policy, parsePolicy } from './offline/policy.js'
export { ledgerOrigin } from './origin.ts'
export { policyText } from './policy-file.ts'
export {
  type DisclosedEvent,
  disclosureText,
  type InclusionProof,
  proofText,
  type SubjectOpening,
  verifyProof,
} from './proof.ts'
export { proofFor } from './prove.ts'
export { room } from './room.ts'
export { type Service, startLedger } from './service.ts'
