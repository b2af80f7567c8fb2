import { Page } from './page.ts'
import type { Made } from './part.ts'
import { type FactRow, type NationSink, NEVER } from './sink.ts'

/** The tables a part fills, in the order of their pages. */
export const TABLES = [
  'fact (person_id, kind, key, valid, value, act_id, recorded_at, superseded_at, superseded_by)',
  'household_fact (household_id, kind, key, valid, value, act_id, recorded_at, superseded_at, superseded_by)',
  'person (person_id, act_id, recorded_at)',
  'household (household_id, act_id, recorded_at)',
  'member (household_id, person_id)',
  'number (number, person_id)',
  'old_number (value, person_id)',
  'search (person_id, tokens)',
  'unit_review (review_id, person_id, fact_kind, unit_id, recorded_at)',
] as const

const [FACT, HOUSEHOLD_FACT, PERSON, HOUSEHOLD, MEMBER, NUMBER, OLD_NUMBER, SEARCH, REVIEW] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8,
] as const

/** What a row takes beside its texts. */
const ROW_bytes = 160
/** UTF-8 takes at most three bytes for a UTF-16 unit. */
const CHAR_bytes = 3

/** Writes what a part tells as rows of the register's tables. */
export class Encoder implements NationSink {
  readonly pages: readonly Page[]
  private readonly made: Made
  private readonly kinds = new Map<string, Uint8Array>()

  constructor(made: Made, buffers: readonly ArrayBuffer[]) {
    this.made = made
    this.pages = TABLES.map((_, table) => new Page(buffers[table]))
  }

  private page(table: number): Page {
    return this.pages[table] as Page
  }

  person(person: number, recorded: number): void {
    const { ids } = this.made
    const page = this.page(PERSON)
    page.row(3, ROW_bytes)
    page.uuid(ids.person.bytes, person)
    page.uuid(ids.act.bytes, 0)
    page.moment(recorded)
  }

  fact(person: number, row: FactRow): void {
    this.factOf(this.page(FACT), { ids: this.made.ids.person.bytes, owner: person }, row)
  }

  householdFact(household: number, row: FactRow): void {
    const { bytes } = this.made.ids.household
    this.factOf(this.page(HOUSEHOLD_FACT), { ids: bytes, owner: household }, row)
  }

  private factOf(
    page: Page,
    { ids, owner }: { readonly ids: Uint8Array; readonly owner: number },
    row: FactRow,
  ): void {
    const { bytes } = this.made.ids.act
    page.row(9, ROW_bytes + CHAR_bytes * (row.value.length + row.key.length))
    page.uuid(ids, owner)
    page.same(this.kind(row.kind))
    page.text(row.key)
    page.days(row.from, row.to)
    page.json(row.value)
    page.uuid(bytes, row.act)
    page.moment(row.recorded)
    if (row.superseded === NEVER) {
      page.absent()
      page.absent()
      return
    }
    page.moment(row.superseded)
    page.uuid(bytes, row.by)
  }

  private kind(kind: string): Uint8Array {
    const known = this.kinds.get(kind)
    if (known !== undefined) return known
    const bytes = Buffer.from(kind)
    this.kinds.set(kind, bytes)
    return bytes
  }

  household(household: number, recorded: number): void {
    const { ids } = this.made
    const page = this.page(HOUSEHOLD)
    page.row(3, ROW_bytes)
    page.uuid(ids.household.bytes, household)
    page.uuid(ids.act.bytes, 0)
    page.moment(recorded)
  }

  member(household: number, person: number): void {
    const { ids } = this.made
    const page = this.page(MEMBER)
    page.row(2, ROW_bytes)
    page.uuid(ids.household.bytes, household)
    page.uuid(ids.person.bytes, person)
  }

  number(person: number, number: string): void {
    this.numberOf(this.page(NUMBER), person, number)
  }

  oldNumber(person: number, number: string): void {
    this.numberOf(this.page(OLD_NUMBER), person, number)
  }

  private numberOf(page: Page, person: number, number: string): void {
    page.row(2, ROW_bytes)
    page.text(number)
    page.uuid(this.made.ids.person.bytes, person)
  }

  search(person: number, tokens: readonly string[]): void {
    const page = this.page(SEARCH)
    const letters = tokens.reduce((sum, token) => sum + token.length + 4, 0)
    page.row(2, ROW_bytes + CHAR_bytes * letters)
    page.uuid(this.made.ids.person.bytes, person)
    page.texts(tokens)
  }

  review(person: number, row: { readonly unit: string; readonly recorded: number }): void {
    const { ids } = this.made
    const page = this.page(REVIEW)
    page.row(5, ROW_bytes + CHAR_bytes * row.unit.length)
    page.uuid(ids.review.bytes, person)
    page.uuid(ids.person.bytes, person)
    page.text('permanent')
    page.text(row.unit)
    page.moment(row.recorded)
  }
}
