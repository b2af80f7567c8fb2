import { parsePolicy } from './policy.js'
import { checkProof, DISCLOSURE_FORMAT, PROOF_HEADER } from './proof.js'
import { ProofRefused, toBase64 } from './text.js'

// The glue of the saved page: files in, words out. It reads nothing else and sends nothing.

/** @typedef {import('./proof.js').Checked} Checked */

/** @param {string} id */
function element(id) {
  const found = document.getElementById(id)
  if (found === null) throw new Error(`the page lacks #${id}`)
  return found
}

/** @type {Record<string, string>} */
const words = JSON.parse(element('words').textContent ?? '{}')

/** @param {string} key @param {Record<string, string | number>} [values] */
function say(key, values = {}) {
  return Object.entries(values).reduce(
    (text, [name, value]) => text.replace(`{${name}}`, String(value)),
    words[key] ?? key,
  )
}

/** @param {string} name @param {string} text @param {string} [className] */
function make(name, text, className = '') {
  const made = document.createElement(name)
  made.textContent = text
  if (className !== '') made.className = className
  return made
}

/** @param {readonly (readonly [string, string])[]} pairs */
function facts(pairs) {
  const list = make('dl', '')
  for (const [name, value] of pairs) list.append(make('dt', name), make('dd', value))
  return list
}

/** @param {bigint} seconds */
const timeOf = (seconds) =>
  new Date(Number(seconds) * 1000).toLocaleString(document.documentElement.lang)

/** @param {string} name */
const nameOf = (name) => words[`event.${name}`] ?? name

/** @param {string} name @param {unknown} value @returns {string} */
function shown(name, value) {
  if (name === 'at') return new Date(String(value)).toLocaleString(document.documentElement.lang)
  if (Array.isArray(value)) return value.join(', ')
  if (typeof value !== 'object' || value === null) return String(value)
  // Commitments are for programs: they stay in the file.
  return Object.entries(value)
    .filter(([key, one]) => one !== null && key !== 'commitment')
    .map(([key, one]) => `${nameOf(key)}: ${one}`)
    .join('; ')
}

/** @param {Checked} checked */
function report(checked) {
  const verdict = checked.witnessed ? 'right' : 'right-unwitnessed'
  const seen = checked.witnesses.map(({ name, at }) => `${name}, ${timeOf(at)}`)
  const event = Object.entries(checked.event).map(
    ([name, value]) => /** @type {const} */ ([nameOf(name), shown(name, value)]),
  )
  element('answer').replaceChildren(
    make('h2', say(verdict), checked.witnessed ? 'done' : 'you'),
    make('p', say(`${verdict}-why`)),
    facts([
      [say('log'), checked.origin],
      [say('line'), `${checked.index} / ${checked.size}`],
      [say('root'), toBase64(checked.root)],
      [say('witnesses'), seen.length > 0 ? seen.join('; ') : say('no-witness')],
      [say('person'), checked.subject === null ? say('no-person') : say('person-shown')],
    ]),
    make('h3', say('event')),
    facts(event),
  )
}

/** @param {unknown} error */
function showRefusal(error) {
  const code = error instanceof ProofRefused ? error.code : 'unreadable'
  const reason = error instanceof Error ? error.message : String(error)
  element('answer').replaceChildren(
    make('h2', say('wrong'), 'late'),
    make('p', say(code)),
    make('p', reason, 'meta'),
  )
}

async function check() {
  const input = element('files')
  const files = input instanceof HTMLInputElement ? [...(input.files ?? [])] : []
  const texts = await Promise.all(files.map((file) => file.text()))
  const proof = texts.find((text) => text.startsWith(PROOF_HEADER))
  const disclosure = texts.find((text) => text.includes(DISCLOSURE_FORMAT) && text !== proof)
  const keys = element('keys')
  try {
    if (proof === undefined) throw new ProofRefused('ledger.proof-malformed', 'no proof file')
    const policy = await parsePolicy(keys instanceof HTMLTextAreaElement ? keys.value : '')
    report(await checkProof({ proof, disclosure, policy }))
  } catch (error) {
    showRefusal(error)
  }
  element('answer').focus()
}

element('form').addEventListener('submit', (event) => {
  event.preventDefault()
  check().catch(showRefusal)
})
