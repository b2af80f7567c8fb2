export { Goc, type GocOptions, Refused, type Verified, type VerifiedBatch } from './client.ts'
export { checkReceipt, type Receipt, type ReceiptFault, ReceiptRefused } from './receipt.ts'
export { type SignedRequest, type SigningKey, signRequest } from './sign.ts'
export type * from './types.ts'
