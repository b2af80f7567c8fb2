import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import test from 'node:test'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { writePairs } from './write.ts'

function idsOf(texts: readonly string[]) {
  const parts = texts.map((text) => Buffer.from(text))
  const idOffsets = new Uint32Array(texts.length + 1)
  for (const [at, part] of parts.entries()) idOffsets[at + 1] = (idOffsets[at] ?? 0) + part.length
  return { ids: new Uint8Array(Buffer.concat(parts)), idOffsets }
}

const id = fc.string({ unit: 'grapheme', maxLength: 40 })
const weight = fc.double({ min: -7, max: 120, noNaN: true })

test('any ids and weights are read back as they were', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'goc-pairs-'))
  const file = path.join(folder, 'pairs.csv')
  try {
    fc.assert(
      fc.property(fc.array(fc.tuple(id, id, weight), { minLength: 1 }), (rows) => {
        const places = Uint32Array.from(rows.keys())
        const weights = Float64Array.from(rows, ([, , one]) => one)
        const ids = {
          left: idsOf(rows.map(([left]) => left)),
          right: idsOf(rows.map(([, right]) => right)),
        }
        writePairs(file, { left: places, right: places, weights }, ids)
        const [head, ...read] = parse(readFileSync(file), { bom: false }) as string[][]
        assert.deepEqual(head, ['left', 'right', 'probability', 'weight'])
        assert.equal(read.length, rows.length)
        for (const [at, [left, right, one]] of rows.entries()) {
          const [saidLeft, saidRight, probability, said] = read[at] ?? []
          assert.equal(saidLeft, left)
          assert.equal(saidRight, right)
          assert.ok(Math.abs(Number(said) - one) <= 0.0005 + 1e-9, `${said} ${one}`)
          assert.ok(Math.abs(Number(probability) - 1 / (1 + 2 ** -one)) <= 5.1e-7)
          assert.match(probability ?? '', /^[01]\.\d{6}$/)
        }
      }),
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
})
