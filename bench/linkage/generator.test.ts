import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, describe, test } from 'node:test'
import { profile } from '../../profiles/vn/index.ts'
import { Random } from '../../src/register/nation/random.ts'
import { readKnown } from './evaluate.ts'
import { generate, type Labelled, type Request } from './generator.ts'
import { eachTruePair } from './pairs.ts'
import { RATE_IDS, RATES, SEVERITIES } from './rates.ts'
import { eachRow } from './rows.ts'
import { misread, slip, transposed, wrongDigit } from './typing.ts'
import * as vietnamese from './vietnamese.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'goc-generator-'))
after(() => rmSync(folder, { recursive: true, force: true }))

let runs = 0
const made = (request: Partial<Request>): Labelled =>
  generate(
    { people: 'vn', severity: 'typical', seed: 'a test', left: 3000, right: 3000, ...request },
    path.join(folder, String(++runs)),
  )

const digestOf = ({ left, right, truth }: Labelled): string => {
  const hash = createHash('sha256')
  for (const file of [left, right, truth]) if (file !== null) hash.update(readFileSync(file))
  return hash.digest('hex')
}

for (const people of ['vn', 'english'] as const) {
  describe(`labelled files, ${people}`, () => {
    test('are the same again from the same seed, and others from another', () => {
      const first = digestOf(made({ people }))
      assert.equal(digestOf(made({ people })), first)
      assert.notEqual(digestOf(made({ people, seed: 'another' })), first)
    })

    test('have about the rows asked for, each with its id and its strata', () => {
      const labelled = made({ people })
      assert.ok(Math.abs(labelled.leftRows - 3000) < 200)
      assert.ok(Math.abs(labelled.rightRows - 3000) < 200)
      const { truth, strata } = readKnown(path.dirname(labelled.truth))
      assert.equal(truth.leftRows, labelled.leftRows)
      assert.equal(truth.rows, labelled.leftRows + labelled.rightRows)
      assert.equal(truth.pairs, labelled.truePairs)
      assert.ok(strata.length >= 4)
      let lines = 0
      eachRow(labelled.left, (fields, header) => {
        assert.equal(fields.length, header.length)
        assert.equal(fields[0], String(++lines))
      })
      assert.equal(lines, labelled.leftRows)
    })

    test('rows of one person are alike, rows of two are not', () => {
      const labelled = made({ people, severity: 'clean' })
      const { truth } = readKnown(path.dirname(labelled.truth))
      const born: string[] = []
      for (const file of [labelled.left, labelled.right ?? '']) {
        eachRow(
          file,
          (fields, header) => void born.push(fields[header.indexOf('birth_date')] ?? ''),
        )
      }
      let same = 0
      eachTruePair(truth, (left, right) => {
        if (born[left] === born[right]) same++
      })
      assert.ok(same / truth.pairs > 0.95, `${same} of ${truth.pairs}`)
    })

    test('every thing that can go wrong goes wrong as often as the table says', () => {
      const { tally } = made({ people, severity: 'dirty', left: 16_000, right: 16_000 })
      let seen = 0
      for (const rate of RATE_IDS) {
        const { chances, expected, happened } = tally.of(rate)
        if (chances === 0) continue
        seen++
        // Six standard deviations of that many independent draws, and two more things.
        const most = 6 * Math.sqrt(expected) + 2
        assert.ok(Math.abs(happened - expected) <= most, `${rate}: ${happened} for ${expected}`)
      }
      assert.ok(seen > 40, `${seen} rates were used`)
    })

    test('the dirtier the severity, the more goes wrong', () => {
      const shares = SEVERITIES.slice(1).map((severity) => {
        const { rightStrata } = made({ people, severity })
        let [rows, clean] = [0, 0]
        eachRow(rightStrata ?? '', (fields) => {
          rows++
          if (fields.at(-1) === '0') clean++
        })
        return clean / rows
      })
      const [clean = 0, typical = 0, dirty = 0] = shares
      assert.ok(clean > typical && typical > dirty, shares.join(' '))
    })

    test('one file holds persons repeatedly', () => {
      const labelled = made({ people, right: 0, severity: 'dirty' })
      assert.equal(labelled.right, null)
      const { truth } = readKnown(path.dirname(labelled.truth))
      assert.equal(truth.pairs, labelled.truePairs)
      assert.ok(truth.persons < truth.rows * 0.8)
    })
  })
}

test('every rate of the table is used by one of the settings', () => {
  const used = new Set<string>()
  for (const people of ['vn', 'english'] as const) {
    for (const right of [0, 8000]) {
      const { tally } = made({ people, severity: 'dirty', left: 12_000, right })
      for (const rate of RATE_IDS) if (tally.of(rate).chances > 0) used.add(rate)
    }
  }
  assert.deepEqual(
    RATE_IDS.filter((rate) => !used.has(rate)),
    [],
  )
  for (const rate of RATE_IDS) assert.ok(RATES[rate].every((one) => one >= 0 && one <= 1))
})

test('columns may be left out of files of the second country', () => {
  const labelled = made({ people: 'english', without: ['phone', 'insurance_number'] })
  const [header = ''] = readFileSync(labelled.left, 'utf8').split('\n')
  assert.equal(header, 'row,given_name,surname,birth_date,sex,address,city,postcode')
})

test('no number of these files belongs to anybody: none begins with a province’s code', () => {
  const real = new Set(profile.population.provinces.map(({ code }) => code))
  const { left } = made({})
  eachRow(left, ([, number = '']) => {
    if (number.length === 12) assert.ok(!real.has(number.slice(1, 3)), number)
  })
})

const NAMES = [
  'Nguyễn Thị Thúy Hòa',
  'Đặng Đức Lý',
  'Vũ Ngọc Ưng',
  'Trương Mỹ Dương',
  'Huỳnh Quý Thọ',
  'Phạm Văn Kỷ',
]

describe('Vietnamese writing', () => {
  const { fold } = profile.names
  const ways = {
    'without accents': vietnamese.withoutAccents,
    TCVN3: vietnamese.inTcvn3,
    VNI: vietnamese.inVni,
    'UTF-8 in the wrong place': vietnamese.inWrongUtf8,
    'the other tone placement': vietnamese.withOtherTonePlacement,
    'i for y': vietnamese.withIForY,
    'Eth for Đ': vietnamese.withEth,
    'Telex keys': (text: string) => text.split(' ').map(vietnamese.telexKeys).join(' '),
  }
  for (const [name, way] of Object.entries(ways)) {
    test(`${name}: read again by the profile`, () => {
      for (const one of NAMES) assert.deepEqual(fold(way(one)), fold(one), way(one))
    })
  }

  test('a wrong tone is another name and still Vietnamese', () => {
    const random = new Random(7, 0)
    for (const word of NAMES.flatMap((name) => name.split(' '))) {
      const other = vietnamese.withWrongTone(random, word)
      assert.notEqual(other, word)
      assert.deepEqual(fold(`Nguyễn ${other}`), fold(`Nguyễn ${word}`))
    }
  })

  test('letters that Western Europe lacks are lost', () => {
    assert.equal(vietnamese.withLostLetters('Đặng Đức Lý'), '??ng ??c Lý')
  })
})

describe('slips', () => {
  test('of the keyboard change one or two signs', () => {
    const random = new Random(3, 0)
    for (let round = 0; round < 500; round++) {
      const text = slip(random, 'Nguyễn Văn An')
      assert.ok(Math.abs(text.length - 13) <= 1, text)
    }
    assert.equal(slip(random, 'A'), 'A')
  })

  test('of a scanner make what looks alike', () => {
    const random = new Random(3, 0)
    const seen = new Set(Array.from({ length: 200 }, () => misread(random, 'Bernard')))
    assert.ok(seen.has('Bemard'), [...seen].join(' '))
    assert.equal(misread(random, '???'), '???')
  })

  test('of digits', () => {
    const random = new Random(3, 0)
    for (let round = 0; round < 100; round++) {
      assert.match(wrongDigit(random, '1984-02-11'), /^\d{4}-\d{2}-\d{2}$/)
      assert.notEqual(wrongDigit(random, '1984-02-11'), '1984-02-11')
      assert.notEqual(transposed(random, '001122'), '001122')
    }
    assert.equal(transposed(random, '1111'), '1111')
  })
})
