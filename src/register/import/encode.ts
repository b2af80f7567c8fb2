import { earliest, type Instant, type PlainDay, type Profile, yearOf } from '../../kernel/index.ts'
import { searchTokens } from '../search/search-row.ts'
import type { ActId } from '../types.ts'
import { CopyRows, uuidBytes } from './copy-rows.ts'
import type { PersonRow } from './rules.ts'

/** A checked row with the internal id it is going to have. */
export interface NewPerson {
  readonly personId: string
  readonly row: PersonRow
}

export interface Recording {
  readonly actId: ActId
  readonly at: Instant
  readonly asOf: PlainDay
  readonly profile: Pick<Profile, 'names' | 'country'>
}

/** Rows of the register, by table, for COPY in binary format. */
export interface TableRows {
  readonly statement: string
  readonly bytes: Buffer
}

const copy = (columns: string): string => `copy register.${columns} from stdin (format binary)`
const PERSON = copy('person (person_id, act_id, recorded_at)')
const FACT = copy('fact (person_id, kind, key, valid, value, act_id, recorded_at)')
const OLD_NUMBER = copy('old_number (value, person_id)')
const SEARCH = copy('search (person_id, tokens)')

const NAME = ['name', ''] as const
const BIRTH = ['birth', ''] as const
const SEX = ['sex', ''] as const
const NUMBER = ['number', ''] as const
const PERMANENT = ['permanent', ''] as const

/**
 * The rows of some persons. What a person is holds from birth: name, birth, sex, nationality. What a
 * file of a day says beyond that, numbers and residence, holds from that day.
 */
export function encodePersons(persons: readonly NewPerson[], recording: Recording): TableRows[] {
  const { actId, at, asOf, profile } = recording
  const person = new CopyRows()
  const fact = new CopyRows()
  const oldNumber = new CopyRows()
  const search = new CopyRows()
  const by = byFields(actId, at)
  const nationality = ['nationality', profile.country] as const
  for (const { personId, row } of persons) {
    const id = uuidBytes(personId)
    const born = earliest(row.born)
    person.row(3)
    person.uuid(id)
    person.same(by)
    const state = (slot: readonly [kind: string, key: string], from: PlainDay, json: string) => {
      fact.row(7)
      fact.uuid(id)
      fact.ascii(slot[0])
      fact.ascii(slot[1])
      fact.daysFrom(from)
      fact.json(json)
      fact.same(by)
    }
    state(NAME, born, `{"full":${JSON.stringify(row.name)}}`)
    state(BIRTH, born, `{"on":"${row.born}"}`)
    state(SEX, born, JSON.stringify(row.sex))
    state(nationality, born, JSON.stringify(profile.country))
    state(NUMBER, asOf, `"${row.number}"`)
    state(PERMANENT, asOf, `{"unit":"${row.unit}"}`)
    if (row.oldNumber !== null) {
      state(['old-number', row.oldNumber], asOf, JSON.stringify(row.oldNumber))
      oldNumber.row(2)
      oldNumber.text(row.oldNumber)
      oldNumber.uuid(id)
    }
    const findable = { names: [row.name], birthYear: yearOf(row.born), units: [row.unit] }
    search.row(2)
    search.uuid(id)
    search.texts(searchTokens(findable, profile.names))
  }
  const tables = [
    { statement: PERSON, rows: person },
    { statement: FACT, rows: fact },
    { statement: OLD_NUMBER, rows: oldNumber },
    { statement: SEARCH, rows: search },
  ]
  return tables
    .filter(({ rows }) => rows.rows > 0)
    .map(({ statement, rows }) => ({ statement, bytes: rows.end() }))
}

/** The act and the moment, which are the same for every row of a chunk. */
function byFields(actId: ActId, at: Instant): Buffer {
  const fields = new CopyRows()
  fields.uuid(uuidBytes(actId))
  fields.moment(at)
  return fields.fields()
}
