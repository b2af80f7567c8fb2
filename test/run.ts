// `npm test`: every test beside the code, two files at a time.
//   npm test                 everything        npm test -- src/register   what begins so
import { runFiles } from './run-files.ts'

process.exitCode = await runFiles({
  name: 'npm test',
  patterns: ['{src,profiles,client,bench,test}/**/*.test.ts'],
  wanted: process.argv.slice(2),
  concurrency: 2,
  oneTest_ms: 170_000,
})
