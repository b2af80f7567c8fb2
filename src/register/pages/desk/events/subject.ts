import type { FastifyRequest } from 'fastify'
import { ask, type Html, html, type Kernel, Refusal } from '../../../../kernel/index.ts'
import { idNumber, linkButton } from '../../../../web/index.ts'
import { factsAsOf } from '../../../person/queries.ts'
import type { FactView } from '../../../person/record-view.ts'
import type { FactKind, FactValues } from '../../../types.ts'
import { wordingOf } from '../../show.ts'
import type { Wording } from '../../wording.ts'
import { addressOf, type Purpose, personPath, purposeIn, todayOf, type Values } from '../frame.ts'
import { askerOf, type PersonRoute } from '../persons.ts'
import type { Journey } from './journey.ts'

/** Whom an event is about: no more of the record than the form needs. */
export interface About {
  readonly wording: Wording
  readonly person: string
  readonly purpose: Purpose
  readonly name: string
  readonly number: string
  readonly facts: readonly FactView[]
  readonly asker: ReturnType<typeof askerOf>
}

/** Reads name, number and some more of a person, for the form of an event. */
export async function aboutPerson(
  request: FastifyRequest<PersonRoute>,
  kernel: Kernel,
  kinds: readonly FactKind[],
): Promise<About> {
  const asker = askerOf(request, kernel)
  const { person } = request.params
  const wanted = { person, kinds: ['name', 'number', ...kinds] }
  const { facts, number } = await ask(factsAsOf, wanted, asker)
  // Events are recorded by number: whoever has none is given one first.
  if (number === null) throw new Refusal('number.none')
  const wording = await wordingOf(request, kernel)
  const { full } = (facts.find((fact) => fact.kind === 'name')?.value ?? {}) as { full?: string }
  const name = full ?? wording.t('register.kin.unnamed')
  const purpose = purposeIn(asker.purpose)
  return { wording, person, purpose, name, number, facts, asker }
}

export const heldBy = <Kind extends FactKind>(
  { facts }: Pick<About, 'facts'>,
  kind: Kind,
): FactValues[Kind] | undefined =>
  facts.find((fact) => fact.kind === kind)?.value as FactValues[Kind] | undefined

/** The frame of an event of one person: where it is sent, whom it is about, the way back. */
export function journeyOf(
  about: About,
  event: string,
): Pick<Journey, 'title' | 'about' | 'action' | 'purpose' | 'back'> {
  const { wording, person, purpose, name, number } = about
  const { t, profile } = wording
  const shown = html`, ${idNumber(profile.number.group(number))}`
  return {
    title: t(`register.desk.event.${event}`),
    about: html`<p class="lead"><b>${name}</b>${shown}</p>`,
    action: addressOf(personPath(person, `/${event}`), { for: purpose }),
    purpose,
    back: {
      href: addressOf(personPath(person), { for: purpose }),
      label: t('register.desk.record.back'),
    },
  }
}

/** Who sends a command: with the case, where the record was opened in one. */
export const senderOf = ({ asker: { kernel, actor, case: typed } }: About, key: string) => ({
  kernel,
  actor,
  key,
  ...(typed !== undefined && { case: typed }),
})

/** The officer's own unit where people are registered in it, as a field of a form is filled. */
export function officeOf({ wording, asker }: Pick<About, 'wording' | 'asker'>): Values {
  const { unit } = asker.actor
  const { units, t } = wording
  if (unit === null || !units.isResidential(unit, todayOf(asker.kernel))) return {}
  return { unit: units.fullTitleOf(unit, t.lang), 'unit-unit': unit }
}

/** After an event: the record as it is now. */
export const toRecord = ({ wording, person, purpose }: About): Html =>
  linkButton(
    wording.t('register.desk.record.back'),
    addressOf(personPath(person), { for: purpose }),
  )
