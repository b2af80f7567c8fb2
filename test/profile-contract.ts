import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import type { Profile } from '../src/kernel/profile.ts'
import { days, units, words } from './profile-contract-lists.ts'

/** What every country must hold to, whatever its rules are. Called by each profile's own test. */
export function profileContract(profile: Profile): void {
  numbers(profile)
  typedNumbers(profile)
  names(profile)
  units(profile)
  days(profile)
  words(profile)
}

/** What a number can say, drawn at random. */
function partsOf({ number, units }: Profile) {
  const provinces = units.builtIn
    .map(({ code }) => number.placeOf(code))
    .filter((one) => one !== null)
  return fc.record({
    place: fc.constantFrom(...provinces),
    sex: fc.constantFrom('male' as const, 'female' as const),
    birthYear: fc.integer({ min: 1900, max: 2099 }),
    serial: fc.integer({ min: 0, max: number.serials - 1 }),
    demonstration: fc.boolean(),
  })
}

function numbers(profile: Profile): void {
  const { id, number } = profile
  const parts = partsOf(profile)

  test(`${id}: a composed number is read back with all it implies`, () => {
    fc.assert(
      fc.property(parts, (made) => {
        const text = number.compose(made)
        const read = number.parse(text)
        assert.ok(read.ok, text)
        assert.equal(text.length, number.length)
        assert.equal(read.scheme, 'number')
        assert.equal(read.number, text)
        assert.equal(read.demonstration, made.demonstration)
        const { implied } = read
        assert.equal(implied.place, number.implies.includes('place') ? made.place : null)
        assert.equal(
          implied.birthYear,
          number.implies.includes('birth-year') ? made.birthYear : null,
        )
        assert.equal(implied.sex, number.implies.includes('sex') ? made.sex : null)
      }),
    )
  })

  test(`${id}: numbers of a synthetic nation are none that the state gives`, () => {
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        const reserved = number.compose({ ...one, demonstration: true })
        assert.notEqual(reserved, number.compose({ ...other, demonstration: false }))
      }),
    )
    const abroad = { place: 'FRA', sex: 'male', birthYear: 1990, serial: 1 } as const
    const read = number.parse(number.compose({ ...abroad, demonstration: true }))
    assert.ok(read.ok && read.demonstration && read.implied.place === null)
  })

  test(`${id}: a number is the same however it is spaced, and grouping it changes nothing`, () => {
    fc.assert(
      fc.property(parts, (made) => {
        const text = number.compose(made)
        const read = number.parse(` ${number.group(text)}\u00a0`)
        assert.ok(read.ok && read.number === text)
      }),
    )
  })
}

function typedNumbers(profile: Profile): void {
  const { id, number, units, population } = profile
  const place = number.placeOf(units.builtIn[0]?.code ?? '') ?? ''

  test(`${id}: a birth still to come is a fault of the number`, () => {
    const read = number.parse(
      number.compose({ place, sex: 'male', birthYear: 2031, serial: 5 }),
      2026,
    )
    assert.ok(!read.ok && read.fault === 'birth-year')
  })

  test(`${id}: whatever is typed is read, or refused with a reason that has words`, () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^\d{0,14}$/)), (text) => {
        const read = number.parse(text, 2026)
        if (read.ok) assert.deepEqual(number.parse(read.number, 2026), read)
        else assert.ok(read.fault in number.faults)
        if (!read.ok && read.perhaps !== null) assert.ok(number.parse(read.perhaps, 2026).ok)
      }),
    )
  })

  test(`${id}: parts a number cannot say are a bug, not a number`, () => {
    const good = { place, sex: 'male', birthYear: 1990, serial: 0 } as const
    assert.throws(() => number.compose({ ...good, place: 'nowhere' }), RangeError)
    assert.throws(() => number.compose({ ...good, birthYear: 12 }), RangeError)
    assert.throws(() => number.compose({ ...good, serial: number.serials }), RangeError)
    assert.throws(() => number.compose({ ...good, serial: 1.5 }), RangeError)
  })

  test(`${id}: old numbers and their population speak of the same scheme`, () => {
    const ids = number.old.map((scheme) => scheme.id)
    assert.equal(new Set(ids).size, ids.length)
    if (population.oldNumber === null) return
    const { scheme, prefix, serialDigits } = population.oldNumber
    const old = number.old.find((one) => one.id === scheme)
    assert.ok(old !== undefined, scheme)
    const text = prefix(population.provinces[0]?.code ?? '') + '7'.repeat(serialDigits)
    assert.match(text, old.pattern)
    const read = number.parse(text)
    assert.ok(read.ok && read.scheme === scheme && read.number === text)
  })
}

function names({ id, names }: Profile): void {
  const letters = fc.constantFrom(
    ..."aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạÐðåøþABC \u00a0'-".split(''),
  )
  const wild = fc.oneof(
    fc.string({ unit: letters, maxLength: 30 }),
    fc.string({ unit: 'grapheme', maxLength: 20 }),
  )

  test(`${id}: a canonical name is its own canonical form, in NFC`, () => {
    fc.assert(
      fc.property(wild, (text) => {
        const once = names.canonical(text)
        assert.equal(names.canonical(once), once)
        if (names.fault(text) === null) {
          assert.equal(once, once.normalize('NFC'))
          assert.equal(names.fault(once), null)
        }
      }),
    )
  })

  test(`${id}: folding is ASCII, done once, and blind to how Unicode writes a letter`, () => {
    fc.assert(
      fc.property(wild, (text) => {
        const tokens = names.fold(text)
        for (const token of tokens) assert.match(token, /^[a-z]+$/)
        assert.deepEqual(names.fold(tokens.join(' ')), tokens)
        assert.deepEqual(names.fold(text.normalize('NFD')), names.fold(text.normalize('NFC')))
      }),
    )
  })

  test(`${id}: a canonical name folds as the name it came from`, () => {
    fc.assert(
      fc.property(wild, (text) => {
        fc.pre(names.fault(text) === null)
        assert.deepEqual(names.fold(names.canonical(text)), names.fold(text))
      }),
    )
  })

  test(`${id}: names compare alike in both directions, and each is the same as itself`, () => {
    fc.assert(
      fc.property(wild, wild, (a, b) => {
        assert.equal(names.compare(a, b), names.compare(b, a))
        assert.equal(names.compare(a, a), 'same')
      }),
    )
  })

  test(`${id}: the parts of a name, in reading order, are the name`, () => {
    fc.assert(
      fc.property(wild, (text) => {
        fc.pre(names.fault(text) === null)
        const parts = names.split(text)
        const written = Object.values(parts).filter((part) => part !== '')
        const words = names.canonical(text).split(' ').sort()
        assert.deepEqual(written.flatMap((part) => part.split(' ')).sort(), words)
      }),
    )
    assert.equal(new Set(names.order).size, 3)
  })
}
