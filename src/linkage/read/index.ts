export { readFiles } from './files.ts'
export {
  type FileRows,
  idOf,
  type ReadOptions,
  type ReadProgress,
  ROW_FAULTS,
  type RowFault,
  type TwoFiles,
  type UnreadableRow,
} from './types.ts'
