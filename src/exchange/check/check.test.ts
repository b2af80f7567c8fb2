import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { TestKernel } from '../../../test/kernel.ts'
import { type Operator, Refusal } from '../../kernel/index.ts'
import { openSource } from '../../register/index.ts'
import { checkCli } from './cli.ts'
import { type CheckPlan, checkFile } from './job.ts'
import { type CheckStage, HEADER, openCheckStage, resultsOf } from './testing.ts'

let stage: CheckStage
let kernel: TestKernel
before(async () => {
  stage = await openCheckStage()
  kernel = stage.kernel
})
after(() => stage.close())

async function check(lines: readonly string[], more: Partial<CheckPlan> = {}) {
  const plan = await stage.planOf(stage.fileOf(lines), more)
  const done = await checkFile(kernel, plan)
  return { done, plan, rows: resultsOf(plan.out) }
}
const refused = (code: string) => (error: unknown) => {
  assert.ok(error instanceof Refusal, String(error))
  assert.equal(error.code, code)
  return true
}

test('two checks at once do not write into one folder', async () => {
  const line = '079097999999,Trần Văn Khác,1960-05-05,M,26773'
  const plan = await stage.planOf(
    stage.fileOf(Array.from({ length: 500 }, (_, at) => `${at},${line}`)),
  )
  const done = await Promise.allSettled([checkFile(kernel, plan), checkFile(kernel, plan)])
  const refusals = done.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
  assert.equal(refusals.length, 1)
  refused('check.running')(refusals[0])
  assert.equal(resultsOf(plan.out).length, 500)
  assert.ok(!readdirSync(plan.out).some((name) => name.includes('lock')))
})

test('every row has a status, every field a verdict, every trouble a cause', async () => {
  const cases: readonly (readonly [string, string, string, RegExp])[] = [
    [
      '079097375971,Nguyễn Tuấn Xuân,1997-01-26,M,26773',
      'verified',
      'match,match,match,match',
      /^$/,
    ],
    [
      '079097375971,Nguyen Tuan Xuan,26/01/1997,Nam,26773',
      'duplicate',
      'close,match,match,match',
      /repeated;name-close/,
    ],
    [
      '079097375971,Nguyễn Tuấn Xuân,1997-01-27,M,26773',
      'duplicate',
      'match,no_match,match,match',
      /birth-date-differs/,
    ],
    [
      '079097375971,Nguyễn Tuấn Xuân,1997,M,26774',
      'duplicate',
      'match,close,match,no_match',
      /residence-differs/,
    ],
    [
      '079097375971,Nguyễn Tuấn Xuân,1997-01-26,F,26773',
      'duplicate',
      'match,match,no_match,match',
      /number-contradicts-sex/,
    ],
    [
      '79097375971,Nguyễn Tuấn Xuân,1997-01-26,M,26773',
      'duplicate',
      'match,match,match,match',
      /number-repaired/,
    ],
    [
      '024681012,Nguyễn Tuấn Xuân,1997-01-26,M,26773',
      'duplicate',
      'match,match,match,match',
      /number-old/,
    ],
    ['079097375971,Trần Văn Khác,1960-05-05,M,26773', 'not_found', ',,,', /not-confirmed/],
    ['079097999999,Trần Văn Lạ,1960-05-05,M,26773', 'not_found', ',,,', /not-confirmed/],
    [
      ',Nguyễn Tuấn Xuân,1997-01-26,M,26773',
      'duplicate',
      'match,match,match,match',
      /number-missing/,
    ],
    ['abc,Nguyễn Tuấn Xuân,1997-01-26,M,', 'probable', ',,,missing', /number-unreadable/],
    [
      '079097375971,???,99/99/1997,X,99999',
      'unreadable',
      'unreadable,unreadable,unreadable,unreadable',
      /too-few-fields/,
    ],
    [
      '079145000017,Lê Thị Hồng,1945-01-01,F,26773',
      'verified',
      'match,close,match,match',
      /birth-date-close;deceased/,
    ],
  ]
  const { rows } = await check(cases.map(([line], index) => `${index},${line}`))
  for (const [index, [line, status, fields, causes]] of cases.entries()) {
    const row = rows[index]
    assert.ok(row, line)
    assert.equal(row.row, String(index))
    assert.equal(row.status, status, line)
    const { name, birthdate, sex, resident_city } = row
    assert.equal([name, birthdate, sex, resident_city].join(), fields, line)
    assert.match(row.causes ?? '', causes, line)
    const isWhole = ['verified', 'duplicate'].includes(status) && !fields.includes('no_match')
    assert.equal(row.pseudonym !== '', isWhole, line)
    assert.equal(row.number, '', 'no number is given that the agreement does not release')
  }
  assert.equal(rows[12]?.flags, 'deceased')
  // Whether anyone bears the number makes no difference to what is told of a stranger.
  const strip = ({ row: _, repeats_line: __, ...rest }: Record<string, string>) => rest
  assert.deepEqual(strip(rows[7] ?? {}), strip(rows[8] ?? {}))
})

test('no result tells a value of the register, and every person asked about has the event', async () => {
  const { done, plan } = await check([
    '1,079097375971,Nguyễn Tuấn Xuân,1997-01-20,F,26774',
    '2,079145000017,Lê Thị Hồng,1945,F,26774',
  ])
  const text = readdirSync(plan.out)
    .map((name) => readFileSync(path.join(plan.out, name), 'utf8'))
    .join()
  assert.ok(!text.includes('1997-01-26') && !text.includes('26773@'))
  assert.equal(done.events.length, 1)
  const [subjects] = await kernel.owner<{ n: number }>(
    'select count(*)::int as n from kernel.audit_subject where event_id = $1',
    [done.events[0]?.eventId],
  )
  assert.equal(subjects?.n, 2)
})

test('a gzipped file, other column names and a file without names of its rows are read', async () => {
  const file = path.join(stage.folder, 'other.csv.gz')
  const lines = ['Ho_Ten,NGAY_SINH,so_dinh_danh', '"Nguyễn Tuấn Xuân",26/01/1997,079097375971']
  writeFileSync(file, gzipSync(lines.join('\r\n')))
  const plan = await stage.planOf(file)
  await checkFile(kernel, plan)
  const [row] = resultsOf(plan.out)
  assert.deepEqual([row?.row, row?.status], ['2', 'verified'])
})

describe('a check', () => {
  const MANY = Array.from(
    { length: 2_600 },
    (_, n) => `${n},079097375971,Nguyễn Tuấn Xuân,1997-01-26,M,26773`,
  )
  const PARTS = { partRows: 1_000 }

  test('stopped anywhere goes on where it was and ends as if it had not been', async () => {
    const file = stage.fileOf(MANY)
    const whole = await stage.planOf(file, PARTS)
    await checkFile(kernel, whole)
    const stop = new AbortController()
    const parts = await stage.planOf(file, {
      ...PARTS,
      agency: whole.agency,
      signal: stop.signal,
      onProgress: ({ stage }) => stage === 'release' && stop.abort(),
    })
    assert.equal((await checkFile(kernel, parts)).isDone, false)
    // What was under way is finished, as it stands in the log.
    assert.equal(resultsOf(parts.out).length, 2_000)
    // A line written by a part that was never finished is not kept.
    writeFileSync(path.join(parts.out, 'results.csv'), 'half a li', { flag: 'a' })
    const given: number[] = []
    const again = await stage.planOf(file, {
      agency: parts.agency,
      out: parts.out,
      onProgress: ({ stage, rows }) => stage === 'release' && given.push(rows),
    })
    const done = await checkFile(kernel, again)
    assert.deepEqual(given, [2_600])
    assert.deepEqual(resultsOf(parts.out), resultsOf(whole.out))
    assert.equal(done.events.length, 3)
    const statuses = resultsOf(parts.out).map(({ status }) => status)
    assert.equal(statuses.filter((status) => status === 'duplicate').length, 2_599)
    assert.equal(statuses[0], 'verified')
  })

  const strangers = (from: string) =>
    Array.from(
      { length: 1_200 },
      (_, n) =>
        `${n},${from}${String(n).padStart(4, '0')},Trần Văn Khác,1998-05-0${1 + (n % 9)},M,26773`,
    )

  test('of a list of strangers stops, until somebody says why it goes on', async () => {
    await assert.rejects(check(strangers('07909800')), refused('batch.too-many-unknown'))
    const { rows } = await check(strangers('07909800'), {
      despite: 'a list of the deceased of 1998',
    })
    assert.ok(rows.every(({ status }) => status === 'not_found'))
    const [event] = await kernel.owner<{ body: string }>(
      'select body from kernel.audit_event order by event_id desc limit 1',
    )
    assert.equal(JSON.parse(event?.body ?? '{}').case, 'a list of the deceased of 1998')
  })

  test('of a list of strangers tells nothing, and asks nothing when it is run again', async () => {
    const first = await stage.planOf(stage.fileOf(strangers('07909801')))
    await assert.rejects(checkFile(kernel, first), refused('batch.too-many-unknown'))
    const events = await kernel.count('kernel.audit_event')
    const again = { ...first, source: openSource(first.source.path) }
    await assert.rejects(checkFile(kernel, again), refused('batch.too-many-unknown'))
    assert.equal(await kernel.count('kernel.audit_event'), events)
    assert.equal(resultsOf(first.out).length, 0)
    const done = await checkFile(kernel, { ...again, despite: 'a list of the deceased of 1998' })
    assert.equal(await kernel.count('kernel.audit_event'), events + 1)
    assert.deepEqual([done.isDone, done.rows], [true, 1_200])
  })

  test('gives back the file’s own name of a row as it is: a program joins by it', async () => {
    const { rows } = await check(['=1+1,079097375971,Nguyễn Tuấn Xuân,1997-01-26,M,26773'])
    assert.equal(rows[0]?.row, '=1+1')
  })

  test('keeps to the agreement: its purpose, its attributes, its quota', async () => {
    const line = '1,079097375971,Nguyễn Tuấn Xuân,1997-01-26,M,26773'
    await assert.rejects(check([line], { purpose: 'tax' }), refused('purpose.not-allowed'))
    await assert.rejects(check([line], { agency: 'nobody' }), refused('agency.not-found'))
    const narrow = await stage.anAgency({ attributes: ['name', 'birthdate'] })
    await assert.rejects(check([line], { agency: narrow }), refused('attribute.in-excess'))
    const small = await stage.anAgency({ bulkPerDay: 2 })
    await check([line, line], { agency: small })
    await assert.rejects(check([line], { agency: small }), refused('quota.spent'))
  })

  test('needs name and birth date, or the number and two columns that identify', async () => {
    const wrong = (header: string) =>
      stage.planOf(stage.fileOf(['1,2,3'], header)).then((plan) => checkFile(kernel, plan))
    await assert.rejects(wrong('birth_date,sex,commune_code'), refused('import.header-wrong'))
    await assert.rejects(wrong('number,full_name,sex'), refused('import.header-wrong'))
  })

  test('rows that cannot be read are rows all the same', async () => {
    const { rows } = await check([
      '1,079097375971,Nguyễn Tuấn Xuân,1997-01-26,M,26773',
      '2,079097375971,Nguyễn Tuấn Xuân',
      '3,"079097375971,Nguyễn Tuấn Xuân,1997-01-26,M,26773',
      '',
      '5,079145000017,Lê Thị Hồng,1945,F,26773',
    ])
    assert.deepEqual(
      rows.map(({ row, status, causes }) => [row, status, causes]),
      [
        ['1', 'verified', ''],
        ['3', 'unreadable', 'row-unreadable'],
        ['4', 'unreadable', 'row-unreadable'],
        ['5', 'verified', 'birth-date-partial;deceased'],
      ],
    )
  })

  test('a file in an older encoding is read in it, and the names are told', async () => {
    const file = path.join(stage.folder, 'old.csv')
    const text = `${HEADER}\n1,079097375971,Nguyễn Tuấn Xuân,1997-01-26,M,26773\n`
    writeFileSync(file, Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]))
    const plan = await stage.planOf(file)
    const { standard } = await checkFile(kernel, plan)
    assert.equal(standard.table.encoding, 'utf-16le')
    assert.equal(resultsOf(plan.out)[0]?.status, 'verified')
  })

  test('gives the number only under an agreement that releases it', async () => {
    const lines = [
      '1,,Nguyễn Tuấn Xuân,1997-01-26,M,26773',
      '2,024681012,Nguyễn Tuấn Xuân,1997-01-26,M,26774',
    ]
    const { rows } = await check(lines, {
      agency: await stage.anAgency({ operations: ['check', 'check.number'] }),
    })
    assert.deepEqual(
      rows.map(({ status, number }) => [status, number]),
      [
        ['verified', '079097375971'],
        ['duplicate', '079097375971'],
      ],
    )
  })
})

test('goc check writes results, report and a signed manifest, in the language asked for', async () => {
  const file = stage.fileOf([
    '1,079097375971,Nguyễn Tuấn Xuân,1997-01-26,M,26773',
    '2,079097375971,Nguyễn Tuấn Xuân,1997-01-26,F,26774',
  ])
  const out = path.join(stage.folder, 'cli')
  const printed: string[] = []
  const operator = {
    kernel,
    signal: new AbortController().signal,
    print: (line: string) => printed.push(line),
    progress: () => {},
  } as unknown as Operator
  assert.equal(await checkCli.run([file], operator), 2)
  const agency = await stage.anAgency()
  const args = [file, '--agency', agency, '--out', out, '--lang', 'en']
  assert.equal(await checkCli.run(args, operator), 0)
  assert.match(printed.join('\n'), /Checked 2 rows.*\n.*Verified: 1 \(50/)
  const report = readFileSync(path.join(out, 'report.html'), 'utf8')
  for (const words of [
    `Agency ${agency}`,
    'Law on Identification',
    'The sex differs',
    'Hồ Chí Minh',
  ]) {
    assert.ok(report.includes(words), words)
  }
  const manifest = JSON.parse(readFileSync(path.join(out, 'manifest.json'), 'utf8'))
  const sha256 = (name: string) => createHash('sha256').update(readFileSync(name)).digest('hex')
  assert.equal(manifest.file.sha256, sha256(file))
  assert.equal(manifest.results.sha256, sha256(path.join(out, 'results.csv')))
  assert.equal(manifest.receipts.length, 1)
})
