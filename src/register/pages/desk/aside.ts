import type { Content, Html } from '../../../kernel/index.ts'
import { html } from '../../../kernel/index.ts'
import {
  button,
  hidden,
  idNumber,
  kinList,
  plainList,
  section,
  select,
  tag,
  writeDay,
} from '../../../web/index.ts'
import { DESK_PURPOSES } from '../../person/queries.ts'
import type { NumberView } from '../../person/record.ts'
import type { FactView, KinView, MemberView } from '../../person/record-view.ts'
import type { Residence } from '../../types.ts'
import { codeWords, residenceWords, type Wording } from '../wording.ts'
import { lastDay } from './facts-table.ts'
import { addressOf, type Purpose, personPath } from './frame.ts'
import type { RecordPage } from './types.ts'

/** Beside the facts: the household, the relatives, numbers of any time, and the purpose. */
export function aside(page: RecordPage): Html {
  return html`<div class="stack-l">${household(page)}${relatives(page)}${numbers(page)}
${purposeForm(personPath(page.record.person), page)}</div>`
}

function household({ wording, record, purpose, axes }: RecordPage): Html {
  const { t } = wording
  const title = t('register.family.household')
  if (record.household.length === 0) {
    const none = html`<p class="meta">${t('register.household.none')}</p>`
    return section('household', title, none)
  }
  const home = record.facts.find((fact) => fact.kind === 'permanent')?.value as
    | Residence
    | undefined
  const address = home && html`<p class="meta">${residenceWords(wording, home).text}</p>`
  const path = personPath(record.person, '/household')
  const link = html`<a href=${addressOf(path, { for: purpose, ...axes.said })}>${t(
    'register.desk.household.open',
  )}</a>`
  const heading = { title, aside: link }
  return section(
    'household',
    heading,
    html`${address}${members(wording, record.household, purpose)}`,
  )
}

/** Who is of a household, each with what they are to its head. */
export function members(wording: Wording, all: readonly MemberView[], purpose: Purpose): Html {
  return kinList(
    all.map((member) =>
      person(wording, member, {
        purpose,
        relation: codeWords(wording, 'relation-to-head', member.relation),
      }),
    ),
  )
}

interface Shown {
  readonly purpose: Purpose
  readonly relation: string
}

function person({ t, profile }: Wording, kin: KinView, { purpose, relation }: Shown) {
  const number = kin.number === null ? null : idNumber(profile.number.group(kin.number))
  const paper = kin.registered ? null : t('register.kin.on-paper')
  return {
    name: kin.name ?? t('register.kin.unnamed'),
    relation: html`${relation}${number && html`, ${number}`}${paper && html`. ${paper}`}`,
    ...(kin.handle !== undefined && {
      href: addressOf(personPath(kin.handle), { for: purpose }),
    }),
  }
}

const TIES: readonly string[] = ['parent', 'spouse', 'child', 'representative', 'represented']
const order = ({ kind }: FactView): number => TIES.indexOf(kind)

function relatives({ wording, record, purpose }: RecordPage): Html {
  const { t } = wording
  const ties = record.facts.filter((fact) => TIES.includes(fact.kind))
  ties.sort((a, b) => order(a) - order(b) || (a.from < b.from ? -1 : 1))
  const rows = ties.map(({ kind, key, value }) => {
    const word = kind === 'parent' ? `register.parent.${key}` : `register.fact.${kind}`
    return person(wording, value as KinView, { purpose, relation: t(word) })
  })
  const none = html`<p class="meta">${t('register.family.none')}</p>`
  return section('kin', t('register.family.ties'), rows.length === 0 ? none : kinList(rows))
}

function numbers({ wording, record }: RecordPage): Html {
  const { t, profile } = wording
  const line = (number: Html, state: Content, held: string | null) =>
    html`<div class="row">${number}${state}</div>${held && html`<p class="meta small">${held}</p>`}`
  const rows = record.numbers.map((one) =>
    line(idNumber(profile.number.group(one.number)), state(wording, one), days(wording, one)),
  )
  const idle = (word: string) => tag(t, 'idle', t(`register.desk.number.${word}`))
  const old = record.facts
    .filter((fact) => fact.kind === 'old-number')
    .map((fact) => line(idNumber(String(fact.value)), idle('old'), days(wording, fact)))
  const merged = record.duplicates.map((number) =>
    line(idNumber(profile.number.group(number)), idle('duplicate'), null),
  )
  const all = plainList([...rows, ...old, ...merged], { tight: true })
  return section('numbers', t('register.desk.numbers'), all)
}

function state({ t }: Wording, { state: how }: NumberView): Html {
  return tag(t, how === 'in-force' ? 'done' : 'idle', t(`register.desk.number.${how}`))
}

const days = (wording: Wording, held: Pick<NumberView, 'from' | 'to'>): string =>
  `${writeDay(held.from)} – ${lastDay(wording, held)}`

/** Opens the record for another purpose: the citizen reads which. */
export function purposeForm(
  action: string,
  page: Pick<RecordPage, 'wording' | 'axes' | 'purpose'>,
) {
  const { wording, axes, purpose } = page
  const { t } = wording
  const form = html`<form action=${action} class="stack">${hidden(axes.said)}
${purposeSelect(t, purpose)}
${button(t('register.desk.purpose.change'), { kind: 'plain', less: true })}
<p class="meta small">${t('register.desk.purpose.why')}</p></form>`
  const asked = section('purpose', t('register.desk.purpose'), form)
  return html`<div class="unprinted">${asked}</div>`
}

/** What a record is opened for: the citizen reads it. */
export function purposeSelect(t: Wording['t'], purpose: Purpose): Html {
  return select({
    name: 'for',
    label: t('register.desk.purpose.label'),
    value: purpose,
    options: DESK_PURPOSES.map((value) => ({
      value,
      label: t(`register.desk.purpose.${value}`),
    })),
  })
}
