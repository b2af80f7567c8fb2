import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { inflateSync } from 'node:zlib'
import { type Instant, loadCatalogues, translator } from '../kernel/index.ts'
import { type Block, drawDocument } from './index.ts'

const locales = new URL('./locales/', import.meta.url)
const t = translator('vi', loadCatalogues([{ name: 'web', locales }]))
const draw = (blocks: readonly Block[], title = 'Bản sao') =>
  drawDocument(t, {
    title,
    blocks,
    foot: 'Chân trang',
    madeAt: '2026-10-16T03:00:00.000Z' as Instant,
  })

/** Everything a PDF holds, its compressed streams opened. */
function contentsOf(pdf: Buffer): string {
  const text = pdf.toString('latin1')
  const streams = [...text.matchAll(/stream\n([\s\S]*?)\nendstream/g)].map(([, packed = '']) => {
    try {
      return inflateSync(Buffer.from(packed, 'latin1')).toString('latin1')
    } catch {
      return ''
    }
  })
  return [text, ...streams].join('\n')
}
const pagesOf = (pdf: Buffer): number => Number(/\/Count (\d+)/.exec(pdf.toString('latin1'))?.[1])

describe('a printed page', () => {
  test('is A4, tagged, has a language and a title, and says that it is PDF/UA', async () => {
    const pdf = await draw([{ kind: 'heading', text: 'Con người' }])
    const held = contentsOf(pdf)
    assert.match(held, /^%PDF-1\.7/)
    assert.match(held, /\/MediaBox \[0 0 595\.28 841\.89\]/)
    assert.match(held, /\/Marked true/)
    assert.match(held, /\/Lang \(vi\)/)
    assert.match(held, /\/DisplayDocTitle true/)
    assert.match(held, /<pdfuaid:part>1</)
    for (const type of ['Document', 'H1', 'H2']) assert.match(held, new RegExp(`/S /${type}\\b`))
  })

  test('holds the letters of every mark, so that they can be read and copied', async () => {
    const letters = 'ỄẬỡộẵửựđĐ’ÉÈœ'
    const held = contentsOf(await draw([{ kind: 'text', text: letters }]))
    for (const letter of letters) {
      const code = letter.charCodeAt(0).toString(16).padStart(4, '0')
      assert.match(held, new RegExp(`<${code}>`), letter)
    }
  })

  test('goes on over as many pages as it takes, each numbered; a head comes again', async () => {
    const columns = [
      { label: 'Ngày', share: 1 },
      { label: 'Việc', share: 3 },
    ]
    const rows = Array.from({ length: 90 }, (_, at) => [`${at}`, { text: 'Đọc', meta: 'Luật' }])
    const pdf = await draw([{ kind: 'table', caption: 'Các lượt', columns, rows }])
    assert.ok(pagesOf(pdf) > 3, String(pagesOf(pdf)))
    const held = contentsOf(pdf)
    assert.equal(held.match(/\/S \/TH\b/g)?.length, 2)
    assert.equal(held.match(/\/S \/TR\b/g)?.length, 91)
  })

  test('breaks words and rows that are longer than a line or a page', async () => {
    const columns = [
      { label: 'A', share: 1 },
      { label: 'B', share: 3, align: 'right' as const },
    ]
    const rows = [['x'.repeat(400), 'từ '.repeat(4_000)]]
    const pdf = await draw([{ kind: 'table', caption: 'Dài', columns, rows }])
    assert.ok(pagesOf(pdf) > 2)
  })

  test('is the same twice, and several asked at once come each to its asker', async () => {
    const titles = ['một', 'hai', 'ba']
    const all = await Promise.all([...titles, 'một'].map((title) => draw([], title)))
    assert.deepEqual(all[0], all[3])
    assert.equal(new Set(all.map((pdf) => pdf.toString('latin1'))).size, 3)
  })

  test('that would be endless is refused', async () => {
    const block = { kind: 'text', text: 'x'.repeat(4_000_001) } as const
    await assert.rejects(draw([block]), RangeError)
  })
})
