import { type Content, type Html, html } from '../../../../kernel/index.ts'
import { table, tag } from '../../../../web/index.ts'
import type { RecordAnswer } from '../../../person/queries.ts'
import { linesOf, PARTS, type Part, type Wording } from '../../wording.ts'

/** One thing that is on record, on either side. */
interface Pair {
  readonly name: string
  readonly sides: readonly [string[], string[]]
  /** A number is another on each record: that they differ says nothing. */
  readonly isNumber: boolean
}

const SIDES = [0, 1] as const
const COMPARED = Object.keys(PARTS) as readonly Part[]

/** The groups of a number stay on one line. */
const unbroken = (note: string): string => note.replaceAll(/(\d) (?=\d)/g, '$1\u00a0')

/** All that two records hold, side by side, in the order of a record. */
function pairsOf(wording: Wording, records: readonly [RecordAnswer, RecordAnswer]): Pair[] {
  const pairs = new Map<string, Pair>()
  for (const part of COMPARED) {
    for (const side of SIDES) {
      for (const { name, text, note, fact } of linesOf(wording, records[side].facts, part)) {
        const isNumber = fact.kind === 'number'
        const pair = pairs.get(name) ?? { name, sides: [[], []], isNumber }
        pair.sides[side].push(note === null ? text : `${text} (${unbroken(note)})`)
        pairs.set(name, pair)
      }
    }
  }
  return [...pairs.values()]
}

function verdict({ t }: Wording, { sides, isNumber }: Pair): Content {
  const [one, other] = sides
  if (isNumber) return null
  if (one.length === 0 || other.length === 0) {
    return tag(t, 'idle', t('register.desk.compare.one'))
  }
  const isSame = one.join('\n') === other.join('\n')
  const word = t(`register.desk.compare.${isSame ? 'same' : 'differs'}`)
  return tag(t, isSame ? 'done' : 'you', word)
}

/** Two records, side by side: what both hold, what differs, what only one of them holds. */
export function comparison(wording: Wording, records: readonly [RecordAnswer, RecordAnswer]): Html {
  const { t } = wording
  const [one, other] = SIDES.map((side) => t(`register.desk.compare.${side + 1}`))
  const lines = (texts: readonly string[]): Content =>
    texts.map((text, at) => (at === 0 ? text : html`<br>${text}`))
  return table({
    caption: t('register.desk.compare.title'),
    dense: true,
    columns: [
      { label: t('register.desk.fact'), kind: 'head' },
      { label: one, short: one ?? '' },
      { label: other, short: other ?? '' },
      { label: t('register.desk.compare.verdict') },
    ],
    rows: pairsOf(wording, records).map((pair) => [
      pair.name,
      lines(pair.sides[0]),
      lines(pair.sides[1]),
      verdict(wording, pair),
    ]),
  })
}
