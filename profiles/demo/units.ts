import {
  plainDay,
  type UnitFact,
  type UnitKind,
  type UnitLevel,
  type UnitRules,
} from '../../src/kernel/profile.ts'

/** The regions as they were founded; since 2012 the Isles (18) are a part of Haldmark (17). */
const FOUNDED = plainDay('1961-05-01')
const UNITED = plainDay('2012-01-01')
const NAMES = `11 Arnfell, 12 Brasund, 13 Corvale, 14 Dunmere, 15 Elsway, 16 Fenholt, 17 Haldmark,
18 Isles`

const regions = NAMES.split(/,\s+/).map((entry) => [entry.slice(0, 2), entry.slice(3)] as const)
export const REGIONS: readonly string[] = regions.map(([code]) => code)

/** Codes of the two regions that became one on the day of union. */
const UNION = new Set(['17', '18'])
const INTO = '17'

function region(code: string, name: string): readonly UnitFact[] {
  const joined = UNION.has(code)
  const fact: UnitFact = {
    code,
    since: FOUNDED,
    level: 'region',
    name,
    kind: 'region',
    parent: null,
    from: FOUNDED,
    to: joined ? UNITED : null,
    ...(joined && { successors: [INTO] }),
  }
  if (code !== INTO) return [fact]
  return [fact, { ...withoutEnd(fact), since: UNITED, from: UNITED, to: null, kind: 'free-region' }]
}

function withoutEnd({ successors: _, ...fact }: UnitFact): UnitFact {
  return fact
}

const FIRSTS = 'Ash Birk Elm Gran Hag Kirk Lind Marsh Nor Oster Roan Sel Thorn Ulv Vest Wyn'.split(
  ' ',
)
const SECONDS = 'berg by dal ford gate haven ness stead tun wick'.split(' ')
const TOWNS = 12
const FIRST_CODE = 9_000

/** Twelve municipalities a region; in the union every third joined the one before it. */
function municipalities(): readonly UnitFact[] {
  const made: UnitFact[] = []
  for (const [at, [parent]] of regions.entries()) {
    for (let town = 0; town < TOWNS; town++) {
      const index = at * TOWNS + town
      const code = String(FIRST_CODE + index)
      const joins = UNION.has(parent)
      const goesInto = String(FIRST_CODE + index - (town % 3 === 2 ? 1 : 0))
      const fact: UnitFact = {
        code,
        since: FOUNDED,
        level: 'municipality',
        name: `${FIRSTS[index % FIRSTS.length]}${SECONDS[(index * 7) % SECONDS.length]}`,
        kind: town === 0 ? 'city' : 'municipality',
        parent,
        from: FOUNDED,
        to: joins ? UNITED : null,
        ...(joins && { successors: [goesInto] }),
      }
      made.push(fact)
      if (!joins || goesInto !== code) continue
      made.push({ ...withoutEnd(fact), since: UNITED, from: UNITED, to: null, parent: INTO })
    }
  }
  return made
}

const levels: readonly UnitLevel[] = [
  {
    id: 'region',
    words: { vi: 'Vùng', en: 'Region', fr: 'Région' },
    code: /^1\d$/,
    demonstrationCode: /^(?!)/,
  },
  {
    id: 'municipality',
    words: { vi: 'Thị xã', en: 'Municipality', fr: 'Municipalité' },
    code: /^[1-8]\d{3}$/,
    demonstrationCode: /^9\d{3}$/,
  },
]

const kind = (level: string, id: string, official: string): UnitKind => ({
  id,
  level,
  official,
  title: { vi: `${official} {name}`, en: `${official} of {name}`, fr: `${official} de {name}` },
})

export const units: UnitRules = {
  levels,
  kinds: [
    kind('region', 'region', 'Region'),
    kind('region', 'free-region', 'Free Region'),
    kind('municipality', 'city', 'City'),
    kind('municipality', 'municipality', 'Municipality'),
  ],
  generations: [
    { from: FOUNDED, to: UNITED, levels: ['region', 'municipality'] },
    { from: UNITED, to: null, levels: ['region', 'municipality'] },
  ],
  builtIn: regions.flatMap(([code, name]) => region(code, name)),
  demonstration: municipalities,
}
