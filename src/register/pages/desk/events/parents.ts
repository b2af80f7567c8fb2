import { type Asker, type Html, html, LIMITS } from '../../../../kernel/index.ts'
import { type Fact, field } from '../../../../web/index.ts'
import type { ResultRow } from '../../../search/queries.ts'
import type { Wording } from '../../wording.ts'
import { asked, type Filled, part, type Reader } from './form.ts'
import { otherShown, readOther } from './others.ts'

export const ROLES = ['mother', 'father'] as const
export type Role = (typeof ROLES)[number]

/** A parent as the form says: by number, with who that is; or by name, as the paper says. */
export interface Parent {
  readonly number?: string
  readonly name?: string
  readonly row?: ResultRow
}
export type Parents = Readonly<Partial<Record<Role, Parent>>>

/** Number, or name where the register does not know the parent. */
export function parentFields({ t, profile }: Wording, filled: Filled, role: Role): Html {
  const number = field({
    ...asked(t, filled, role),
    hint: t('register.desk.birth.number-hint', { n: profile.number.length }),
    optional: t('register.desk.optional'),
    width: 13,
    numeric: true,
  })
  const name = field({
    ...asked(t, filled, `${role}-name`),
    hint: t('register.desk.birth.paper-hint'),
    optional: t('register.desk.optional'),
    maxlength: LIMITS.nameChars,
  })
  return part(t(`register.parent.${role}`), html`${number}${name}`)
}

/** A parent by number, found so that the officer sees who it is; or by name, as the paper says. */
async function readParent(asker: Asker, reader: Reader, role: Role): Promise<Parent | null> {
  const { t } = reader.wording
  const paper = reader.text(`${role}-name`)
  if (reader.text(role) === '') {
    return paper === '' ? null : { name: reader.name(`${role}-name`) }
  }
  if (paper !== '') {
    reader.wrong(`${role}-name`, t('register.desk.birth.both'))
    return null
  }
  return readOther(asker, reader, role)
}

/** Both parents as they were typed. */
export async function readParents(asker: Asker, reader: Reader): Promise<Parents> {
  const parents: Partial<Record<Role, Parent>> = {}
  for (const role of ROLES) {
    const parent = await readParent(asker, reader, role)
    if (parent !== null) parents[role] = parent
  }
  return parents
}

/** The parents as the command takes them. */
export const parentsInput = (parents: Parents) =>
  Object.fromEntries(
    Object.entries(parents).map(([role, { number, name }]) => [
      role,
      number === undefined ? { name } : { number },
    ]),
  )

/** A parent on the page where everything is checked: who bears the number. */
export function parentShown(wording: Wording, parent: Parent | undefined, role: Role): Fact {
  const { t } = wording
  const name = t(`register.parent.${role}`)
  if (parent === undefined) return { name, value: t('register.desk.birth.parent-none') }
  const { row, number } = parent
  if (row === undefined || number === undefined) {
    return { name, value: parent.name ?? '', meta: t('register.kin.on-paper') }
  }
  return otherShown(wording, name, { row, number })
}
