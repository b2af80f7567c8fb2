import { type InnerList, parseDictionary, serializeInnerList } from 'structured-headers'

/** A component identifier as covered by a signature: its name and its parameters, if any. */
export interface Component {
  readonly name: string
  readonly parameters: ReadonlyMap<string, unknown>
}

/** One member of `Signature-Input` (RFC 9421 section 4.1). */
export interface SignatureInput {
  readonly label: string
  readonly components: readonly Component[]
  readonly parameters: ReadonlyMap<string, unknown>
  /** The inner list as serialised by RFC 9651: the value of `@signature-params`. */
  readonly text: string
}

const NONE: ReadonlyMap<string, unknown> = new Map()
const MEMBER =
  /^([a-z*][a-z0-9_\-.*]*)=(\(((?:"[\x20-\x21\x23-\x5b\x5d-\x7e]+"(?: "[\x20-\x21\x23-\x5b\x5d-\x7e]+")*)?)\)((?:;[a-z*][a-z0-9_\-.*]*=(?:"[\x20-\x21\x23-\x5b\x5d-\x7e]*"|0|[1-9][0-9]{0,14}))*))$/
const PARAMETER = /;([^=]+)=(?:"([^"]*)"|([0-9]+))/y

// An integrator's list of components is the same in every request: parse each spelling once.
const lists = new Map<string, readonly Component[]>()
const LISTS_MAX = 256

/**
 * Reads `Signature-Input`. The one canonical member every client of ours sends takes the short way
 * (under 2 µs); whatever else RFC 9651 allows goes through the library and means the same.
 */
export function parseSignatureInput(value: string): readonly SignatureInput[] | undefined {
  const quick = parseCanonicalInput(value)
  return quick ? [quick] : parseAnyInput(value)
}

/** The short way: a single member in canonical form, or undefined. Exported for its test. */
export function parseCanonicalInput(value: string): SignatureInput | undefined {
  const found = MEMBER.exec(value)
  if (found === null) return undefined
  const [, label = '', text = '', inner = '', tail = ''] = found
  const parameters = new Map<string, unknown>()
  PARAMETER.lastIndex = 0
  for (let at = 0; at < tail.length; at = PARAMETER.lastIndex) {
    const [, key = '', string, integer] = PARAMETER.exec(tail) ?? []
    // A parameter named twice keeps its last value but its first place: leave it to the library.
    if (parameters.has(key)) return undefined
    parameters.set(key, string ?? Number(integer))
  }
  return { label, components: componentsOf(inner), parameters, text }
}

function componentsOf(inner: string): readonly Component[] {
  const known = lists.get(inner)
  if (known) return known
  const names = inner === '' ? [] : inner.slice(1, -1).split('" "')
  const components = names.map((name) => ({ name, parameters: NONE }))
  if (lists.size >= LISTS_MAX) lists.clear()
  lists.set(inner, components)
  return components
}

/** The long way, by the library: any dictionary of inner lists of strings. */
export function parseAnyInput(value: string): readonly SignatureInput[] | undefined {
  const inputs: SignatureInput[] = []
  for (const [label, member] of dictionary(value) ?? []) {
    const list = member as InnerList
    if (!Array.isArray(list[0])) return undefined
    const components: Component[] = []
    for (const [name, parameters] of list[0]) {
      if (typeof name !== 'string') return undefined
      components.push({ name, parameters })
    }
    inputs.push({ label, components, parameters: list[1], text: serializeInnerList(list) })
  }
  return inputs.length > 0 ? inputs : undefined
}

/** The byte sequences of a dictionary such as `Signature` or `Content-Digest`, by their keys. */
export function parseByteSequences(value: string): ReadonlyMap<string, Buffer> | undefined {
  const members = dictionary(value)
  if (members === undefined) return undefined
  const bytes = new Map<string, Buffer>()
  for (const [key, member] of members) {
    const item = member[0]
    if (item instanceof ArrayBuffer) bytes.set(key, Buffer.from(item))
  }
  return bytes
}

function dictionary(value: string): ReturnType<typeof parseDictionary> | undefined {
  try {
    return parseDictionary(value)
  } catch {
    return undefined
  }
}
