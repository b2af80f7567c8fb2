export { type Hash, leafHash, nodeHash } from './merkle.ts'
