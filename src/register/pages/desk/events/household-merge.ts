import { execute, html } from '../../../../kernel/index.ts'
import { dayField, type Fact, field, note } from '../../../../web/index.ts'
import type { HouseholdAnswer } from '../../../household/queries.ts'
import { merge } from '../../../household/reshape.ts'
import { codeWords } from '../../wording.ts'
import { todayOf } from '../frame.ts'
import { actFields, actShown, asked, type Filled, firstDay, Reader } from './form.ts'
import type { Fields, Journey, Ready } from './journey.ts'
import { householdShown, readHousehold } from './others.ts'
import { isNamed, nameOf, readRelations, relationFields, statedInput } from './relations.ts'
import { type About, journeyOf, senderOf, toRecord } from './subject.ts'

/** The household is taken into another: all its members join that one, and it is closed. */
export function householdMergeJourney(about: About, household: HouseholdAnswer): Journey {
  const { wording } = about
  return {
    ...journeyOf(about, 'household-merge'),
    first: { 'act-kind': 'declaration' },
    newReader: (values) => new Reader(wording, values),
    fields: (filled) => fieldsOf(about, filled, household),
    read: (reader) => readMerge(about, reader, household),
  }
}

function fieldsOf({ wording }: About, filled: Filled, { members }: HouseholdAnswer): Fields {
  const { t } = wording
  const relations = relationFields(wording, filled, {
    members: members.filter(isNamed),
    title: t('register.desk.household-merge.relations'),
    hint: t('register.desk.household-merge.relations-hint'),
    none: t('register.desk.household-merge.by-kin'),
  })
  const event = html`<div class="stack-l"><div class="stack">${field({
    ...asked(t, filled, 'into'),
    hint: t('register.desk.household-merge.into-hint'),
    width: 13,
    numeric: true,
  })}${dayField(t, {
    ...asked(t, filled, 'from'),
    optional: t('register.desk.optional'),
  })}</div>${relations}</div>`
  return { event, act: actFields(t, filled) }
}

async function readMerge(
  about: About,
  reader: Reader,
  household: HouseholdAnswer,
): Promise<Ready | null> {
  const { wording, asker, number } = about
  const { t } = wording
  const host = await readHousehold(asker, reader, 'into')
  const into = reader.number('into')
  const stated = readRelations(reader, household.members.filter(isNamed))
  const on = reader.day('from')
  const act = reader.act()
  if (reader.errors.length > 0 || host === null) return null
  const input = {
    ...{ act, number, into, relations: statedInput(stated) },
    ...(on !== '' && { on }),
  }
  const coming = household.members.map((member): Fact => {
    const said = stated.find((one) => one.member === member)?.relation
    return {
      name: nameOf(wording, member),
      value:
        said === undefined
          ? t('register.desk.household-merge.by-kin')
          : codeWords(wording, 'relation-to-head', said),
    }
  })
  return {
    shown: [
      householdShown(wording, t('register.desk.household-merge.ends'), household),
      householdShown(wording, t('register.desk.household-merge.host'), host),
      ...coming,
      {
        name: t('register.desk.form.from'),
        value: t.day(firstDay(on, act, todayOf(asker.kernel))),
      },
      actShown(t, act),
    ],
    warning: note({
      kind: 'you',
      title: t('register.desk.household-merge.will'),
      body: t('register.desk.household-merge.will-why'),
    }),
    places: { fields: { on: 'from', 'act.decidedOn': 'decided' }, otherwise: 'into' },
    async send(key) {
      const { joined } = await execute(merge, input, senderOf(about, key))
      return {
        title: t('register.desk.household-merge.done', { n: joined }),
        ways: toRecord(about),
      }
    },
  }
}
