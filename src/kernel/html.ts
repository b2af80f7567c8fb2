/**
 * Pages are tagged templates that escape by default and know where each hole stands:
 *
 * - in text: `<p>${words}</p>`; arrays are joined, null, undefined, false and true are omitted;
 * - in quotes: `class="row ${more}"`;
 * - as a whole attribute, without quotes: `<input name=${name} required=${needed}>` is written
 *   quoted, left out when the value is null, undefined or false, and bare when it is true.
 *
 * A hole anywhere else (a tag's name, a comment, script or style) is a bug and throws when the
 * template is first used. Addresses with a scheme that could run code become `about:invalid`.
 */
class SafeHtml {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
  toString(): string {
    return this.text
  }
}

/** Markup that may be put into a page as it is. Only `html` and `raw` make it. */
export type Html = SafeHtml

/** What a hole of a template takes. */
export type Content =
  | string
  | number
  | bigint
  | boolean
  | null
  | undefined
  | Html
  | readonly Content[]

interface Hole {
  readonly kind: 'text' | 'quoted' | 'attribute'
  readonly name: string
  /** True where the value starts an address, so that its scheme must be looked at. */
  readonly address: boolean
}
interface Plan {
  readonly parts: readonly string[]
  readonly holes: readonly Hole[]
}

const plans = new WeakMap<TemplateStringsArray, Plan>()
const ADDRESSES = new Set(['href', 'src', 'action', 'formaction', 'xlink:href', 'poster'])
const SPECIAL = /[&<>"']/g
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text made safe for element content and for quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(SPECIAL, (character) => ENTITIES[character] ?? character)
}

/** Markup written by us (a picture, a constant), never text from outside. */
export function raw(markup: string): Html {
  return new SafeHtml(markup)
}

export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Html {
  let plan = plans.get(strings)
  if (plan === undefined) {
    plan = planOf(strings)
    plans.set(strings, plan)
  }
  const { parts, holes } = plan
  let text = parts[0] ?? ''
  for (let at = 0; at < holes.length; at++) {
    const hole = holes[at]
    if (hole !== undefined) text += write(hole, values[at])
    text += parts[at + 1] ?? ''
  }
  return new SafeHtml(text)
}

/** True when there is nothing to show, so that a part can leave out its frame. */
export function isEmpty(value: Content): boolean {
  if (Array.isArray(value)) return value.every(isEmpty)
  return value === null || value === undefined || typeof value === 'boolean' || String(value) === ''
}

function write(hole: Hole, value: Content): string {
  if (hole.kind === 'text') return show(value, false)
  if (hole.kind === 'quoted') return hole.address ? addressOf(value) : show(value, true)
  if (value === null || value === undefined || value === false) return ''
  if (value === true) return ` ${hole.name}`
  return ` ${hole.name}="${hole.address ? addressOf(value) : show(value, true)}"`
}

function show(value: Content, quoted: boolean): string {
  if (typeof value === 'string') return escapeHtml(value)
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  // Markup inside an attribute is shown as the text it is: quotes in it must not end the attribute.
  if (value instanceof SafeHtml) return quoted ? escapeHtml(value.text) : value.text
  if (Array.isArray(value)) {
    let text = ''
    for (const one of value) text += show(one, quoted)
    return text
  }
  if (value === null || value === undefined || typeof value === 'boolean') return ''
  throw new TypeError(`a page cannot show a value of type ${typeof value}`)
}

/** Browsers drop control characters and spaces before they read the scheme; so do we. */
function addressOf(value: Content): string {
  const text = value instanceof SafeHtml ? value.text : String(value ?? '')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is being removed
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(text.replace(/[\u0000-\u0020]/g, ''))?.[1]
  const safe = scheme === undefined || /^(https?|mailto|tel)$/i.test(scheme)
  return safe ? escapeHtml(text) : 'about:invalid'
}

/** What may follow a hole: the rest of a value must not be able to become its scheme. */
const AFTER: Readonly<Record<string, RegExp>> = { address: /^["'/?#]/, attribute: /^[\s/>]/ }

function planOf(strings: TemplateStringsArray): Plan {
  const parts: string[] = []
  const holes: Hole[] = []
  let state: State = { where: 'text', name: '', tag: '' }
  for (let at = 0; at < strings.length; at++) {
    const part = strings[at] ?? ''
    const after = strings[at + 1]
    state = read(part, state)
    if (after === undefined) {
      if (state.where !== 'text') throw new TypeError('a template ends inside a tag or a comment')
      parts.push(part)
      break
    }
    const hole = holeAt(part, state)
    const must = AFTER[hole.kind === 'quoted' && hole.address ? 'address' : hole.kind]
    if (must?.test(after) === false) throw new TypeError(`${hole.name}= must be one whole value`)
    holes.push(hole)
    // A whole attribute's `name=` is written by `write`, with its value or not at all.
    parts.push(hole.kind === 'attribute' ? part.replace(/\s*[^\s"'>/=<]+=$/, '') : part)
  }
  return { parts, holes }
}

interface State {
  readonly where: 'text' | 'tag' | '"' | "'" | 'comment'
  readonly name: string
  readonly tag: string
}

const TOKENS = /<!--|-->|<\/?([a-zA-Z][^\s/>]*)?|[^\s"'>/=<]+=(?=["'])|["'>]/g

/** Walks one static part and says where the hole after it stands. */
function read(part: string, before: State): State {
  let { where, name, tag } = before
  for (const { 0: token, 1: opened } of part.matchAll(TOKENS)) {
    if (where === 'comment') {
      if (token === '-->') where = 'text'
    } else if (where === 'text') {
      if (token === '<!--') where = 'comment'
      else if (token.startsWith('<')) {
        where = 'tag'
        tag = token.startsWith('</') ? '' : (opened ?? '').toLowerCase()
      }
    } else if (where === 'tag') {
      if (token === '"' || token === "'") where = token
      else if (token === '>') where = 'text'
      else if (token.endsWith('=')) name = token.slice(0, -1).toLowerCase()
    } else if (token === where) where = 'tag'
  }
  return { where, name, tag }
}

function holeAt(part: string, { where, name, tag }: State): Hole {
  if (where === 'text') {
    if (tag === 'script' || tag === 'style') throw new TypeError(`no values inside <${tag}>`)
    return { kind: 'text', name: '', address: false }
  }
  if (where === '"' || where === "'") {
    refuseHandler(name)
    return { kind: 'quoted', name, address: ADDRESSES.has(name) && part.endsWith(where) }
  }
  const whole = where === 'tag' ? /(?:^|\s)([^\s"'>/=<]+)=$/.exec(part)?.[1] : undefined
  if (whole === undefined) throw new TypeError(`no value may stand here: …${part.slice(-40)}`)
  refuseHandler(whole)
  return { kind: 'attribute', name: whole, address: ADDRESSES.has(whole.toLowerCase()) }
}

/** The content policy forbids both, so a value in one is never meant. */
function refuseHandler(name: string): void {
  if (/^(on|style$|srcdoc$)/i.test(name)) throw new TypeError(`no values inside ${name}=`)
}
