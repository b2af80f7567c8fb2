import { generateKeyPairSync, sign } from 'node:crypto'
import {
  type Actor,
  addDays,
  execute,
  findActorByLogin,
  insertActor,
  insertGrant,
  type Kernel,
  type Operator,
  signingKey,
  todayOf,
  uuidv7,
} from '../../kernel/index.ts'
import {
  addAgencyKey,
  approveAgreement,
  keyProofText,
  proposeAgreement,
  registerAgency,
} from '../agency/commands.ts'
import { type Agency, findAgency, listAgreements, listKeys } from '../agency/store.ts'
import { OPERATIONS, type Operation } from '../types.ts'
import { CLEANING, DEMONSTRATION_AGENCIES, type DemonstrationAgency } from './agencies.ts'
import { findKeyFile, receiptKeysOf, writeAgencyFile, writeKeyFile } from './folder.ts'

const ROLE = 'sharing-officer'
const QUOTA_PER_DAY = 10_000_000

/**
 * Gives a demonstration nation its agencies: registered, agreed on by three invented officers, with
 * their keys in GOC_DATA/demo/agencies. What is there already is left as it is.
 */
export async function demonstrateAgencies({ kernel }: Operator): Promise<void> {
  const known = new Set(kernel.profile.purposes.map(({ code }) => code))
  const officers = await threeOfficers(kernel)
  for (const plan of DEMONSTRATION_AGENCIES.filter(({ purpose }) => known.has(purpose))) {
    const agency = await ensureAgency(kernel, plan, officers)
    const keyId = await ensureKey(kernel, agency, officers)
    const purposes = [plan.purpose, ...(known.has(CLEANING) ? [CLEANING] : [])]
    for (const purpose of purposes)
      await ensureAgreement(kernel, { agency, plan, purpose }, officers)
    writeAgencyFile(kernel, {
      agency: plan.code,
      name: agency.name,
      keyId,
      origin: kernel.config.url,
      purposes,
      receiptKeys: receiptKeysOf(kernel),
    })
  }
}

type Officers = readonly [proposer: Actor, first: Actor, second: Actor]

/** Three different persons stand behind every agreement, in a demonstration too. */
async function threeOfficers(kernel: Kernel): Promise<Officers> {
  const today = todayOf(kernel)
  const [lang = 'en'] = kernel.profile.languages
  const title = kernel.profile.roles[ROLE]?.words[lang] ?? ROLE
  const officer = async (n: number): Promise<Actor> => {
    const login = `${ROLE}-${n}`
    return kernel.database.transaction(async (tx) => {
      const found = await findActorByLogin(tx, login)
      const identity = found ?? {
        id: uuidv7(),
        kind: 'officer' as const,
        login,
        name: `${title} ${n}`,
        body: kernel.profile.state.registerOffice[lang],
        unit: null,
        personId: null,
        agencyId: null,
      }
      if (found === undefined) await insertActor(tx, { ...identity, login })
      const grant = { role: ROLE, unit: 'nation', from: addDays(today, -1) }
      // Who signs in as one of them decides about agencies' files.
      if (found === undefined || found.grants.length === 0) {
        await insertGrant(tx, { ...grant, actorId: identity.id })
      }
      const grants = [{ ...grant, to: null }]
      return { ...identity, level: 3, grants }
    })
  }
  return [await officer(1), await officer(2), await officer(3)]
}

const by = (kernel: Kernel, actor: Actor) => ({ kernel, actor, key: uuidv7() })

async function ensureAgency(
  kernel: Kernel,
  { code, sector, name }: DemonstrationAgency,
  [officer]: Officers,
): Promise<Agency> {
  const find = () => kernel.database.transaction((tx) => findAgency(tx, code))
  const before = await find()
  if (before !== undefined) return before
  const [lang = 'en'] = kernel.profile.languages
  await execute(registerAgency, { code, name: name[lang], sector }, by(kernel, officer))
  const made = await find()
  if (made === undefined) throw new Error(`agency ${code} was not registered`)
  return made
}

/** The key in the agency's folder, in use; a new one where it is missing, unknown or revoked. */
async function ensureKey(kernel: Kernel, agency: Agency, [officer]: Officers): Promise<string> {
  const keys = await kernel.database.transaction((tx) => listKeys(tx, agency.id))
  const pem = findKeyFile(kernel, agency.code)
  if (pem !== null) {
    const { raw } = signingKey(pem)
    const known = keys.find((key) => key.revokedAt === null && key.publicKey.equals(raw))
    if (known !== undefined) return known.keyId
  }
  const { privateKey } = generateKeyPairSync('ed25519')
  const fresh = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const keyId = `${agency.code}.${keys.length + 1}`
  const proof = sign(null, Buffer.from(keyProofText(agency.code, keyId)), privateKey)
  writeKeyFile(kernel, agency.code, fresh)
  const key = {
    agency: agency.code,
    keyId,
    publicKey: signingKey(fresh).raw.toString('base64'),
    proof: proof.toString('base64'),
  }
  await execute(addAgencyKey, key, by(kernel, officer))
  return keyId
}

interface Terms {
  readonly agency: Agency
  readonly plan: DemonstrationAgency
  readonly purpose: string
}

function operationsOf({ keepsNumbers }: DemonstrationAgency, isCleaning: boolean): Operation[] {
  if (!isCleaning) return OPERATIONS.filter((one) => one !== 'check.number')
  return keepsNumbers ? ['verify.batch', 'check', 'check.number'] : ['verify.batch', 'check']
}

async function ensureAgreement(
  kernel: Kernel,
  { agency, plan, purpose }: Terms,
  [proposer, ...approvers]: Officers,
): Promise<void> {
  const agreements = await kernel.database.transaction((tx) => listAgreements(tx, agency.id))
  if (agreements.some((one) => one.purpose === purpose && one.approvedBy.length >= 2)) return
  const [legalBasis = ''] =
    kernel.profile.purposes.find(({ code }) => code === purpose)?.legalBases ?? []
  const isCleaning = purpose === CLEANING
  const { agreement } = await execute(
    proposeAgreement,
    {
      agency: agency.code,
      operations: operationsOf(plan, isCleaning),
      purpose,
      legalBasis,
      attributes: [...plan.attributes],
      predicates: isCleaning ? ['alive'] : [...plan.predicates],
      scope: { kind: 'all' },
      // A list written without accents is what is to be cleaned.
      close: isCleaning,
      assurance: 2,
      onlinePerDay: isCleaning ? 0 : QUOTA_PER_DAY,
      bulkPerDay: QUOTA_PER_DAY,
      from: todayOf(kernel),
      to: null,
    },
    by(kernel, proposer),
  )
  for (const approver of approvers) {
    await execute(approveAgreement, { agreement }, by(kernel, approver))
  }
}
