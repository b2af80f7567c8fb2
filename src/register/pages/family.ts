import { ageOn, type Html, html, type PlainDay } from '../../kernel/index.ts'
import { back, idNumber, kinList, section, still, table } from '../../web/index.ts'
import type { Family, FamilyMember } from '../person/own.ts'
import type { PersonRecord } from '../person/record.ts'
import type { Birth, Residence } from '../types.ts'
import { codeWords, residenceWords, type Wording } from './wording.ts'

/** Whom a page about one's people shows. */
export interface People {
  readonly family: Family
  /** The citizen's own record: its household is shown beside the family. */
  readonly record: PersonRecord
}

/** Family by its recorded ties, the household under one roof, and whom the citizen acts for. */
export function familyPage(wording: Wording, people: People, today: PlainDay): Html {
  const { t } = wording
  const { family, record } = people
  const ties =
    family.members.length === 0
      ? still(t('register.family.none'), t('register.family.none-why'))
      : kinList(family.members.toSorted(byTie).map((member) => kinOf(wording, member)))
  return html`<div class="stack-l"><div>${back(t('register.home'), '/')}
<h1>${t('register.family.title')}</h1></div>
<div class="split even"><div class="stack-l">${section('ties', t('register.family.ties'), ties)}</div>
<div class="stack-l">${household(wording, record)}</div></div>
${family.records.map((child, at) => dependant(wording, child, { today, at }))}</div>`
}

const TIES: readonly FamilyMember['tie'][] = [
  ...(['spouse', 'child', 'parent', 'represented', 'representative'] as const),
]
const byTie = (a: FamilyMember, b: FamilyMember): number =>
  TIES.indexOf(a.tie) - TIES.indexOf(b.tie)

function kinOf(wording: Wording, member: FamilyMember) {
  const { t, profile } = wording
  const tie =
    member.tie === 'parent' ? `register.parent.${member.key}` : `register.tie.${member.tie}`
  const number = member.number === null ? null : idNumber(profile.number.group(member.number))
  const paper = member.registered ? null : html`. ${t('register.kin.on-paper')}`
  return {
    name: member.name ?? t('register.kin.unnamed'),
    relation: html`${t(tie)}${number && html`, ${number}`}${paper}`,
  }
}

function household(wording: Wording, { household: members, facts }: PersonRecord): Html {
  const { t } = wording
  const title = t('register.family.household')
  const [first] = members
  if (first === undefined) {
    const empty = still(t('register.household.none'), t('register.household.none-why'))
    return section('household', title, empty)
  }
  const home = facts.find((fact) => fact.kind === 'permanent')
  const { text } = home ? residenceWords(wording, home.value as Residence) : { text: '' }
  const rows = members.map((member) => ({
    name: member.name ?? t('register.kin.unnamed'),
    relation: codeWords(wording, 'relation-to-head', member.relation),
  }))
  return section('household', title, html`<p class="meta">${text}</p>${kinList(rows)}`)
}

/** A child's record in short: what a parent is asked for at every counter. */
function dependant(
  wording: Wording,
  record: PersonRecord,
  { today, at }: { readonly today: PlainDay; readonly at: number },
): Html {
  const { t, profile } = wording
  const believed = (kind: string) => record.facts.find((fact) => fact.kind === kind)?.value
  const { full } = (believed('name') ?? { full: t('register.kin.unnamed') }) as { full: string }
  const birth = believed('birth') as Birth | undefined
  const home = believed('permanent') as Residence | undefined
  const age = birth === undefined ? '' : t('register.age', { n: ageOn(birth.on, today).least })
  const cells = [
    record.number === null ? '' : idNumber(profile.number.group(record.number)),
    birth === undefined ? '' : t.day(birth.on),
    believed('sex') === undefined ? '' : codeWords(wording, 'sex', String(believed('sex'))),
    home === undefined ? '' : residenceWords(wording, home).text,
  ]
  const shown = table({
    caption: t('register.family.record-of', { name: full }),
    columns: ['number', 'birth', 'sex', 'permanent'].map((kind) => ({
      label: t(`register.fact.${kind}`),
      short: t(`register.fact.${kind}`),
    })),
    rows: [cells],
  })
  const aside = html`<span class="meta">${age}</span>`
  return section(`dependant-${at + 1}`, full, html`${aside}${shown}`)
}
