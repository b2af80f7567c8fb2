import {
  type Actor,
  findActorByLogin,
  insertActor,
  insertGrant,
  type Kernel,
  plainDay,
  type Tx,
  todayOf,
  uuidv7,
} from '../../kernel/index.ts'
import { unitsOf } from '../unit/units.ts'
import { NameBook } from './names.ts'
import { FEMALE, MALE } from './people.ts'
import { Random, seedOf } from './random.ts'
import { findShowcase, type Showcase } from './store.ts'

interface Account {
  readonly login: string
  readonly roles: readonly string[]
  /** Where: the citizen's own unit, the highest unit it lies in, or everywhere. */
  readonly area: 'unit' | 'province' | 'nation'
  readonly sex: number
  /** Named on acts of births, or the office that keeps the register. */
  readonly body: 'commune' | 'register'
}

const OFFICERS: readonly Account[] = [
  {
    login: 'officer',
    roles: ['commune-officer', 'registrar'],
    area: 'unit',
    sex: MALE,
    body: 'commune',
  },
  { login: 'supervisor', roles: ['supervisor'], area: 'province', sex: FEMALE, body: 'register' },
  { login: 'inspector', roles: ['inspector'], area: 'nation', sex: FEMALE, body: 'register' },
  {
    login: 'data-protection',
    roles: ['data-protection-officer'],
    area: 'nation',
    sex: MALE,
    body: 'register',
  },
]
/** Names of officers are those of people born about then. */
const OFFICERS_BORN = 1983

/** Gives a demonstration its accounts: a citizen of it and the officers over her record. */
export async function ensureAccounts(kernel: Kernel): Promise<void> {
  await kernel.database.transaction(async (tx) => {
    const showcase = await findShowcase(tx)
    if (showcase === undefined) return
    await ensureCitizen(tx, showcase)
    const places = await placesOf(tx, kernel, showcase.unit)
    const names = new NameBook(kernel.profile.population)
    const random = new Random(seedOf(showcase.seed), 0)
    for (const account of OFFICERS) {
      const birth = { sex: account.sex, year: OFFICERS_BORN }
      const name = names.text(0, {
        family: names.drawFamily(random, 0, '*'),
        middle: names.drawMiddle(random, 0, birth),
        given: names.drawGiven(random, 0, birth),
      })
      const unit = places[account.area]
      await ensureOfficer(tx, kernel, { ...account, name, unit })
    }
  })
}

async function ensureCitizen(tx: Tx, { citizenId, citizenName }: Showcase): Promise<void> {
  if ((await findActorByLogin(tx, 'citizen')) !== undefined) return
  await insertActor(tx, {
    ...nobody('citizen'),
    login: 'citizen',
    name: citizenName,
    personId: citizenId,
  })
}

const nobody = (kind: Actor['kind']) => ({
  id: uuidv7(),
  kind,
  body: null,
  unit: null,
  personId: null,
  agencyId: null,
})

/** The units an officer may be in charge of: her own, the highest above it, all. */
async function placesOf(
  tx: Tx,
  kernel: Kernel,
  unit: string,
): Promise<Readonly<Record<Account['area'], string>>> {
  const directory = await unitsOf({ tx, kernel })
  const today = todayOf(kernel)
  const path = directory.pathOf(unit, today).filter((id) => id !== 'nation')
  return { unit, province: path.at(-1) ?? unit, nation: 'nation' }
}

async function ensureOfficer(
  tx: Tx,
  { profile }: Kernel,
  account: Account & { readonly name: string; readonly unit: string },
): Promise<void> {
  const { login, name, unit, roles } = account
  const [lang = 'en'] = profile.languages
  const { population, state } = profile
  const body = account.body === 'commune' ? population.acts.birth.body : state.registerOffice[lang]
  const actor = { ...nobody('officer'), login, name, body }
  if ((await findActorByLogin(tx, login)) !== undefined) return
  await insertActor(tx, { ...actor, unit: unit === 'nation' ? null : unit })
  for (const role of roles.filter((one) => profile.roles[one] !== undefined)) {
    const from = plainDay(profile.population.registerOpenedOn)
    await insertGrant(tx, { actorId: actor.id, role, unit, from })
  }
}
