import type { Random } from '../../src/register/nation/random.ts'

/** Keys beside each other; a slip of the finger hits one of them. */
const ROWS = ['1234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'] as const

const NEIGHBOURS: ReadonlyMap<string, string> = new Map(
  ROWS.flatMap((keys, row) =>
    [...keys].map((key, at) => {
      const near = [keys[at - 1], keys[at + 1], ROWS[row + 1]?.[at], ROWS[row - 1]?.[at]]
      const alike = (other: string | undefined): other is string =>
        other !== undefined && /\d/.test(other) === /\d/.test(key)
      return [key, near.filter(alike).join('')] as const
    }),
  ),
)

/** What a scanner takes for what, in both cases of letters that look alike. */
const SCANNED: readonly (readonly [string, string])[] = [
  ['rn', 'm'],
  ['m', 'rn'],
  ['cl', 'd'],
  ['l', '1'],
  ['i', 'l'],
  ['o', '0'],
  ['e', 'c'],
  ['h', 'b'],
  ['u', 'v'],
  ['g', 'q'],
  ['n', 'h'],
  ['ă', 'â'],
  ['ấ', 'ắ'],
  ['ầ', 'ằ'],
  ['ổ', 'ố'],
  ['ễ', 'ế'],
  ['ư', 'u'],
  ['ơ', 'o'],
  ['ạ', 'a'],
  ['ị', 'i'],
  ['D', 'O'],
  ['B', 'R'],
  ['Q', 'O'],
  ['5', '6'],
  ['1', '7'],
  ['3', '8'],
  ['0', '6'],
]

const isLetterOrDigit = (sign: string): boolean => /[\p{L}\p{M}\d]/u.test(sign)

/** One slip of the keyboard: another key, one too many, one too few, two in the wrong order. */
export function slip(random: Random, text: string): string {
  if (text.length < 2) return text
  const at = random.below(text.length)
  const sign = text[at] ?? ''
  if (!isLetterOrDigit(sign)) return slipAt(text, Math.max(0, at - 1), random)
  return slipAt(text, at, random)
}

function slipAt(text: string, at: number, random: Random): string {
  const sign = text[at] ?? ''
  const before = text.slice(0, at)
  const after = text.slice(at + 1)
  const kind = random.below(10)
  if (kind < 4) return before + neighbour(random, sign) + after
  if (kind < 6) return before + after
  if (kind < 7) return before + sign + sign.toLowerCase() + after
  if (kind < 8) return before + sign + neighbour(random, sign).toLowerCase() + after
  const [next = ' '] = after
  if (next === ' ') return before + neighbour(random, sign) + after
  return before + next + sign + after.slice(1)
}

function neighbour(random: Random, sign: string): string {
  const plain = sign.normalize('NFD')[0] ?? sign
  const keys = NEIGHBOURS.get(plain.toLowerCase()) ?? ''
  if (keys === '') return 'x'
  const key = keys[random.below(keys.length)] ?? ''
  return plain === plain.toLowerCase() ? key : key.toUpperCase()
}

/** One sign as a scanner read it; the text itself when it holds none that is ever misread. */
export function misread(random: Random, text: string): string {
  const first = random.below(SCANNED.length)
  for (let step = 0; step < SCANNED.length; step++) {
    const [seen = '', taken = ''] = SCANNED[(first + step) % SCANNED.length] ?? []
    const at = text.indexOf(seen, random.below(text.length))
    if (at !== -1) return text.slice(0, at) + taken + text.slice(at + seen.length)
  }
  return text
}

/** One digit another, as fingers or scanners make it; the text itself where it has none. */
export function wrongDigit(random: Random, text: string): string {
  const places = [...text.matchAll(/\d/g)].map((match) => match.index)
  const at = places[random.below(places.length)]
  if (at === undefined) return text
  const other = (Number(text[at]) + 1 + random.below(9)) % 10
  return `${text.slice(0, at)}${other}${text.slice(at + 1)}`
}

/** Two neighbouring digits in the wrong order, where two differ. */
export function transposed(random: Random, text: string): string {
  const first = random.below(text.length)
  for (let step = 0; step < text.length; step++) {
    const at = (first + step) % text.length
    const pair = text.slice(at, at + 2)
    const [one, other] = pair
    if (!/^\d\d$/.test(pair) || one === other) continue
    return `${text.slice(0, at)}${other}${one}${text.slice(at + 2)}`
  }
  return text
}
