import { Type } from 'typebox'
import { type Context, LIMITS, query, Refusal } from '../../kernel/index.ts'
import { findByNumber } from '../identifier/find.ts'
import { UnitText } from '../person/fields.ts'
import { DESK_PURPOSES, handlesFor } from '../person/queries.ts'
import type { PersonId, UnitId } from '../types.ts'
import type { UnitDirectory } from '../unit/directory.ts'
import { unitsOf } from '../unit/units.ts'
import { type Area, ranked, readWish, searchOf } from './rules.ts'
import { findByTokens, type Hit, listHits } from './store.ts'

/** A line of results: enough to choose by, and nothing more. */
export interface ResultRow {
  readonly name: string | null
  readonly birthYear: number | null
  readonly unit: UnitId | null
  /** Opens the record, to whom it may be opened. */
  readonly person: string
}

export interface SearchResult {
  readonly rows: readonly ResultRow[]
  /** There are more than are shown: it should be narrowed. */
  readonly more: boolean
}

/** Rows that are fetched for the best of them to be shown. */
const LOOKED_AT = 2 * LIMITS.searchRows

/**
 * Finds persons by a number, old or new; by two or more names, with or without accents, in any
 * order; by one name with a year of birth or a unit. One event names all who are shown.
 */
export const searchPersons = query({
  name: 'person.search',
  purposes: DESK_PURPOSES,
  input: Type.Object(
    {
      text: Type.String({ minLength: 1, maxLength: LIMITS.nameChars }),
      birthYear: Type.Optional(Type.Integer({ minimum: 1800, maximum: 9999 })),
      /** Persons registered in it, or anywhere below it. */
      unit: Type.Optional(UnitText),
    },
    { additionalProperties: false },
  ),
  async run(input, context): Promise<SearchResult> {
    const { tx, kernel, today, concerns } = context
    const { profile } = kernel
    const wish = readWish(profile, input)
    const handle = handlesFor(context)
    let hits: readonly Hit[]
    let more = false
    if (wish.by === 'number') {
      const found = await findByNumber(context, wish.number)
      const ids = [...new Set(found.map((one) => one.survivorId))]
      hits = (await listHits(tx, ids, today)).map(emptied)
    } else {
      const area = input.unit === undefined ? null : await areaBelow(context, input.unit)
      const search = searchOf(wish, area, profile.names.common)
      const ids = await findByTokens(tx, { ...search, limit: LOOKED_AT })
      more = ids.length > LIMITS.searchRows
      const found = (await listHits(tx, ids, today)).filter((hit) => !hit.isProtected)
      const rows = ranked(found, input.text, profile)
      hits = rows.slice(0, LIMITS.searchRows)
    }
    return { rows: hits.map((hit) => shown(hit, { concerns, handle })), more }
  },
})

/**
 * Who is protected is found by nobody's name; by the number there is a line without name or place,
 * which opens once a second person has approved.
 */
const emptied = (hit: Hit): Hit =>
  hit.isProtected ? { ...hit, name: null, birthYear: null, unit: null } : hit

function shown(
  { personId, name, birthYear, unit }: Hit,
  { concerns, handle }: Pick<Context, 'concerns'> & { handle: (id: PersonId) => string },
): ResultRow {
  concerns(personId, ['name', 'birth-year', 'unit'])
  return { name, birthYear, unit, person: handle(personId) }
}

/**
 * The units people of a place may be registered in: the place itself, all below it today, and those
 * that went into them and wait to be recoded or decided.
 */
async function areaBelow(context: Context, unit: UnitId): Promise<Area> {
  const directory = await unitsOf(context)
  if (directory.find(unit) === undefined) throw new Refusal('unit.not-found', { field: 'unit' })
  const area = new Set<UnitId>()
  collect(directory, unit, { area, context })
  return [...area]
}

function collect(
  directory: UnitDirectory,
  unit: UnitId,
  within: { readonly area: Set<UnitId>; readonly context: Context },
): void {
  const { area, context } = within
  if (area.has(unit)) return
  area.add(unit)
  for (const child of directory.childrenOf(unit, context.today))
    collect(directory, child.id, within)
  for (const before of directory.predecessorsOf(unit)) area.add(before)
}
