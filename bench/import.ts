import { randomInt } from 'node:crypto'
import { closeSync, mkdirSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import path from 'node:path'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { type Instant, plainDay, uuidv7 } from '../src/kernel/index.ts'
import { CopyRows, uuidBytes } from '../src/register/import/copy-rows.ts'
import { encodePersons, type NewPerson } from '../src/register/import/encode.ts'
import { CHUNK_ROWS, importFile } from '../src/register/import/job.ts'
import { openSource } from '../src/register/import/source.ts'
import { speaker } from '../src/register/import/speak.ts'
import type { ActId } from '../src/register/types.ts'
import { ensureUnits } from '../src/register/unit/seed.ts'
import { absolute, alternate, type Bench, type Figure, sized } from './bench.ts'
import { type BenchHouse, openBenchHouse } from './house.ts'

/** Smaller for trying the bench itself; the goal is set for a million. */
const PERSONS = Number(process.env.GOC_BENCH_PERSONS ?? sized(1_000_000, 5_000))
const AS_OF = plainDay('2025-07-01')
const CONNECTIONS = 2
const SECONDS_most = 120
/** How much more memory the second half of a file may take than the first. */
const GROWTH_most = 1.15

/** What a file of persons costs beside COPY of the very rows it becomes. */
export const importBench: Bench = {
  name: 'import',
  async run(say) {
    const house = await openBenchHouse('import')
    const folder = path.join(house.kernel.config.dataDir, 'import')
    mkdirSync(folder, { recursive: true })
    try {
      await ensureUnits(house.kernel)
      say(`writes a file of ${PERSONS} persons, and the rows they become`)
      const files = writeFiles(house, folder)
      return await rounds(house, files, say)
    } finally {
      rmSync(folder, { recursive: true, force: true })
      await house.close()
    }
  },
}

async function rounds(
  house: BenchHouse,
  files: Files,
  say: (line: string) => void,
): Promise<readonly Figure[]> {
  const seconds: number[] = []
  const growth: number[] = []
  const share = await alternate({
    name: 'import of persons',
    unit: 'persons/s',
    moreIsBetter: true,
    limitIs: 'COPY of the same rows',
    goalShare: 0.6,
    async limit(round) {
      await empty(house)
      const rate = await copyAll(house, files)
      say(`round ${round + 1}: COPY ${Math.round(rate)} persons/s`)
      return rate
    },
    async ours(round) {
      await empty(house)
      const measured = await importAll(house, files)
      seconds.push((measured.seconds * 1_000_000) / PERSONS)
      growth.push(measured.growth)
      const rate = PERSONS / measured.seconds
      say(`round ${round + 1}: import ${Math.round(rate)} persons/s, ${measured.most_MB} MB`)
      return rate
    },
  })
  await empty(house)
  return [
    share,
    absolute({
      name: 'import, a million persons',
      unit: 's',
      values: seconds,
      goal: `≤ ${SECONDS_most} s`,
      met: (value) => value <= SECONDS_most,
    }),
    absolute({
      name: 'import, memory of the second half of the file against the first',
      unit: '×',
      values: growth,
      goal: `≤ ${GROWTH_most}`,
      met: (value) => value <= GROWTH_most,
    }),
  ]
}

interface Files {
  readonly csv: string
  readonly rows: string
  /** Where each table's rows of each chunk stand in the file of rows. */
  readonly chunks: readonly (readonly Piece[])[]
}

interface Piece {
  readonly statement: string
  readonly at: number
  readonly bytes: number
}

const FAMILIES =
  'Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Trần Trần Lê Lê Phạm Hoàng Phan Vũ Đặng Bùi'
const MIDDLES = 'Thị Thị Thị Văn Văn Đức Ngọc Minh Thanh Xuân Quang Hữu Kim Gia Hải'
const GIVEN = `An Anh Bình Chi Cường Dung Dũng Đạt Giang Hà Hạnh Hiếu Hoa Hòa Huy Hương Khánh Lan Linh
Long Mai Nam Nga Ngân Nhung Oanh Phúc Phương Quân Quyên Sơn Tâm Thảo Thắng Thu Thủy Tiến Trang Trung
Tuấn Tú Uyên Vân Việt Xuân Yến`
const [families, middles, given] = [FAMILIES, MIDDLES, GIVEN].map((list) => list.split(/\s+/))
const pick = (list: readonly string[] = []): string => list[randomInt(list.length)] ?? ''

/** The CSV file, and the rows its persons become in the form COPY takes, chunk by chunk. */
function writeFiles({ kernel }: BenchHouse, folder: string): Files {
  const { profile } = kernel
  const csv = path.join(folder, 'persons.csv')
  const rows = path.join(folder, 'rows.bin')
  const [text, binary] = [openSync(csv, 'w'), openSync(rows, 'w')]
  writeSync(text, 'number,old_number,full_name,birth_date,sex,commune_code\n')
  const communes = profile.units
    .demonstration()
    .filter((unit) => unit.level === 'commune' && unit.from === AS_OF)
  const chunks: Piece[][] = []
  const recording = { actId: uuidv7() as ActId, at: kernel.now() as Instant, asOf: AS_OF, profile }
  let at = 0
  for (let done = 0; done < PERSONS; done += CHUNK_ROWS) {
    const persons: NewPerson[] = []
    const lines: string[] = []
    for (let row = done; row < Math.min(PERSONS, done + CHUNK_ROWS); row++) {
      const sex = row % 2 === 0 ? 'male' : 'female'
      const birthYear = 1930 + (row % 90)
      const serial = Math.floor(row / 90)
      const number = profile.number.compose({ place: '01', sex, birthYear, serial })
      const name = `${pick(families)} ${pick(middles)} ${pick(given)}`
      const born = `${birthYear}-0${1 + randomInt(9)}-1${randomInt(10)}`
      const oldNumber = row % 5 < 3 ? String(row).padStart(9, '0') : null
      const unit = communes[randomInt(communes.length)]
      lines.push(
        `${number},${oldNumber ?? ''},${name},${born},${sex === 'male' ? 'M' : 'F'},${unit?.code}\n`,
      )
      const person = { line: row, number, oldNumber, name, born: plainDay(born), sex }
      persons.push({ personId: uuidv7(), row: { ...person, unit: `${unit?.code}@${AS_OF}` } })
    }
    writeSync(text, lines.join(''))
    const pieces: Piece[] = []
    for (const { statement, bytes } of [...encodePersons(persons, recording), numbers(persons)]) {
      writeSync(binary, bytes)
      pieces.push({ statement, at, bytes: bytes.length })
      at += bytes.length
    }
    chunks.push(pieces)
  }
  closeSync(text)
  closeSync(binary)
  return { csv, rows, chunks }
}

/** The look-up of numbers, which an import fills row by row to find those that are taken. */
function numbers(persons: readonly NewPerson[]) {
  const rows = new CopyRows()
  for (const { personId, row } of persons) {
    rows.row(2)
    rows.ascii(row.number)
    rows.uuid(uuidBytes(personId))
  }
  const statement = 'copy register.number (number, person_id) from stdin (format binary)'
  return { statement, bytes: rows.end() }
}

/** The limit: the rows themselves, as many at a time and over as many connections. */
async function copyAll(house: BenchHouse, { rows, chunks }: Files): Promise<number> {
  const file = openSync(rows, 'r')
  const clients = await Promise.all(
    Array.from({ length: CONNECTIONS }, () => house.kernel.database.connect()),
  )
  let next = 0
  const started = performance.now()
  const work = async (client: pg.Client) => {
    for (let pieces = chunks[next++]; pieces !== undefined; pieces = chunks[next++]) {
      await client.query('begin')
      for (const { statement, at, bytes } of pieces) {
        const buffer = Buffer.allocUnsafe(bytes)
        readSync(file, buffer, 0, bytes, at)
        await copy(client, statement, buffer)
      }
      await client.query('commit')
    }
  }
  await Promise.all(clients.map(work))
  const seconds = (performance.now() - started) / 1000
  await Promise.all(clients.map((client) => client.end()))
  closeSync(file)
  return PERSONS / seconds
}

const copy = (client: pg.Client, statement: string, bytes: Buffer): Promise<void> =>
  new Promise((resolve, reject) => {
    const stream = client.query(copyFrom(statement))
    stream.on('error', reject)
    stream.on('finish', () => resolve())
    stream.end(bytes)
  })

interface Measured {
  readonly seconds: number
  readonly most_MB: number
  readonly growth: number
}

async function importAll({ kernel }: BenchHouse, { csv }: Files): Promise<Measured> {
  const halves = [0, 0]
  const started = performance.now()
  const done = await importFile(kernel, {
    source: openSource(csv),
    asOf: AS_OF,
    signal: new AbortController().signal,
    t: speaker(kernel, 'en'),
    onProgress({ rows }) {
      const half = rows * 2 > PERSONS ? 1 : 0
      halves[half] = Math.max(halves[half] ?? 0, process.memoryUsage.rss())
    },
  })
  const seconds = (performance.now() - started) / 1000
  if (done.taken !== PERSONS) throw new Error(`${done.rejected} rows were rejected`)
  const [first = 0, second = 0] = halves
  const most_MB = Math.round(Math.max(first, second) / 2 ** 20)
  return { seconds, most_MB, growth: second / first }
}

const TABLES = 'person fact number old_number search act import_job import_chunk'.split(' ')

/** Both begin with empty tables and nothing left to be written behind them. */
async function empty(house: BenchHouse): Promise<void> {
  const owner = await house.owner()
  try {
    await owner.query(`truncate ${TABLES.map((table) => `register.${table}`).join(', ')}`)
    await owner.query('truncate kernel.idempotency')
    await owner.query('checkpoint')
  } finally {
    await owner.end()
  }
}
