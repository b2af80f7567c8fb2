import type { UnitFact } from '../../src/kernel/profile.ts'
import { NEW_FROM, OLD_FROM, type OldProvince, oldProvinces, provinces } from './provinces.ts'

/**
 * Name parts by region; a name is one of the first list and one of the second. They sound like the
 * region's names and belong to nobody: what tells a demonstration unit is its code.
 */
const PARTS = {
  delta: `An Bình Châu Đại Đông Đức Hồng Hợp Kim Liên Nam Nghĩa Ngọc Phượng Quang Tân Thái Thanh
Thụy Tiên Vạn Việt Vũ Xuân Yên|Cường Dương Đạo Hòa Hưng Khê Lâm Lập Lộc Minh Ninh Phong Phúc Sơn
Thắng Thịnh Thọ Thủy Tiến Trạch Xá`,
  mountains: `Bản Chiềng Khau Lũng Mường Nà Nậm Pa Pắc Phiêng Pù Suối Tà Tả Thượng|Bay Bon Cang
Chan Hin Khoa Lan Luông Mạ Mò Ngần Nhì Nưa Phung Quý Sại Sáng Tâu Thín Xen`,
  coast: `Bình Cam Cẩm Diên Điện Duy Gio Hải Hương Kỳ Lộc Ninh Phú Phước Quảng Quế Quỳnh Tam
Thăng Thiệu Tịnh Triệu Tuy Vạn|An Châu Đào Giang Hiệp Hòa Lâm Liên Long Mỹ Nghĩa Nguyên Sơn Thạch
Thành Thuận Thủy Trà Trung Yên`,
  highlands: `Buôn Chư Cư Đắk Ea Hòa Ia Kon Krông Plei Sa Ya|Bang Drô Glơ Hleo Kăn Kring Kuăng
Lăm Lốp Mơ Nang Ngăn Plong Răng Rêh Siêng Tô Trum Uôl Vê`,
  south: `An Bàu Bình Cái Châu Giồng Hậu Hiệp Hưng Khánh Long Lương Mỹ Nhơn Phước Rạch Tân Tập
Thạnh Thiện Thới Trường Vàm Vĩnh|Điền Đông Hòa Hội Hữu Khương Lạc Lợi Ngãi Nghĩa Phú Qui Sơn
Thắng Thành Thuận Tiến Trạch Trị Trung Xuân`,
} as const

type Region = keyof typeof PARTS

const MOUNTAINS = new Set('02 04 06 08 10 11 12 14 15 17 19 20'.split(' '))
const HIGHLANDS = new Set('62 64 66 67'.split(' '))
const WITH_SPECIAL_ZONE = new Set('22 31 77 91'.split(' '))
const COMMUNES = 30
const MERGED = 3
/** In every other province this old commune falls in two new ones, as 297 real ones did. */
const SPLIT = 13

function regionOf(code: string): Region {
  if (MOUNTAINS.has(code)) return 'mountains'
  if (HIGHLANDS.has(code)) return 'highlands'
  const value = Number(code)
  return value < 38 ? 'delta' : value < 62 ? 'coast' : 'south'
}

/** A prime no list's size divides by, so that stepping by it meets every pair of parts once. */
const STRIDE = 37

function namesOf(code: string, count: number): readonly string[] {
  const [firsts = [], seconds = []] = PARTS[regionOf(code)]
    .split('|')
    .map((one) => one.split(/\s+/))
  const pairs = firsts.length * seconds.length
  const names: string[] = []
  for (let at = Number(code) * 101; names.length < count; at += STRIDE) {
    const first = firsts[at % firsts.length] ?? ''
    const second = seconds[Math.floor((at % pairs) / firsts.length)] ?? ''
    if (first !== second) names.push(`${first} ${second}`)
  }
  return names
}

const two = (value: number): string => String(value).padStart(2, '0')
const communeCode = (province: string, position: number): string =>
  `9${province}${two(position + 1)}`

type Seed = Pick<UnitFact, 'code' | 'level' | 'name' | 'kind' | 'parent'>

const old = (seed: Seed, successors: readonly string[]): UnitFact => ({
  ...seed,
  since: OLD_FROM,
  from: OLD_FROM,
  to: NEW_FROM,
  successors,
})

function districtKind(position: number, isCity: boolean): string {
  if (isCity) return position < 2 ? 'urban-district' : 'rural-district'
  return position === 0 ? 'provincial-city' : position === 1 ? 'town' : 'rural-district'
}

/** The kind of the n-th commune of a district: towns of a countryside come first. */
function communeKind(district: string, position: number): string {
  if (district === 'urban-district') return 'ward'
  if (district === 'rural-district') return position === 0 ? 'township' : 'commune'
  return position < 5 ? 'ward' : 'commune'
}

interface OldCommune {
  readonly fact: UnitFact
  readonly group: number
}

function oldUnits(
  province: OldProvince,
  isCity: boolean,
): {
  readonly districts: readonly UnitFact[]
  readonly communes: readonly OldCommune[]
} {
  const { code } = province
  const count = 3 + (Number(code) % 2)
  const names = namesOf(code, COMMUNES + count)
  const districts = Array.from({ length: count }, (_, at) =>
    old(
      {
        code: `9${code}${at + 1}`,
        level: 'district',
        name: names[COMMUNES + at] ?? '',
        kind: districtKind(at, isCity),
        parent: code,
      },
      [province.into],
    ),
  )
  const communes = Array.from({ length: COMMUNES }, (_, at) => {
    const district = Math.floor((at * count) / COMMUNES)
    const kind = communeKind(
      districtKind(district, isCity),
      at - Math.ceil((district * COMMUNES) / count),
    )
    const group = Math.floor(at / MERGED)
    const splits = at === SPLIT && Number(code) % 2 === 0
    const into = splits ? [group, group + 1] : [group]
    const fact = old(
      {
        code: communeCode(code, at),
        level: 'commune',
        name: names[at] ?? '',
        kind,
        parent: `9${code}${district + 1}`,
      },
      into.map((one) => communeCode(code, one * MERGED)),
    )
    return { fact, group }
  })
  return { districts, communes }
}

/**
 * Three old communes make a new one, which keeps the code of the first and the name of one of
 * them: as in life, the same code means another extent from 1 July 2025.
 */
function newUnits(
  province: OldProvince,
  communes: readonly OldCommune[],
  taken: Set<string>,
): readonly UnitFact[] {
  return Array.from({ length: COMMUNES / MERGED }, (_, group) => {
    const merged = communes.filter((one) => one.group === group).map(({ fact }) => fact)
    const names = merged.map(({ name }) => name)
    const name = names.find((one) => !taken.has(one)) ?? `${names[0] ?? ''} ${province.name}`
    taken.add(name)
    const wards = merged.filter(({ kind }) => kind === 'ward').length
    const last = group === COMMUNES / MERGED - 1
    const kind = last && WITH_SPECIAL_ZONE.has(province.code) ? 'special-zone' : null
    return {
      code: communeCode(province.code, group * MERGED),
      since: NEW_FROM,
      level: 'commune',
      name,
      kind: kind ?? (wards * 2 > MERGED ? 'ward' : 'commune'),
      parent: province.into,
      from: NEW_FROM,
      to: null,
    }
  })
}

let made: readonly UnitFact[] | undefined

/** Thirty communes and their districts in each of the 63, ten communes in their place since. */
export function demonstrationUnits(): readonly UnitFact[] {
  if (made !== undefined) return made
  const cities = new Set(
    provinces
      .filter(({ kind, from }) => kind === 'municipality' && from === OLD_FROM)
      .map((one) => one.code),
  )
  const taken = new Map<string, Set<string>>()
  const before: UnitFact[] = []
  const after: UnitFact[] = []
  for (const province of oldProvinces) {
    const names = taken.get(province.into) ?? new Set<string>()
    taken.set(province.into, names)
    const { districts, communes } = oldUnits(province, cities.has(province.code))
    before.push(...districts, ...communes.map(({ fact }) => fact))
    after.push(...newUnits(province, communes, names))
  }
  made = [...before, ...after]
  return made
}
