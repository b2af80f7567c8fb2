import type { NationActText, OldNumberPlan, Population } from '../../../src/kernel/profile.ts'
import { demography } from './demography.ts'
import { groups } from './peoples.ts'

const act = (kind: string, document: string, body: string): NationActText => ({
  kind,
  legalBasis: 'register.keeping',
  document,
  body,
})

const TOWN_HALL = 'Town hall'

/** A letter for each region, from A for 11 to H for 18, then six digits. */
const oldNumber: OldNumberPlan = {
  scheme: 'passbook',
  bornUntil: 1990,
  share: 0.5,
  prefix: (province) => 'ABCDEFGH'[Number(province) - 11] ?? 'A',
  serialDigits: 6,
  duplicated: 0.01,
  issuedFromAge: 19,
}

/** `code residents region attraction groups` of the eight regions as they were founded. */
const REGIONS = `11 900 north 1.4 coast 96, hill 4
12 620 north 0.8 coast 90, hill 10
13 410 inland 0.6 coast 55, hill 45
14 350 inland 0.5 coast 40, hill 60
15 530 south 1.2 coast 92, hill 6, isle 2
16 480 south 0.9 coast 95, hill 5
17 390 south 1.1 coast 88, hill 2, isle 10
18 160 isles 0.4 isle 82, coast 18`

/** The people of Velmora: none of them is there. */
export const population: Population = {
  asOf: '2026-07-01',
  registerOpenedOn: '2016-01-01',
  groups,
  provinces: REGIONS.split('\n').map((line) => {
    const [code = '', residents = '', region = '', attraction = '', ...rest] = line.split(' ')
    return {
      code,
      residents: Number(residents),
      region,
      attraction: Number(attraction),
      groups: rest.join(' '),
    }
  }),
  countries: 'NOR 3, PRT 2, CHL 1',
  nationality: { own: 'QVE', undetermined: 'XXX' },
  addresses: 'Harbour Street # 4, Mill Lane # 3, Upper Road # 3, Farm # 2',
  absences: 'At sea 5, Studies 3, Work abroad 2',
  bloods: 'O+ 38, A+ 36, B+ 9, AB+ 3, O- 6, A- 6, B- 1, AB- 1',
  acts: {
    opening: act('verification', 'Great Count of 2016', 'Register Office'),
    birth: act('declaration', 'Declaration of birth', TOWN_HALL),
    death: act('declaration', 'Declaration of death', TOWN_HALL),
    marriage: act('declaration', 'Marriage contract', TOWN_HALL),
    divorce: act('court-decision', 'Decree of divorce', 'Assize'),
    residence: act('declaration', 'Notice of removal', TOWN_HALL),
    household: act('declaration', 'Notice of household', TOWN_HALL),
    units: act('decision', 'Act of Union', 'Register Office'),
    correction: act('decision', 'Notice of correction', 'Register Office'),
  },
  demography,
  oldNumber,
}
