import assert from 'node:assert/strict'
import type { Reader } from './program.ts'

/** Of pages that differ only in whom or what they show, so many are looked at. */
const ALIKE_most = 2
const PAGES_most = 200
/** Downloads and what changes how the same page is shown. */
const PASSED_OVER =
  /\.(pdf|json|png|svg|ndjson|pem|txt)(\?|$)|[?&](lang|theme)=|^\/(assets|ledger\/tile)\//

/** Where a page leads on this server, without fragments. */
export function linksOf(page: string): string[] {
  const found = [...page.matchAll(/<a\b[^>]*?\shref="([^"]+)"/g)].map(([, href = '']) =>
    href.replaceAll('&amp;', '&').replace(/#.*$/, ''),
  )
  return found.filter((href) => /^\/(?!\/)/.test(href) && !PASSED_OVER.test(href))
}

/** The same for all pages of one kind: whom they show and what was asked are left out. */
export function kindOf(address: string): string {
  const { pathname, searchParams } = new URL(address, 'http://localhost')
  const path = pathname.replaceAll(/[\w-]{16,}|\b\d{4,}[\w-]*/g, ':id')
  return [path, ...[...new Set(searchParams.keys())].sort()].join(' ')
}

/** A page that was reached. */
export interface Found {
  readonly address: string
  /** 200; 403 where a case may be opened; 409 where there was nothing to show on the day asked for. */
  readonly status: number
}

/** A person, or the household of another day, may be of another area: the page says so. */
const CASE = /^\/desk\/persons\/[^/?]+(\/household)?(\?|$)/

/** Every page that was reached, and the links that lead nowhere. */
export interface Crawled {
  readonly pages: readonly Found[]
  readonly faults: readonly string[]
}

/** Every page one can reach by links from some addresses, each kind of page once or twice. */
export async function crawl(
  reader: Reader,
  url: string,
  from: readonly string[],
): Promise<Crawled> {
  const waiting = [...from]
  const met = new Set(waiting)
  const alike = new Map<string, number>()
  const pages: Found[] = []
  const faults: string[] = []
  for (let at = 0; at < waiting.length; at++) {
    const address = waiting[at] ?? ''
    const kind = kindOf(address)
    const seen = alike.get(kind) ?? 0
    if (seen >= ALIKE_most) continue
    alike.set(kind, seen + 1)
    const answer = await reader.get(`${url}${address}`)
    const text = await answer.text()
    const next = [303, 302, 308].includes(answer.status)
      ? [answer.headers.get('location') ?? '']
      : linksOf(text)
    const isRefused = answer.status === 409 || (answer.status === 403 && CASE.test(address))
    if (answer.status >= 400 && !isRefused) faults.push(`${address}: answered ${answer.status}`)
    const isPage =
      answer.headers.get('content-type')?.startsWith('text/html') === true &&
      answer.headers.get('content-disposition') === null
    const { status } = answer
    if ((status === 200 || isRefused) && isPage) pages.push({ address, status })
    for (const link of next) {
      if (!link.startsWith('/') || met.has(link)) continue
      met.add(link)
      waiting.push(link)
    }
  }
  assert.ok(
    pages.length <= PAGES_most,
    `${pages.length} pages: the crawl does not see what is alike`,
  )
  return { pages, faults }
}
