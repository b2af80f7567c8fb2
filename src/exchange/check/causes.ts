/** Why a row is not as it should be, told by the file alone; words and remedies are in the locales. */
export const FILE_CAUSES = [
  'row-unreadable',
  'too-few-fields',
  'number-missing',
  'number-unreadable',
  'number-repaired',
  'number-old',
  'number-contradicts-sex',
  'number-contradicts-birth-year',
  'old-number-unreadable',
  'name-unreadable',
  'name-encoding',
  'name-repaired',
  'birth-date-unreadable',
  'birth-date-partial',
  'sex-unreadable',
  'unit-unknown',
  'unit-split',
  'unit-replaced',
] as const
export type FileCause = (typeof FILE_CAUSES)[number]

/** The same, told by the register. */
export const TOLD_CAUSES = [
  'repeated',
  'not-confirmed',
  'attempts-spent',
  'not-certain',
  'several-persons',
  'number-differs',
  'number-replaced',
  'old-number-differs',
  'name-differs',
  'name-close',
  'birth-date-differs',
  'birth-date-close',
  'sex-differs',
  'residence-differs',
  'deceased',
  'missing-person',
  'merged',
  'abroad',
] as const
export type ToldCause = (typeof TOLD_CAUSES)[number]

export const CAUSES = [...FILE_CAUSES, ...TOLD_CAUSES] as const
export type Cause = FileCause | ToldCause

/** Who can put it right. */
export const OWNERS = ['system', 'office', 'person', 'register'] as const
export type Owner = (typeof OWNERS)[number]

/** The agency's system, the office that keyed the row, the person, or whoever keeps the register. */
const OWNER: Readonly<Partial<Record<Cause, Owner>>> = {
  'row-unreadable': 'system',
  'number-repaired': 'system',
  'name-encoding': 'system',
  'name-repaired': 'system',
  'unit-unknown': 'system',
  'unit-replaced': 'system',
  'number-old': 'person',
  'number-missing': 'person',
  'birth-date-partial': 'person',
  'unit-split': 'register',
  'residence-differs': 'person',
  'not-certain': 'person',
  'several-persons': 'person',
  'not-confirmed': 'person',
}

export const ownerOf = (cause: Cause): Owner => OWNER[cause] ?? 'office'

const FILE_BIT = new Map(FILE_CAUSES.map((cause, at) => [cause, 2 ** at]))
const TOLD_BIT = new Map(TOLD_CAUSES.map((cause, at) => [cause, 2 ** at]))

/** Causes of a row as bits, as a million of them are kept. */
export const fileBit = (cause: FileCause): number => FILE_BIT.get(cause) ?? 0
export const toldBit = (cause: ToldCause): number => TOLD_BIT.get(cause) ?? 0

export function causesOf(file: number, told: number): readonly Cause[] {
  if (file === 0 && told === 0) return []
  return [
    ...FILE_CAUSES.filter((_, at) => (file & (2 ** at)) !== 0),
    ...TOLD_CAUSES.filter((_, at) => (told & (2 ** at)) !== 0),
  ]
}
