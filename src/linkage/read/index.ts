export { readFiles } from './files.ts'
export {
  type FileRows,
  idOf,
  type ReadOptions,
  type ReadProgress,
  type RowFault,
  type TwoFiles,
  type UnreadableRow,
} from './types.ts'
