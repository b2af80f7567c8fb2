import { Worker } from 'node:worker_threads'
import type { Instant, Translator } from '../kernel/index.ts'

/** One part of a printed page, as data: a worker thread draws it. */
export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string; readonly quiet?: boolean }
  /** What the reader must know, beside a bar. */
  | { readonly kind: 'note'; readonly title: string; readonly text: string }
  | { readonly kind: 'facts'; readonly rows: readonly PaperFact[] }
  | {
      readonly kind: 'table'
      /** Says what the table holds, for a screen reader. */
      readonly caption: string
      readonly columns: readonly PaperColumn[]
      /** A cell is one text, or a main text and what is said below it in smaller letters. */
      readonly rows: readonly (readonly PaperCell[])[]
    }

export interface PaperFact {
  readonly name: string
  readonly value: string
  /** Where it comes from or what it means; below the value. */
  readonly meta?: string
}

export interface PaperColumn {
  readonly label: string
  /** Part of the width, beside the other columns' parts. */
  readonly share: number
  readonly align?: 'right'
}

export type PaperCell = string | { readonly text: string; readonly meta: string }

/** A document of ours on A4: what it is, whose, and its parts in order. */
export interface PaperDocument {
  readonly title: string
  /** Above the title: who issues it, for example the office that keeps the register. */
  readonly issuer?: string
  /** Below the title, in a sentence: what it is and is not. */
  readonly lead?: string
  readonly blocks: readonly Block[]
  /** On the foot of every page, beside the page's number. */
  readonly foot: string
  readonly madeAt: Instant
}

/** What the worker gets: the document with its language and the words of its page numbers. */
export interface PaperOrder extends PaperDocument {
  readonly lang: string
  /** Holds `{page}` and `{pages}`. */
  readonly pageWords: string
}

/** Characters a document may hold; a copy of all a person's lines stays far below it. */
const CHARACTERS_max = 4_000_000
const IDLE_ms = 30_000

interface Waiting {
  readonly order: PaperOrder
  readonly resolve: (pdf: Buffer) => void
  readonly reject: (error: Error) => void
}

const queue: Waiting[] = []
let worker: Worker | null = null
let idle: NodeJS.Timeout | null = null

/**
 * Draws a document as a tagged PDF (PDF/UA-1 marks): A4, page numbers, our letters embedded. One at
 * a time in a worker thread, so that nobody's page waits for somebody's paper.
 */
export function drawDocument(t: Translator, document: PaperDocument): Promise<Buffer> {
  const pageWords = t('web.pages.where', { page: '{page}', pages: '{pages}' })
  const order: PaperOrder = { ...document, lang: t.lang, pageWords }
  if (JSON.stringify(order).length > CHARACTERS_max) {
    return Promise.reject(new RangeError('the document is too long to be drawn'))
  }
  return new Promise((resolve, reject) => {
    queue.push({ order, resolve, reject })
    if (queue.length === 1) next()
  })
}

function next(): void {
  const [first] = queue
  if (idle !== null) clearTimeout(idle)
  if (first !== undefined) {
    press().ref()
    press().postMessage(first.order)
    return
  }
  // A worker that waits keeps no process alive, and ends when nobody prints.
  worker?.unref()
  idle = setTimeout(dismiss, IDLE_ms).unref()
}

/** Forgotten before it has ended: what came in between would never be drawn. */
function dismiss(): void {
  const idler = worker
  worker = null
  void idler?.terminate()
}

function press(): Worker {
  if (worker !== null) return worker
  const made = new Worker(new URL('./document/worker.ts', import.meta.url))
  made.on('message', (bytes: Uint8Array) => settle((one) => one.resolve(Buffer.from(bytes))))
  made.on('error', (error: Error) => {
    worker = null
    settle((one) => one.reject(error))
  })
  made.on('exit', () => {
    if (worker === made) worker = null
  })
  worker = made
  return made
}

function settle(tell: (one: Waiting) => void): void {
  const first = queue.shift()
  if (first !== undefined) tell(first)
  next()
}
