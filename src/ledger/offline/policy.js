import { COSIGNATURE, parseVerifierKey } from './note.js'
import { ProofRefused } from './text.js'

/**
 * Whom one trusts, as C2SP tlog-policy writes it: logs, witnesses, and how many of them it takes.
 * @typedef {import('./note.js').VerifierKey} VerifierKey
 * @typedef {{ name: string, key: VerifierKey, url: string | null }} Witness
 * @typedef {{ name: string, needed: number, members: string[] }} Group
 * @typedef {{ logs: VerifierKey[], witnesses: Witness[], groups: Group[], quorum: string }} Policy
 */

/** tlog-policy asks for at least 32 of each. */
const LINES_MAX = 500
const POLICY_FAULT = 'ledger.key-unknown'

/** @param {string} why @returns {never} */
function refuse(why) {
  throw new ProofRefused(POLICY_FAULT, `policy: ${why}`)
}

/**
 * @param {string} text
 * @returns {Promise<Policy>}
 */
export async function parsePolicy(text) {
  /** @type {Policy} */
  const policy = { logs: [], witnesses: [], groups: [], quorum: '' }
  /** Names not yet in a group: each may stand in one only. @type {Set<string>} */
  const free = new Set()
  const lines = text.split('\n')
  if (lines.length > LINES_MAX) refuse('too many lines')
  for (const line of lines) {
    const [word = '', ...rest] = line.split(/[ \t]+/).filter((part) => part !== '')
    if (word === '' || word.startsWith('#')) continue
    if (word === 'log') policy.logs.push(await keyOf(rest[0], false))
    else if (word === 'witness') await addWitness(policy, rest, free)
    else if (word === 'group') addGroup(policy, rest, free)
    else if (word === 'quorum' && policy.quorum === '') policy.quorum = quorumOf(policy, rest)
    else refuse(`a line begins with ${word.slice(0, 20)}`)
  }
  if (policy.quorum === '') refuse('the quorum line is missing')
  refuseRepeatedKeys(policy.logs)
  refuseRepeatedKeys(policy.witnesses.map((witness) => witness.key))
  return policy
}

/** A plain signature says nothing of consistency: only a cosignature makes a witness.
 * @param {string | undefined} text @param {boolean} witness */
async function keyOf(text = '', witness) {
  const key = await parseVerifierKey(text)
  if ((key.type === COSIGNATURE) !== witness) refuse(`${key.name} has a key of another use`)
  return key
}

/** @param {Policy} policy @param {string[]} words @param {Set<string>} free */
async function addWitness(policy, [name = '', key = '', url], free) {
  refuseTakenName(policy, name)
  policy.witnesses.push({ name, key: await keyOf(key, true), url: url ?? null })
  free.add(name)
}

/** @param {Policy} policy @param {string[]} words @param {Set<string>} free */
function addGroup(policy, [name = '', count = '', ...members], free) {
  refuseTakenName(policy, name)
  for (const member of members) {
    if (!free.delete(member)) refuse(`${member} is unknown, or already in a group`)
  }
  const needed = count === 'all' ? members.length : count === 'any' ? 1 : decimal(count)
  if (needed < 1 || needed > members.length) refuse(`group ${name} cannot reach ${count}`)
  policy.groups.push({ name, needed, members })
  free.add(name)
}

/** @param {string} text */
function decimal(text) {
  return /^[1-9][0-9]{0,3}$/.test(text) ? Number(text) : 0
}

/** @param {Policy} policy @param {string} name */
function refuseTakenName(policy, name) {
  const taken = [...policy.witnesses, ...policy.groups].some((entry) => entry.name === name)
  if (name === '' || name === 'none' || taken) refuse(`the name ${name} cannot be given`)
}

/** @param {Policy} policy @param {string[]} words */
function quorumOf(policy, [name = '']) {
  const known = [...policy.witnesses, ...policy.groups].some((entry) => entry.name === name)
  if (name !== 'none' && !known) refuse(`the quorum ${name} is unknown`)
  return name
}

/** One key under two names would count twice. @param {readonly VerifierKey[]} keys */
function refuseRepeatedKeys(keys) {
  const seen = new Set(keys.map((key) => String(key.publicKey)))
  if (seen.size !== keys.length) refuse('a key is listed twice')
}

/**
 * Have these witnesses cosigned enough?
 * @param {Policy} policy
 * @param {ReadonlySet<string>} cosigned key texts that cosigned
 */
export function isQuorum(policy, cosigned) {
  if (policy.quorum === 'none') return true
  /** @param {string} name @returns {boolean} */
  const agrees = (name) => {
    const group = policy.groups.find((one) => one.name === name)
    if (group !== undefined) return group.members.filter(agrees).length >= group.needed
    const witness = policy.witnesses.find((one) => one.name === name)
    return witness !== undefined && cosigned.has(witness.key.text)
  }
  return agrees(policy.quorum)
}
