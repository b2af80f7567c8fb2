import { DECISIONS, type Decision, type Review } from './types.ts'

/** What a reviewer said of a pair. */
export type Said = Pick<Review, 'decision' | 'chosen'>

/** What two independent decisions come to; `disputed`: a third person settles it. */
export function outcomeOf(first: Said, second: Said): Said | 'disputed' {
  const agree = first.decision === second.decision && first.chosen === second.chosen
  return agree && first.decision !== 'unclear' ? second : 'disputed'
}

/** Counts of first and second decisions on the same cases, by `first second`. */
export type Confusion = Readonly<Partial<Record<`${Decision} ${Decision}`, number>>>

export interface Agreement {
  readonly pairs: number
  /** Share on which both said the same. */
  readonly observed: number
  /** Cohen (1960): agreement beyond what chance alone would give; null: it is not defined. */
  readonly kappa: number | null
}

export function agreementOf(counts: Confusion): Agreement {
  const of = (a: Decision, b: Decision) => counts[`${a} ${b}`] ?? 0
  const sum = (list: readonly number[]) => list.reduce((total, one) => total + one, 0)
  const pairs = sum(DECISIONS.flatMap((a) => DECISIONS.map((b) => of(a, b))))
  if (pairs === 0) return { pairs, observed: 0, kappa: null }
  const observed = sum(DECISIONS.map((one) => of(one, one))) / pairs
  const chance = sum(
    DECISIONS.map((one) => {
      const first = sum(DECISIONS.map((other) => of(one, other)))
      const second = sum(DECISIONS.map((other) => of(other, one)))
      return (first / pairs) * (second / pairs)
    }),
  )
  return { pairs, observed, kappa: chance === 1 ? null : (observed - chance) / (1 - chance) }
}

/** The 95 % interval of a share by Wilson (1927): honest also when few were seen. */
export function intervalOf(right: number, seen: number): readonly [low: number, high: number] {
  if (seen === 0) return [0, 1]
  const z = 1.959964
  const share = right / seen
  const middle = share + (z * z) / (2 * seen)
  const spread = z * Math.sqrt((share * (1 - share)) / seen + (z * z) / (4 * seen * seen))
  const whole = 1 + (z * z) / seen
  return [Math.max(0, (middle - spread) / whole), Math.min(1, (middle + spread) / whole)]
}

/** Part of a text, and whether the other text lacks it there. */
export interface Stretch {
  readonly text: string
  readonly differs: boolean
}

const LONGEST = 200
/** Numbers and days, whose digits have places: those are compared one by one. */
const PLACED = /^[\d•/.-]+$/u

/** Both texts in stretches, along their longest common subsequence; what differs is marked. */
export function differing(
  left: string,
  right: string,
): readonly [readonly Stretch[], readonly Stretch[]] {
  const [a, b] = [Array.from(left.slice(0, LONGEST)), Array.from(right.slice(0, LONGEST))]
  // Capitals alone are a way of writing.
  const [as, bs] = [a, b].map((letters) => letters.map((one) => one.toLocaleLowerCase('und')))
  const isSame = (i: number, j: number) => as?.[i] === bs?.[j]
  if (a.length === b.length && PLACED.test(left) && PLACED.test(right)) {
    const marks = a.map((_, at) => !isSame(at, at))
    return [stretchesOf(a, marks), stretchesOf(b, marks)]
  }
  const width = b.length + 1
  const common = new Uint16Array((a.length + 1) * width)
  const at = (i: number, j: number): number => common[i * width + j] ?? 0
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      common[i * width + j] = isSame(i, j)
        ? at(i + 1, j + 1) + 1
        : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  const [ours, theirs] = [new Array<boolean>(a.length), new Array<boolean>(b.length)]
  ours.fill(true)
  theirs.fill(true)
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (isSame(i, j)) {
      ours[i++] = false
      theirs[j++] = false
    } else if (at(i + 1, j) >= at(i, j + 1)) i++
    else j++
  }
  return [stretchesOf(a, ours), stretchesOf(b, theirs)]
}

function stretchesOf(letters: readonly string[], marks: readonly boolean[]): readonly Stretch[] {
  const stretches: Stretch[] = []
  for (const [at, letter] of letters.entries()) {
    const differs = marks[at] === true
    const last = stretches.at(-1)
    if (last?.differs === differs) {
      stretches[stretches.length - 1] = { text: last.text + letter, differs }
    } else stretches.push({ text: letter, differs })
  }
  return stretches
}

export const HIDDEN = '•'
const ENDS = 3

/**
 * Two numbers as a reviewer may see them: digits that differ, and the last three. Whether they are
 * one number can be judged by that; the number itself is not needed and not shown.
 */
export function maskNumbers(
  left: string | null,
  right: string | null,
): readonly [string | null, string | null] {
  const differs = (text: string, other: string | null, at: number) =>
    other !== null && other.length === text.length && other[at] !== text[at]
  const mask = (text: string | null, other: string | null) =>
    text === null
      ? null
      : Array.from(text, (sign, at) =>
          at >= text.length - ENDS || differs(text, other, at) ? sign : HIDDEN,
        ).join('')
  return [mask(left, right), mask(right, left)]
}
