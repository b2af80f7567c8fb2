import type { Lang } from '../../kernel/index.ts'
import { LAW } from '../law.ts'
import type { Attribute, Predicate } from '../types.ts'

/** An invented agency of a demonstration nation, with what it may ask. */
export interface DemonstrationAgency {
  readonly code: string
  readonly sector: string
  readonly name: Readonly<Record<Lang, string>>
  /** A purpose of the profile; a country without it has no such agency. */
  readonly purpose: string
  readonly attributes: readonly Attribute[]
  readonly predicates: readonly Predicate[]
  /** Its own files are kept by the number of the register, so a check gives it. */
  readonly keepsNumbers?: true
}

const IDENTITY: readonly Attribute[] = ['name', 'birthdate', 'sex', 'resident_city', 'old_number']

export const DEMONSTRATION_AGENCIES: readonly DemonstrationAgency[] = [
  {
    code: 'bank',
    sector: 'bank',
    name: { vi: 'Ngân hàng Minh Hoạ', en: 'Demonstration Bank', fr: 'Banque de démonstration' },
    purpose: 'account-opening',
    attributes: [...IDENTITY, 'nationalities'],
    predicates: ['age_over_18', 'alive'],
  },
  {
    code: 'social-insurance',
    sector: 'insurer',
    name: {
      vi: 'Bảo hiểm xã hội Minh Hoạ',
      en: 'Demonstration Social Insurance',
      fr: 'Assurance sociale de démonstration',
    },
    purpose: 'social-insurance',
    attributes: IDENTITY,
    predicates: ['alive', 'age_over_60'],
  },
  {
    code: 'health-insurance',
    sector: 'insurer',
    name: {
      vi: 'Bảo hiểm y tế Minh Hoạ',
      en: 'Demonstration Health Insurance',
      fr: 'Assurance maladie de démonstration',
    },
    purpose: 'health-insurance',
    attributes: IDENTITY,
    predicates: ['alive'],
    keepsNumbers: true,
  },
  {
    code: 'hospital',
    sector: 'hospital',
    name: {
      vi: 'Bệnh viện Minh Hoạ',
      en: 'Demonstration Hospital',
      fr: 'Hôpital de démonstration',
    },
    purpose: 'health-care',
    attributes: IDENTITY,
    predicates: ['alive'],
  },
  {
    code: 'school',
    sector: 'school',
    name: { vi: 'Trường học Minh Hoạ', en: 'Demonstration School', fr: 'École de démonstration' },
    purpose: 'school-enrolment',
    attributes: ['name', 'birthdate', 'sex', 'resident_city'],
    predicates: ['age_over_5', 'resides_in'],
  },
  {
    code: 'tax',
    sector: 'tax',
    name: {
      vi: 'Cơ quan Thuế Minh Hoạ',
      en: 'Demonstration Tax Office',
      fr: 'Impôts de démonstration',
    },
    purpose: 'tax',
    attributes: IDENTITY,
    predicates: ['alive', 'age_over_18'],
    keepsNumbers: true,
  },
]

/** The purpose under which an agency cleans its whole list. */
export const CLEANING = LAW.cleaning.purpose
