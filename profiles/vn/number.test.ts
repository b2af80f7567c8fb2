import assert from 'node:assert/strict'
import test from 'node:test'
import { NUMBER_PROVINCES, number } from './number.ts'

const parse = (text: string) => number.parse(text, 2026)

test('digits 1 to 3 are 0 and one of 63 provinces, or a country from 101 to 295', () => {
  assert.equal(NUMBER_PROVINCES.length, 63)
  const accepted: string[] = []
  for (let first = 0; first < 1000; first++) {
    const prefix = String(first).padStart(3, '0')
    if (parse(`${prefix}190123456`).ok) accepted.push(prefix)
  }
  const official = accepted.filter((prefix) => prefix < '900')
  const countries = Array.from({ length: 195 }, (_, at) => String(101 + at))
  assert.deepEqual(official, [...NUMBER_PROVINCES.map((code) => `0${code}`), ...countries])
  assert.equal(accepted.length - official.length, 64, 'a reserved prefix a province and one abroad')
})

test('a country is read by its place in the annex of Circular 07/2016', () => {
  const places = {
    '101': 'AFG',
    '139': 'KHM',
    '175': 'USA',
    '193': 'LAO',
    '279': 'CHN',
    '295': 'ZWE',
  }
  for (const [prefix, country] of Object.entries(places)) {
    const read = parse(`${prefix}090000001`)
    assert.ok(read.ok && read.implied.place === country, prefix)
  }
})

test('digit 4 tells sex and century: 0 and 1 the 1900s up to 8 and 9 the 2300s', () => {
  for (let digit = 0; digit < 10; digit++) {
    const read = number.parse(`001${digit}50123456`)
    assert.ok(read.ok)
    assert.equal(read.implied.sex, digit % 2 === 0 ? 'male' : 'female')
    assert.equal(read.implied.birthYear, 1950 + 100 * Math.floor(digit / 2))
  }
})

test('a wrong place, century or year is refused with its reason', () => {
  const cases: Record<string, string> = {
    '003190123456': 'place',
    '100190123456': 'place',
    '296190123456': 'place',
    '903190123456': 'place',
    '001490123456': 'century',
    '001990123456': 'century',
    '001227123456': 'birth-year',
    '00119012345': 'length',
    '0011901234567': 'length',
    '00119012345A': 'not-digits',
    '': 'empty',
    ' - . ': 'empty',
  }
  for (const [text, fault] of Object.entries(cases)) {
    const read = parse(text)
    assert.ok(!read.ok, text)
    assert.equal(read.fault, fault, text)
  }
})

test('there is no check digit: any six last digits make a number', () => {
  for (const tail of ['000000', '123456', '999999']) assert.ok(parse(`001097${tail}`).ok)
})

test('a number that a spreadsheet robbed of its zeros is told, with what may be meant', () => {
  const lost = {
    '1051240826': '001051240826',
    '79097375971': '079097375971',
    '12345678': '012345678',
  }
  for (const [text, perhaps] of Object.entries(lost)) {
    assert.deepEqual(parse(text), { ok: false, fault: 'lost-leading-zero', perhaps }, text)
  }
})

test('a 9-digit number is an old one and implies nothing', () => {
  const read = parse('012 345 678')
  assert.ok(read.ok && read.scheme === 'old-number' && read.number === '012345678')
  assert.deepEqual(read.implied, { sex: null, birthYear: null, place: null })
  assert.equal(number.old[0]?.validUntil, '2024-12-31')
})

test('numbers of a synthetic nation begin with 9, those born abroad with 999', () => {
  const birth = { sex: 'female', birthYear: 2001, serial: 7, demonstration: true } as const
  assert.equal(number.compose({ ...birth, place: '79' }), '979301000007')
  assert.equal(number.compose({ ...birth, place: 'LAO' }), '999301000007')
  assert.equal(number.compose({ ...birth, place: 'LAO', demonstration: false }), '193301000007')
  assert.equal(number.group('979301000007'), '979 301 000 007')
})
