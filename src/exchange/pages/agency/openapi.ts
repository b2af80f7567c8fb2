/** What the reference needs of an OpenAPI 3.1 document; everything else is left to programs. */
export interface Described {
  readonly description: string
  /** How calls are signed. */
  readonly signature: string
  /** What the header `goc-receipt` is. */
  readonly receipt: string
  readonly operations: readonly Operation[]
}

export interface Operation {
  readonly id: string
  readonly verb: string
  readonly path: string
  readonly summary: string
  readonly description: string
  readonly headers: readonly Field[]
  readonly fields: readonly Field[]
  /** The answers of a call that was not refused. */
  readonly answers: readonly { readonly description: string; readonly fields: readonly Field[] }[]
  /** A body that fits the schema; empty where there is none. */
  readonly example: string
}

export interface Field {
  /** With the names above it: `identify.name`, `rows[].ref`. */
  readonly name: string
  readonly type: string
  readonly description: string
  readonly isRequired: boolean
}

interface Schema {
  readonly type?: string
  readonly description?: string
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly additionalProperties?: Schema | boolean
  readonly maxLength?: number
  readonly maxItems?: number
}
interface Media {
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>
}
interface Path {
  readonly operationId?: string
  readonly summary?: string
  readonly description?: string
  readonly parameters?: readonly {
    readonly name: string
    readonly required?: boolean
    readonly description?: string
    readonly schema: Schema
  }[]
  readonly requestBody?: Media
  readonly responses?: Readonly<
    Record<
      string,
      Media & { readonly headers?: Readonly<Record<string, { description?: string }>> }
    >
  >
}
interface Document {
  readonly info: { readonly description?: string }
  readonly components?: {
    readonly securitySchemes?: Readonly<Record<string, { readonly description?: string }>>
  }
  readonly paths: Readonly<Record<string, Readonly<Record<string, Path>>>>
}

const JSON_BODY = 'application/json'

/** Reads the document; what a reader sees is therefore what the program checks requests by. */
export function describe(document: unknown): Described {
  const { info, components, paths } = document as Document
  const operations = Object.entries(paths).flatMap(([path, verbs]) =>
    Object.entries(verbs).map(([verb, operation]) => operationOf(verb, path, operation)),
  )
  const [scheme] = Object.values(components?.securitySchemes ?? {})
  const answers = Object.values(paths).flatMap((verbs) => Object.values(verbs))
  const receipt = answers
    .map(({ responses }) => responses?.['200']?.headers?.['goc-receipt']?.description)
    .find((one) => one !== undefined)
  return {
    description: info.description ?? '',
    signature: scheme?.description ?? '',
    receipt: receipt ?? '',
    operations,
  }
}

function operationOf(verb: string, path: string, operation: Path): Operation {
  const body = operation.requestBody?.content?.[JSON_BODY]?.schema ?? {}
  const answer = operation.responses?.['200']?.content?.[JSON_BODY]?.schema ?? {}
  return {
    id: operation.operationId ?? path,
    verb: verb.toUpperCase(),
    path,
    summary: operation.summary ?? path,
    description: operation.description ?? '',
    headers: (operation.parameters ?? []).map((one) => ({
      name: one.name,
      type: typeOf(one.schema),
      description: one.description ?? '',
      isRequired: one.required === true,
    })),
    fields: fieldsOf(body, ''),
    answers: (answer.anyOf ?? [answer]).map((one) => ({
      description: one.description ?? '',
      fields: fieldsOf(one, ''),
    })),
    // A call without a body, or with a file's bytes, has none to show.
    example: body.properties === undefined ? '' : JSON.stringify(exampleOf(body), null, 2),
  }
}

/** Every field below a schema, with the path to it. */
function fieldsOf(schema: Schema, above: string): Field[] {
  const required = new Set(schema.required)
  return Object.entries(schema.properties ?? {}).flatMap(([name, one]): Field[] => {
    const path = above === '' ? name : `${above}.${name}`
    const own: Field = {
      name: path,
      type: typeOf(one),
      description: one.description ?? '',
      isRequired: required.has(name),
    }
    const items = one.items
    const below = items === undefined ? fieldsOf(one, path) : inList(items, `${path}[]`)
    return [own, ...below]
  })
}

/** Of rows of several forms: each form's fields once, in their order. */
function inList(items: Schema, path: string): Field[] {
  const all = (items.anyOf ?? [items]).flatMap((one) => fieldsOf(one, path))
  const values = Map.groupBy(all, (field) => field.name)
  return [...values.values()].map((some) => {
    const types = [...new Set(some.map(({ type }) => type))].join(' | ')
    const described = some.find(({ description }) => description !== '') ?? some[0]
    return { ...(described as Field), type: types }
  })
}

function typeOf(schema: Schema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum !== undefined) return schema.enum.map((one) => JSON.stringify(one)).join(' | ')
  if (schema.anyOf !== undefined) return [...new Set(schema.anyOf.map(typeOf))].join(' | ')
  if (schema.items !== undefined) {
    const most = schema.maxItems === undefined ? '' : ` ≤ ${schema.maxItems}`
    return schema.items.properties === undefined
      ? `${typeOf(schema.items)}[]${most}`
      : `array${most}`
  }
  if (typeof schema.additionalProperties === 'object') {
    return `{ …: ${typeOf(schema.additionalProperties)} }`
  }
  const most = schema.maxLength === undefined ? '' : ` ≤ ${schema.maxLength}`
  return `${schema.type ?? 'object'}${most}`
}

/** Values that read as an example; of an invented person, whose number no real one bears. */
const EXAMPLES: Readonly<Record<string, unknown>> = {
  personal_administrative_number: '901197004821',
  name: 'Nguyễn Thuỵ Ánh Tuyết',
  birthdate: '1997-08-09',
  sex: 'female',
  ref: 'row-1',
  columns: ['stt', 'so_dinh_danh', 'ho_ten', 'ngay_sinh'],
  file: { sha256: 'a3f1…64 hex digits', bytes: 71_830_123 },
}
const SHOWN = new Set(['identify', 'attributes', 'predicates', 'rows', ...Object.keys(EXAMPLES)])

function exampleOf(schema: Schema, below = ''): unknown {
  if (schema.items !== undefined) return [exampleOf(schema.items)]
  if (schema.properties === undefined) return { alive: true, age_over_18: true }
  const own = Object.entries(schema.properties).filter(
    ([name]) => SHOWN.has(name) && (below !== 'attributes' || name === 'sex'),
  )
  return Object.fromEntries(
    own.map(([name, one]) => [name, EXAMPLES[name] ?? exampleOf(one, name)]),
  )
}
