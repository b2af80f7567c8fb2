export { type Hash, leafHash, nodeHash } from './merkle.ts'

/** The room; its tables, routes and jobs are listed here as they come. */
export const room: import('../kernel/index.ts').Room = { name: 'ledger', migrations: null }
