import { runCommand } from './cli.ts'
import { MigrationRefused } from './kernel/migrate.ts'
import { StartRefused } from './kernel/postgres.ts'
import { Refusal } from './kernel/refusal.ts'

/** What is thrown on purpose is one line for the operator; anything else shows its stack. */
try {
  process.exitCode = await runCommand(process.argv.slice(2))
} catch (error) {
  const expected = [StartRefused, MigrationRefused, Refusal].some((kind) => error instanceof kind)
  const line = error instanceof Error ? (expected ? error.message : error.stack) : String(error)
  process.stderr.write(`${line}\n`)
  process.exitCode = 1
}
