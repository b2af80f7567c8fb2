import assert from 'node:assert/strict'
import test from 'node:test'
import { names } from './names.ts'

/** How a text is read: its canonical form, folded tokens and the repairs it took. */
function reads(text: string, [canonical = '', folded = '', ...repairs]: readonly string[]): void {
  assert.equal(names.canonical(text), canonical)
  assert.equal(names.fold(text).join(' '), folded)
  assert.deepEqual(names.repairs(text), repairs)
}

test('a clean name is left as it is', () => {
  reads('Nguyễn Thị Minh Khai', ['Nguyễn Thị Minh Khai', 'nguyen thi minh khai'])
  assert.equal(names.fault('Nguyễn Thị Minh Khai'), null)
})

test('Eth and its likes stand for Đ in many files', () => {
  reads('Ðỗ Văn Ðức', ['Đỗ Văn Đức', 'do van duc', 'look-alike-letter'])
  reads('Ɖỗ Văn Đức', ['Đỗ Văn Đức', 'do van duc', 'look-alike-letter'])
})

test('decomposed Unicode is composed', () => {
  reads('Trần Thị Ngọc'.normalize('NFD'), ['Trần Thị Ngọc', 'tran thi ngoc', 'decomposed'])
})

test('invisible signs, no-break and doubled blanks are tidied', () => {
  reads(' Lê\u00a0Văn\u200b  Tám ', ['Lê Văn Tám', 'le van tam', 'invisible', 'blanks'])
  assert.equal(names.canonical('\ufeffLê\tVăn Tám'), 'Lê Văn Tám')
})

test('a name in one case is put in title case', () => {
  reads('NGUYỄN VĂN AN', ['Nguyễn Văn An', 'nguyen van an', 'capitals'])
  reads("h'hen niê", ["H'Hen Niê", 'h hen nie', 'capitals'])
  assert.equal(
    names.canonical('Nguyễn văn An'),
    'Nguyễn văn An',
    'a mixed case is the writer’s own',
  )
})

test('TCVN3, VNI, VISCII and misread UTF-8 are converted', () => {
  const legacy = [
    'NguyÔn V¨n §øc',
    'Nguyeãn Vaên Ñöùc',
    'Nguy\u00adn Vån Ð\u00d1c',
    Buffer.from('Nguyễn Văn Đức').toString('latin1'),
  ]
  for (const text of legacy) {
    assert.equal(names.canonical(text), 'Nguyễn Văn Đức', JSON.stringify(text))
    assert.deepEqual(names.fold(text), ['nguyen', 'van', 'duc'])
    assert.deepEqual(names.repairs(text), ['legacy-encoding'])
  }
  assert.equal(names.canonical('NGUYÔN V¡N §øC'), 'Nguyễn Văn Đức')
  assert.equal(names.canonical('NGUYEÃN VAÊN ÑÖÙC'), 'Nguyễn Văn Đức')
})

test('a single word left in VNI is converted in a name that is Unicode otherwise', () => {
  reads('Trần Công Khaùnh', ['Trần Công Khánh', 'tran cong khanh', 'legacy-encoding'])
  reads('Hoàng Vieät Quyết', ['Hoàng Việt Quyết', 'hoang viet quyet', 'legacy-encoding'])
})

test('names of other nations are not taken for an encoding', () => {
  for (const text of ['François Hollande', 'Jürgen Müller', 'Łukasz Ørsted', 'José Núñez']) {
    assert.equal(names.canonical(text), text)
    assert.equal(names.fault(text), null)
  }
  assert.deepEqual(names.fold('Łukasz Ørsted'), ['lukasz', 'orsted'])
})

test('question marks and broken bytes are unreadable, not a mismatch', () => {
  for (const text of ['Nguy?n V?n ??c', 'Nguy\ufffdn V\ufffdn An', 'Nguy»n V½n']) {
    assert.equal(names.fault(text), 'unreadable')
    assert.deepEqual(names.fold(text), [])
    assert.equal(names.canonical(text), text)
    assert.equal(names.compare(text, 'Nguyễn Văn Đức'), 'different')
  }
})

test('Telex keys that no input method read are read', () => {
  const typed = {
    'Nguyeenx Vawn Dduwcs': 'nguyen van duc',
    'Traanf Thij Thuyr': 'tran thi thuy',
    'Hoangf Van An': 'hoang van an',
    'Phamj Thij Hueej': 'pham thi hue',
    'Truowng Vawn Cuowngf': 'truong van cuong',
  }
  for (const [text, folded] of Object.entries(typed)) {
    assert.equal(names.fold(text).join(' '), folded, text)
    assert.deepEqual(names.repairs(text), ['typing-residue'])
    assert.equal(names.canonical(text), text, 'what was recorded is not guessed at')
  }
})

test('names of the Central Highlands are not taken for keys', () => {
  for (const text of ['Y Nar Siu', 'Ksor Nar', 'Rơ Châm Bar', 'Siu Hlor']) {
    assert.deepEqual(names.repairs(text), [], text)
  }
})

test('where the tone stands and i or y as the only vowel carry no meaning', () => {
  const pairs = [
    ['Trương Thị Hoà', 'Trương Thị Hòa'],
    ['Đặng Thuý', 'Đặng Thúy'],
    ['Lý Thị Mỹ', 'Lí Thị Mĩ'],
    ['Phạm Quý', 'Phạm Quí'],
    ['Khoẻ Văn Tuỳ', 'Khỏe Văn Tùy'],
  ] as const
  for (const [a, b] of pairs) {
    assert.equal(names.compare(a, b), 'tone-placement', `${a}, ${b}`)
    assert.deepEqual(names.fold(a), names.fold(b))
  }
  assert.equal(names.compare('Lê Thúy', 'Lê Thúi'), 'different', 'uy and ui are two rhymes')
})

test('case alone is the same name, missing diacritics are weaker, others contradict', () => {
  assert.equal(names.compare('NGUYỄN THỊ HÒA', 'Nguyễn Thị Hòa'), 'same')
  assert.equal(names.compare('Nguyen Thi Hoa', 'Nguyễn Thị Hòa'), 'folded')
  assert.equal(names.compare('Nguyễn Thị Hoa', 'Nguyễn Thị Hòa'), 'contradicting')
  assert.equal(names.compare('Nguyễn Thị Hoa', 'Nguyễn Thị Hạnh'), 'different')
})

test('an honorific before a full name is no part of it; a family name Ông is', () => {
  reads('Ông Nguyễn Văn An', ['Ông Nguyễn Văn An', 'nguyen van an', 'honorific'])
  reads('CHÁU LÊ THỊ HOA', ['Cháu Lê Thị Hoa', 'le thi hoa', 'capitals', 'honorific'])
  assert.deepEqual(names.fold('Ông Cao Thắng'), ['ong', 'cao', 'thang'])
  assert.deepEqual(names.fold('Anh Văn Nguyễn Lê'), ['anh', 'van', 'nguyen', 'le'])
})

test('apostrophes and hyphens of ethnic names are habits', () => {
  for (const text of ["H'Hen Niê", 'H’Hen Niê', 'H Hen Niê', 'H-Hen Niê', "H' Hen Niê"]) {
    assert.equal(names.fold(text).join(' '), 'h hen nie', text)
    assert.equal(names.fault(text), null)
  }
  assert.deepEqual(names.fold("K'Sor Y-Bliu"), names.fold('Ksor Y Bliu'))
  assert.deepEqual(names.fold("K'Brêu"), ['k', 'breu'])
  assert.deepEqual(names.fold('Rơ-Châm Ngan'), names.fold('Rơ Châm Ngan'))
})

test('a name is divided as its people divide it', () => {
  const parts = {
    'Nguyễn Thị Minh Khai': ['Nguyễn', 'Thị Minh', 'Khai'],
    'Lê An': ['Lê', '', 'An'],
    Moong: ['', '', 'Moong'],
    "H'Hen Niê": ['Niê', '', "H'Hen"],
    'Y Thịnh Niê Kđăm': ['Niê Kđăm', '', 'Y Thịnh'],
    'Rơ Châm Ngan': ['Rơ Châm', '', 'Ngan'],
    'Thạch Thị Sa Rây': ['Thạch', 'Thị Sa', 'Rây'],
  }
  for (const [name, [family, middle, given]] of Object.entries(parts)) {
    assert.deepEqual(names.split(name), { family, middle, given }, name)
  }
})

test('what is no name is refused with its reason', () => {
  const cases: Record<string, string> = {
    '': 'empty',
    ' \u200b ': 'empty',
    "-'": 'empty',
    'Nguyễn Văn 2': 'digits',
    'Nguyễn V. An': 'signs',
    'Nguyễn (An)': 'signs',
    张伟: 'signs',
  }
  for (const [text, fault] of Object.entries(cases)) assert.equal(names.fault(text), fault, text)
  assert.equal(names.fault('A'.repeat(101)), 'too-long')
})

test('a lone common family name or middle name is no search, in either spelling', () => {
  for (const name of ['Nguyễn', 'Lý', 'Lí', 'Thị', 'Văn', 'VÕ']) {
    assert.ok(names.common.has(names.fold(name)[0] ?? ''), name)
  }
  assert.ok(!names.common.has('khai'))
})
