import { auditBench } from './audit.ts'
import { type Bench, report } from './bench.ts'
import { birthBench } from './birth.ts'
import { importBench } from './import.ts'
import { linkBench } from './link.ts'
import { nationBench } from './nation.ts'
import { readBench } from './read.ts'
import { searchBench } from './search.ts'
import { verifyBench } from './verify.ts'
import { verifyBatchBench } from './verify-batch.ts'

/** Every bench; `goc bench` runs all, `goc bench verify import` those named. */
const BENCHES: readonly Bench[] = [
  auditBench,
  birthBench,
  readBench,
  nationBench,
  importBench,
  searchBench,
  verifyBench,
  verifyBatchBench,
  linkBench,
]

const names = process.argv.slice(2).filter((word) => !word.startsWith('-'))
const unknown = names.filter((name) => BENCHES.every((bench) => bench.name !== name))
if (unknown.length > 0) {
  const known = BENCHES.map((bench) => bench.name).join(', ')
  process.stderr.write(`There is no bench ${unknown.join(', ')}. There are: ${known}.\n`)
  process.exit(2)
}
for (const bench of BENCHES) {
  if (names.length > 0 && !names.includes(bench.name)) continue
  const started = performance.now()
  const figures = await bench.run((line) => process.stderr.write(`${bench.name}: ${line}\n`))
  const seconds = (performance.now() - started) / 1000
  process.stdout.write(`${report(bench.name, figures, seconds)}\n`)
}
