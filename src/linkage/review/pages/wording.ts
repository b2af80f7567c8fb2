import type { FastifyRequest } from 'fastify'
import { type Kernel, type Translator, wordsOf } from '../../../kernel/index.ts'
import { unitsOf } from '../../../register/index.ts'
import type { ReviewField } from '../types.ts'

/** What codes are put into words with. */
export interface Wording {
  readonly t: Translator
  readonly profile: Kernel['profile']
  readonly units: Awaited<ReturnType<typeof unitsOf>>
}

export async function wordingOf({ t }: FastifyRequest, kernel: Kernel): Promise<Wording> {
  const units = await kernel.database.transaction((tx) => unitsOf({ tx, kernel }))
  return { t, profile: kernel.profile, units }
}

/** A value as people read it. */
export function valueText(
  { t, profile, units }: Wording,
  field: ReviewField,
  value: string | null,
): string | null {
  if (value === null) return null
  if (field === 'birthdate') return t.day(value)
  if (field === 'sex') return wordsOf(profile.codes.sex, value)[t.lang]
  return field === 'resident_city' ? units.fullTitleOf(value, t.lang) : value
}

export const officeText = ({ t, units }: Wording, unit: string | null): string =>
  unit === null || unit === 'nation' ? t('linkage.review.nation') : units.fullTitleOf(unit, t.lang)

/** How a field compared; a comparer that is newer than the words says its own name. */
export const levelText = ({ t }: Wording, level: string): string =>
  t.has(`linkage.review.level.${level}`) ? t(`linkage.review.level.${level}`) : level

/** A weight with its sign: +3,1 or −7,9. */
export function bitsText({ t }: Pick<Wording, 't'>, bits: number): string {
  const rounded = Math.round(bits * 10) / 10
  if (rounded === 0) return '0'
  return `${rounded > 0 ? '+' : '−'}${t.number(Math.abs(rounded), 1)}`
}
