import { HEAD, LENGTH, type Packed } from './packed.ts'

const ZERO = 48
const NINE = 57

export const isFigure = (unit: number): boolean => unit >= ZERO && unit <= NINE

/** Whether two strings have the same figures in order: house 12 is no slip of house 13. */
export function sameFigures({ units, heads }: Packed): (x: number, y: number) => boolean {
  const end = (code: number): number =>
    (heads[code * HEAD] as number) + (heads[code * HEAD + LENGTH] as number)
  const next = (from: number, to: number): number => {
    let at = from
    while (at < to && !isFigure(units[at] as number)) at++
    return at
  }
  return (x, y) => {
    const [endX, endY] = [end(x), end(y)]
    let i = next(heads[x * HEAD] as number, endX)
    let j = next(heads[y * HEAD] as number, endY)
    while (i < endX && j < endY && units[i] === units[j]) {
      i = next(i + 1, endX)
      j = next(j + 1, endY)
    }
    return i === endX && j === endY
  }
}
