import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Type } from 'typebox'
import { ask, type Kernel, query, SYSTEM } from '../../kernel/index.ts'
import { findSamples, isOfThisNation, type Sample } from './store.ts'

const SAMPLES = 40
const fileOf = (kernel: Kernel): string => path.join(kernel.config.dataDir, 'demo', 'persons.json')

/** The persons of a demonstration that calls are tried with; none before it was made. */
export function readSamples(kernel: Kernel): readonly Sample[] {
  const file = fileOf(kernel)
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Sample[]) : []
}

/** Reading them is an event as any other: the persons see that the program did. */
const takeSamples = query({
  name: 'demonstration.samples',
  input: Type.Object({}, { additionalProperties: false }),
  purposes: ['operation'],
  async run(_input, { tx, concerns }): Promise<readonly Sample[]> {
    const rows = await findSamples(tx, SAMPLES)
    for (const { personId } of rows) {
      concerns(personId, ['number', 'name', 'birth', 'sex'])
    }
    return rows.map(({ personId: _, ...sample }) => sample)
  },
})

/** Writes the file of persons to try calls with, once for a nation. */
export async function ensureSamples(kernel: Kernel): Promise<readonly Sample[]> {
  const known = readSamples(kernel)
  const [first] = known
  const kept =
    first !== undefined && (await kernel.database.transaction((tx) => isOfThisNation(tx, first)))
  if (kept) return known
  const samples = await ask(takeSamples, {}, { kernel, actor: SYSTEM, purpose: 'operation' })
  const file = fileOf(kernel)
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  writeFileSync(file, `${JSON.stringify(samples, null, 2)}\n`, { mode: 0o600 })
  chmodSync(file, 0o600)
  return samples
}
