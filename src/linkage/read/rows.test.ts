import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { judgeNotUtf8 } from './encoding.ts'
import { READ_LIMITS } from './limits.ts'
import { CR, LF, RowReader } from './rows.ts'

const COMMA = 44

/** All that a reader tells of a text with three columns, given to it in blocks. */
function read(blocks: readonly Uint8Array[], lineEnd = LF): unknown[] {
  const told: unknown[] = []
  const layout = { separator: COMMA, lineEnd, slots: Int32Array.of(0, 1, 2), wanted: 3, line: 2 }
  const reader = new RowReader(layout, {
    row({ sources, from, to }) {
      told.push(sources.map((source, at) => textOf(source.subarray(from[at], to[at]))))
    },
    unreadable: (line, fault) => told.push({ line, fault }),
    blank: () => told.push('blank'),
  })
  reader.onNotUtf8 = () => {}
  for (const block of blocks) reader.push(block)
  reader.end()
  return told
}

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8')
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const readText = (text: string, lineEnd = LF): unknown[] => read([bytesOf(text)], lineEnd)

test('fields are trimmed, in quotes or not, and two quotes are one', () => {
  assert.deepEqual(readText('1, Nguyễn Văn A ,x\n2,"a, ""b""\nc", "d" \r\n3,,\u00a0'), [
    ['1', 'Nguyễn Văn A', 'x'],
    ['2', 'a, "b"\nc', 'd'],
    ['3', '', ''],
  ])
})

test('a quote within a field that has none around it is a letter', () => {
  assert.deepEqual(readText('1,Nguyễn "Tí" A,5"\n'), [['1', 'Nguyễn "Tí" A', '5"']])
})

test('rows with too few or too many fields are counted with their line', () => {
  assert.deepEqual(readText('1,a\n2,"x\ny",c\n3,a,b,c\n4,a,b\n'), [
    { line: 2, fault: 'too-few-fields' },
    ['2', 'x\ny', 'c'],
    { line: 5, fault: 'too-many-fields' },
    ['4', 'a', 'b'],
  ])
})

test('a quote that is never closed costs its own row only', () => {
  assert.deepEqual(readText('1,"a,b\n2,c,d\n3,e,f'), [
    { line: 2, fault: 'quote' },
    ['2', 'c', 'd'],
    ['3', 'e', 'f'],
  ])
  assert.deepEqual(readText('1,"a,b\n2,"c",d\n'), [{ line: 2, fault: 'quote' }, ['2', 'c', 'd']])
})

test('a NUL and bytes that are not UTF-8 cost their row', () => {
  const broken = Buffer.concat([bytesOf('1,a,b\n2,'), Buffer.of(0xff), bytesOf(',b\n3,a\0,b\n')])
  assert.deepEqual(read([broken]), [
    ['1', 'a', 'b'],
    { line: 3, fault: 'not-utf8' },
    { line: 4, fault: 'nul' },
  ])
})

test('blank lines are no rows; a line of empty fields is one', () => {
  assert.deepEqual(readText('\n1,a,b\n  \r\n,,\n'), [
    'blank',
    ['1', 'a', 'b'],
    'blank',
    ['', '', ''],
  ])
})

test('lines of old Macs end in CR', () => {
  assert.deepEqual(readText('1,a,b\r2,"c",d\r', CR), [
    ['1', 'a', 'b'],
    ['2', 'c', 'd'],
  ])
})

test('a row without end is passed over and what follows is read, in whatever blocks it comes', () => {
  const long = 'x'.repeat(READ_LIMITS.rowBytes + 10)
  const text = bytesOf(`1,a,${long}\n2,c,d\n3,"${long},e\n4,f,g`)
  const expected = [
    { line: 2, fault: 'too-long' },
    ['2', 'c', 'd'],
    { line: 4, fault: 'too-long' },
    ['4', 'f', 'g'],
  ]
  assert.deepEqual(read([text]), expected)
  const blocks: Uint8Array[] = []
  for (let at = 0; at < text.length; at += 300_000) blocks.push(text.subarray(at, at + 300_000))
  assert.deepEqual(read(blocks), expected)
})

test('any table that is written by RFC 4180 is read as it was', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'ễ', '"', ',', '\n', '\r\n', 'b c', '𐍈') })
  const table = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(table, (rows) => {
      const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
      const text = rows.map((row) => row.map(quoted).join(',')).join('\r\n')
      const trimmed = rows.map((row) => row.map((one) => one.trim()))
      assert.deepEqual(readText(text), trimmed)
    }),
  )
})

test('what is told does not depend on where a text is cut, and no line is lost', () => {
  const signs = ['a', '"', '""', ',', ',', '\n', '\r\n', ' ', '\0', 'ế', ',a', 'b,"c"\n']
  const parts = fc.array(fc.array(fc.constantFrom(...signs), { maxLength: 12 }), { maxLength: 12 })
  fc.assert(
    fc.property(parts, fc.infiniteStream(fc.integer({ min: 1, max: 9 })), (words, sizes) => {
      const whole = bytesOf(words.flat().join(''))
      const blocks: Uint8Array[] = []
      for (let at = 0; at < whole.length; ) {
        const size = sizes.next().value ?? 1
        blocks.push(whole.subarray(at, at + size))
        at += size
      }
      // Where a block ends within a letter, its rows are looked at when the letter is whole.
      assert.deepEqual(read(blocks), read([whole]))
    }),
    { numRuns: 500 },
  )
})

test('a few broken rows among many sound ones do not make a file another encoding', () => {
  const broken = Buffer.concat([bytesOf('1,Nguyễn\n2,Trần\n3,L'), Buffer.of(0xc3, 10)])
  assert.doesNotThrow(() => judgeNotUtf8(broken, false))
  assert.throws(() => judgeNotUtf8(Buffer.of(0x4c, 0xea, 10), false))
  assert.doesNotThrow(() => judgeNotUtf8(Buffer.of(0x4c, 0xea, 10), true))
})
