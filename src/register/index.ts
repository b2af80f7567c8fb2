import type { MenuItem, Room } from '../kernel/index.ts'
import { addMember, establish, move, removeMember } from './household/commands.ts'
import { getHousehold, myHousehold } from './household/queries.ts'
import { changeHead, merge, split } from './household/reshape.ts'
import { cancelNumber, linkOldNumber, reestablishNumber } from './identifier/commands.ts'
import { importCli } from './import/cli.ts'
import { importPersons, openImport } from './import/commands.ts'
import { endKin, linkKin } from './kinship/commands.ts'
import { demonstrateRegister } from './nation/make.ts'
import { deskRoutes } from './pages/desk/routes.ts'
import { portalRoutes } from './pages/routes.ts'
import { amendFact } from './person/amend.ts'
import { registerBirth } from './person/birth.ts'
import { correctFact } from './person/correct.ts'
import { registerDeath, registerDisappearance, reverseDeath } from './person/death.ts'
import { mergePersons, unmergePersons } from './person/merge.ts'
import { listOpenings } from './person/openings.ts'
import { myFamily, myRecord } from './person/own.ts'
import {
  approveOpening,
  askOpening,
  breakGlass,
  protectPerson,
  unprotectPerson,
} from './person/protection.ts'
import { factsAsOf, getAct, personHistory, personRecord } from './person/queries.ts'
import { registerPerson } from './person/register.ts'
import {
  declareCurrent,
  deregister,
  endAbsence,
  endTemporary,
  registerPermanent,
  registerTemporary,
  reportAbsence,
} from './residence/commands.ts'
import { searchPersons } from './search/queries.ts'
import { unitCli } from './unit/cli.ts'
import { importUnits } from './unit/import-units.ts'
import { recodeUnits } from './unit/recode.ts'
import { decideReview, listReviews } from './unit/review.ts'

export { duplicatesOf, survivorOf } from './identifier/store.ts'
export { readBlocks } from './import/blocks.ts'
export { csvField, csvLine, decodeUtf8, parseLines, sheetLine } from './import/csv.ts'
export { hashSource, openSource, readSource, type Source } from './import/source.ts'
export { explaining } from './import/speak.ts'
export { myFamily, myRecord } from './person/own.ts'
export { personRecord } from './person/queries.ts'
export { countPersons } from './store.ts'
export { unitsOf } from './unit/units.ts'

const MENU: readonly MenuItem[] = [
  {
    section: 'portal',
    path: '/record',
    text: 'menu.record',
    order: 20,
    icon: 'record',
    operation: myRecord.name,
  },
  {
    section: 'portal',
    path: '/family',
    text: 'menu.family',
    order: 30,
    icon: 'family',
    operation: myFamily.name,
  },
  {
    section: 'desk',
    path: '/desk',
    text: 'desk.menu.find',
    order: 10,
    operation: searchPersons.name,
  },
  {
    section: 'desk',
    path: '/desk/births/new',
    text: 'desk.menu.birth',
    order: 20,
    operation: registerBirth.name,
  },
  {
    section: 'desk',
    path: '/desk/openings',
    text: 'desk.menu.openings',
    order: 80,
    operation: listOpenings.name,
  },
  {
    section: 'desk',
    path: '/desk/reviews',
    text: 'desk.menu.reviews',
    order: 90,
    operation: listReviews.name,
  },
  {
    section: 'inspect',
    path: '/inspect/openings',
    text: 'inspect.menu.openings',
    order: 40,
    icon: 'key',
    operation: approveOpening.name,
  },
]

/** Persons, households, residence, kinship, identifiers and administrative units, bitemporal. */
export const room: Room = {
  name: 'register',
  migrations: new URL('./migrations/', import.meta.url),
  updates: {
    fact: ['superseded_at', 'superseded_by'],
    household_fact: ['superseded_at', 'superseded_by'],
    search: ['tokens'],
    unit: ['valid', 'closed_by'],
    unit_review: ['decided_at', 'successor_id'],
  },
  commands: [
    registerBirth,
    registerPerson,
    correctFact,
    amendFact,
    registerDeath,
    registerDisappearance,
    reverseDeath,
    mergePersons,
    unmergePersons,
    protectPerson,
    unprotectPerson,
    askOpening,
    breakGlass,
    approveOpening,
    reestablishNumber,
    cancelNumber,
    linkOldNumber,
    linkKin,
    endKin,
    registerPermanent,
    registerTemporary,
    declareCurrent,
    reportAbsence,
    endAbsence,
    endTemporary,
    deregister,
    establish,
    addMember,
    removeMember,
    move,
    split,
    merge,
    changeHead,
    importUnits,
    recodeUnits,
    decideReview,
    openImport,
    importPersons,
  ],
  queries: [
    personRecord,
    factsAsOf,
    personHistory,
    getAct,
    myRecord,
    myFamily,
    searchPersons,
    getHousehold,
    myHousehold,
    listReviews,
    listOpenings,
  ],
  routes(app, kernel) {
    portalRoutes(app, kernel)
    deskRoutes(app, kernel)
  },
  menu: MENU,
  cli: [...unitCli, ...importCli],
  demonstrate: demonstrateRegister,
  locales: new URL('./locales/', import.meta.url),
}
