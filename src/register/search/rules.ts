import { type Profile, Refusal } from '../../kernel/index.ts'
import type { UnitId } from '../types.ts'
import { unitToken, yearToken } from './search-row.ts'
import type { TokenSearch } from './store.ts'

/** What somebody typed, understood. */
export type Wish =
  | { readonly by: 'number'; readonly number: string }
  | { readonly by: 'name'; readonly tokens: readonly string[]; readonly year: number | null }

export interface Typed {
  readonly text: string
  readonly birthYear?: number
}

const YEAR = /^(1[89]|20)\d\d$/

/**
 * Reads one box: a number, old or new, however it is spaced; else names in any order, with a year
 * of birth among them. Digits that are neither are refused as a wrong number.
 */
export function readWish(profile: Profile, { text, birthYear }: Typed): Wish {
  const read = profile.number.parse(text)
  if (read.ok) return { by: 'number', number: read.number }
  if (/^[\d\s.-]+$/.test(text) && text.replace(/\D+/g, '').length > 4) {
    throw new Refusal('number.invalid', { field: 'text', fault: read.fault })
  }
  const words = text.split(/\s+/).filter((word) => word !== '')
  const years = words.filter((word) => YEAR.test(word))
  const year = birthYear ?? (years.length === 1 ? Number(years[0]) : null)
  const named = words.filter((word) => !years.includes(word)).join(' ')
  return { by: 'name', tokens: [...new Set(profile.names.fold(named))], year }
}

/** Where to look for people: those of any of these units. */
export type Area = readonly UnitId[]

/**
 * The tokens to look for. One name alone would show strangers to whoever is curious, and a family name
 * half a nation: it needs a year of birth or a place beside it.
 *
 * @throws Refusal `search.too-short` without a name, `search.narrow` for a name alone
 */
export function searchOf(
  { tokens, year }: Extract<Wish, { by: 'name' }>,
  area: Area | null,
  common: ReadonlySet<string>,
): Pick<TokenSearch, 'all' | 'any' | 'isCommon'> {
  if (tokens.length === 0) throw new Refusal('search.too-short')
  if (tokens.length === 1 && year === null && area === null) throw new Refusal('search.narrow')
  return {
    all: year === null ? tokens : [...tokens, yearToken(year)],
    any: (area ?? []).map(unitToken),
    isCommon: year === null && tokens.every((token) => common.has(token)),
  }
}

/**
 * The best first: the name written as it was typed, with its accents, then in its order, then by
 * name. Rank only sorts what was found; it hides nobody.
 */
export function ranked<Row extends { readonly name: string | null }>(
  rows: readonly Row[],
  typed: string,
  { names, languages }: Pick<Profile, 'names' | 'languages'>,
): readonly Row[] {
  const collator = new Intl.Collator([...languages])
  const order = names.fold(typed).join(' ')
  const score = ({ name }: Row): number => {
    if (name === null) return 0
    const level = names.compare(name, typed)
    if (level === 'same') return 4
    if (level === 'tone-placement') return 3
    const folded = names.fold(name).join(' ')
    return folded === order ? 2 : folded.includes(order) ? 1 : 0
  }
  return rows
    .map((row) => ({ row, at: score(row) }))
    .sort((a, b) => b.at - a.at || collator.compare(a.row.name ?? '', b.row.name ?? ''))
    .map(({ row }) => row)
}
