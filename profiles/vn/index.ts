import type { Profile } from '../../src/kernel/profile.ts'
import { calendar } from './calendar.ts'
import { codes } from './codes.ts'
import { legalBases } from './laws.ts'
import { names } from './names.ts'
import { number } from './number.ts'
import { population } from './population/index.ts'
import { purposes } from './purposes.ts'
import { roles } from './roles.ts'
import { units } from './units.ts'

/** Việt Nam, after the laws in force in 2026. */
export const profile: Profile = {
  id: 'vn',
  languages: ['vi', 'en', 'fr'],
  timeZone: 'Asia/Ho_Chi_Minh',
  country: 'VNM',
  state: {
    name: {
      vi: 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
      en: 'SOCIALIST REPUBLIC OF VIET NAM',
      fr: 'RÉPUBLIQUE SOCIALISTE DU VIÊT NAM',
    },
    motto: {
      vi: 'Độc lập - Tự do - Hạnh phúc',
      en: 'Independence - Freedom - Happiness',
      fr: 'Indépendance - Liberté - Bonheur',
    },
    registerOffice: {
      vi: 'Cơ sở dữ liệu quốc gia về dân cư, Bộ Công an',
      en: 'National Population Database, Ministry of Public Security',
      fr: 'Base nationale de la population, ministère de la Sécurité publique',
    },
    country: { vi: 'Việt Nam', en: 'Viet Nam', fr: 'Viêt Nam' },
  },
  number,
  names,
  units,
  calendar,
  codes,
  ages: {
    // Civil Code 2015, art. 20; Law on Marriage and Family 52/2014/QH13, art. 8.
    adult: 18,
    marriage: { male: 20, female: 18 },
    parentLeast: 12,
    motherMost: 60,
    oldest: 130,
    actsThroughRepresentative: 14,
    // Law on Identification 26/2023/QH15, art. 19 and 21.
    cardCompulsory: 14,
    cardReplaced: [14, 25, 40, 60],
  },
  roles,
  purposes,
  legalBases,
  population,
}
