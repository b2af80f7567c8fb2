import { type Content, type Html, html } from '../../../../kernel/index.ts'
import { idNumber, select } from '../../../../web/index.ts'
import type { MemberView } from '../../../person/record-view.ts'
import { codeWords, type Wording } from '../../wording.ts'
import { asked, type Filled, part, type Reader } from './form.ts'

/** A member a form can name: who is protected, and not opened, has no number here. */
export type Named = MemberView & { readonly number: string }

export const isNamed = (member: MemberView): member is Named => member.number !== null

export const nameOf = ({ t }: Wording, member: Pick<MemberView, 'name'> | undefined): string =>
  member?.name ?? t('register.kin.unnamed')

/** "wife or husband, 001 190 000 123". */
export function aboutMember(wording: Wording, { relation, number }: MemberView): Content {
  const said = codeWords(wording, 'relation-to-head', relation)
  return number === null ? said : [`${said}, `, idNumber(wording.profile.number.group(number))]
}

/** What a member other than the head may be to the head. */
export function relationOptions({ t, profile }: Wording) {
  return profile.codes['relation-to-head']
    .filter(({ code }) => code !== 'head')
    .map(({ code, words }) => ({ value: code, label: words[t.lang] }))
}

/** The relation of one newcomer to the head; must be chosen. */
export function relationField(wording: Wording, filled: Filled, hint?: Content): Html {
  const { t } = wording
  const none = { value: '', label: t('register.desk.relation.choose') }
  return select({
    ...asked(t, filled, 'relation'),
    ...(hint !== undefined && { hint }),
    options: [none, ...relationOptions(wording)],
  })
}

/** A relation of the country's list that a member may have. */
export function readRelation(reader: Reader, name = 'relation'): string {
  const relation = reader.text(name)
  if (!relationOptions(reader.wording).some(({ value }) => value === relation)) {
    reader.wrong(name, reader.wording.t('register.desk.relation.needed'))
  }
  return relation
}

/** The code of a head, in every country's list of relations. */
export const HEAD = 'head'

export const fieldOf = ({ number }: Named): string => `as-${number}`

interface Asking {
  readonly members: readonly Named[]
  readonly title: string
  readonly hint: string
  /** What it means to choose nothing. */
  readonly none: string
  /** Where one of them is to be the head. */
  readonly head?: string
}

/** For each of some members what they are to the head, or nothing. */
export function relationFields(wording: Wording, filled: Filled, asking: Asking): Html {
  const { members, title, hint, none, head } = asking
  const options = [
    { value: '', label: none },
    ...(head === undefined ? [] : [{ value: HEAD, label: head }]),
    ...relationOptions(wording),
  ]
  const rows = members.map((member) =>
    select({
      name: fieldOf(member),
      label: nameOf(wording, member),
      hint: aboutMember(wording, member),
      value: filled.values[fieldOf(member)] ?? '',
      error: filled.errors.find((one) => one.field === fieldOf(member))?.words,
      options,
    }),
  )
  return part(title, html`<p class="hint">${hint}</p><div class="two">${rows}</div>`)
}

/** A member with what is said of them. */
export interface Stated {
  readonly member: Named
  readonly relation: string
}

/** Those of some members of whom something was chosen; the head only where one may be. */
export function readRelations(
  reader: Reader,
  members: readonly Named[],
  { mayHead = false } = {},
): Stated[] {
  return members.flatMap((member) => {
    const relation = reader.text(fieldOf(member))
    if (relation === '') return []
    if (mayHead && relation === HEAD) return [{ member, relation }]
    return [{ member, relation: readRelation(reader, fieldOf(member)) }]
  })
}

/** The same as a command takes it. */
export const statedInput = (stated: readonly Stated[]) =>
  stated.map(({ member, relation }) => ({ number: member.number, relation }))
