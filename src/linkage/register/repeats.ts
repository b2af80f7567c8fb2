import type { Scene } from './view.ts'

interface Found {
  /** By row: the person and 1; 0: none. */
  readonly person: Uint32Array
  /** By row: not 0 where the row is identified. */
  readonly module: Uint8Array
}

/**
 * Rows that repeat another: those identified as one person, of which the one that agrees exactly is
 * kept, else the first; and those that say the same as an earlier one, whoever it is.
 */
export function findRepeats(scene: Scene, found: Found, exact: Uint32Array): Uint32Array {
  const repeats = new Uint32Array(scene.claims.rows)
  const kept = new Uint32Array(scene.people.count)
  for (let row = 0; row < repeats.length; row++) {
    if (exact[row] !== 0) keepFirst(kept, exact[row] as number, row)
  }
  for (let row = 0; row < repeats.length; row++) {
    if (found.module[row] !== 0) keepFirst(kept, found.person[row] as number, row)
  }
  const said = new Map<string, number>()
  for (let row = 0; row < repeats.length; row++) {
    if (found.module[row] !== 0) {
      const first = kept[(found.person[row] as number) - 1] as number
      if (first !== row + 1) repeats[row] = first
      continue
    }
    const text = textOf(scene, row)
    if (text === null) continue
    const first = said.get(text)
    if (first === undefined) said.set(text, row)
    else repeats[row] = first + 1
  }
  return repeats
}

function keepFirst(kept: Uint32Array, person: number, row: number): void {
  if (kept[person - 1] === 0) kept[person - 1] = row + 1
}

/** All that a row says; null where it says too little to be anybody's. */
function textOf({ claims }: Scene, row: number): string | null {
  const { name, birth, sex, unit, number, oldNumbers } = claims
  if (name[row] === 0 || birth[row] === 0) return null
  const fields = [name[row], birth[row], sex[row], unit[row], number[row]]
  return [...fields, ...oldNumbers.map((keys) => keys[row])].join(' ')
}
