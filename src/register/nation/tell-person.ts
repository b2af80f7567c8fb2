import { dayText, FOREVER, yearOf } from './days.ts'
import { misreadName } from './naming.ts'
import { DIVORCED, FEMALE, MARRIED, MONTH, NONE, SINGLE, YEAR } from './people.ts'
import { unitOn } from './places.ts'
import { ACT, type Event, type FactRow, NEVER, Sequence, tell } from './sink.ts'
import { fullName, nameValue, provinceOfBirth, type Telling } from './telling.ts'

const DAY_s = 86_400
/** Among corrected records: a misread name, a wrong day, else a wrong year and number. */
const MISREAD_NAME = 0.6
const WRONG_DAY = 0.9
/** Share of those born elsewhere than in the commune where the birth was registered. */
const BORN_IN_HOSPITAL = 0.3

/** A plain fact that has held since `from` and still does. */
function lasting(
  { made, sink, known }: Telling,
  person: number,
  fact: { readonly kind: string; readonly key?: string; readonly value: string },
): void {
  sink.fact(person, {
    kind: fact.kind,
    key: fact.key ?? '',
    from: made.people.born.at(person),
    to: FOREVER,
    value: fact.value,
    act: actOfBirth(made.people.born.at(person), made.plan.opened),
    recorded: known.at(person),
    superseded: NEVER,
    by: 0,
  })
}

/** Those born since the register opened rest on the declaration of their birth. */
export const actOfBirth = (born: number, opened: number): number =>
  born < opened ? ACT.opening : ACT.birth

export const quoted = (text: string): string => `"${text}"`

/** Name, number, birth, sex, people, religion, nationality: what a person is. */
export function tellPerson(telling: Telling, person: number): void {
  const { made, sink, known, texts } = telling
  const { plan, people, draft } = made
  const { population } = plan
  const { chance } = plan.demography
  const group = people.group.at(person)
  sink.person(person, known.at(person))
  tellCorrectable(telling, person)
  const sex = people.sex.at(person) === FEMALE ? 'female' : 'male'
  lasting(telling, person, { kind: 'sex', value: quoted(sex) })
  const ethnicity = population.groups[group]?.ethnicity ?? ''
  lasting(telling, person, { kind: 'ethnicity', value: quoted(ethnicity) })
  const religions = plan.religions[group]
  const religion = religions?.codes[religions.chooser.pick(draft.random)] ?? ''
  if (religion !== '') lasting(telling, person, { kind: 'religion', value: quoted(religion) })
  const isUndetermined = draft.random.happens(chance.undeterminedNationality)
  const nationality = population.nationality[isUndetermined ? 'undetermined' : 'own']
  lasting(telling, person, { kind: 'nationality', key: nationality, value: quoted(nationality) })
  if (isUndetermined) lasting(telling, person, { kind: 'category', value: '"undetermined"' })
  if (draft.random.happens(chance.blood)) {
    const blood = texts.bloods[texts.blood.pick(draft.random)] ?? ''
    lasting(telling, person, { kind: 'blood', value: quoted(blood) })
  }
  tellOldNumber(telling, person)
  tellMarital(telling, person)
  tellDeath(telling, person)
}

/** Name, birth and number: what some records first had wrong. */
function tellCorrectable(telling: Telling, person: number): void {
  const { made } = telling
  const { plan, people, draft } = made
  const { random } = draft
  const day = people.born.at(person)
  const isAbroad =
    people.mother.at(person) === NONE && random.happens(plan.demography.chance.bornAbroad)
  const country = isAbroad ? (plan.countries.codes[plan.countries.chooser.pick(random)] ?? '') : ''
  const name = nameValue(telling, person)
  const birth = birthValue(telling, { person, country, on: writtenBirth(telling, person, day) })
  const last = plan.asOf - 1
  // Nobody corrects the record of somebody who has died since.
  const isOpen = people.died.at(person) === FOREVER && plan.opened + 30 < last
  const isOld = day < plan.opened && random.happens(plan.demography.chance.corrected)
  if (!isOld || !isOpen) {
    lasting(telling, person, { kind: 'name', value: name })
    lasting(telling, person, { kind: 'birth', value: birth })
    tellNumber(telling, person, { wrongYear: 0, corrected: 0 })
    return
  }
  const corrected = random.between(plan.opened + 30, last)
  const share = random.share()
  if (share < MISREAD_NAME) {
    const wrong = fullName(misreadName(draft, person))
    correctly(telling, person, { kind: 'name', wrong, right: name, corrected })
    lasting(telling, person, { kind: 'birth', value: birth })
    tellNumber(telling, person, { wrongYear: 0, corrected: 0 })
    return
  }
  lasting(telling, person, { kind: 'name', value: name })
  const isWrongYear = share >= WRONG_DAY
  const other = isWrongYear ? day + 365 : day + random.between(1, 27)
  const on = writtenBirth(telling, person, other)
  const wrong = birthValue(telling, { person, country, on })
  correctly(telling, person, { kind: 'birth', wrong, right: birth, corrected })
  const wrongYear = isWrongYear ? yearOf(other) : 0
  tellNumber(telling, person, { wrongYear, corrected })
}

interface Correction {
  readonly kind: string
  readonly wrong: string
  readonly right: string
  readonly corrected: number
}

/** First recorded wrongly, then as if it had never been: both rows hold from birth. */
function correctly(
  { made, sink, known }: Telling,
  person: number,
  { kind, wrong, right, corrected }: Correction,
): void {
  const at = Math.max(made.moments.of(corrected, person), known.at(person) + 1)
  const row = { kind, key: '', from: made.people.born.at(person), to: FOREVER }
  const first = { recorded: known.at(person), superseded: at, by: ACT.correction }
  sink.fact(person, { ...row, value: wrong, act: ACT.opening, ...first })
  const then = { recorded: at, superseded: NEVER, by: 0 }
  sink.fact(person, { ...row, value: right, act: ACT.correction, ...then })
}

function writtenBirth({ made }: Telling, person: number, day: number): string {
  const text = dayText(day)
  const precision = made.people.precision.at(person)
  return precision === YEAR ? text.slice(0, 4) : precision === MONTH ? text.slice(0, 7) : text
}

interface BirthText {
  readonly person: number
  readonly country: string
  readonly on: string
}

function birthValue({ made }: Telling, { person, country, on }: BirthText): string {
  const { plan, people, draft } = made
  const born = people.born.at(person)
  const at = people.bornAt.at(person)
  const place = plan.places[at]
  const father = people.father.at(person)
  const native = plan.places[father === NONE ? at : people.bornAt.at(father)] ?? place
  if (place === undefined || native === undefined) return `{"on":"${on}"}`
  const registered = unitOn(place, born)
  const homeland = unitOn(native, born)
  if (country !== '') {
    return `{"on":"${on}","place":{"country":"${country}"},"registered":{"unit":"${registered}"},"native":{"unit":"${homeland}"}}`
  }
  const province = plan.provinces[place.province]
  const isElsewhere = province != null && draft.random.happens(BORN_IN_HOSPITAL)
  const hospital = isElsewhere ? plan.places[province.places[0] ?? at] : place
  const where = hospital === undefined ? registered : unitOn(hospital, born)
  return `{"on":"${on}","place":{"unit":"${where}"},"registered":{"unit":"${registered}"},"native":{"unit":"${homeland}"}}`
}

/** The number; one composed for a wrong year of birth is replaced when the year is put right. */
function tellNumber(
  telling: Telling,
  person: number,
  { wrongYear, corrected }: { readonly wrongYear: number; readonly corrected: number },
): void {
  const { made, sink, numbers, known } = telling
  const { plan, people, moments } = made
  const born = people.born.at(person)
  const died = people.died.at(person)
  const sex = people.sex.at(person) === FEMALE ? 'female' : 'male'
  const province = provinceOfBirth(telling, person)
  const year = yearOf(born)
  const number = numbers.next({ province, sex, year })
  const from = Math.max(born, plan.opened)
  const begin = { act: actOfBirth(born, plan.opened), known: known.at(person) }
  const span = {
    kind: 'number',
    key: '',
    value: quoted(number),
    from,
    to: died,
    begin,
    end: { act: ACT.death, known: moments.of(died, person) },
  }
  const row = (fact: FactRow): void => sink.fact(person, fact)
  sink.number(person, number)
  if (wrongYear === 0) {
    tell(span, row)
    return
  }
  const wrong = numbers.next({ province, sex, year: wrongYear })
  const at = Math.max(moments.of(corrected, person), begin.known + 1)
  const correction = { act: ACT.correction, known: at }
  const to = Math.floor(at / DAY_s)
  sink.number(person, wrong)
  tell({ ...span, value: quoted(wrong), to, end: correction }, row)
  tell({ ...span, from: to, begin: correction }, row)
}

function tellOldNumber(telling: Telling, person: number): void {
  const { made, sink, numbers, known } = telling
  const { plan, people, draft } = made
  const old = plan.population.oldNumber
  const born = people.born.at(person)
  if (old === null || yearOf(born) > old.bornUntil || !draft.random.happens(old.share)) return
  const isDuplicate = draft.random.happens(old.duplicated)
  const number = numbers.nextOld(person, provinceOfBirth(telling, person), isDuplicate)
  sink.oldNumber(person, number)
  const from = Math.min(born + old.issuedFromAge * 366, plan.opened)
  sink.fact(person, {
    kind: old.scheme,
    key: number,
    from,
    to: FOREVER,
    value: quoted(number),
    act: ACT.opening,
    recorded: known.at(person),
    superseded: NEVER,
    by: 0,
  })
}

/** Values of marital status, in the order of their numbers in people.ts. */
const MARITAL = ['"single"', '"married"', '"widowed"', '"divorced"'] as const

function tellMarital(telling: Telling, person: number): void {
  const { made, sink, known } = telling
  const { people } = made
  const born = people.born.at(person)
  const wed = people.wed.at(person)
  const status = people.marital.at(person)
  const birth = { act: actOfBirth(born, made.plan.opened), known: known.at(person) }
  const sequence = new Sequence((row) => sink.fact(person, row))
  const say = (code: number, [from, to]: readonly [number, number], [begin, end]: Turn): void => {
    const value = MARITAL[code] ?? ''
    sequence.tell({ kind: 'marital', key: '', value, from, to, begin, end })
  }
  // Of the deceased the register keeps what they were.
  if (status === SINGLE) {
    say(SINGLE, [born, FOREVER], [birth, birth])
    return
  }
  const parted = people.parted.at(person)
  const wedding = weddingOf(telling, person)
  const parting = partingOf(telling, person)
  say(SINGLE, [born, wed], [birth, wedding])
  if (parted >= people.died.at(person)) say(MARRIED, [wed, FOREVER], [wedding, wedding])
  else {
    say(MARRIED, [wed, parted], [wedding, parting])
    say(status, [parted, FOREVER], [parting, parting])
  }
}

type Turn = readonly [begin: Event, end: Event]

export function weddingOf({ made }: Telling, person: number): Event {
  const { people, moments, plan } = made
  const wed = people.wed.at(person)
  const spouse = people.spouse.at(person)
  const subject = spouse === NONE ? person : Math.min(person, spouse)
  return { act: wed < plan.opened ? ACT.opening : ACT.marriage, known: moments.of(wed, subject) }
}

/** How a marriage ended: by the death of the spouse, or by divorce. */
export function partingOf({ made }: Telling, person: number): Event {
  const { people, moments, plan } = made
  const parted = people.parted.at(person)
  const spouse = people.spouse.at(person)
  const isDivorce = people.marital.at(person) === DIVORCED
  const couple = spouse === NONE ? person : Math.min(person, spouse)
  const subject = isDivorce || spouse === NONE ? couple : spouse
  const act = parted < plan.opened ? ACT.opening : isDivorce ? ACT.divorce : ACT.death
  return { act, known: moments.of(parted, subject) }
}

function tellDeath({ made, sink }: Telling, person: number): void {
  const { plan, people, moments, settler } = made
  const died = people.died.at(person)
  if (died === FOREVER) return
  const place = plan.places[settler.placeOf(person, died - 1)]
  const unit = place === undefined ? '' : unitOn(place, died)
  sink.fact(person, {
    kind: 'death',
    key: '',
    from: died,
    to: FOREVER,
    value: `{"on":"${dayText(died)}","kind":"death","place":{"unit":"${unit}"}}`,
    act: ACT.death,
    recorded: moments.of(died, person),
    superseded: NEVER,
    by: 0,
  })
}
