import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { importCli } from '../src/register/import/cli.ts'
import { PROFILES, type Stage, stageOf } from '../src/register/testing.ts'
import { unitCli } from '../src/register/unit/cli.ts'

const DATA = path.resolve('../shared/data')
const skip = fs.existsSync(DATA) ? false : '../shared/data is not here'
const PERSONS = 100_000

describe('a population file that nobody here wrote', { skip }, () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'goc-given-'))
  let stage: Stage
  before(async () => {
    const [vn] = PROFILES
    if (vn === undefined) throw new Error('there is no profile')
    stage = await stageOf(vn)
    for (const name of ['units/units-2025-07-01.csv', 'population/register.csv.gz']) {
      fs.copyFileSync(path.join(DATA, name), path.join(folder, path.basename(name)))
    }
  })
  after(async () => {
    await stage.close()
    fs.rmSync(folder, { recursive: true })
  })

  const goc = async (...args: string[]) => {
    const lines: string[] = []
    const operator = {
      kernel: stage.kernel,
      signal: new AbortController().signal,
      owner: () => stage.kernel.database.connect(),
      print: (line: string) => lines.push(line),
      progress() {},
    }
    const cli = [...unitCli, ...importCli].find(({ name }) => args.join(' ').startsWith(name))
    assert.equal(await cli?.run([...args.slice(2), '--json'], operator), 0)
    return JSON.parse(lines.pop() ?? '')
  }

  test('goes in whole, after the units of its day', async () => {
    const units = path.join(folder, 'units-2025-07-01.csv')
    const file = path.join(folder, 'register.csv.gz')
    await goc('import', 'units', units, '--valid-from', '2025-07-01')
    const first = await goc('import', 'persons', file, '--as-of', '2025-07-01')
    assert.deepEqual([first.taken, first.rejected, first.isDone], [PERSONS, 0, true])
    const again = await goc('import', 'persons', file, '--as-of', '2025-07-01')
    assert.deepEqual([again.taken, again.rejected], [PERSONS, 0])
    assert.equal(await stage.kernel.count('register.person'), PERSONS)
    const rows = gunzipSync(fs.readFileSync(file)).toString().trimEnd().split('\n').slice(1)
    const old = rows.filter((row) => row.split(',')[1] !== '').length
    assert.equal(await stage.kernel.count('register.old_number'), old)
    assert.equal(await stage.kernel.count('register.fact'), 6 * PERSONS + old)
  })
})
