import type { Profile } from '../../src/kernel/profile.ts'
import { calendar } from './calendar.ts'
import { codes } from './codes.ts'
import { names } from './names.ts'
import { number } from './number.ts'
import { population } from './population/index.ts'
import { legalBases, purposes } from './purposes.ts'
import { roles } from './roles.ts'
import { units } from './units.ts'

/**
 * Velmora, a country that does not exist. Its numbers, names, units, days and ages follow other
 * rules than any real country's: every room is tested with it, so the core cannot know a country.
 */
export const profile: Profile = {
  id: 'demo',
  languages: ['en', 'vi', 'fr'],
  timeZone: 'Asia/Kathmandu',
  country: 'QVE',
  state: {
    name: {
      vi: 'LIÊN BANG TỰ DO VELMORA',
      en: 'FREE UNION OF VELMORA',
      fr: 'UNION LIBRE DE VELMORA',
    },
    motto: null,
    registerOffice: {
      vi: 'Văn phòng Sổ bộ Velmora',
      en: 'Register Office of Velmora',
      fr: 'Office du registre de Velmora',
    },
    country: { vi: 'Velmora', en: 'Velmora', fr: 'Velmora' },
  },
  number,
  names,
  units,
  calendar,
  codes,
  ages: {
    adult: 19,
    marriage: { male: 21, female: 21 },
    parentLeast: 14,
    motherMost: 58,
    oldest: 125,
    actsThroughRepresentative: 16,
    cardCompulsory: 16,
    cardReplaced: [16, 36, 66],
  },
  roles,
  purposes,
  legalBases,
  population,
}
