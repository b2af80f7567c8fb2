import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type pg from 'pg'
import { refused, tryCommand } from '../../../test/commands.ts'
import { anActor } from '../../../test/kernel.ts'
import { execute, type Kernel, OPERATOR, plainDay, uuidv7 } from '../../kernel/index.ts'
import { PROFILES, type Stage, stageOf } from '../testing.ts'
import { openBulk } from './bulk.ts'
import { importCli } from './cli.ts'
import { importPersons, openImport } from './commands.ts'
import { type Import, importFile } from './job.ts'
import { openSource } from './source.ts'
import { speaker } from './speak.ts'

const DAY = plainDay('2026-01-01')
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'goc-import-'))
after(() => fs.rmSync(folder, { recursive: true, force: true }))
let files = 0

for (const profile of PROFILES) {
  describe(`import of persons in ${profile.id}`, () => {
    const skip = profile === PROFILES[0] ? false : 'is the same work in every country'
    let stage: Stage
    let header = ''
    let unit = ''
    before(async () => {
      stage = await stageOf(profile)
      unit = stage.home.split('@')[0] ?? ''
      const level = profile.units.generations.at(-1)?.levels.at(-1)
      header = `number,old_number,full_name,birth_date,sex,${level}_code`
    })
    after(() => stage.close())

    let serial = 0
    /** Real numbers, not of the demonstration range. */
    const aRow = (more: { number?: string; name?: string } = {}): string => {
      const place = profile.number.parse(profile.number.example)
      const parts = { sex: 'female', birthYear: 1997, serial: serial++ } as const
      const at = (place.ok && place.implied.place) || '01'
      const { number = profile.number.compose({ ...parts, place: at }), name = 'Le Thi Hoa' } = more
      return `${number},,${name},1997-05-03,F,${unit}`
    }
    const rows = (count: number) => Array.from({ length: count }, () => aRow())
    const write = (lines: readonly string[], name = `${++files}.csv`) => {
      const file = path.join(folder, name)
      const text = `${[header, ...lines].join('\n')}\n`
      fs.writeFileSync(file, name.endsWith('.gz') ? gzipSync(text) : text)
      return file
    }
    const run = (file: string, more: Partial<Import> = {}, kernel: Kernel = stage.kernel) => {
      stage.tick()
      return importFile(kernel, {
        source: openSource(file),
        asOf: DAY,
        signal: new AbortController().signal,
        t: speaker(kernel, 'en'),
        onProgress() {},
        chunkRows: 10,
        ...more,
      })
    }
    const counts = async () => {
      const tables = ['person', 'number', 'search', 'fact']
      return Promise.all(tables.map((table) => stage.kernel.count(`register.${table}`)))
    }
    /** What the tables grew by while some work was done. */
    const grown = async (work: () => Promise<unknown>) => {
      const before = await counts()
      await work()
      return (await counts()).map((count, at) => count - (before[at] ?? 0))
    }
    const report = (file: string) =>
      fs.readFileSync(`${file}.rejects.csv`, 'utf8').trimEnd().split('\r\n')

    tryCommand(openImport, () => ({
      kernel: stage.kernel,
      actor: OPERATOR,
      input: async () => ({
        document: 'a.csv',
        hash: uuidv7().replaceAll('-', '').repeat(2),
        asOf: DAY,
      }),
    }))

    test('each row becomes a person with facts, a number and a search row', async () => {
      const [first = '', ...others] = rows(25)
      const file = write([first, ...others])
      assert.deepEqual(await grown(() => run(file)), [25, 25, 25, 25 * 6])
      const facts = await stage.kernel.owner<{ kind: string; value: unknown; from: string }>(
        `select kind, value, lower(valid) as "from" from register.fact join register.number using (person_id)
         where number = $1 order by kind`,
        [first.split(',')[0]],
      )
      assert.deepEqual(facts, [
        { kind: 'birth', value: { on: '1997-05-03' }, from: '1997-05-03' },
        { kind: 'name', value: { full: 'Le Thi Hoa' }, from: '1997-05-03' },
        { kind: 'nationality', value: profile.country, from: '1997-05-03' },
        { kind: 'number', value: first.split(',')[0], from: DAY },
        { kind: 'permanent', value: { unit: stage.home }, from: DAY },
        { kind: 'sex', value: 'female', from: '1997-05-03' },
      ])
      const [{ tokens } = { tokens: [] }] = await stage.kernel.owner<{ tokens: string[] }>(
        'select tokens from register.search join register.number using (person_id) where number = $1',
        [first.split(',')[0]],
      )
      assert.deepEqual(tokens, ['le', 'thi', 'hoa', 'y1997', `u${stage.home}`])
      assert.ok(!fs.existsSync(`${file}.rejects.csv`), 'no rejected row, no report')
    })

    test('one act stands behind a file, and one event behind each chunk, naming nobody', async () => {
      const events = () => stage.kernel.count('kernel.audit_event')
      const acts = () => stage.kernel.count('register.act')
      const [before, actsBefore] = [await events(), await acts()]
      await run(write(rows(25)))
      assert.equal(await acts(), actsBefore + 1)
      // The job, three chunks, and the end.
      assert.equal(await events(), before + 5)
      assert.equal(await stage.kernel.count('kernel.audit_subject'), 0)
      const [told] = await stage.kernel.owner<{ n: number }>(
        `select count(*)::int as n from kernel.outbox where name = 'persons.imported'`,
      )
      assert.ok((told?.n ?? 0) >= 3)
    })

    test('the same file of the same day again changes nothing', async () => {
      const file = write(rows(12), `${++files}.csv.gz`)
      assert.deepEqual(await grown(() => run(file)), [12, 12, 12, 72])
      const again = await run(file)
      assert.deepEqual([again.wasDone, again.taken, again.rejected], [true, 12, 0])
      assert.deepEqual(await grown(() => run(file)), [0, 0, 0, 0])
    })

    test('a number that is taken rejects the row, and nobody’s record is touched', async () => {
      const [one = '', two = ''] = rows(2)
      await run(write([one]))
      const number = two.split(',')[0] ?? ''
      const same = aRow({ number, name: 'Le Van Khac' })
      const file = write([one, two, same, ...rows(15), aRow({ number })])
      const done = await run(file)
      assert.deepEqual([done.taken, done.rejected], [16, 3])
      const [head, ...lines] = report(file)
      assert.equal(head, 'row,field,reason,remedy')
      assert.deepEqual(
        lines.map((line) => line.split(',').slice(0, 2)),
        [
          ['2', 'number'],
          ['4', 'number'],
          ['20', 'number'],
        ],
      )
      const names = await stage.kernel.owner<{ name: string }>(
        `select value ->> 'full' as name from register.fact join register.number using (person_id)
         where kind = 'name' and number = any($1)`,
        [[one.split(',')[0], number]],
      )
      assert.deepEqual(names, [{ name: 'Le Thi Hoa' }, { name: 'Le Thi Hoa' }])
    })

    test('rejected rows are told in the reader’s language, and the others go in', async () => {
      const file = write([aRow(), ',,,,,', `${aRow().slice(0, -unit.length)}77777`, aRow()])
      const done = await run(file, { t: speaker(stage.kernel, 'vi') })
      assert.deepEqual([done.taken, done.rejected, done.report], [2, 2, `${file}.rejects.csv`])
      assert.match(report(file)[2] ?? '', /^4,\w+_code,Mã đơn vị/)
      assert.equal(fs.statSync(`${file}.rejects.csv`).mode & 0o777, 0o600)
    })

    test('stopped by Ctrl-C it keeps what is done, and goes on where it stopped', async () => {
      const lines = [...rows(40), ',,,,,', ...rows(60), ',,,,,']
      const file = write(lines)
      const stop = new AbortController()
      const onProgress = ({ rows: seen }: { rows: number }) => seen >= 30 && stop.abort()
      const total = await grown(async () => {
        const first = await run(file, { signal: stop.signal, onProgress })
        assert.equal(first.isDone, false)
        assert.ok(first.taken >= 30 && first.taken < 100)
        const second = await run(file)
        assert.deepEqual([second.isDone, second.taken, second.rejected], [true, 100, 2])
      })
      assert.deepEqual(total, [100, 100, 100, 600])
      assert.deepEqual(
        report(file).map((line) => line.split(',')[0]),
        ['row', '42', '103'],
      )
    })

    test('a cut at any statement leaves whole chunks, and the next run each row once', {
      skip,
    }, async () => {
      let cut = 0
      for (let isWhole = false; !isWhole; cut++) {
        const file = write([...rows(24), aRow({ number: '0' })])
        const [start = 0] = await counts()
        try {
          isWhole = (await run(file, {}, cutting(stage.kernel, cut))).isDone
        } catch (error) {
          assert.equal((error as Error).message, 'cut by the test')
        }
        const [persons = 0, numbers = 0, search = 0] = await counts()
        assert.ok([0, 10, 20, 24].includes(persons - start), `${persons - start} after ${cut}`)
        assert.deepEqual([numbers, search], [persons, persons])
        await run(file)
        assert.equal((await counts())[0], start + 24, `after statement ${cut}`)
        assert.equal(report(file).length, 2)
      }
      // Three chunks and the end: begin, answer, numbers, copies, chunk, event, answer, commit.
      assert.ok(cut > 30, `only ${cut} statements were cut`)
    })

    test('kill -9 in the middle, again and again: each row is there once', { skip }, async () => {
      const lines = [...rows(400), ',,,,,', ...rows(200)]
      const file = write(lines)
      const total = await grown(async () => {
        for (const chunks of [3, 30]) await killedAfter(stage, file, chunks)
        const last = await run(file)
        assert.deepEqual([last.isDone, last.taken, last.rejected], [true, 600, 1])
      })
      assert.deepEqual(total, [600, 600, 600, 3600])
      assert.deepEqual(
        report(file).map((line) => line.split(',')[0]),
        ['row', '402'],
      )
    })

    test('a file is imported by one run at a time', async () => {
      const file = write(rows(30))
      const both = await Promise.allSettled([run(file), run(file)])
      const [lost] = both.filter((one) => one.status === 'rejected')
      if (lost !== undefined) assert.ok(refused('import.running')(lost.reason))
      assert.ok(both.some((one) => one.status === 'fulfilled'))
      assert.deepEqual(await grown(() => run(file)), [0, 0, 0, 0])
    })

    test('only the operator imports, and only from a file', async () => {
      const client = await stage.kernel.database.connect()
      try {
        const { kernel } = openBulk(stage.kernel, client)
        const input = { job: uuidv7(), act: uuidv7(), asOf: DAY, chunk: 1, isLast: false }
        const as = (actor: typeof OPERATOR) =>
          execute(importPersons, input, { kernel, actor, key: uuidv7() })
        await assert.rejects(as(anActor([['nothing', 'nation']])), refused('actor.not-permitted'))
        const local = anActor([['everything', stage.home]])
        await assert.rejects(as(local), refused('actor.out-of-area'))
        await assert.rejects(as(OPERATOR), refused('request.invalid'))
      } finally {
        await client.end()
      }
    })

    test('what is no such file is refused in one line, before anything is written', async () => {
      const [start = 0] = await counts()
      const bare = (name: string, bytes: Buffer | string) => {
        fs.writeFileSync(path.join(folder, name), bytes)
        return path.join(folder, name)
      }
      const whole = `${header}\n${rows(3).join('\n')}\n`
      const cases: readonly (readonly [string, Parameters<typeof refused>[0]])[] = [
        [path.join(folder, 'nowhere.csv'), 'import.file-not-found'],
        [path.join(folder, 'nowhere', 'deeper.csv'), 'import.file-not-found'],
        [folder, 'import.not-a-file'],
        [bare('empty.csv', ''), 'import.empty'],
        [bare('header.csv', `${header}\n`), 'import.empty'],
        [bare('plain.csv.gz', whole), 'import.not-gzip'],
        [bare('torn.csv.gz', gzipSync(whole).subarray(0, 60)), 'import.not-gzip'],
        [bare('other.csv', 'a,b\n1,2\n'), 'import.header-wrong'],
        [bare('utf16.csv', Buffer.from(`\ufeff${whole}`, 'utf16le')), 'import.not-utf8'],
        [bare('quote.csv', `${header}\n"1\n`), 'import.malformed'],
      ]
      for (const [file, code] of cases) {
        await assert.rejects(async () => run(file), refused(code), file)
      }
      const foreign = rows(3).map((row) => `${row.slice(0, -unit.length)}77777`)
      await assert.rejects(run(write(foreign)), refused('import.no-units'))
      const early = { asOf: plainDay('1950-01-01') }
      await assert.rejects(run(write(rows(1)), early), refused('import.no-units'))
      assert.equal((await counts())[0], start)
    })

    test('bytes that are not UTF-8 stop at their line, and what is before them is kept', async () => {
      const good = rows(25)
      const bad = Buffer.from([0x4c, 0xea, 0x0a])
      const file = path.join(folder, `${++files}.csv`)
      fs.writeFileSync(file, Buffer.concat([Buffer.from(`${[header, ...good].join('\n')}\n`), bad]))
      const total = await grown(() => assert.rejects(run(file), refused('import.not-utf8')))
      assert.equal(total[0], 20)
    })

    test('a folder that takes no report is refused before the first row', {
      skip: isRoot(),
    }, async () => {
      const closed = path.join(folder, `closed-${profile.id}`)
      fs.mkdirSync(closed)
      fs.copyFileSync(write(rows(2)), path.join(closed, 'a.csv'))
      fs.chmodSync(closed, 0o500)
      await assert.rejects(run(path.join(closed, 'a.csv')), refused('import.not-permitted'))
    })

    test('the command line: 0 done, 1 refused, 2 wrong usage', async () => {
      const [cli] = importCli
      const lines: string[] = []
      const operator = {
        kernel: stage.kernel,
        owner: () => stage.kernel.database.connect(),
        signal: new AbortController().signal,
        print: (line: string) => lines.push(line),
        progress() {},
      }
      const goc = (...args: string[]) => cli?.run(args, operator as never)
      assert.equal(await goc(write(rows(3)), '--as-of', DAY, '--json'), 0)
      const { seconds, ...said } = JSON.parse(lines.pop() ?? '')
      assert.deepEqual(said, { taken: 3, rejected: 0, report: null, isDone: true })
      assert.ok(seconds >= 0)
      assert.equal(await goc(write(rows(2)), '--as-of', DAY, '--lang', 'fr'), 0)
      assert.match(lines.join(), /2 personnes prises/)
      const muted = process.stderr.write
      process.stderr.write = () => true
      try {
        assert.equal(await goc('a.csv'), 2)
        assert.equal(await goc('a.csv', '--as-of', DAY, '--lang', 'xx'), 2)
        await assert.rejects(
          async () => goc('a.csv', '--as-of', '2026-13-01'),
          refused('request.invalid'),
        )
        await assert.rejects(
          async () => goc('a.csv', '--as-of', '2027-01-01'),
          refused('fact.in-future'),
        )
      } finally {
        process.stderr.write = muted
      }
    })
  })
}

function isRoot(): string | false {
  return process.getuid?.() === 0 ? 'root may write everywhere' : false
}

/** A kernel whose connections fail at their n-th statement, all counted together. */
function cutting(kernel: Kernel, cut: number): Kernel {
  let seen = 0
  const wrap = (client: pg.Client): pg.Client =>
    new Proxy(client, {
      get(target, name) {
        const value = Reflect.get(target, name) as unknown
        if (typeof value !== 'function') return value
        if (name !== 'query') return value.bind(target)
        return (...args: unknown[]) => {
          if (seen++ === cut) throw new Error('cut by the test')
          return (value as (...args: unknown[]) => unknown).apply(target, args)
        }
      },
    })
  const database = {
    ...kernel.database,
    connect: async () => wrap(await kernel.database.connect()),
  }
  return { ...kernel, database }
}

/** Imports in a process of its own that is killed once so many chunks are committed. */
async function killedAfter(stage: Stage, file: string, chunks: number): Promise<void> {
  const script = `
    const { openDatabase, SYSTEM } = await import('${import.meta.resolve('../../kernel/index.ts')}')
    const { importFile } = await import('${import.meta.resolve('./job.ts')}')
    const { openSource } = await import('${import.meta.resolve('./source.ts')}')
    const { speaker } = await import('${import.meta.resolve('./speak.ts')}')
    const { findProfile } = await import('${import.meta.resolve('../../profiles.ts')}')
    const { connection, file, asOf, now, profile } = JSON.parse(process.env.GOC_TEST_IMPORT)
    const kernel = {
      database: openDatabase(connection), profile: findProfile(profile), demonstration: true,
      config: { language: 'en' }, now: () => now,
    }
    await importFile(kernel, {
      source: openSource(file), asOf, signal: new AbortController().signal,
      t: speaker(kernel, 'en'), chunkRows: 10, onProgress() { process.stdout.write('.') },
    })
    process.exit(0)`
  const given = {
    connection: stage.kernel.testDatabase.app,
    file,
    asOf: DAY,
    now: stage.tick(),
    profile: stage.profile.id,
  }
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...process.env, GOC_TEST_IMPORT: JSON.stringify(given) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let seen = 0
  child.stdout.on('data', (dots: Buffer) => {
    seen += dots.length
    if (seen >= chunks) child.kill('SIGKILL')
  })
  await new Promise((resolve) => child.on('close', resolve))
  assert.ok(seen >= chunks, 'the import ran')
}
