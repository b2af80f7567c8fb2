import type { Kernel } from '../../kernel/index.ts'
import type { Somebody } from './demonstration-store.ts'
import type { ReviewField } from './types.ts'

/** A row of an invented agency's list. */
export interface ErringRow {
  readonly ref: string
  readonly claims: Readonly<Record<Exclude<ReviewField, 'old_number'>, string>>
  /** Whose row it is. */
  readonly personId: string
}

type Claims = ErringRow['claims']
type Err = (claims: Claims, neighbour: Somebody, kernel: Kernel) => Claims

const plain: Err = (claims, _, { profile }) => ({
  ...claims,
  name: profile.names.fold(claims.name).join(' ').toUpperCase(),
})
const noNumber: Err = (claims) => ({ ...claims, number: '' })
const theirNumber: Err = (claims, { number }) => ({ ...claims, number })
const swappedDay: Err = (claims) => {
  const [year, month = '', day = ''] = claims.birthdate.split('-')
  return Number(day) > 12 ? claims : { ...claims, birthdate: `${year}-${day}-${month}` }
}
const yearAlone: Err = (claims) => ({ ...claims, birthdate: claims.birthdate.slice(0, 4) })
const nextDay: Err = (claims) => {
  const last = Number(claims.birthdate.slice(-1))
  return { ...claims, birthdate: `${claims.birthdate.slice(0, -1)}${(last + 1) % 9 || 1}` }
}
const noMiddle: Err = (claims) => {
  const words = claims.name.split(' ')
  const name = words.length < 3 ? claims.name : [words[0], ...words.slice(2)].join(' ')
  return { ...claims, name }
}
const moved: Err = (claims, { unit }) => ({ ...claims, resident_city: unit })
const otherSex: Err = (claims) => ({ ...claims, sex: claims.sex === 'male' ? 'female' : 'male' })

/** Errors that agencies make, several in one row: what no score settles alone. */
const ERRORS: readonly (readonly Err[])[] = [
  [plain, noNumber, yearAlone],
  [theirNumber],
  [noNumber, swappedDay],
  [nextDay],
  [noMiddle, noNumber, moved],
  [moved, nextDay],
  [plain, theirNumber, yearAlone],
  [otherSex, noMiddle],
  [noNumber, nextDay, moved],
  [theirNumber, swappedDay, plain],
]
/** Most rows of a list have nothing wrong but what a machine mends. */
const WRONG_each = 4

/** A list that an agency might hold: the same for the same people. */
export function erringRows(kernel: Kernel, people: readonly Somebody[]): readonly ErringRow[] {
  return people.map((person, at): ErringRow => {
    const { name, birthdate, sex, number, unit } = person
    const right: Claims = { name, birthdate, sex, number, resident_city: unit }
    const errors = at % WRONG_each === 0 ? (ERRORS[(at / WRONG_each) % ERRORS.length] ?? []) : []
    const neighbour = people[(at + 7) % people.length] ?? person
    const claims = errors.reduce((row, err) => err(row, neighbour, kernel), right)
    return { ref: String(at + 2), claims, personId: person.personId }
  })
}
