import type { Dice } from './dice.ts'
import { type Office, shows } from './office.ts'
import { misread, slip } from './typing.ts'
import {
  inTcvn3,
  inVni,
  inWrongUtf8,
  telexKeys,
  withEth,
  withIForY,
  withLostLetters,
  withOtherSound,
  withOtherTonePlacement,
  withoutAccents,
  withWrongTone,
} from './vietnamese.ts'

/** A name by its parts, each '' where it has none. */
export interface NameParts {
  readonly family: string
  readonly middle: string
  readonly given: string
  readonly familyFirst: boolean
}

const HONORIFICS = ['Ông', 'Bà', 'Anh', 'Chị', 'Cháu', 'Cô'] as const
const SECOND_FAMILIES = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Phan', 'Bùi'] as const
const OTHER_GIVEN = ['Tí', 'Út', 'Hai', 'Bé', 'Cu', 'Lan', 'Hùng', 'Mai', 'Minh', 'Hoa'] as const
const FIELD_SIGNS = 14
const OLD_ENCODINGS = [inTcvn3, inVni, inWrongUtf8] as const

/** A name as an office wrote it; '' where it did not. */
export function writeName(dice: Dice, office: Office, name: NameParts): string {
  if (dice.errs('name.missing')) return ''
  const words = withWordErrors(dice, partsAsHeard(dice, office, name))
  let text = words.join(' ')
  if (shows(dice, office, 'office.scans') && dice.errs('name.scanned')) {
    text = misread(dice.random, text)
  }
  if (dice.errs('name.typing')) text = slip(dice.random, text)
  if (dice.errs('name.cut')) text = text.slice(0, FIELD_SIGNS).trimEnd()
  return inOfficeHand(dice, office, text)
}

/** The parts in the order they are written. */
function partsAsHeard(dice: Dice, office: Office, name: NameParts): string[] {
  let { middle, given } = name
  let { family } = name
  if (middle !== '' && dice.errs('name.middle-dropped')) {
    const rest = middle.split(' ').slice(1)
    middle = dice.random.below(3) === 0 ? '' : rest.join(' ')
  } else if (middle !== '' && shows(dice, office, 'office.no-middle-names')) middle = ''
  else if (middle !== '' && dice.errs('name.middle-initial')) middle = middle.slice(0, 1)
  if (dice.errs('name.family-doubled')) family = `${family} ${dice.pick(SECOND_FAMILIES)}`.trim()
  if (dice.errs('name.other-given')) given = dice.pick(OTHER_GIVEN)
  const isGivenFirst =
    shows(dice, office, 'office.given-name-first') || dice.errs('name.given-first')
  const parts =
    name.familyFirst !== isGivenFirst ? [family, middle, given] : [middle, given, family]
  const order = isGivenFirst && name.familyFirst ? [given, middle, family] : parts
  if (dice.errs('name.honorific')) order.unshift(dice.pick(HONORIFICS))
  return order.filter((part) => part !== '').flatMap((part) => part.split(' '))
}

function withWordErrors(dice: Dice, words: string[]): string[] {
  const { random } = dice
  const change = (write: (word: string) => string): void => {
    const at = random.below(words.length)
    words[at] = write(words[at] ?? '')
  }
  if (dice.errs('name.wrong-tone')) change((word) => withWrongTone(random, word))
  if (dice.errs('name.sound-swap')) change((word) => withOtherSound(random, word))
  if (dice.errs('name.bare-word')) change(withoutAccents)
  if (dice.errs('name.telex-residue')) change(telexKeys)
  return words
}

/** What happens to the whole text: signs, capitals, encodings, blanks. */
function inOfficeHand(dice: Dice, office: Office, name: string): string {
  let text = name
  if (dice.errs('name.i-for-y')) text = withIForY(text)
  if (shows(dice, office, 'office.other-tone-placement')) text = withOtherTonePlacement(text)
  const isBare = shows(dice, office, 'office.no-accents') || dice.errs('name.no-accents')
  if (isBare) text = withoutAccents(text)
  if (shows(dice, office, 'office.capitals')) text = text.toUpperCase()
  if (dice.errs('name.look-alike-letter')) text = withEth(text)
  if (shows(dice, office, 'office.legacy-encoding')) {
    text = (OLD_ENCODINGS[office.variant] ?? inVni)(text)
  } else if (shows(dice, office, 'office.lost-letters')) text = withLostLetters(text)
  else if (shows(dice, office, 'office.decomposed')) text = text.normalize('NFD')
  return dice.errs('name.blanks') ? withBlanks(dice, text) : text
}

function withBlanks(dice: Dice, text: string): string {
  const kind = dice.random.below(4)
  if (kind === 0) return `${text} `
  if (kind === 1) return text.replace(' ', '  ')
  if (kind === 2) return text.replace(' ', '\u00a0')
  return text.replace(' ', '\u200b ')
}
