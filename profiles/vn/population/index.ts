import type { NationActText, OldNumberPlan, Population } from '../../../src/kernel/profile.ts'
import { demography } from './demography.ts'
import { groups } from './peoples.ts'
import { provinces } from './provinces.ts'

/** First digits of the nine-digit numbers, given out by the provinces of their time: `code digits`. */
const OLD_SERIES = `01 01, 02 07, 04 08, 06 09, 08 07, 10 06, 11 04, 12 04, 14 05, 15 06, 17 11, 19 09,
20 08, 22 10, 24 12, 25 13, 26 13, 27 12, 30 14, 31 03, 33 14, 34 15, 35 16, 36 16, 37 16, 38 17, 40 18,
42 18, 44 19, 45 19, 46 19, 48 20, 49 20, 51 21, 52 21, 54 22, 56 22, 58 26, 60 26, 62 23, 64 23, 66 24,
67 24, 68 25, 70 28, 72 29, 74 28, 75 27, 77 27, 79 02, 80 30, 82 31, 83 32, 84 33, 86 33, 87 34, 89 35,
91 37, 92 36, 93 36, 94 36, 95 38, 96 38`

const series = new Map(
  OLD_SERIES.split(/,\s+/).map((entry) => [entry.slice(0, 2), entry.slice(3)] as const),
)

/**
 * Nine digits: '9', which no province ever used, then the province's series and a serial, so that
 * no synthetic person bears a real person's old number.
 */
const oldNumber: OldNumberPlan = {
  scheme: 'old-number',
  bornUntil: 2006,
  share: 0.82,
  prefix: (province) => `9${series.get(province) ?? '00'}`,
  serialDigits: 6,
  duplicated: 0.004,
  issuedFromAge: 15,
}

const POLICE = 'Công an xã, phường'
const COMMITTEE = 'Ủy ban nhân dân xã, phường'
const COURT = 'Toà án nhân dân'

/** `kind legal basis|document|body` of each act. */
function act(kind: string, legalBasis: string, [document, body]: readonly [string, string]) {
  return { kind, legalBasis: `register.${legalBasis}`, document, body } satisfies NationActText
}

// Each document begins with the words of its kind, so that the kind is not said twice.
const acts: Population['acts'] = {
  opening: act('verification', 'keeping', ['Biên bản xác minh theo phiếu DC01', POLICE]),
  birth: act('declaration', 'civil-registration', ['Tờ khai đăng ký khai sinh', COMMITTEE]),
  death: act('declaration', 'civil-registration', ['Tờ khai đăng ký khai tử', COMMITTEE]),
  marriage: act('declaration', 'civil-registration', ['Tờ khai đăng ký kết hôn', COMMITTEE]),
  divorce: act('court-decision', 'civil-registration', ['Quyết định của Toà án về ly hôn', COURT]),
  residence: act('declaration', 'residence', ['Tờ khai thay đổi thông tin cư trú CT01', POLICE]),
  household: act('declaration', 'residence', ['Tờ khai thay đổi thông tin cư trú CT01', POLICE]),
  units: act('decision', 'keeping', ['Quyết định cập nhật nơi ở sau sắp xếp đơn vị', POLICE]),
  correction: act('decision', 'keeping', ['Quyết định chỉnh sửa thông tin dân cư', POLICE]),
}

/** The people of Viet Nam, as parameters of a synthetic nation. */
export const population: Population = {
  asOf: '2026-07-01',
  registerOpenedOn: '2021-07-01',
  groups,
  provinces,
  countries: 'LAO 22, KHM 30, CHN 12, DEU 8, CZE 7, POL 4, RUS 7, USA 4, TWN 2, KOR 3, FRA 1',
  nationality: { own: 'VNM', undetermined: 'XXX' },
  addresses: `Thôn # 30, Tổ dân phố # 24, Ấp # 18, Khóm # 6, Xóm # 14, Bản # 3, Khu phố # 12`,
  absences: 'Đi làm xa 46, Đi học 24, Đi xuất khẩu lao động 20, Chữa bệnh 6, Nghĩa vụ quân sự 10',
  bloods: 'O+ 42, B+ 30, A+ 21, AB+ 6.6, O- 0.2, B- 0.1, A- 0.1',
  acts,
  demography,
  oldNumber,
}
