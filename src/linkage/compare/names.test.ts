import assert from 'node:assert/strict'
import test from 'node:test'
import { names as vn } from '../../../profiles/vn/names.ts'
import type { NameRules } from '../../kernel/index.ts'
import { comparerOf, explain, featuresOf } from './index.ts'

/** The level of two names among others that make words of theirs common. */
function levelOf(
  kind: 'full-name' | 'given-name' | 'surname',
  pair: readonly [string, string],
  { rules = null, others = [] }: { rules?: NameRules | null; others?: readonly string[] } = {},
): string {
  const values = ['', ...pair, ...others]
  const rows = Uint32Array.from(values.keys())
  const column = { values, left: rows, right: rows }
  const features = featuresOf({ name: 'n', kind, columns: ['n'], format: null }, column, rules)
  const comparer = comparerOf(features)
  const level = comparer.compare(1, 2)
  assert.equal(comparer.compare(2, 1), level, 'the same both ways round')
  return comparer.levels[level]?.id ?? ''
}
const full = (a: string, b: string, others: readonly string[] = []): string =>
  levelOf('full-name', [a, b], { others })
const byRules = (a: string, b: string): string => levelOf('full-name', [a, b], { rules: vn })

/** Traps of Vietnamese names, and whether a country's rules or none are given. */
const READ_ALIKE: readonly (readonly [string, string, string])[] = [
  ['Eth instead of Đ', 'Ðỗ Văn Ðức', 'Đỗ Văn Đức'],
  ['African D instead of Đ', 'Ɖỗ Văn Ɖức', 'Đỗ Văn Đức'],
  ['NFD instead of NFC', 'Nguyễn Thị Hồng'.normalize('NFD'), 'Nguyễn Thị Hồng'],
  ['tone placement', 'Nguyễn Thị Hoà', 'Nguyễn Thị Hòa'],
  ['tone placement', 'Trần Thuý', 'Trần Thúy'],
  ['i and y', 'Lý Văn Quý', 'Lí Văn Quí'],
  ['capitals', 'NGUYỄN VĂN AN', 'Nguyễn Văn An'],
  ['blanks', '  Nguyễn\u00a0 Văn\u2003An ', 'Nguyễn Văn An'],
  ['zero-width signs', 'Nguy\u200bễn Văn\ufeff An', 'Nguyễn Văn An'],
  ['a form of address', 'Ông Nguyễn Văn An', 'Nguyễn Văn An'],
]
for (const [trap, a, b] of READ_ALIKE) {
  test(`${trap}: ${a} is ${b}, with rules and without`, () => {
    assert.equal(full(a, b), 'exact')
    assert.equal(byRules(a, b), 'exact')
  })
}

test('no diacritics on one side is the same name, written without', () => {
  assert.equal(full('Đỗ Thị Hồng', 'DO THI HONG'), 'folded')
  assert.equal(byRules('Đỗ Thị Hồng', 'DO THI HONG'), 'folded')
  assert.equal(full('Đỗ Thị Hồng', 'Đỗ Thi Hồng'), 'folded')
  assert.equal(full('José Nuñez', 'Jose Nunez'), 'folded')
})

test('a diacritic contradiction between two accented names is evidence against', () => {
  assert.equal(full('Nguyễn Thị Hoà', 'Nguyễn Thị Hoá'), 'contradicting')
  assert.equal(byRules('Nguyễn Thị Hoà', 'Nguyễn Thị Hoá'), 'contradicting')
})

test('Telex residue and legacy encodings are read by the rules of the country', () => {
  assert.equal(byRules('Nguyeenx Vawn Dduwcs', 'Nguyễn Văn Đức'), 'folded')
  assert.equal(byRules('NguyÔn V¨n An', 'Nguyễn Văn An'), 'exact')
})

test('a name that lost its letters is unreadable, not a mismatch', () => {
  const values = ['', 'Nguy?n V?n An', 'Nguyễn Văn An']
  for (const rules of [vn, null]) {
    const field = { name: 'n', kind: 'full-name', columns: ['n'], format: null } as const
    const features = featuresOf(field, values, rules)
    assert.deepEqual([...features.unreadable], [1])
    assert.equal(comparerOf(features).compare(1, 2), 0)
  }
})

test('words that mean missing are missing', () => {
  for (const missing of ['', ' ', '-', 'N/A', 'null', 'UNKNOWN', 'không rõ', 'NA']) {
    assert.equal(full(missing, 'Nguyễn Văn An'), 'missing', missing)
  }
  // Na is a name; so is Null in a longer one.
  assert.equal(levelOf('given-name', ['Na', 'Na ']), 'exact')
  assert.equal(full('Mary Null', 'Mary Null '), 'exact')
})

test('the middle name or Thị dropped, and initials, shorten a name', () => {
  assert.equal(full('Nguyễn Thị Lan', 'Nguyễn Lan'), 'shortened')
  assert.equal(full('Nguyễn Văn An', 'N.V. An'), 'shortened')
  assert.equal(byRules('Nguyễn Văn An', 'N.V. An'), 'shortened')
  assert.equal(full('John Quincy Adams', 'John Q Adams'), 'shortened')
})

test('order, glued words and blanks a letter off are the same words', () => {
  assert.equal(full('Nguyễn Văn An', 'An Nguyễn Văn'), 'same-words')
  assert.equal(full('Nguyen Van An', 'NguyenVan An'), 'same-words')
  assert.equal(full('Trần Văn Linh', 'Trần VănL inh'), 'same-words')
  assert.equal(full('John Smith', 'Smith, John'), 'exact')
})

test('titles and suffixes are no part of a name, nor are they dropped from a short one', () => {
  assert.equal(full('Mr. John Smith', 'John Smith Jr.'), 'exact')
  assert.equal(full('Dr Anna Schmidt', 'Anna Schmidt'), 'exact')
  assert.equal(full('Bà Trần', 'Bá Trần'), 'contradicting')
})

test('the family name doubled, or a given name changed, is not the same name', () => {
  assert.equal(full('Nguyễn Lê An', 'Lê An'), 'shortened')
  assert.equal(full('Nguyễn Văn An', 'Nguyễn Văn Bình'), 'first')
  assert.equal(full('Nguyễn Văn An', 'Trần Thị An'), 'last')
  assert.equal(full('Nguyễn Văn An', 'Trần Văn An'), 'most')
  assert.equal(full('Nguyễn Văn An', 'Lê Minh Quốc'), 'different')
})

const MANY = 'Nguyễn Trần Lê Phạm'.split(' ')
const CROWD = MANY.flatMap((family) =>
  'Lan Lam Hùng Hưng'.split(' ').map((given) => `${family} Thị ${given}`),
)

test('near a common name, a word nobody else bears is a slip; one that many bear is a name', () => {
  assert.equal(full('Nguyễn Mai Lan', 'Nguyễn Mai Lamn', CROWD), 'slip')
  assert.equal(full('Ngutễn Mai Lan', 'Nguyễn Mai Lan', CROWD), 'slip')
  assert.equal(full('Nguyễn Mai Lan', 'Nguyễn Mai Lam', CROWD), 'near')
})

test('apostrophes and hyphens of the peoples of the highlands', () => {
  assert.equal(full("H'Hen Niê", 'H’Hen Niê'), 'exact')
  assert.equal(byRules("H'Hen Niê", 'H Hen Niê'), 'exact')
  assert.equal(full("Patrick O'Brien", 'Patrick OBrien'), 'exact')
  assert.equal(full('Jean-Luc Picard', 'Jean Luc Picard'), 'exact')
})

test('letters of any language: nothing is lost, nothing assumed', () => {
  assert.equal(full('Владимир Путилин', 'ВЛАДИМИР ПУТИЛИН'), 'exact')
  assert.equal(full('山田 太郎', '山田太郎'), 'same-words')
  assert.equal(byRules('山田 太郎', '山田 太郎 '), 'exact')
  assert.equal(full('Łukasz Żółć', 'Lukasz Zolc'), 'folded')
  assert.equal(full('राम कुमार', 'राम कुमारी'), 'slip')
})

test('given names and family names: parts, initials, slips, similar', () => {
  const given = (a: string, b: string): string => levelOf('given-name', [a, b])
  assert.equal(given('Anne-Marie', 'Annemarie'), 'parts')
  assert.equal(given('Anne-Marie', 'Anne'), 'parts')
  assert.equal(given('Anne', 'A'), 'initial')
  assert.equal(given('madeline', 'maedline'), 'slip')
  assert.equal(given('stephanie', 'stefany'), 'similar')
  assert.equal(given('Peter', 'Mary'), 'different')
})

test('of given names, one that hardly any row holds is a slip of another', () => {
  const values = ['', 'Maria', 'Marie', 'Marai']
  const rows = Uint32Array.from([1, 1, 1, 1, 2, 2, 2, 2, 3])
  const column = { values, left: rows, right: rows }
  const field = { name: 'n', kind: 'given-name', columns: ['n'], format: null } as const
  const comparer = comparerOf(featuresOf(field, column, null))
  const level = (a: number, b: number) => comparer.levels[comparer.compare(a, b)]?.id
  assert.equal(level(1, 2), 'near')
  assert.equal(level(1, 3), 'slip')
})

test('short and other forms of a given name are near it', () => {
  assert.equal(levelOf('given-name', ['William', 'Bill']), 'near')
  assert.equal(levelOf('given-name', ['Margaret', 'Peggy']), 'near')
  assert.equal(levelOf('surname', ['William', 'Bill']), 'different')
  assert.equal(full('William Turner', 'Bill Turner'), 'near')
  assert.equal(full('William Turner', 'Joseph Turner'), 'last')
})

test('what a value says once standardised can be read beside the other', () => {
  const values = ['', 'Ông NGUYỄN VĂN AN', '-']
  const field = { name: 'n', kind: 'full-name', columns: ['n'], format: null } as const
  assert.deepEqual(explain(featuresOf(field, values, vn), 1, 2), {
    left: 'nguyễn văn an (nguyen van an)',
    right: null,
  })
})
