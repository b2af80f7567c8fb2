// `npm run drill`: what is too slow for every change, and must hold before a release.
//   npm run drill            everything        npm run drill -- drill/set-up   what begins so
import { runFiles } from '../test/run-files.ts'

process.exitCode = await runFiles({
  name: 'npm run drill',
  patterns: ['drill/**/*.test.ts'],
  wanted: process.argv.slice(2),
  // One at a time: drills measure, kill and fill.
  concurrency: 1,
  oneTest_ms: 1_500_000,
})
