import { randomInt } from 'node:crypto'
import { type Kernel, Refusal, type Tx } from '../../kernel/index.ts'
import type { Within } from '../area.ts'
import type { Birth } from '../types.ts'
import { unitsOf } from '../unit/units.ts'
import { composed, type NumberWish } from './rules.ts'
import { claim } from './store.ts'

/** Random candidates of one statement: with half of all serials given, one in 2^8 finds none. */
const CANDIDATES = 8
const BULK = 100
const ROUNDS = 8
const WALK = 10_000

type With = { readonly tx: Tx; readonly kernel: Pick<Kernel, 'profile' | 'demonstration'> }

/** Numbers that a wish may be granted, in random order. */
export function candidates(
  kernel: With['kernel'],
  wish: NumberWish,
  most: number = CANDIDATES,
): string[] {
  const { serials } = kernel.profile.number
  return Array.from({ length: Math.min(most, serials) }, () =>
    composed(kernel, wish, randomInt(serials)),
  )
}

/**
 * Gives each person a number nobody ever had, in the order of the wishes; each person once. The
 * key of the look-up table alone decides. Refuses `number.exhausted` when every serial is taken.
 * Of several that issue thousands in one transaction, two may wait for each other: do so in turn.
 */
export async function issueNumbers(
  { tx, kernel }: With,
  wishes: readonly NumberWish[],
): Promise<readonly string[]> {
  const given = new Map<string, string>()
  for (let round = 0; round < ROUNDS && given.size < wishes.length; round++) {
    const open = wishes.filter(({ personId }) => !given.has(personId))
    // Of thousands at once, those few that meet a number already given are tried again.
    const most = open.length > BULK ? 1 : CANDIDATES
    const tries = open.map((wish) => candidates(kernel, wish, most))
    for (const row of await claim(tx, open, tries)) given.set(row.personId, row.number)
  }
  for (const wish of wishes) {
    if (given.has(wish.personId)) continue
    given.set(wish.personId, await walk({ tx, kernel }, wish))
  }
  return wishes.map(({ personId }) => given.get(personId) as string)
}

/** Every serial in turn from a random one: few are left, or none. */
async function walk({ tx, kernel }: With, wish: NumberWish): Promise<string> {
  const { serials } = kernel.profile.number
  const start = randomInt(serials)
  for (let done = 0; done < serials; done += WALK) {
    const length = Math.min(WALK, serials - done)
    const tries = Array.from({ length }, (_, at) =>
      composed(kernel, wish, (start + done + at) % serials),
    )
    const [row] = await claim(tx, [wish], [tries])
    if (row !== undefined) return row.number
  }
  throw new Refusal('number.exhausted', { place: wish.place, year: String(wish.birthYear) })
}

/**
 * The place a person's number tells: where the birth was registered, else what the number before
 * told. Refuses when neither is a place that numbers are given for.
 */
export async function numberPlace(
  within: Within,
  birth: Birth,
  before: string | null = null,
): Promise<string> {
  const { number } = within.kernel.profile
  const at = birth.registered
  if (at?.unit !== undefined) {
    const directory = await unitsOf(within)
    for (const unit of directory.unitsAbove(at.unit, within.today).toReversed()) {
      const place = number.placeOf(unit.code)
      if (place !== null) return place
    }
  }
  if (at?.country !== undefined) return at.country
  const read = before === null ? null : number.parse(before)
  if (read?.ok && read.implied.place !== null) return read.implied.place
  throw new Refusal('unit.not-found', { field: 'birth.registered' })
}
