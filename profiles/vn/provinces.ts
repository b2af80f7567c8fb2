import { plainDay, type UnitFact } from '../../src/kernel/profile.ts'

/** Resolution 15/2008/QH12: from this day there were 63 provinces, districts and communes. */
export const OLD_FROM = plainDay('2008-08-01')
/** Resolutions 202 and 203/2025/QH15: 34 provinces, no districts. */
export const NEW_FROM = plainDay('2025-07-01')
/** Resolution 175/2024/QH15: Thừa Thiên Huế became the city of Huế. */
const HUE_CITY_FROM = plainDay('2025-01-01')
/** Resolution 30/2026/QH16: the province of Đồng Nai became a city, its extent unchanged. */
const DONG_NAI_CITY_FROM = plainDay('2026-04-30')

/** The 63: code, name and the code of the province it went into on 1 July 2025. */
const OLD = `01 Hà Nội 01, 02 Hà Giang 08, 04 Cao Bằng 04, 06 Bắc Kạn 19, 08 Tuyên Quang 08, 10
Lào Cai 15, 11 Điện Biên 11, 12 Lai Châu 12, 14 Sơn La 14, 15 Yên Bái 15, 17 Hòa Bình 25, 19 Thái
Nguyên 19, 20 Lạng Sơn 20, 22 Quảng Ninh 22, 24 Bắc Giang 24, 25 Phú Thọ 25, 26 Vĩnh Phúc 25, 27
Bắc Ninh 24, 30 Hải Dương 31, 31 Hải Phòng 31, 33 Hưng Yên 33, 34 Thái Bình 33, 35 Hà Nam 37, 36
Nam Định 37, 37 Ninh Bình 37, 38 Thanh Hóa 38, 40 Nghệ An 40, 42 Hà Tĩnh 42, 44 Quảng Bình 44, 45
Quảng Trị 44, 46 Thừa Thiên Huế 46, 48 Đà Nẵng 48, 49 Quảng Nam 48, 51 Quảng Ngãi 51, 52 Bình
Định 52, 54 Phú Yên 66, 56 Khánh Hòa 56, 58 Ninh Thuận 56, 60 Bình Thuận 68, 62 Kon Tum 51, 64
Gia Lai 52, 66 Đắk Lắk 66, 67 Đắk Nông 68, 68 Lâm Đồng 68, 70 Bình Phước 75, 72 Tây Ninh 80, 74
Bình Dương 79, 75 Đồng Nai 75, 77 Bà Rịa - Vũng Tàu 79, 79 Hồ Chí Minh 79, 80 Long An 80, 82 Tiền
Giang 82, 83 Bến Tre 86, 84 Trà Vinh 86, 86 Vĩnh Long 86, 87 Đồng Tháp 82, 89 An Giang 91, 91
Kiên Giang 91, 92 Cần Thơ 92, 93 Hậu Giang 92, 94 Sóc Trăng 92, 95 Bạc Liêu 96, 96 Cà Mau 96`

/** Seven of the 34 bear the name of another province than the one whose code they kept. */
const RENAMED: Readonly<Record<string, string>> = {
  '15': 'Lào Cai',
  '24': 'Bắc Ninh',
  '44': 'Quảng Trị',
  '52': 'Gia Lai',
  '80': 'Tây Ninh',
  '82': 'Đồng Tháp',
  '91': 'An Giang',
}

/** Centrally run cities since before 2008. */
const CITIES = new Set(['01', '31', '48', '79', '92'])

export interface OldProvince {
  readonly code: string
  readonly name: string
  /** Code of the province of 1 July 2025 it went into. */
  readonly into: string
}

// A name may be broken between two lines of the list.
export const oldProvinces: readonly OldProvince[] = OLD.replaceAll('\n', ' ')
  .split(', ')
  .map((entry) => ({
    code: entry.slice(0, 2),
    name: entry.slice(3, -3),
    into: entry.slice(-2),
  }))

/** How many of the 63 went into each of the 34: one alone kept its extent. */
const parts = new Map<string, number>()
for (const { into } of oldProvinces) parts.set(into, (parts.get(into) ?? 0) + 1)

const kindOf = (code: string): string => (CITIES.has(code) ? 'municipality' : 'province')

function oldFacts({ code, name, into }: OldProvince): readonly UnitFact[] {
  const ends = parts.get(into) === 1 ? null : NEW_FROM
  const fact: UnitFact = {
    code,
    since: OLD_FROM,
    level: 'province',
    name,
    kind: kindOf(code),
    parent: null,
    from: OLD_FROM,
    to: ends,
    ...(ends !== null && { successors: [into] }),
  }
  if (code !== '46') return [fact]
  return [
    { ...fact, to: HUE_CITY_FROM },
    { ...fact, name: 'Huế', kind: 'municipality', from: HUE_CITY_FROM },
  ]
}

function newFacts({ code, name }: OldProvince): readonly UnitFact[] {
  if ((parts.get(code) ?? 0) < 2) return []
  const fact: UnitFact = {
    code,
    since: NEW_FROM,
    level: 'province',
    name: RENAMED[code] ?? name,
    kind: kindOf(code),
    parent: null,
    from: NEW_FROM,
    to: null,
  }
  if (code !== '75') return [fact]
  return [
    { ...fact, to: DONG_NAI_CITY_FROM },
    { ...fact, kind: 'municipality', from: DONG_NAI_CITY_FROM },
  ]
}

/**
 * The 63 provinces, and the 34 of 1 July 2025. Eleven did not change their extent: they are the
 * same units before and after.
 */
export const provinces: readonly UnitFact[] = [
  ...oldProvinces.flatMap(oldFacts),
  ...oldProvinces.flatMap(newFacts),
]
