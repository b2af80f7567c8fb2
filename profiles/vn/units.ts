import type { UnitKind, UnitLevel, UnitRules } from '../../src/kernel/profile.ts'
import { demonstrationUnits } from './demonstration-units.ts'
import { NEW_FROM, OLD_FROM, provinces } from './provinces.ts'

/** Official codes have 2, 3 and 5 digits; invented units begin with 9 and are in no list. */
const levels: readonly UnitLevel[] = [
  {
    id: 'province',
    words: { vi: 'Tỉnh, thành phố', en: 'Province or city', fr: 'Province ou ville' },
    code: /^\d{2}$/,
    demonstrationCode: /^(?!)/,
  },
  {
    id: 'district',
    words: { vi: 'Quận, huyện', en: 'District', fr: 'District' },
    code: /^\d{3}$/,
    demonstrationCode: /^9\d{3}$/,
  },
  {
    id: 'commune',
    words: {
      vi: 'Phường, xã, đặc khu',
      en: 'Ward, commune or special zone',
      fr: 'Quartier, commune ou zone spéciale',
    },
    code: /^[0-8]\d{4}$/,
    demonstrationCode: /^9\d{4}$/,
  },
]

/** `level kind official | en | fr`; in Vietnamese the official word stands before the name. */
const KINDS = `province municipality Thành phố|{name} City|ville de {name}
province province Tỉnh|{name} Province|province de {name}
district urban-district Quận|{name} Urban District|arrondissement de {name}
district rural-district Huyện|{name} Rural District|district de {name}
district town Thị xã|{name} Town|bourg urbain de {name}
district provincial-city Thành phố|{name} City|ville de {name}
commune ward Phường|{name} Ward|quartier de {name}
commune commune Xã|{name} Commune|commune de {name}
commune township Thị trấn|{name} Township|bourg de {name}
commune special-zone Đặc khu|{name} Special Zone|zone spéciale de {name}`

const kinds: readonly UnitKind[] = KINDS.split('\n').map((line) => {
  const [head = '', en = '', fr = ''] = line.split('|')
  const [level = '', id = '', ...official] = head.split(' ')
  return {
    id,
    level,
    official: official.join(' '),
    title: { vi: `${official.join(' ')} {name}`, en, fr },
  }
})

/**
 * Three levels until 30 June 2025 and two since (Law on the Organisation of Local Government
 * 2025): districts are gone as a level and stay as dated units of old records.
 */
export const units: UnitRules = {
  levels,
  kinds,
  generations: [
    { from: OLD_FROM, to: NEW_FROM, levels: ['province', 'district', 'commune'] },
    { from: NEW_FROM, to: null, levels: ['province', 'commune'] },
  ],
  builtIn: provinces,
  demonstration: demonstrationUnits,
}
