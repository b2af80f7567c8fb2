import type { Lang, PlainDay } from '../../../kernel/index.ts'
import type { UnitId } from '../../types.ts'
import type { UnitDirectory } from '../../unit/directory.ts'
import { foldWords } from '../../unit/fold.ts'
import type { Wording } from '../wording.ts'

/** What somebody typed for a unit, understood. */
export type ReadUnit =
  | { readonly unit: UnitId }
  /** Several bear the name: one is to be chosen. */
  | { readonly among: readonly UnitId[] }
  | { readonly none: true }

export interface TypedUnit {
  readonly text: string
  /** The one chosen of several, or the one the field was filled with. */
  readonly chosen?: string | undefined
}

export interface UnitWishes {
  readonly day: PlainDay
  /** Only where people are registered: the lowest level of that day. */
  readonly lowest?: boolean
}

/** More than these are not listed: the reader adds a word. */
const CHOICES_MOST = 12

/**
 * A unit by its name, with or without accents, by its full title or its code, as of a day. 'Phường
 * Ba Đình, Thành phố Hà Nội', 'ba dinh ha noi' and '00004' are one.
 */
export function readUnit(
  { units, profile, t }: Wording,
  { text, chosen }: TypedUnit,
  wishes: UnitWishes,
): ReadUnit {
  const { day, lowest = false } = wishes
  const fits = (id: UnitId) =>
    units.find(id, day) !== undefined && (!lowest || units.isResidential(id, day))
  if (chosen && fits(chosen) && isTitle(units, { id: chosen, text, day })) return { unit: chosen }
  const level = lowest ? units.lowestLevelOn(day) : undefined
  const options = { day, limit: CHOICES_MOST, ...(level !== undefined && { level }) }
  const kinds = new Set(
    profile.units.kinds.flatMap((kind) => foldWords(Object.values(kind.title).join(' '))),
  )
  const bare = foldWords(text).filter((word) => !kinds.has(word))
  const found = units.search(text, options)
  const rows = found.length > 0 ? found : units.search(bare.join(' '), options)
  const ids = rows.map((row) => row.id)
  const titled = ids.filter((id) => isTitle(units, { id, text, day, lang: t.lang }))
  const [only, ...others] = titled.length > 0 ? titled : ids
  if (only === undefined) return { none: true }
  if (others.length === 0) return { unit: only }
  if (chosen && ids.includes(chosen)) return { unit: chosen }
  return { among: ids }
}

interface Titled {
  readonly id: UnitId
  readonly text: string
  readonly day: PlainDay
  readonly lang?: Lang
}

const LANGS: readonly Lang[] = ['vi', 'en', 'fr']

/** Whether a text is the whole title of a unit, in any language. */
function isTitle(units: UnitDirectory, { id, text, day, lang }: Titled): boolean {
  const words = foldWords(text).join(' ')
  const langs = lang === undefined ? LANGS : [lang]
  return langs.some((one) => foldWords(units.fullTitleOf(id, one, day)).join(' ') === words)
}
