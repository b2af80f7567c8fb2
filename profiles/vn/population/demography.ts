import type { Demography } from '../../../src/kernel/profile.ts'

/**
 * Rounded from the published results of the censuses of 2019 and 2024: a wave of births around 1990,
 * 112 boys for 100 girls at birth, women four to five years longer alive.
 */
export const demography: Demography = {
  // Per thousand of all residents, five-year age groups 0-4 to 100 and over.
  pyramid: {
    male: [
      37.6, 42.6, 42.7, 36.2, 33.8, 37.6, 42.4, 40.8, 37.1, 33.2, 28.6, 25.5, 22.4, 16.6, 10.6, 5.6,
      3.4, 1.9, 0.7, 0.14, 0.02,
    ],
    female: [
      33.7, 38.2, 38.6, 33.4, 31.9, 36.4, 41.6, 40.4, 37.1, 33.6, 29.6, 27.4, 25.6, 20.4, 14.2, 8.5,
      6.3, 4.2, 1.9, 0.5, 0.1,
    ],
  },
  marital: {
    male: [
      { fromAge: 18, single: 985, married: 15, widowed: 0, divorced: 0 },
      { fromAge: 20, single: 850, married: 145, widowed: 0, divorced: 5 },
      { fromAge: 25, single: 520, married: 465, widowed: 1, divorced: 14 },
      { fromAge: 30, single: 235, married: 738, widowed: 2, divorced: 25 },
      { fromAge: 35, single: 120, married: 842, widowed: 5, divorced: 33 },
      { fromAge: 40, single: 70, married: 887, widowed: 8, divorced: 35 },
      { fromAge: 50, single: 35, married: 910, widowed: 25, divorced: 30 },
      { fromAge: 60, single: 20, married: 895, widowed: 68, divorced: 17 },
      { fromAge: 70, single: 10, married: 820, widowed: 162, divorced: 8 },
      { fromAge: 80, single: 8, married: 640, widowed: 348, divorced: 4 },
    ],
    female: [
      { fromAge: 18, single: 890, married: 108, widowed: 0, divorced: 2 },
      { fromAge: 20, single: 620, married: 368, widowed: 1, divorced: 11 },
      { fromAge: 25, single: 280, married: 692, widowed: 3, divorced: 25 },
      { fromAge: 30, single: 130, married: 823, widowed: 8, divorced: 39 },
      { fromAge: 35, single: 85, married: 853, widowed: 15, divorced: 47 },
      { fromAge: 40, single: 68, married: 847, widowed: 33, divorced: 52 },
      { fromAge: 50, single: 62, married: 792, widowed: 98, divorced: 48 },
      { fromAge: 60, single: 60, married: 682, widowed: 230, divorced: 28 },
      { fromAge: 70, single: 45, married: 480, widowed: 462, divorced: 13 },
      { fromAge: 80, single: 30, married: 225, widowed: 739, divorced: 6 },
    ],
  },
  ageGap_years: `-5 1, -4 1, -3 2, -2 4, -1 7, 0 13, 1 14, 2 14, 3 12, 4 10, 5 8, 6 5, 7 4, 8 3, 9 2,
    10 1, 12 1, 14 0.5`,
  brideAge_years: `18 4, 19 7, 20 9, 21 11, 22 12, 23 12, 24 11, 25 9, 26 7, 27 5, 28 4, 29 3, 30 2,
    31 1.5, 32 1.2, 34 1, 36 0.7, 38 0.4, 41 0.2`,
  marriageAge: { male: 20, female: 18 },
  motherAge_years: `17 0.4, 18 1.5, 19 3, 20 5, 21 6.5, 22 7.5, 23 8, 24 8.3, 25 8.3, 26 8, 27 7.5,
    28 6.8, 29 6, 30 5.2, 31 4.4, 32 3.7, 33 3, 34 2.4, 35 1.9, 36 1.5, 37 1.1, 38 0.8, 39 0.6, 40 0.4,
    41 0.3, 42 0.2, 43 0.1`,
  childrenMost: 4,
  // Deaths a year per thousand of each five-year age group.
  mortality: {
    male: [
      3.2, 0.4, 0.4, 0.9, 1.4, 1.7, 2, 2.5, 3.3, 4.6, 6.6, 9.6, 14, 20.5, 31, 48, 76, 122, 190, 290,
      420,
    ],
    female: [
      2.6, 0.3, 0.3, 0.4, 0.5, 0.6, 0.7, 0.9, 1.2, 1.8, 2.6, 4, 6.4, 10.2, 17, 29, 50, 88, 150, 250,
      400,
    ],
  },
  motherAlive: [0.997, 0.99, 0.975, 0.945, 0.87, 0.68, 0.36, 0.08, 0.005, 0],
  chance: {
    livesWithParents: 0.24,
    elderWithChild: 0.75,
    leftHome: 0.08,
    mixedCouple: 0.06,
    fromElsewhere: 0.13,
    movedWithin: 0.22,
    temporary: 0.1,
    noRegisteredResidence: 0.004,
    undeterminedNationality: 0.0002,
    bornAbroad: 0.0012,
    yearOnly: 0.16,
    monthOnly: 0.03,
    corrected: 0.006,
    noFather: 0.018,
    blood: 0.16,
    splitUndecided: 0.08,
  },
  yearOnlyBefore: 1965,
}
