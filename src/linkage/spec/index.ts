export { readSpec } from './read-spec.ts'
