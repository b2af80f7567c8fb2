import type { NameRules } from '../../kernel/index.ts'
import type { Column, LinkSpec } from '../types.ts'

/** Names looked at, evenly from the list of distinct ones. */
const SAMPLE_names = 2000
/** Of these, so many must bear a common family name of the country: its names are so written. */
const BEARERS_least = 0.6
/** Fewer names tell nothing. */
const NAMES_least = 20

/**
 * The country whose family names most of the files' names bear; null where it is none of them.
 * Distinct names are counted, and common family names stand in few of them in most languages: where
 * six in ten begin with one of the country's, they are its names.
 */
export function countryOf(
  { fields }: Pick<LinkSpec, 'fields'>,
  columns: readonly Pick<Column, 'values'>[],
  countries: readonly NameRules[],
): NameRules | null {
  const at = fields.findIndex(({ kind }) => kind === 'full-name')
  const values = (columns[at]?.values ?? []).filter((value) => value !== '')
  if (values.length < NAMES_least) return null
  const step = Math.max(1, Math.floor(values.length / SAMPLE_names))
  const sample = values.filter((_, place) => place % step === 0)
  const share = (names: NameRules) =>
    sample.filter((value) => isOf(names, value)).length / sample.length
  return countries.find((names) => share(names) >= BEARERS_least) ?? null
}

/** By whole words: names without accents and in capitals are of the country too. */
function isOf(names: NameRules, value: string): boolean {
  const words = names.fold(value)
  const family = names.order[0] === 'family' ? words[0] : words.at(-1)
  return words.length > 1 && family !== undefined && names.common.has(family)
}
