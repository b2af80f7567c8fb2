import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { escapeHtml, html, isEmpty, raw } from './html.ts'

/** Reads back what a browser would read from escaped text. */
function decoded(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
}

const nasty = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('"><script>alert(1)</script>', "' onload='x", '<!--', '-->', '&lt;', '</title>'),
  fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', '=', '/', ' ', 'a', '\0', '\n') }),
)

test('text from outside cannot open a tag, whatever it holds', () => {
  fc.assert(
    fc.property(nasty, (words) => {
      const inner = html`<p>${words}</p>`.text.slice(3, -4)
      assert.doesNotMatch(inner, /[<>"']/)
      assert.equal(decoded(inner), words)
    }),
  )
})

test('text from outside cannot leave its attribute, quoted or whole', () => {
  fc.assert(
    fc.property(nasty, (words) => {
      const quoted = html`<i title="${words}">x</i>`.text
      assert.equal(quoted, html`<i title=${words}>x</i>`.text)
      const inner = quoted.slice('<i title="'.length, -'">x</i>'.length)
      assert.doesNotMatch(inner, /[<>"']/)
      assert.equal(decoded(inner), words)
    }),
  )
})

test('no address runs code, however its scheme is hidden', () => {
  const schemes = fc.constantFrom('javascript', 'JavaScript', 'vbscript', 'data', 'blob', 'file')
  const dust = fc.string({
    unit: fc.constantFrom(' ', '\t', '\n', '\r', '\0', '\u0001'),
    maxLength: 3,
  })
  fc.assert(
    fc.property(schemes, dust, dust, nasty, (scheme, before, within, rest) => {
      const hidden = `${before}${scheme.slice(0, 4)}${within}${scheme.slice(4)}${within}:${rest}`
      assert.equal(html`<a href=${hidden}>x</a>`.text, '<a href="about:invalid">x</a>')
      assert.equal(html`<a href="${hidden}">x</a>`.text, '<a href="about:invalid">x</a>')
    }),
  )
})

test('ordinary addresses stay as they are', () => {
  for (const address of [
    '/reads?from=2026-01#m1',
    '#pin',
    '',
    'a:b'.slice(0, 1),
    '/x:y',
    '?at=08:15',
  ]) {
    assert.equal(html`<a href=${address}>x</a>`.text, `<a href="${escapeHtml(address)}">x</a>`)
  }
  for (const address of ['https://goc.example/', 'mailto:a@b.vn', 'tel:+8424']) {
    assert.equal(html`<a href=${address}>x</a>`.text, `<a href="${address}">x</a>`)
  }
})

test('what is absent is left out; arrays and nested markup are joined as they are', () => {
  assert.equal(html`<p>${null}${undefined}${false}${true}${0}${''}${7n}</p>`.text, '<p>07</p>')
  const rows = ['a<b', 'c'].map((word) => html`<li>${word}</li>`)
  assert.equal(
    html`<ul>${rows}${[['x', [raw('<hr>')]]]}</ul>`.text,
    '<ul><li>a&lt;b</li><li>c</li>x<hr></ul>',
  )
  assert.equal(isEmpty([null, [false, '']]), true)
  assert.equal(isEmpty([null, [false, 0]]), false)
})

test('a whole attribute is quoted, bare, or not there', () => {
  const field = (value: string | null, required: boolean, tall: number | undefined) =>
    html`<input name="n" value=${value} required=${required} size=${tall}>`.text
  assert.equal(field('a"b', true, 3), '<input name="n" value="a&quot;b" required size="3">')
  assert.equal(field(null, false, undefined), '<input name="n">')
  assert.equal(html`<i class="a ${null}b" id=${'x'}/>`.text, '<i class="a b" id="x"/>')
})

test('markup put into an attribute is shown as text and cannot end it', () => {
  assert.equal(
    html`<i title="${html`<b>"</b>`}"></i>`.text,
    '<i title="&lt;b&gt;&quot;&lt;/b&gt;"></i>',
  )
})

test('an object that only looks like markup is refused', () => {
  const forged = JSON.parse('{"text":"<script>"}') as string
  assert.throws(() => html`<p>${forged}</p>`, /cannot show/)
})

test('a value may stand only where it can be made safe', () => {
  const words = 'x'
  const templates: (() => unknown)[] = [
    () => html`<${words}>`,
    () => html`<p ${words}>`,
    () => html`<p ${words}=1>`,
    () => html`<!-- ${words} -->`,
    () => html`<script>${words}</script>`,
    () => html`<style>a{color:${words}}</style>`,
    () => html`<p onclick="${words}">`,
    () => html`<p onclick=${words}>`,
    () => html`<p style="color:${words}">`,
    () => html`<iframe srcdoc=${words}></iframe>`,
    () => html`<a href="${words}${words}">`,
    () => html`<a href="${words}:x">`,
    () => html`<a href=${words}x>`,
    () => html`<p class="${words}`,
  ]
  for (const template of templates) assert.throws(template, TypeError, template.toString())
})

test('quotes and angle brackets in the fixed part do not mislead', () => {
  assert.equal(html`<i title="a > 'b' <">${'<'}</i>`.text, `<i title="a > 'b' <">&lt;</i>`)
  assert.equal(
    html`<!-- "> --><i class='${"'"}'>${'"'}</i>`.text,
    `<!-- "> --><i class='&#39;'>&quot;</i>`,
  )
  assert.equal(
    html`<script src=${'/a.js'}></script>${'<'}`.text,
    '<script src="/a.js"></script>&lt;',
  )
})
