import { type Html, html, raw } from '../kernel/index.ts'

/**
 * The mark: the letter ố of Gốc. Two growth rings and a core are the record, year upon year; the
 * roof is the household; the sprout a birth. No flag, no crest, no emblem of state.
 */
const PATHS =
  '<circle cx="15" cy="21" r="9.4" stroke-width="2.6"/><circle cx="14.5" cy="21.4" r="5.2" stroke-width="2"/>' +
  '<circle cx="14.1" cy="21.7" r="1.7" fill="currentColor" stroke="none"/>' +
  '<path d="M9.4 7.6 15 3.4l5.6 4.2" stroke-width="2.6" stroke-linejoin="round"/>' +
  '<path class="leaf" d="M21.2 5.4C21.4 2.6 23.6.9 27.2.8c.2 3.5-1.7 6-4.6 6.1-.9 0-1.4-.5-1.4-1.5Z"/>'
const FRAME = 'viewBox="0 0 32 32" fill="none" stroke="currentColor" stroke-linecap="round"'

/** In a page: takes the colour of its text; only the sprout keeps its own. */
export const mark: Html = raw(`<svg ${FRAME} aria-hidden="true">${PATHS}</svg>`)

/** As a file of its own, the icon of a browser's tab; it follows the system's light or dark. */
export const markFile = `<svg xmlns="http://www.w3.org/2000/svg" ${FRAME}><style>svg{color:#14594a}.leaf{fill:#dd9a26;stroke:none}@media(prefers-color-scheme:dark){svg{color:#8ed0b6}}</style>${PATHS}</svg>`

function ringsOf(count: number): string {
  return Array.from({ length: count }, (_, ring) => {
    const radius = 5 + ring * 6.4 + Math.sin(ring * 2.1) * 1.3
    const [cx, cy] = [106 - ring * 0.7, 98 + ring * 0.35].map((value) => value.toFixed(1))
    const width = ring % 4 === 3 ? 1.3 : 0.7
    return `<ellipse cx="${cx}" cy="${cy}" rx="${(radius * 1.04).toFixed(1)}" ry="${radius.toFixed(1)}" stroke-width="${width}"/>`
  }).join('')
}

/** A quarter of a trunk, the one ornament: behind the greeting and the sign-in, nowhere else. */
export const rings: Html = raw(
  `<svg class="rings" viewBox="0 0 200 200" fill="none" stroke="currentColor" aria-hidden="true">${ringsOf(15)}</svg>`,
)

const LINE = 'fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round"'

/** 24 by 24, for the navigation. */
const SMALL = {
  home: '<path d="M4 11.5 12 5l8 6.5V19a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1z"/><circle cx="12" cy="14" r="2.5"/>',
  cases:
    '<path d="M12 3v6M12 9c0 4-6 2-6 7M12 9c0 4 6 2 6 7M12 9v7"/><circle cx="6" cy="18.5" r="2"/><circle cx="12" cy="18.5" r="2"/><circle cx="18" cy="18.5" r="2"/>',
  card: '<rect x="3" y="5.5" width="18" height="13" rx="2"/><circle cx="8.5" cy="11" r="2.2"/><path d="M5.8 15.5c.6-1.5 4.8-1.5 5.4 0M14 10h4M14 13.5h4"/>',
  reads:
    '<path d="M2.5 12C5 7.5 8.3 5.5 12 5.5s7 2 9.5 6.5c-2.5 4.5-5.8 6.5-9.5 6.5S5 16.5 2.5 12z"/><circle cx="12" cy="12" r="2.8"/>',
  family:
    '<circle cx="8" cy="8" r="3"/><circle cx="16.5" cy="9" r="2.5"/><path d="M2.5 19c0-3.6 2.4-6 5.5-6s5.5 2.4 5.5 6M14.5 14c3.7-1 7 1 7 5"/>',
  record:
    '<path d="M6 3.5h8.5L19 8v12a.5.5 0 0 1-.5.5h-12A.5.5 0 0 1 6 20z"/><path d="M14 3.5V8.5h5M9 13h7M9 16.5h5"/>',
  search: '<circle cx="10.5" cy="10.5" r="6"/><path d="m15 15 5 5"/>',
  key: '<circle cx="8" cy="15" r="4.5"/><circle cx="8" cy="15" r="1"/><path d="m11.3 11.7 8.2-8.2M16.5 6.5l3 3M14 9l2 2"/>',
  agreement:
    '<path d="M5 3.5h14v17H5z"/><path d="M8.5 8h7M8.5 11.5h7"/><circle cx="14.5" cy="16" r="2"/>',
  usage: '<path d="M3.5 20h17"/><path d="M6.5 16v-4M12 16V6M17.5 16V9"/>',
  send: '<path d="M4 12h15M13.5 6.5 19 12l-5.5 5.5"/>',
  book: '<path d="M12 6v14M12 6C9.5 4.5 6.5 4 3.5 4.5V18.5c3-.5 6 0 8.5 1.5 2.5-1.5 5.5-2 8.5-1.5V4.5C17.5 4 14.5 4.5 12 6Z"/>',
  seal: '<circle cx="12" cy="10" r="6.5"/><circle cx="12" cy="10" r="3"/><path d="m8.5 16-1 5 4.5-2 4.5 2-1-5"/>',
} as const

/** 32 by 32, for the doors by life event; each carries one leaf. */
const LARGE = {
  birth:
    '<circle cx="16" cy="21" r="8"/><circle cx="16" cy="21" r="3"/><path d="M16 13V7"/><path class="leaf" d="M16 8.5c0-3 2.3-5 6-5 0 3.3-2.3 5.3-6 5.3Z"/>',
  marriage:
    '<circle cx="12" cy="18" r="8"/><circle cx="20" cy="18" r="8"/><circle class="leaf" cx="16" cy="5" r="2"/>',
  move: '<path d="M4 15.5 16 6l12 9.5M7 13.5V27h18V13.5"/><circle cx="16" cy="20" r="3.5"/>',
  death:
    '<path d="M4 25h24M8.5 25a7.5 7.5 0 0 1 15 0M12.5 25a3.5 3.5 0 0 1 7 0"/><path d="M16 13V7M7.5 16l-3-3M24.5 16l3-3" opacity=".55"/>',
  correct:
    '<path d="M7 5h12l6 6v16H7z"/><path d="M18.5 5v6.5H25M11.5 22.5l1-4 6.5-6.5 3 3-6.5 6.5Z"/>',
  copy: '<path d="M11 8h14v19H11z"/><path d="M8 24V5h13M15 14h6M15 18h6"/><circle class="leaf" cx="18" cy="23" r="1.5"/>',
  proof:
    '<circle cx="16" cy="16" r="11.5"/><circle cx="16" cy="16" r="6.5"/><path d="m12.5 16 2.5 2.5 4.5-5"/>',
  why: '<path d="M5 6.5h22v16H17l-6 5v-5H5z"/><path d="M13 12a3 3 0 1 1 4 3c-.8.3-1 .8-1 1.6M16 19.2v.1"/>',
} as const

export type IconName = keyof typeof SMALL
export type DoorIcon = keyof typeof LARGE

export function isIcon(name: string | undefined): name is IconName {
  return name !== undefined && Object.hasOwn(SMALL, name)
}

/** A small picture beside a word, never instead of it. */
export function icon(name: IconName): Html {
  return raw(
    `<svg viewBox="0 0 24 24" ${LINE} stroke-width="1.7" aria-hidden="true">${SMALL[name]}</svg>`,
  )
}

export function doorIcon(name: DoorIcon): Html {
  return raw(
    `<svg viewBox="0 0 32 32" ${LINE} stroke-width="1.8" aria-hidden="true">${LARGE[name]}</svg>`,
  )
}

/** For an empty list: the rings not yet drawn. */
export const emptyRings: Html = html`<svg viewBox="0 0 48 48" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true"><circle cx="24" cy="24" r="20" stroke-dasharray="3 5"/><circle cx="23" cy="25" r="11" stroke-dasharray="3 5"/><circle cx="22.5" cy="25.5" r="3"/></svg>`
