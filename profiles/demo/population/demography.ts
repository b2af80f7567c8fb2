import type { Demography } from '../../../src/kernel/profile.ts'

/** An older country than most: few children, late weddings, long lives. */
export const demography: Demography = {
  pyramid: {
    male: [24, 25, 26, 27, 28, 30, 32, 32, 32, 32, 33, 34, 32, 28, 24, 18, 12, 6, 2, 0.5, 0.1],
    female: [23, 24, 25, 26, 27, 29, 31, 31, 32, 32, 33, 35, 34, 31, 27, 22, 16, 9, 4, 1, 0.2],
  },
  marital: {
    male: [
      { fromAge: 21, single: 930, married: 65, widowed: 0, divorced: 5 },
      { fromAge: 26, single: 700, married: 275, widowed: 0, divorced: 25 },
      { fromAge: 31, single: 400, married: 530, widowed: 2, divorced: 68 },
      { fromAge: 41, single: 220, married: 640, widowed: 10, divorced: 130 },
      { fromAge: 61, single: 100, married: 680, widowed: 70, divorced: 150 },
      { fromAge: 76, single: 60, married: 600, widowed: 260, divorced: 80 },
    ],
    female: [
      { fromAge: 21, single: 880, married: 115, widowed: 0, divorced: 5 },
      { fromAge: 26, single: 580, married: 390, widowed: 1, divorced: 29 },
      { fromAge: 31, single: 300, married: 610, widowed: 5, divorced: 85 },
      { fromAge: 41, single: 180, married: 640, widowed: 30, divorced: 150 },
      { fromAge: 61, single: 90, married: 560, widowed: 210, divorced: 140 },
      { fromAge: 76, single: 50, married: 300, widowed: 590, divorced: 60 },
    ],
  },
  ageGap_years: '-4 3, -3 5, -2 8, -1 12, 0 18, 1 16, 2 13, 3 10, 4 7, 5 4, 7 3, 9 1',
  brideAge_years: '21 2, 23 5, 25 9, 27 13, 29 14, 31 12, 33 9, 35 6, 37 4, 40 2, 44 1',
  marriageAge: { male: 21, female: 21 },
  motherAge_years: `22 2, 24 4, 26 7, 28 11, 30 14, 31 14, 32 13, 33 11, 34 9, 36 7, 38 4, 40 2, 42 1,
    44 0.3`,
  childrenMost: 4,
  mortality: {
    male: [
      2, 0.2, 0.2, 0.5, 0.7, 0.8, 0.9, 1.1, 1.6, 2.5, 4, 6.5, 10, 16, 26, 43, 72, 120, 200, 310,
      430,
    ],
    female: [
      1.7, 0.2, 0.2, 0.3, 0.3, 0.4, 0.5, 0.7, 1, 1.6, 2.6, 4.2, 6.6, 10.5, 17, 29, 51, 92, 165, 280,
      410,
    ],
  },
  motherAlive: [0.999, 0.997, 0.99, 0.97, 0.91, 0.76, 0.45, 0.12, 0.01, 0],
  chance: {
    livesWithParents: 0.06,
    elderWithChild: 0.15,
    leftHome: 0.55,
    mixedCouple: 0.15,
    fromElsewhere: 0.2,
    movedWithin: 0.35,
    temporary: 0.06,
    noRegisteredResidence: 0.003,
    undeterminedNationality: 0.0004,
    bornAbroad: 0.01,
    yearOnly: 0.05,
    monthOnly: 0.02,
    corrected: 0.008,
    noFather: 0.12,
    blood: 0.3,
    splitUndecided: 0.05,
  },
  yearOnlyBefore: 1950,
}
