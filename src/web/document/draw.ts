import { readFileSync } from 'node:fs'
import type { Block, PaperCell, PaperColumn, PaperOrder } from '../document.ts'
import { COLOURS, type Element, LEFT, LETTERS, Paper, RIGHT, WIDTH } from './paper.ts'

const GAP = 12
const NAME = 150
const PAD = 4
/** A part taller than this is not kept whole. */
const TALL = 600

/** The document as the bytes of a PDF. */
export async function drawPdf(order: PaperOrder): Promise<Buffer> {
  const paper = new Paper(order)
  const chunks: Buffer[] = []
  paper.pdf.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = new Promise<void>((resolve) => paper.pdf.once('end', () => resolve()))
  drawTop(paper, order)
  for (const block of order.blocks) drawBlock(paper, block)
  drawFeet(paper, order)
  paper.root.end()
  paper.pdf.end()
  await ended
  return Buffer.concat(chunks)
}

function drawTop(paper: Paper, { issuer, title, lead }: PaperOrder): void {
  drawMark(paper)
  if (issuer !== undefined) {
    const x = LEFT + 46
    paper.place('Gốc', { x, y: paper.y, element: paper.element('P') }, LETTERS.heading)
    paper.y += LETTERS.heading.line
    paper.write(issuer, LETTERS.quiet, { x })
  }
  paper.y = Math.max(paper.y, 92) + GAP
  paper.rule('moss')
  paper.y += GAP * 1.5
  paper.write(title, LETTERS.title, { element: paper.element('H1'), tag: 'H1' })
  paper.y += PAD
  if (lead !== undefined) paper.write(lead, LETTERS.body)
  paper.y += GAP
}

/** Our mark, from the very file the pages show. */
function drawMark(paper: Paper): void {
  const svg = readFileSync(new URL('../icons/mark.svg', import.meta.url), 'utf8')
  const shapes = [...svg.matchAll(/<(circle|path)([^>]*)\/>/g)].map(([, kind, rest = '']) => ({
    kind,
    of: (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(rest)?.[1],
  }))
  paper.ornament((pdf) => {
    pdf
      .save()
      .translate(LEFT - 1, paper.y - 2)
      .scale(36 / 32)
    pdf.lineCap('round').lineJoin('round').strokeColor(COLOURS.moss).fillColor(COLOURS.moss)
    for (const { kind, of } of shapes) {
      if (kind === 'circle') pdf.circle(Number(of('cx')), Number(of('cy')), Number(of('r')))
      else pdf.path(of('d') ?? '')
      const leaf = of('class') === 'leaf'
      if (leaf) pdf.fill(COLOURS.leaf)
      else if (of('fill') !== undefined) pdf.fill()
      else pdf.lineWidth(Number(of('stroke-width') ?? 1)).stroke()
    }
    pdf.restore()
  })
}

function drawBlock(paper: Paper, block: Block): void {
  switch (block.kind) {
    case 'heading':
      paper.y += GAP
      // A heading does not stand alone at the foot of a page.
      paper.need(LETTERS.heading.line + GAP + 3 * LETTERS.body.line)
      paper.write(block.text, LETTERS.heading, { element: paper.element('H2'), tag: 'H2' })
      paper.y += PAD
      return
    case 'text':
      paper.write(block.text, block.quiet ? LETTERS.quiet : LETTERS.body)
      paper.y += PAD * 1.5
      return
    case 'note':
      drawNote(paper, block)
      return
    case 'facts':
      drawFacts(paper, block.rows)
      return
    case 'table':
      drawTable(paper, block)
  }
}

function drawNote(paper: Paper, { title, text }: { title: string; text: string }): void {
  const x = LEFT + 14
  const lines = paper.wrap(text, RIGHT - x, LETTERS.body).length
  const height = LETTERS.strong.line + lines * LETTERS.body.line
  paper.need(Math.min(height, TALL))
  const top = paper.y
  paper.write(title, LETTERS.strong, { x })
  paper.write(text, LETTERS.body, { x })
  const bottom = paper.y
  if (bottom > top) {
    paper.ornament((pdf) => pdf.rect(LEFT, top + 2, 3, bottom - top - 4).fill(COLOURS.moss))
  }
  paper.y += GAP
}

/** Name and value side by side; to a screen reader a list of pairs. */
function drawFacts(paper: Paper, rows: (Block & { kind: 'facts' })['rows']): void {
  const list = paper.element('L')
  for (const { name, value, meta } of rows) {
    const item = paper.element('LI', list)
    const cells: Cell[] = [
      { x: LEFT, width: NAME - GAP, tag: 'Lbl', parts: [[name, LETTERS.quiet]] },
      {
        x: LEFT + NAME,
        width: WIDTH - NAME,
        tag: 'LBody',
        parts: [[value, LETTERS.strong], ...(meta ? [[meta, LETTERS.quiet] as const] : [])],
      },
    ]
    paper.rule()
    drawRow(paper, cells, item)
  }
  paper.rule()
  paper.y += GAP
}

type Part = readonly [text: string, look: (typeof LETTERS)[keyof typeof LETTERS]]
interface Cell {
  readonly x: number
  readonly width: number
  readonly tag: string
  readonly align?: 'right' | undefined
  readonly parts: readonly Part[]
}

/** Cells side by side. A row stays whole unless it is longer than a page can hold. */
function drawRow(paper: Paper, cells: readonly Cell[], row: Element): void {
  const laid = cells.map((cell) => ({
    cell,
    element: paper.element(cell.tag, row, cell.tag === 'TH' ? { scope: 'Column' } : {}),
    lines: cell.parts.flatMap(([text, look]) =>
      paper.wrap(text, cell.width, look).map((line) => ({ line, look })),
    ),
  }))
  const heightOf = (lines: (typeof laid)[number]['lines']) =>
    lines.reduce((sum, { look }) => sum + look.line, 0)
  paper.need(Math.min(Math.max(...laid.map(({ lines }) => heightOf(lines))) + 2 * PAD, TALL))
  paper.y += PAD
  while (laid.some(({ lines }) => lines.length > 0)) {
    const top = paper.y
    let bottom = top
    for (const { cell, element, lines } of laid) {
      paper.y = top
      const { x, width, tag, align } = cell
      for (let next = lines[0]; next !== undefined; next = lines[0]) {
        if (!paper.fits(next.look.line)) break
        paper.place(next.line, { x, width, tag, align, element, y: paper.y }, next.look)
        paper.y += next.look.line
        lines.shift()
      }
      bottom = Math.max(bottom, paper.y)
    }
    paper.y = bottom
    if (laid.some(({ lines }) => lines.length > 0)) paper.need(Number.POSITIVE_INFINITY)
  }
  paper.y += PAD
}

function drawTable(paper: Paper, table: Block & { kind: 'table' }): void {
  const { columns, rows, caption } = table
  const element = paper.element('Table', paper.root, { title: caption })
  const cellsOf = cellsIn(columns)
  const head = cellsOf(
    columns.map(({ label }) => label),
    true,
  )
  const [first] = rows
  // A head stands with its first row.
  const least = first === undefined ? 0 : rowHeight(paper, cellsOf(first, false))
  paper.need(rowHeight(paper, head) + Math.min(least, TALL))
  drawRow(paper, head, paper.element('TR', element))
  paper.rule('moss')
  for (const row of rows) {
    const cells = cellsOf(row, false)
    const height = rowHeight(paper, cells)
    if (!paper.fits(Math.min(height, TALL))) {
      paper.need(Number.POSITIVE_INFINITY)
      // The head again, for the eye: to a screen reader the table has one.
      paper.ornament(() => drawSeen(paper, head))
      paper.rule('moss')
    }
    drawRow(paper, cells, paper.element('TR', element))
    paper.rule()
  }
  paper.y += GAP
}

const partsOf = (cell: PaperCell): readonly Part[] =>
  typeof cell === 'string'
    ? [[cell, LETTERS.body]]
    : [
        [cell.text, LETTERS.body],
        ...(cell.meta === '' ? [] : [[cell.meta, LETTERS.quiet] as const]),
      ]

function cellsIn(columns: readonly PaperColumn[]) {
  const whole = columns.reduce((sum, { share }) => sum + share, 0)
  return (row: readonly PaperCell[], isHead: boolean): readonly Cell[] => {
    let x = LEFT
    return columns.map(({ share, align }, at) => {
      const width = (share / whole) * WIDTH
      const cell = row[at] ?? ''
      const parts: readonly Part[] = isHead ? [[String(cell), LETTERS.label]] : partsOf(cell)
      const made = { x, width: width - GAP, tag: isHead ? 'TH' : 'TD', align, parts }
      x += width
      return made
    })
  }
}

function rowHeight(paper: Paper, cells: readonly Cell[]): number {
  const heights = cells.map(({ parts, width }) =>
    parts.reduce((sum, [text, look]) => sum + paper.wrap(text, width, look).length * look.line, 0),
  )
  return Math.max(...heights) + 2 * PAD
}

/** Text for the eye alone, within an ornament. */
function drawSeen(paper: Paper, cells: readonly Cell[]): void {
  const height = rowHeight(paper, cells)
  for (const { x, width, parts, align } of cells) {
    let y = paper.y + PAD
    for (const [text, look] of parts) {
      for (const line of paper.wrap(text, width, look)) {
        paper.set(line, { x, y, width, align }, look)
        y += look.line
      }
    }
  }
  paper.y += height
}

function drawFeet(paper: Paper, { foot, pageWords }: PaperOrder): void {
  const { pdf } = paper
  const { start, count } = pdf.bufferedPageRange()
  for (let at = start; at < start + count; at++) {
    pdf.switchToPage(at)
    const number = pageWords
      .replace('{page}', String(at + 1))
      .replace('{pages}', String(start + count))
    paper.y = 841.89 - 54
    paper.rule()
    paper.ornament(() => {
      pdf.font(LETTERS.quiet.font).fontSize(8).fillColor(COLOURS.quiet)
      const width = pdf.widthOfString(number)
      pdf.text(number, RIGHT - width, paper.y + 8, { lineBreak: false })
      const lines = paper.wrap(foot, WIDTH - width - GAP * 2, { ...LETTERS.quiet, size: 8 })
      for (const [row, line] of lines.slice(0, 2).entries()) {
        pdf.text(line, LEFT, paper.y + 8 + row * 11, { lineBreak: false })
      }
    })
  }
}
