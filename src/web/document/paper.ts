import { fileURLToPath } from 'node:url'
import PDFDocument from 'pdfkit'
import type { PaperOrder } from '../document.ts'

/** Points; an A4 page is 595.28 by 841.89. */
export const LEFT = 56
export const RIGHT = 595.28 - 56
const TOP = 56
const BOTTOM = 841.89 - 72
export const WIDTH = RIGHT - LEFT

export const COLOURS = {
  ink: '#231f1a',
  quiet: '#5d5448',
  line: '#cfc4b1',
  moss: '#14594a',
  leaf: '#dd9a26',
} as const

const FONTS = {
  regular: fileURLToPath(
    import.meta.resolve('@expo-google-fonts/be-vietnam-pro/400Regular/BeVietnamPro_400Regular.ttf'),
  ),
  strong: fileURLToPath(
    import.meta.resolve(
      '@expo-google-fonts/be-vietnam-pro/600SemiBold/BeVietnamPro_600SemiBold.ttf',
    ),
  ),
} as const

/** `scope` of a table's head is what PDF/UA asks for; the types do not know it yet. */
export interface ElementOptions {
  readonly title?: string
  readonly scope?: 'Column'
}

/** How a text is set. Stacked marks (Ễ, Ậ) collide below 1.3 lines. */
export interface Letters {
  readonly font: keyof typeof FONTS
  readonly size: number
  readonly colour: keyof typeof COLOURS
  /** Line height in points. */
  readonly line: number
}

const letters = (size: number, more: Partial<Letters> = {}): Letters => ({
  font: 'regular',
  size,
  colour: 'ink',
  line: Math.round(size * 1.5 * 2) / 2,
  ...more,
})
export const LETTERS = {
  title: letters(20, { font: 'strong', line: 27 }),
  heading: letters(13, { font: 'strong', line: 18.5 }),
  body: letters(10),
  strong: letters(10, { font: 'strong' }),
  quiet: letters(9, { colour: 'quiet' }),
  label: letters(9, { font: 'strong', colour: 'quiet' }),
} as const

/** A structure element of a tagged PDF: what a part is to a reader who does not see it. */
export type Element = ReturnType<PDFKit.PDFDocument['struct']>

/**
 * A4 pages being filled from the top. Every text is placed line by line, so that a part may go over
 * a page's end, and belongs to an element of the structure tree; all else is marked as ornament.
 */
export class Paper {
  readonly pdf: PDFKit.PDFDocument
  readonly root: Element
  y = TOP

  constructor(order: PaperOrder) {
    this.pdf = new PDFDocument({
      size: 'A4',
      margins: { top: 0, bottom: 0, left: 0, right: 0 },
      pdfVersion: '1.7',
      subset: 'PDF/UA' as PDFKit.Mixins.PDFSubsets,
      tagged: true,
      lang: order.lang,
      displayTitle: true,
      bufferPages: true,
      font: FONTS.regular,
      info: {
        Title: order.title,
        Creator: 'Gốc',
        Producer: 'Gốc',
        CreationDate: new Date(order.madeAt),
      },
    })
    for (const [name, path] of Object.entries(FONTS)) this.pdf.registerFont(name, path)
    this.root = this.pdf.struct('Document')
    this.pdf.addStructure(this.root)
  }

  /** Room for so many points, on this page or the next. */
  need(height: number): void {
    if (this.y + height <= BOTTOM) return
    this.pdf.addPage()
    this.y = TOP
  }

  /** Whether so many points are free on this page. */
  fits(height: number): boolean {
    return this.y + height <= BOTTOM
  }

  element(type: string, parent: Element = this.root, options: ElementOptions = {}): Element {
    const made = this.pdf.struct(type, options)
    parent.add(made)
    return made
  }

  /** Lines of a text within a width; a word longer than a line is broken. */
  wrap(text: string, width: number, look: Letters): string[] {
    this.pdf.font(look.font).fontSize(look.size)
    const lines: string[] = []
    for (const paragraph of text.split('\n')) {
      let line = ''
      for (const word of paragraph.split(' ').flatMap((one) => this.#broken(one, width))) {
        const longer = line === '' ? word : `${line} ${word}`
        if (line !== '' && this.pdf.widthOfString(longer) > width) {
          lines.push(line)
          line = word
        } else line = longer
      }
      lines.push(line)
    }
    return lines
  }

  #broken(word: string, width: number): string[] {
    if (this.pdf.widthOfString(word) <= width) return [word]
    const parts: string[] = []
    let part = ''
    for (const letter of word) {
      if (part !== '' && this.pdf.widthOfString(part + letter) > width) {
        parts.push(part)
        part = ''
      }
      part += letter
    }
    return [...parts, part]
  }

  /** One line at a place, as content of an element. */
  place(line: string, at: Place, look: Letters): void {
    const content = this.pdf.markStructureContent(at.tag ?? 'P')
    this.set(line, at, look)
    this.pdf.endMarkedContent()
    at.element.add(content)
  }

  /** The letters alone, for what is marked already. */
  set(line: string, { x, y, align, width = 0 }: Spot, look: Letters): void {
    const { pdf } = this
    pdf.font(look.font).fontSize(look.size).fillColor(COLOURS[look.colour])
    const shift = align === 'right' ? width - pdf.widthOfString(line) : 0
    pdf.text(line, x + shift, y + (look.line - look.size * 1.25) / 2, { lineBreak: false })
  }

  /** A text from the present height down, over as many pages as it takes. */
  write(text: string, look: Letters, at: Partial<Place> = {}): void {
    const { x = LEFT, width = RIGHT - x, element = this.element('P') } = at
    for (const line of this.wrap(text, width, look)) {
      this.need(look.line)
      this.place(line, { ...at, x, width, element, y: this.y }, look)
      this.y += look.line
    }
  }

  /** What is only to be seen: lines, the mark, the foot of a page. */
  ornament(draw: (pdf: PDFKit.PDFDocument) => void): void {
    this.pdf.markContent('Artifact', { type: 'Layout' })
    draw(this.pdf)
    this.pdf.endMarkedContent()
  }

  rule(colour: keyof typeof COLOURS = 'line', x: number = LEFT): void {
    this.ornament((pdf) =>
      pdf
        .moveTo(x, this.y)
        .lineTo(RIGHT, this.y)
        .lineWidth(colour === 'line' ? 0.5 : 1)
        .strokeColor(COLOURS[colour])
        .stroke(),
    )
  }
}

interface Spot {
  readonly x: number
  readonly y: number
  readonly width?: number
  readonly align?: 'right' | undefined
}
interface Place extends Spot {
  readonly element: Element
  /** The structure's name of the content: the element's own. */
  readonly tag?: string
}
