export { type Hash, leafHash, nodeHash } from './merkle.ts'
export { room } from './room.ts'
