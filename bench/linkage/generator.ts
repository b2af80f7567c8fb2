import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { Random, seedOf } from '../../src/register/nation/random.ts'
import { Batch, type Drawing, type Setting } from './batch.ts'
import { Tally } from './dice.ts'
import { ENGLISH_COLUMNS, type EnglishColumn, englishSetting } from './english.ts'
import { Order, Out, Pile } from './pile.ts'
import { RATES, SEVERITIES, type Severity } from './rates.ts'
import { vnSetting } from './vn.ts'

export interface Request {
  readonly people: 'vn' | 'english'
  readonly severity: Severity
  readonly seed: string
  /** Rows wanted of the left file, or of the only one; what chance gives is near it. */
  readonly left: number
  /** Rows wanted of the right file; 0: one file that holds persons repeatedly. */
  readonly right: number
  /** Columns that English files do not have. */
  readonly without?: readonly EnglishColumn[]
}

/** Where a labelled pair of files lies. The right file is null of one that is searched alone. */
export interface Labelled {
  readonly left: string
  readonly right: string | null
  /** `left,right`: ids of all rows that are one person, each pair once. */
  readonly truth: string
  /** `row` and strata of the left file's persons. */
  readonly leftStrata: string
  /** `row` and strata of the right file's rows; null of one file. */
  readonly rightStrata: string | null
  /** A file for `--spec`. */
  readonly spec: string
  readonly leftRows: number
  readonly rightRows: number
  readonly truePairs: number
  readonly tally: Tally
}

const COVERAGE_STREAM = 5_000_003

/** Writes files about invented persons, and apart from them which rows are one person. */
export function generate(request: Request, folder: string): Labelled {
  mkdirSync(folder, { recursive: true })
  return request.right === 0 ? generateOne(request, folder) : generateTwo(request, folder)
}

const rateOf = (id: keyof typeof RATES, severity: Severity): number =>
  RATES[id][SEVERITIES.indexOf(severity)] ?? 0

function settingOf(request: Request, persons: number): Setting {
  const { people, seed, without = [] } = request
  return people === 'vn' ? vnSetting(persons, seed) : englishSetting(persons, without)
}

function generateTwo(request: Request, folder: string): Labelled {
  const { severity, left, right } = request
  const persons = Math.round(left / (1 - rateOf('left.absent', severity)))
  const rowsEach = 1 / (1 - rateOf('right.repeated', severity))
  const covered = Math.min(1, right / (persons * rowsEach))
  const setting = settingOf(request, persons)
  const making = new Making(request)
  for (let index = 0; index < setting.batches; index++) {
    const batch = new Batch(setting, index, making.drawing)
    const random = new Random(making.drawing.seed ^ COVERAGE_STREAM, index)
    for (let person = 0; person < batch.people.count; person++) {
      const strata = batch.people.strata(person)
      const at = batch.dice.happens('left.absent')
        ? -1
        : making.addLeft(batch.left(person).text, strata)
      if (!random.happens(covered)) continue
      do {
        const row = batch.right(person)
        making.addRight(row.text, `${strata},${errorBand(row.errors)}`, at)
      } while (batch.dice.happens('right.repeated'))
    }
  }
  return making.write(folder, setting)
}

function generateOne(request: Request, folder: string): Labelled {
  const rowsEach = 1 / (1 - rateOf('file.repeated', request.severity))
  const setting = settingOf(request, Math.round(request.left / rowsEach))
  const making = new Making(request)
  for (let index = 0; index < setting.batches; index++) {
    const batch = new Batch(setting, index, making.drawing)
    for (let person = 0; person < batch.people.count; person++) {
      const strata = batch.people.strata(person)
      const rows: number[] = []
      do {
        const { text, errors } = batch.right(person)
        const row = making.addLeft(text, `${strata},${errorBand(errors)}`)
        for (const other of rows) making.addPair(other, row)
        rows.push(row)
      } while (batch.dice.happens('file.repeated'))
    }
  }
  return making.write(folder, setting)
}

const errorBand = (errors: number): string => (errors >= 4 ? '4+' : String(errors))

/** The files while they are made. */
class Making {
  readonly drawing: Drawing
  private readonly request: Request
  private readonly left = new Pile()
  private readonly right = new Pile()
  private readonly leftStrata = new Pile()
  private readonly rightStrata = new Pile()
  /** Left and right row of each true pair, by the order they were made in. */
  private readonly pairs: number[] = []

  constructor(request: Request) {
    this.request = request
    const { seed, severity } = request
    this.drawing = { seed: seedOf(seed), severity, tally: new Tally() }
  }

  addLeft(text: string, strata: string): number {
    this.leftStrata.add(strata)
    return this.left.add(text)
  }

  addRight(text: string, strata: string, left: number): void {
    this.rightStrata.add(strata)
    const row = this.right.add(text)
    if (left !== -1) this.addPair(left, row)
  }

  addPair(left: number, right: number): void {
    this.pairs.push(left, right)
  }

  write(folder: string, setting: Setting): Labelled {
    const isOne = this.request.right === 0
    const at = (name: string): string => path.join(folder, name)
    const { seed } = this.drawing
    const leftOrder = new Order(this.left.count, seed)
    const rightOrder = isOne ? leftOrder : new Order(this.right.count, ~seed)
    const header = `row,${setting.columns.join(',')}`
    const strata = `row,${setting.strata.join(',')}`
    this.left.write(at(isOne ? 'file.csv' : 'left.csv'), header, leftOrder)
    this.leftStrata.write(at('left-strata.csv'), isOne ? `${strata},errors` : strata, leftOrder)
    if (!isOne) {
      this.right.write(at('right.csv'), header, rightOrder)
      this.rightStrata.write(at('right-strata.csv'), `${strata},errors`, rightOrder)
    }
    const truth = new Out(at('truth.csv'))
    truth.text('left,right\n')
    for (let pair = 0; pair < this.pairs.length; pair += 2) {
      const [left = 0, right = 0] = [this.pairs[pair], this.pairs[pair + 1]]
      truth.text(`${leftOrder.idOf(left)},${rightOrder.idOf(right)}\n`)
    }
    truth.close()
    writeFileSync(at('spec.json'), `${JSON.stringify(specOf(setting.columns), null, 2)}\n`)
    return {
      left: at(isOne ? 'file.csv' : 'left.csv'),
      right: isOne ? null : at('right.csv'),
      truth: at('truth.csv'),
      leftStrata: at('left-strata.csv'),
      rightStrata: isOne ? null : at('right-strata.csv'),
      spec: at('spec.json'),
      leftRows: this.left.count,
      rightRows: this.right.count,
      truePairs: this.pairs.length / 2,
      tally: this.drawing.tally,
    }
  }
}

const KINDS: Readonly<Record<string, string>> = {
  number: 'identifier',
  full_name: 'full-name',
  birth_date: 'date',
  sex: 'category',
  commune_code: 'code',
  given_name: 'given-name',
  surname: 'surname',
  address: 'text',
  city: 'place',
  postcode: 'code',
  phone: 'identifier',
  insurance_number: 'identifier',
}

const specOf = (columns: readonly string[]) => ({
  id: 'row',
  fields: columns.map((column) => ({ column, kind: KINDS[column] })),
})

/** `node bench/linkage/generator.ts FOLDER --people vn --severity typical --left 1000 --right 1000` */
function program(): void {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      people: { type: 'string', default: 'vn' },
      severity: { type: 'string', default: 'typical' },
      seed: { type: 'string', default: 'goc' },
      left: { type: 'string', default: '10000' },
      right: { type: 'string', default: '10000' },
      without: { type: 'string', default: '' },
    },
  })
  const [folder] = positionals
  const severity = SEVERITIES.find((one) => one === values.severity)
  const people = values.people === 'english' ? 'english' : 'vn'
  if (folder === undefined || severity === undefined) {
    throw new Error(`name a folder, and as severity one of ${SEVERITIES.join(', ')}`)
  }
  const left = Number(values.left)
  const right = Number(values.right)
  const without = ENGLISH_COLUMNS.filter((one) => values.without.split(',').includes(one))
  const made = generate({ people, severity, seed: values.seed, left, right, without }, folder)
  const { leftRows, rightRows, truePairs } = made
  process.stdout.write(`${JSON.stringify({ leftRows, rightRows, truePairs })}\n`)
}

if (import.meta.main) program()
