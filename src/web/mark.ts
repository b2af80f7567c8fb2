import { readFileSync } from 'node:fs'
import { type Html, raw } from '../kernel/index.ts'

/** Pictures for the navigation, 24 by 24. */
const ICONS = [
  ...(['home', 'cases', 'card', 'reads', 'family', 'record', 'search', 'key'] as const),
  ...(['agreement', 'usage', 'send', 'book', 'seal'] as const),
] as const
/** Pictures for the doors, 32 by 32; most carry one leaf. */
const DOORS = [
  ...(['birth', 'marriage', 'move', 'death', 'correct', 'copy', 'proof', 'why'] as const),
  ...(['record', 'family', 'reads'] as const),
] as const

export type IconName = (typeof ICONS)[number]
export type DoorIcon = (typeof DOORS)[number]

/** A drawing of ours as it stands in a page: in its text's colour, without words of its own. */
function drawing(name: string): Html {
  const file = readFileSync(new URL(`./icons/${name}.svg`, import.meta.url), 'utf8')
  const inline = file.replace(' xmlns="http://www.w3.org/2000/svg"', ' aria-hidden="true"')
  return raw(inline.replace(/\n\s*/g, ''))
}

const drawings = <Name extends string>(names: readonly Name[], before: string) =>
  new Map<string, Html>(names.map((name) => [name, drawing(before + name)]))
const icons = drawings(ICONS, '')
const doors = drawings(DOORS, 'door-')

export function isIcon(name: string | undefined): name is IconName {
  return name !== undefined && icons.has(name)
}

/** A small picture beside a word, never instead of it. */
export function icon(name: IconName): Html | undefined {
  return icons.get(name)
}

export function doorIcon(name: DoorIcon): Html | undefined {
  return doors.get(name)
}

/**
 * The mark: the letter ố of Gốc. Two growth rings and a core are the record, year upon year; the
 * roof is the household; the sprout a birth. No flag, no crest, no emblem of state.
 */
export const mark: Html = drawing('mark')

/** For an empty list: the rings not yet drawn. */
export const emptyRings: Html = drawing('empty')

const MARK_COLOURS =
  '<style>svg{color:#14594a}.leaf{fill:#dd9a26;stroke:none}' +
  '@media(prefers-color-scheme:dark){svg{color:#8ed0b6}}</style>'

/** The mark as a file of its own, for a browser's tab; it follows the system's light or dark. */
export const markFile: string = mark.text
  .replace(' aria-hidden="true"', ' xmlns="http://www.w3.org/2000/svg"')
  .replace('>', `>${MARK_COLOURS}`)

function ring(at: number): string {
  const radius = 5 + at * 6.4 + Math.sin(at * 2.1) * 1.3
  const [cx, cy] = [106 - at * 0.7, 98 + at * 0.35].map((value) => value.toFixed(1))
  const [rx, ry] = [radius * 1.04, radius].map((value) => value.toFixed(1))
  const width = at % 4 === 3 ? 1.3 : 0.7
  return `<ellipse cx="${cx}" cy="${cy}" rx="${rx}" ry="${ry}" stroke-width="${width}"/>`
}

/** A quarter of a trunk, the one ornament: behind the greeting and the sign-in, nowhere else. */
export const rings: Html = raw(
  '<svg class="rings" viewBox="0 0 200 200" fill="none" stroke="currentColor" aria-hidden="true">' +
    `${Array.from({ length: 15 }, (_, at) => ring(at)).join('')}</svg>`,
)
