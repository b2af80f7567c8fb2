import { execute, html, LIMITS } from '../../../../kernel/index.ts'
import { agree, choice, dayField, type Fact, field, note } from '../../../../web/index.ts'
import { linkKin } from '../../../kinship/commands.ts'
import { isParent, RELATIONS, type Relation } from '../../../kinship/rules.ts'
import type { Wording } from '../../wording.ts'
import { actFields, actShown, asked, type Filled, Reader } from './form.ts'
import type { Fields, Journey, Ready } from './journey.ts'
import { type Other, otherShown, readOther } from './others.ts'
import { type About, journeyOf, senderOf, toRecord } from './subject.ts'

/** Relates a person to a parent, a spouse or a representative: on both records at once. */
export function kinJourney(about: About): Journey {
  const { wording } = about
  return {
    ...journeyOf(about, 'kin'),
    first: { 'act-kind': 'certificate' },
    newReader: (values) => new Reader(wording, values),
    fields: (filled) => fieldsOf(wording, filled),
    read: (reader) => readKin(about, reader),
  }
}

export const relationWords = ({ t }: Wording, relation: Relation): string =>
  t(isParent(relation) ? `register.parent.${relation}` : `register.fact.${relation}`)

function fieldsOf(wording: Wording, filled: Filled): Fields {
  const { t, profile } = wording
  const optional = t('register.desk.optional')
  const what = choice({
    ...asked(t, filled, 'kin'),
    options: RELATIONS.map((value) => ({
      value,
      label: relationWords(wording, value),
      hint: t(`register.desk.kin.${value}-hint`),
    })),
    chosen: [filled.values.kin ?? ''],
  })
  const who = html`${field({
    ...asked(t, filled, 'relative'),
    hint: t('register.desk.birth.number-hint', { n: profile.number.length }),
    width: 13,
    numeric: true,
  })}${field({
    ...asked(t, filled, 'relative-name'),
    optional: t('register.desk.kin.paper'),
    hint: t('register.desk.birth.paper-hint'),
    maxlength: LIMITS.nameChars,
  })}`
  const { value, ...adoption } = asked(t, filled, 'adoption')
  const event = html`${what}${agree({ ...adoption, checked: value === 'yes' })}${who}
<div class="two">${dayField(t, { ...asked(t, filled, 'from'), optional })}
${dayField(t, { ...asked(t, filled, 'until'), optional: t('register.desk.kin.until-only') })}</div>
<p class="meta small">${t('register.desk.kin.from-else')}</p>`
  return { event, act: actFields(t, filled) }
}

/** The relative: by number, with who that is, or by name as the paper says. */
async function readRelative(about: About, reader: Reader, relation: string): Promise<Relative> {
  const { t } = about.wording
  const paper = reader.text('relative-name')
  const isTyped = reader.text('relative') !== ''
  if (!isTyped && paper === '') reader.needed('relative')
  else if (!isTyped && relation === 'representative') {
    reader.wrong('relative', t('register.desk.kin.representative-number'))
  } else if (isTyped && paper !== '') {
    reader.wrong('relative-name', t('register.desk.birth.both'))
  } else if (!isTyped) return { name: reader.name('relative-name') }
  else {
    const other = await readOther(about.asker, reader, 'relative')
    if (other !== null) return { other }
  }
  return {}
}

interface Relative {
  readonly other?: Other
  readonly name?: string
}

async function readKin(about: About, reader: Reader): Promise<Ready | null> {
  const { wording, number } = about
  const { t } = wording
  const relation = reader.oneOf('kin', RELATIONS) as Relation
  const relative = await readRelative(about, reader, relation)
  const isAdoption = isParent(relation) && reader.text('adoption') === 'yes'
  const [from, to] = [reader.day('from'), reader.day('until')]
  const act = reader.act()
  if (reader.errors.length > 0) return null
  const { other, name } = relative
  const days = { ...(from !== '' && { from }), ...(to !== '' && { to }) }
  const input = {
    ...{ act, number, relation, ...days },
    relative: other === undefined ? { name } : { number: other.number },
    ...(isAdoption && { adoption: true }),
  }
  return {
    shown: [...relativeShown(wording, relation, relative), ...daysShown(wording, { from, to })]
      .concat(
        isAdoption
          ? [{ name: t('register.desk.form.adoption'), value: t('register.desk.kin.yes') }]
          : [],
      )
      .concat(actShown(t, act)),
    ...(other !== undefined && { warning: warning(wording, relation) }),
    places: {
      fields: {
        from: 'from',
        to: 'until',
        'relative.name': 'relative-name',
        'act.decidedOn': 'decided',
      },
      codes: { 'kinship.exists': 'kin', 'kinship.wrong-sex': 'kin' },
      otherwise: other === undefined ? 'relative-name' : 'relative',
    },
    async send(key) {
      await execute(linkKin, input, senderOf(about, key))
      return { title: t('register.desk.kin.done'), ways: toRecord(about) }
    },
  }
}

function relativeShown(wording: Wording, relation: Relation, { other, name }: Relative): Fact[] {
  const said = relationWords(wording, relation)
  if (other !== undefined) return [otherShown(wording, said, other)]
  return [{ name: said, value: name ?? '', meta: wording.t('register.kin.on-paper') }]
}

function daysShown({ t }: Wording, { from, to }: { from: string; to: string }): Fact[] {
  return [
    ...(from === '' ? [] : [{ name: t('register.desk.form.from'), value: t.day(from) }]),
    ...(to === '' ? [] : [{ name: t('register.desk.form.until'), value: t.day(to) }]),
  ]
}

const warning = ({ t }: Wording, relation: Relation) =>
  note({
    kind: 'you',
    title: t('register.desk.kin.both'),
    body: t(`register.desk.kin.both-${relation === 'spouse' ? 'spouse' : 'why'}`),
  })
