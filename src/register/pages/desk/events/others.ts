import { type Asker, ask, Refusal } from '../../../../kernel/index.ts'
import { type Fact, idNumber } from '../../../../web/index.ts'
import { getHousehold, type HouseholdAnswer } from '../../../household/queries.ts'
import { type ResultRow, searchPersons } from '../../../search/queries.ts'
import { residenceWords, type Wording } from '../../wording.ts'
import { bornWords } from '../facts-table.ts'
import { type Reader, refusedAt } from './form.ts'

/** Somebody else, by the number that was typed, found so that the officer sees who it is. */
export interface Other {
  readonly number: string
  readonly row: ResultRow
}

/** Whom a field with a number means; null where nothing was typed or nobody bears it. */
export async function readOther(
  asker: Asker,
  reader: Reader,
  field: string,
): Promise<Other | null> {
  const number = reader.number(field)
  if (number === '' || reader.errors.some((one) => one.field === field)) return null
  const { rows } = await ask(searchPersons, { text: number }, asker)
  const [row] = rows
  if (row === undefined) {
    const { words } = refusedAt(reader.wording.t, new Refusal('number.not-found'), {
      fields: {},
      otherwise: field,
    })
    reader.wrong(field, String(words))
    return null
  }
  return { number, row }
}

/** The same where it must be somebody. */
export async function needOther(
  asker: Asker,
  reader: Reader,
  field: string,
): Promise<Other | null> {
  if (reader.needed(field) === '') return null
  return readOther(asker, reader, field)
}

/** Who bears a number, with birth and home: what an officer compares with the papers. */
export function otherShown(wording: Wording, name: string, { row, number }: Other): Fact {
  const { t, profile, units } = wording
  const home = row.unit === null ? null : units.fullTitleOf(row.unit, t.lang)
  const born = row.birthYear === null ? null : bornWords(wording, String(row.birthYear))
  const more = [born, home].filter(Boolean).join(', ')
  return {
    name,
    value: row.name ?? t('register.kin.unnamed'),
    meta: [idNumber(profile.number.group(number)), more === '' ? '' : `, ${more}`],
  }
}

/** The household of whoever bears a number; null, with what is wrong said, where there is none. */
export async function readHousehold(
  { kernel, actor, purpose }: Asker,
  reader: Reader,
  field: string,
): Promise<HouseholdAnswer | null> {
  reader.needed(field)
  const number = reader.number(field)
  if (number === '' || reader.errors.some((one) => one.field === field)) return null
  try {
    // A case opens its own applicant's household, not this one.
    return await ask(getHousehold, { number }, { kernel, actor, purpose })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { words } = refusedAt(reader.wording.t, error, { fields: {}, otherwise: field })
    reader.wrong(field, String(words))
    return null
  }
}

/** A household by its head and address. */
export function householdShown(wording: Wording, name: string, answer: HouseholdAnswer): Fact {
  const { t } = wording
  const head = answer.members.find((member) => member.relation === 'head')
  const home = answer.address === null ? null : residenceWords(wording, answer.address).text
  return {
    name,
    value: t('register.desk.household.of', { name: head?.name ?? t('register.kin.unnamed') }),
    meta: [home, t('register.desk.household.count', { n: answer.members.length })]
      .filter(Boolean)
      .join(', '),
  }
}
