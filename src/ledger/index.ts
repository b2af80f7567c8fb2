export { txOn } from './client-tx.ts'
export { measureLag } from './lag.ts'
export { leafHash, nodeHash } from './merkle.ts'
export { parsePolicy } from './offline/policy.js'
export { ledgerOrigin } from './origin.ts'
export { policyText } from './policy-file.ts'
export {
  proofText,
  verifyProof,
} from './proof.ts'
export { proofFor } from './prove.ts'
export { room } from './room.ts'
export { startLedger } from './service.ts'
export { discloseTo, type EventLine, type EventPage, eventsOf } from './subject-store.ts'
