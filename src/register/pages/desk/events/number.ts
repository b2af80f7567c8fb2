import { type Command, execute } from '../../../../kernel/index.ts'
import { big, choice, idNumber, note } from '../../../../web/index.ts'
import { cancelNumber, reestablishNumber } from '../../../identifier/commands.ts'
import { actFields, actShown, asked, type Filled, Reader } from './form.ts'
import type { Fields, Journey, Ready } from './journey.ts'
import { type About, journeyOf, senderOf, toRecord } from './subject.ts'

const COMMANDS = { 're-establish': reestablishNumber, cancel: cancelNumber } as const
type How = keyof typeof COMMANDS

/** A ground of the country for another number, and which of the two commands it belongs to. */
interface Ground {
  readonly how: How
  readonly code: string
  readonly words: string
}

/** Another number: from today, where the old one was right; or in place of one that never was. */
export function numberJourney(about: About, operations: readonly string[]): Journey {
  const { wording } = about
  const { profile, t } = wording
  const { reestablishedBy, cancelledBy } = profile.number
  const listed = { 're-establish': reestablishedBy, cancel: cancelledBy }
  const grounds = (Object.keys(COMMANDS) as How[])
    .filter((how) => operations.includes(COMMANDS[how].name))
    .flatMap((how) =>
      listed[how].map(({ code, words }): Ground => ({ how, code, words: words[t.lang] })),
    )
  return {
    ...journeyOf(about, 'number'),
    first: { 'act-kind': 'decision' },
    newReader: (values) => new Reader(wording, values),
    fields: (filled) => fieldsOf(about, filled, grounds),
    read: (reader) => readNumber(about, reader, grounds),
  }
}

const idOf = ({ how, code }: Ground): string => `${how}:${code}`

function fieldsOf({ wording }: About, filled: Filled, grounds: readonly Ground[]): Fields {
  const { t } = wording
  const why = choice({
    ...asked(t, filled, 'number-ground'),
    options: grounds.map((ground) => ({
      value: idOf(ground),
      label: ground.words,
      hint: t(`register.desk.number.${ground.how}-hint`),
    })),
    chosen: [filled.values['number-ground'] ?? ''],
  })
  return { event: why, act: actFields(t, filled) }
}

function readNumber(about: About, reader: Reader, grounds: readonly Ground[]): Ready | null {
  const { wording, number, name } = about
  const { t, profile } = wording
  const chosen = reader.oneOf('number-ground', grounds.map(idOf))
  const ground = grounds.find((one) => idOf(one) === chosen)
  const act = reader.act()
  if (reader.errors.length > 0 || ground === undefined) return null
  const { how, code, words } = ground
  return {
    shown: [
      { name: t('register.desk.number.now'), value: idNumber(profile.number.group(number)) },
      {
        name: t('register.desk.form.number-ground'),
        value: words,
        meta: t(`register.desk.number.${how}-hint`),
      },
      actShown(t, act),
    ],
    warning: note({
      kind: 'you',
      title: t('register.desk.number.will'),
      body: t(`register.desk.number.${how}-why`),
    }),
    places: {
      fields: { ground: 'number-ground', 'act.decidedOn': 'decided' },
      otherwise: 'number-ground',
    },
    async send(key) {
      const input = { act, number, ground: code }
      const command = COMMANDS[how] as unknown as Command
      const given = (await execute(command, input, senderOf(about, key))) as { number: string }
      return {
        title: t(`register.desk.number.${how}-done`),
        body: big(
          idNumber(profile.number.group(given.number)),
          t('register.desk.birth.number-of', { name }),
        ),
        ways: toRecord(about),
      }
    },
  }
}
