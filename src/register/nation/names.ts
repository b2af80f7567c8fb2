import type { GivenName, NameCulture, NameGeneration, Population } from '../../kernel/profile.ts'
import { FEMALE } from './people.ts'
import type { Random } from './random.ts'
import { Chooser, parseWeights } from './weights.ts'

/** Draws ids of words. */
interface IdChooser {
  readonly chooser: Chooser
  readonly ids: readonly number[]
}

interface Given {
  readonly middle: IdChooser
  readonly given: IdChooser
}

interface Generation {
  readonly bornBefore: number
  readonly male: Given
  readonly female: Given
}

interface Culture {
  readonly inherits: NameCulture['inherits']
  readonly inheritedFirst: boolean
  readonly families: ReadonlyMap<string, IdChooser>
  readonly generations: readonly Generation[]
}

/** The name of a person as ids of words of the book. */
export interface NameIds {
  readonly family: number
  readonly middle: number
  readonly given: number
}

/** All words that names are made of, each once, and how each people combines them. */
export class NameBook {
  readonly words: string[] = ['']
  private readonly ids = new Map<string, number>([['', 0]])
  private readonly cultures: readonly Culture[]

  constructor(population: Population) {
    const compiled = new Map<NameCulture, Culture>()
    this.cultures = population.groups.map(({ culture }) => {
      const known = compiled.get(culture) ?? this.compile(culture)
      compiled.set(culture, known)
      return known
    })
  }

  private id(word: string): number {
    const known = this.ids.get(word)
    if (known !== undefined) return known
    // Names are written into JSON millions of times; words that need no escape need no check.
    if (JSON.stringify(word) !== `"${word}"`) throw new RangeError(`'${word}' is no name`)
    this.ids.set(word, this.words.length)
    return this.words.push(word) - 1
  }

  private choose(weights: string): IdChooser {
    const items = parseWeights(weights)
    return {
      chooser: new Chooser(items.map((item) => item.weight)),
      ids: items.map((item) => this.id(item.word)),
    }
  }

  private given(name: GivenName): Given {
    return { middle: this.choose(name.middle), given: this.choose(name.given) }
  }

  private compile(culture: NameCulture): Culture {
    const generation = ({ bornBefore, male, female }: NameGeneration): Generation => ({
      bornBefore,
      male: this.given(male),
      female: this.given(female),
    })
    const families = Object.entries(culture.inherited).map(
      ([region, weights]) => [region, this.choose(weights)] as const,
    )
    return {
      inherits: culture.inherits,
      inheritedFirst: culture.inheritedFirst,
      families: new Map(families),
      generations: culture.generations.map(generation),
    }
  }

  private culture(group: number): Culture {
    return this.cultures[group] as Culture
  }

  inherits(group: number): NameCulture['inherits'] {
    return this.culture(group).inherits
  }

  isFamilyFirst(group: number): boolean {
    return this.culture(group).inheritedFirst
  }

  /** An inherited name for one whose parents gave none. */
  drawFamily(random: Random, group: number, region: string): number {
    const { families } = this.culture(group)
    const list = families.get(region) ?? families.get('*')
    if (list === undefined) throw new RangeError(`no inherited names for region '${region}'`)
    return list.ids[list.chooser.pick(random)] as number
  }

  private generationOf(group: number, year: number): Generation {
    const { generations } = this.culture(group)
    for (const generation of generations) {
      if (year < generation.bornBefore) return generation
    }
    return generations.at(-1) as Generation
  }

  drawMiddle(random: Random, group: number, birth: { sex: number; year: number }): number {
    const generation = this.generationOf(group, birth.year)
    const { middle } = birth.sex === FEMALE ? generation.female : generation.male
    return middle.ids[middle.chooser.pick(random)] as number
  }

  drawGiven(random: Random, group: number, birth: { sex: number; year: number }): number {
    const generation = this.generationOf(group, birth.year)
    const { given } = birth.sex === FEMALE ? generation.female : generation.male
    return given.ids[given.chooser.pick(random)] as number
  }

  /** The name as written; it holds no sign that JSON would escape. */
  text(group: number, { family, middle, given }: NameIds): string {
    const { words } = this
    return this.isFamilyFirst(group)
      ? joined(words[family], words[middle], words[given])
      : joined(words[middle], words[given], words[family])
  }
}

/** Words with blanks between them; absent and empty ones leave no trace. */
function joined(first = '', second = '', third = ''): string {
  const start = first === '' ? second : second === '' ? first : `${first} ${second}`
  return start === '' ? third : third === '' ? start : `${start} ${third}`
}
