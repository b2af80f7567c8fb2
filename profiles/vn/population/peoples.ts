import type { NameCulture, PeopleGroup } from '../../../src/kernel/profile.ts'
import {
  always,
  cham,
  coHo,
  ede,
  giaRai,
  hmong,
  khmer,
  khoMu,
  likeKinh,
  mnong,
  modernised,
  raGlai,
  thai,
  xoDang,
  xtieng,
} from './cultures.ts'
import { kinh } from './kinh.ts'

/** `id|code|culture|religions`: code of the list of peoples, shares of religions. */
function people(
  [id, ethnicity]: readonly [string, string],
  culture: NameCulture,
  religions = 'none 1',
): PeopleGroup {
  return { id, ethnicity, culture, religions }
}

const PROTESTANT = 'none 66, protestant 33, catholic 1'
const HIGHLAND = 'none 48, protestant 33, catholic 19'

export const groups: readonly PeopleGroup[] = [
  people(
    ['kinh', '01'],
    kinh,
    'none 87, catholic 6.4, buddhist 4.4, hoa-hao 1, cao-dai 0.6, protestant 0.4, bahai 0.01',
  ),
  people(
    ['tay', '02'],
    likeKinh(`Hoàng 19, Nông 14, Nguyễn 12, Lý 7, Ma 8, Hà 5, Lương 4, Đàm 4, Bế 4, Triệu 4, Vi 3, La 3,
      Lục 3, Phan 2, Lộc 1, Hứa 2, Dương 2, Mạc 1, Quan 2, Bàn 0.5, Lô 0.5, Chu 1`),
  ),
  people(['thai', '03'], thai),
  people(
    ['hoa', '04'],
    likeKinh(`Trần 13, Lâm 10, Lý 9, Trương 6, Huỳnh 7, Quách 5, Lưu 5, Vương 5, Tăng 5, Ngô 5, Châu 4,
      Dương 4, Thái 4, Mã 2, Hứa 3, Lương 3, Phùng 2, Quan 2, Tô 3, Chung 2, Voòng 2, Sú 1, Chướng 1,
      Phu 1, Lầu 1, Nguyễn 2, Diệp 1, Tạ 1, Hồng 1, Đặng 1`),
    'none 60, buddhist 37, catholic 2, protestant 1',
  ),
  people(['khmer', '05'], khmer, 'buddhist 92, none 7, catholic 1'),
  people(
    ['muong', '06'],
    likeKinh(`Bùi 40, Nguyễn 13, Đinh 10, Quách 7, Bạch 5, Hà 5, Trương 4, Phạm 5, Lê 3, Xa 2, Cao 2,
      Hoàng 2, Lò 0.5, Phùng 1, Trần 1, Bàn 0.2, Phí 0.3`),
  ),
  people(
    ['nung', '07'],
    likeKinh(`Hoàng 18, Nông 17, Lý 8, Vi 7, Lương 6, Hứa 6, Lục 5, Chu 5, Phùng 3, Linh 3, Lâm 3,
      Mông 3, Triệu 4, Nguyễn 4, Lăng 2, Đàm 2, Lèng 1, Long 1, Lù 1, Vàng 1, Thèn 1`),
  ),
  people(['hmong', '08'], hmong, PROTESTANT),
  people(
    ['dao', '09'],
    likeKinh(`Triệu 25, Bàn 18, Đặng 14, Phùng 7, Lý 12, Chảo 6, Tẩn 7, Phàn 4, Chìn 1, Dương 3, Hoàng 1,
      Tằng 1, Trương 1, Voòng 0.3, Lò 1, Chu 0.5`),
    'none 93, protestant 7',
  ),
  people(['gia-rai', '10'], giaRai, HIGHLAND),
  people(['e-de', '12'], ede, 'none 55, protestant 40, catholic 5'),
  people(['ba-na', '13'], xoDang, 'none 40, catholic 45, protestant 15'),
  people(['xo-dang', '14'], xoDang, 'none 52, catholic 34, protestant 14'),
  people(
    ['san-chay', '15'],
    likeKinh(`Trần 18, Hoàng 12, Lâm 11, Ninh 10, Nịnh 6, Đàm 4, Sầm 4, Trương 5, Lý 6, La 6, Tống 4,
      Vi 3, Lục 4, Nguyễn 3, Mạc 1, Tạ 2`),
  ),
  people(['co-ho', '16'], coHo, 'none 22, catholic 45, protestant 33'),
  people(['cham', '17'], cham, 'brahman 42, muslim 46, none 12'),
  people(
    ['san-diu', '18'],
    likeKinh(`Lê 5, Lục 5, Trần 9, Diệp 9, Lưu 7, Lý 8, Ôn 6, Tạ 7, Từ 6, Trương 7, Đỗ 3, Nguyễn 8,
      Phùng 3, Lâm 5, Tô 3, Vi 2, Hoàng 4`),
  ),
  people(
    ['hre', '19'],
    { ...kinh, inherited: { '*': 'Đinh 46, Phạm 44, Nguyễn 4, Hà 3, Trần 1' } },
    'none 97, protestant 3',
  ),
  people(['mnong', '20'], mnong, HIGHLAND),
  people(['ra-glai', '21'], raGlai, 'none 65, protestant 25, catholic 10'),
  people(['xtieng', '22'], xtieng, 'none 45, protestant 42, catholic 13'),
  people(['bru', '23'], likeKinh('Hồ 88, Nguyễn 5, Lê 2, Trần 1'), 'none 94, protestant 6'),
  people(
    ['tho', '24'],
    likeKinh('Trương 22, Lê 18, Nguyễn 16, Cao 8, Bùi 8, Hoàng 7, Phan 5, Lang 4'),
  ),
  people(
    ['giay', '25'],
    likeKinh('Lý 16, Vàng 18, Lù 10, Nông 8, Hoàng 8, Lò 7, Sần 6, Vùi 5, Phan 3, La 3, Pờ 1'),
  ),
  people(
    ['co-tu', '26'],
    {
      ...kinh,
      inherited: {
        '*': `Alăng 18, Bríu 11, Bling 9, Zơ Râm 10, Arất 8, Pơloong 9, Bnướch 5, Coor 5, Hôih 5, Bhnướch 4,
          Tơ Ngôl 4, A Rất 2, Hồ 8, A Lăng 2, Ria 2`,
      },
      generations: modernised(
        always(
          [
            '- 90, Văn 10',
            'Bhuốch 1, Đhơn 1, Nghĩa 1, Tấn 1, Bao 1, Pố 1, Quân 1, Tới 1, Nhum 1, Đêl 1',
          ],
          [
            'Thị 90, - 10',
            'Bhướp 1, Diêu 1, Đha 1, Nhới 1, Avônh 1, Thưa 1, Hiền 1, Bhling 1, Nem 1',
          ],
        ),
        1985,
      ),
    },
    'none 95, protestant 4, catholic 1',
  ),
  people(['kho-mu', '29'], khoMu),
]
