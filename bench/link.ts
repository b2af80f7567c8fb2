import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { absolute, alternate, type Bench, type Figure, SMOKE, sized } from './bench.ts'
import type { Accuracy } from './linkage/accuracy.ts'
import { evaluate, readKnown, shown, tables } from './linkage/evaluate.ts'
import type { Request } from './linkage/generator.ts'
import { filesOf, runGoc } from './linkage/goc.ts'
import { labelledFiles, linkageFolder } from './linkage/kept.ts'
import { KNOWN_SETS, readSet, writeSpec } from './linkage/known-sets.ts'
import { measured } from './linkage/measured.ts'
import type { ScoreRate } from './linkage/score-rate.ts'
import { SHARDS, shardDigests } from './linkage/shards.ts'
import { runSplink, splinkVersion } from './peers/splink.ts'

type Say = (line: string) => void

/** Smaller for trying the bench itself; the goals are set for a million. */
const ROWS = Number(process.env.GOC_BENCH_ROWS ?? sized(1_000_000, 1_200))
const ROUNDS = sized(3, 1)
const ACCURACY_rows = Math.min(ROWS, sized(200_000, 1_200))
const SHARD_rows = Math.min(ROWS, sized(200_000, 300))
const SECONDS_most = 15
const MEMORY_most_MB = 1000
const THREEFOLD_most = 3.5
const RATE_least = 3_000_000
const PEER_times = 5
/** Another seed than any the engine was looked at with. */
const SEED = 'goc bench link'

const vn = (rows: number, severity: Request['severity'] = 'typical'): Request => ({
  people: 'vn',
  severity,
  seed: SEED,
  left: rows,
  right: rows,
})

/** Record linkage: how fast, how much memory, how right, beside Splink where it is there. */
export const linkBench: Bench = {
  name: 'link',
  async run(say) {
    return [
      ...(await speed(say)),
      ...(await knownSets(say)),
      ...(await accuracy(say)),
      ...(await shards(say)),
      ...(await peer(say)),
    ]
  },
}

/** A million rows against a million, three against three, and one thread's pairs a second. */
async function speed(say: Say): Promise<readonly Figure[]> {
  const folder = await labelledFiles(vn(ROWS), say)
  const out = linkageFolder('out', 'speed')
  const runs = []
  for (let round = 0; round < ROUNDS; round++) {
    const run = await runGoc({ ...filesOf(folder, true), out })
    say(`round ${round + 1}: ${run.seconds.toFixed(1)} s, ${run.most_MB} MB`)
    runs.push(run)
  }
  const figures = [
    absolute({
      name: 'link, 1 M × 1 M Vietnamese rows',
      unit: 's',
      values: runs.map(({ seconds }) => seconds),
      goal: `≤ ${SECONDS_most} s`,
      met: (value) => value <= SECONDS_most,
    }),
    absolute({
      name: 'its peak of memory',
      unit: 'MB',
      values: runs.map(({ most_MB }) => most_MB),
      goal: `≤ ${MEMORY_most_MB} MB`,
      met: (value) => value <= MEMORY_most_MB,
    }),
    await scoreRate(folder),
  ]
  if (SMOKE) return figures
  return [...figures, await threefold(say)]
}

async function threefold(say: Say): Promise<Figure> {
  const one = filesOf(await labelledFiles(vn(ROWS), say), true)
  const three = filesOf(await labelledFiles(vn(3 * ROWS), say), true)
  const out = linkageFolder('out', 'threefold')
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const small = await runGoc({ ...one, out })
    const large = await runGoc({ ...three, out })
    say(`3 M × 3 M: ${large.seconds.toFixed(1)} s, ${large.most_MB} MB`)
    times.push(large.seconds / small.seconds)
  }
  return absolute({
    name: 'link, 3 M × 3 M against 1 M × 1 M',
    unit: '×',
    values: times,
    goal: `≤ ${THREEFOLD_most} ×`,
    met: (value) => value <= THREEFOLD_most,
  })
}

const program = (name: string): string =>
  fileURLToPath(new URL(`./linkage/${name}.ts`, import.meta.url))

async function scoreRate(folder: string): Promise<Figure> {
  const values: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const out = linkageFolder('out', 'rate')
    const { output } = await measured(process.execPath, [program('score-rate'), folder, out])
    const { compared, seconds } = JSON.parse(output) as ScoreRate
    values.push(compared / seconds)
  }
  return absolute({
    name: 'pairs found and scored by one thread',
    unit: '/s',
    values,
    goal: `≥ ${RATE_least.toLocaleString('en')} /s`,
    met: (value) => value >= RATE_least,
  })
}

/** F1 on public sets, no label used. */
async function knownSets(say: Say): Promise<readonly Figure[]> {
  const figures: Figure[] = []
  for (const set of SMOKE ? KNOWN_SETS.slice(0, 1) : KNOWN_SETS) {
    const known = readSet(set)
    if (typeof known === 'string') {
      say(`${set.name} is left out: ${known}`)
      continue
    }
    const out = linkageFolder('out', set.name)
    await runGoc({ left: set.file, right: null, spec: writeSpec(set, out), out })
    const { pairs } = evaluate(known, out)
    say(`${set.name}: precision ${shown(pairs.precision)}, recall ${shown(pairs.recall)} %`)
    const { goal } = set
    figures.push(
      absolute({
        name: `${set.name}, pairwise F1 (${shown(pairs.f1)} %)`,
        unit: '',
        values: [pairs.f1.value],
        goal: goal === null ? '-' : `≥ ${goal}`,
        met: (value) => goal === null || value >= goal,
      }),
    )
  }
  return figures
}

const SETS: readonly (readonly [name: string, request: Request])[] = [
  ['Vietnamese, clean', vn(ACCURACY_rows, 'clean')],
  ['Vietnamese, typical', vn(ACCURACY_rows)],
  ['Vietnamese, dirty', vn(ACCURACY_rows, 'dirty')],
  ['English, typical', { ...vn(ACCURACY_rows), people: 'english' }],
  [
    'English, dirty, no numbers',
    {
      ...vn(ACCURACY_rows, 'dirty'),
      people: 'english',
      without: ['phone', 'insurance_number'],
    },
  ],
  ['English, one file, typical', { ...vn(ACCURACY_rows), people: 'english', right: 0 }],
]

/** Labelled files of ours: F1 and what blocking finds; whole tables beside the figures. */
async function accuracy(say: Say): Promise<readonly Figure[]> {
  const figures: Figure[] = []
  for (const [name, request] of SMOKE ? SETS.slice(0, 1) : SETS) {
    const folder = await labelledFiles(request, say)
    const out = linkageFolder('out', name)
    const { output } = await measured(process.execPath, [program('accuracy'), folder, out])
    const { evaluation, candidates } = JSON.parse(output) as Accuracy
    const { precision, recall, f1 } = evaluation.pairs
    say(`${name}: precision ${shown(precision)}, recall ${shown(recall)} %`)
    say(`${name}: tables in ${path.join(out, 'accuracy.txt')}`)
    const told = { unit: '', goal: '-', met: () => true }
    figures.push(
      absolute({ ...told, name: `${name}: F1 (${shown(f1)} %)`, values: [f1.value] }),
      absolute({
        ...told,
        name: `${name}: pairs that blocking finds (${shown(candidates.any)} %)`,
        values: [candidates.any.value],
      }),
    )
  }
  return figures
}

async function shards(say: Say): Promise<readonly Figure[]> {
  const folder = await labelledFiles(vn(SHARD_rows), say)
  const digests = await shardDigests(folder, linkageFolder('out', 'shards'))
  return [
    absolute({
      name: `different results of ${SHARDS.join(', ')} processes`,
      unit: '',
      values: [new Set(digests).size - 1],
      goal: '0',
      met: (value) => value === 0,
    }),
  ]
}

/** Splink on the same files, turn by turn. */
async function peer(say: Say): Promise<readonly Figure[]> {
  const version = SMOKE ? null : splinkVersion()
  if (version === null) {
    if (!SMOKE) say('Splink is left out: see bench/peers/README.md')
    return []
  }
  const folder = await labelledFiles(vn(ROWS), say)
  const files = filesOf(folder, true)
  const [ours, theirs] = [linkageFolder('out', 'ours'), linkageFolder('out', 'splink')]
  const figure = await alternate({
    name: 'link, against Splink on the same files',
    unit: 's',
    moreIsBetter: false,
    limitIs: `Splink ${version}`,
    goalShare: PEER_times,
    rounds: ROUNDS,
    async limit() {
      const run = await runSplink({
        model: 'vn',
        left: files.left,
        right: files.right,
        out: theirs,
      })
      say(`Splink: ${run.seconds.toFixed(1)} s, ${run.most_MB} MB, ${run.output.trim()}`)
      return run.seconds
    },
    async ours() {
      const run = await runGoc({ ...files, out: ours })
      say(`ours: ${run.seconds.toFixed(1)} s, ${run.most_MB} MB`)
      return run.seconds
    },
  })
  const known = readKnown(folder)
  const [us, them] = [evaluate(known, ours), evaluate(known, theirs)]
  mkdirSync(theirs, { recursive: true })
  writeFileSync(path.join(theirs, 'accuracy.txt'), tables(them))
  say(`Splink's tables in ${path.join(theirs, 'accuracy.txt')}`)
  return [
    figure,
    {
      name: `its F1 (${shown(us.pairs.f1)} % against ${shown(them.pairs.f1)} %)`,
      unit: '',
      ours: us.pairs.f1.value,
      limit: them.pairs.f1.value,
      limitIs: `Splink ${version}`,
      goal: '≥ the limit',
      met: us.pairs.f1.value >= them.pairs.f1.value,
      share: us.pairs.f1.value / them.pairs.f1.value,
      rounds: [{ ours: us.pairs.f1.value, limit: them.pairs.f1.value }],
    },
  ]
}
