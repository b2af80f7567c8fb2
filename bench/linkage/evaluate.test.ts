import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, describe, test } from 'node:test'
import { Sample } from './bootstrap.ts'
import { candidateRecall } from './candidates.ts'
import { clusterFigures } from './clusters.ts'
import { calibration, curveFigures } from './curve.ts'
import { evaluate, tables } from './evaluate.ts'
import { readOutput } from './output.ts'
import { eachTruePair, pairFigures, strataFigures } from './pairs.ts'
import { type Truth, truthOf } from './truth.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'goc-evaluate-'))
after(() => rmSync(folder, { recursive: true, force: true }))

function file(name: string, lines: readonly string[]): string {
  const at = path.join(folder, name)
  writeFileSync(at, `${lines.join('\n')}\n`)
  return at
}

/** a is x and y; b is z; c is nobody's; w is not in the left file. */
const two = (): Truth =>
  truthOf({
    leftIds: ['a', 'b', 'c'],
    rightIds: ['x', 'y', 'z', 'w'],
    pairs: [
      ['a', 'x'],
      ['a', 'y'],
      ['b', 'z'],
    ],
  })

const said = [
  'left,right,probability,weight',
  'a,x,0.99,6.6',
  'c,w,0.90,3.2',
  'b,z,0.80,2',
  'a,y,0.30,-1.2',
  'b,x,0.02,-5.6',
]

describe('two files', () => {
  const truth = two()
  const clusters = file('clusters.csv', [
    'row,cluster,file',
    'a,1,left',
    'b,2,left',
    'c,3,left',
    'x,1,right',
    'y,4,right',
    'z,2,right',
    'w,3,right',
  ])
  const output = readOutput(file('pairs.csv', said), clusters, truth)

  test('a person is whatever the pairs hold together; rows without a pair are persons too', () => {
    assert.equal(truth.persons, 4)
    assert.equal(truth.pairs, 3)
    const pairs: [number, number][] = []
    eachTruePair(truth, (left, right) => void pairs.push([left, right]))
    assert.deepEqual(pairs, [
      [0, 3],
      [0, 4],
      [1, 5],
    ])
  })

  test('precision, recall and F1 of the pairs at 0.5', () => {
    const { precision, recall, f1, taken, right } = pairFigures(truth, output)
    assert.deepEqual([taken, right], [3, 2])
    assert.equal(precision.value, 2 / 3)
    assert.equal(recall.value, 2 / 3)
    assert.equal(f1.value, 2 / 3)
    assert.ok(precision.from <= 2 / 3 && precision.to >= 2 / 3)
  })

  test('recall at a precision is that of the lowest threshold with it', () => {
    const { recallAt, brier } = curveFigures(truth, output)
    // Only the first pair stands above the wrong one.
    assert.deepEqual(
      recallAt.map(({ recall }) => recall.value),
      [1 / 3, 1 / 3, 1 / 3],
    )
    const squares = 0.01 ** 2 + 0.9 ** 2 + 0.2 ** 2 + 0.7 ** 2 + 0.02 ** 2
    assert.ok(Math.abs(brier.value - squares / 5) < 1e-12)
  })

  test('pairs of one probability are above or below a threshold together', () => {
    const tied = readOutput(
      file('tied.csv', ['left,right,probability', 'a,x,0.9', 'c,w,0.9', 'b,z,0.8']),
      null,
      truth,
    )
    assert.equal(curveFigures(truth, tied).recallAt[0]?.recall.value, 0)
  })

  test('calibration tells what was said and what was true', () => {
    const bins = calibration(truth, output)
    assert.deepEqual(
      bins.map(({ pairs, said: mean, true: share }) => [pairs, mean, share]),
      [
        [1, 0.02, 0],
        [1, 0.3, 1],
        [1, 0.8, 1],
        [1, 0.9, 0],
        [1, 0.99, 1],
      ],
    )
  })

  test('B-cubed of the clusters, by hand', () => {
    assert.ok(output.cluster !== null)
    const { precision, recall } = clusterFigures(truth, output.cluster)
    // a x: 2 of 2; b z: 2 of 2; c w: 1 of 2 each; y: 1 of 1.
    assert.equal(precision.value, (1 + 1 + 1 + 1 + 0.5 + 0.5 + 1) / 7)
    // a, x: 2 of 3; y: 1 of 3; b, z, c and w: all of theirs.
    assert.ok(Math.abs(recall.value - (2 / 3 + 2 / 3 + 1 / 3 + 4) / 7) < 1e-12)
  })

  test('a stratum has its own figures', () => {
    const of = Int32Array.from([-1, -1, -1, 0, 0, 1, 1])
    const figures = strataFigures(truth, output, { name: 'errors', labels: ['0', '1'], of })
    assert.equal(figures.get('0')?.recall.value, 1 / 2)
    assert.equal(figures.get('0')?.precision.value, 1)
    assert.equal(figures.get('1')?.recall.value, 1)
    assert.equal(figures.get('1')?.precision.value, 1 / 2)
  })

  test('what a rule finds, and what it adds to the rules before it', () => {
    const { rules, any } = candidateRecall(truth, [
      { id: 'first', finds: (left, right) => left === 0 && right === 3 },
      { id: 'second', finds: (left) => left === 0 },
    ])
    assert.deepEqual(
      rules.map(({ recall, added }) => [recall.value, added.value]),
      [
        [1 / 3, 1 / 3],
        [2 / 3, 1 / 3],
      ],
    )
    assert.equal(any.value, 2 / 3)
  })

  test('all of it can be told', () => {
    assert.match(tables(evaluate({ truth, strata: [] }, folder)), /pairs at 0\.5 \(3 of 3\)/)
  })

  test('a pair written twice is refused, and so is a row nobody knows', () => {
    const twice = file('twice.csv', [...said, 'a,x,0.5,0'])
    assert.throws(() => readOutput(twice, null, truth), /twice/)
    const unknown = file('unknown.csv', [...said, 'a,q,0.5,0'])
    assert.throws(() => readOutput(unknown, null, truth), /no row has the id q/)
  })
})

describe('one file', () => {
  const truth = truthOf({
    leftIds: ['1', '2', '3', '4'],
    rightIds: null,
    pairs: [
      ['1', '2'],
      ['2', '3'],
    ],
  })

  test('three rows of one person are three pairs, however they were named', () => {
    assert.equal(truth.pairs, 3)
  })

  test('a pair counts whichever way round it is written', () => {
    const output = readOutput(
      file('one.csv', ['left,right,probability', '3,1,0.9', '1,2,0.8', '4,2,0.7']),
      null,
      truth,
    )
    const { precision, recall } = pairFigures(truth, output)
    assert.equal(precision.value, 2 / 3)
    assert.equal(recall.value, 2 / 3)
    const again = file('again.csv', ['left,right,probability', '3,1,0.9', '1,3,0.9'])
    assert.throws(() => readOutput(again, null, truth), /twice/)
  })
})

describe('intervals', () => {
  test('of a share of independent persons is near the binomial one', () => {
    const sample = new Sample()
    for (let person = 0; person < 10_000; person++) sample.add([person % 10 === 0 ? 0 : 1, 1])
    const { value, from, to } = sample.share(0, 1)
    const half = 1.96 * Math.sqrt((0.9 * 0.1) / 10_000)
    assert.equal(value, 0.9)
    assert.ok(Math.abs(0.9 - half - from) < half / 4, `${from}`)
    assert.ok(Math.abs(0.9 + half - to) < half / 4, `${to}`)
  })

  test('persons with several cases widen it', () => {
    const [alone, together] = [new Sample(), new Sample()]
    for (let person = 0; person < 4000; person++) alone.add([person % 4 === 0 ? 0 : 1, 1])
    for (let person = 0; person < 400; person++) together.add([person % 4 === 0 ? 0 : 10, 10])
    const width = ({ from, to }: { from: number; to: number }) => to - from
    assert.ok(width(together.share(0, 1)) > 2 * width(alone.share(0, 1)))
  })

  test('without a failure the bound is that of the number of cases', () => {
    const sample = new Sample()
    for (let person = 0; person < 3000; person++) sample.add([1, 1])
    const { from, to } = sample.share(0, 1)
    assert.equal(to, 1)
    assert.ok(Math.abs(from - 0.025 ** (1 / 3000)) < 1e-12)
  })
})
