import type { NameCulture, NameGeneration } from '../../../src/kernel/profile.ts'
import { kinh, kinhGenerations } from './kinh.ts'

/** A people whose names have the majority's form, with family names of its own. */
export function likeKinh(families: string): NameCulture {
  return { ...kinh, inherited: { '*': families } }
}

/** One generation for all: where names have changed little. */
export function always(
  male: readonly [string, string],
  female: readonly [string, string],
): readonly NameGeneration[] {
  return [
    {
      bornBefore: 9999,
      male: { middle: male[0], given: male[1] },
      female: { middle: female[0], given: female[1] },
    },
  ]
}

/** The young of many peoples bear names of the majority's fashion beside their own. */
export function modernised(
  own: readonly NameGeneration[],
  year: number,
): readonly NameGeneration[] {
  const first = own[0]
  if (first === undefined) return kinhGenerations
  return [
    { ...first, bornBefore: year },
    ...kinhGenerations.filter((generation) => generation.bornBefore > year),
  ]
}

export const hmong: NameCulture = {
  inherits: 'father',
  inheritedFirst: true,
  inherited: {
    '*': `Giàng 15, Vàng 14, Sùng 13, Thào 11, Lý 7, Lầu 6, Mùa 6, Hờ 4, Hạng 4, Ma 4, Vừ 4, Cứ 3,
      Hầu 2, Thò 2, Cư 2, Sình 2, Chang 2, Tráng 2, Chá 1, Xồng 1.5, Và 1.5, Hảng 1, Phàng 1, Cháng 1`,
  },
  generations: always(
    [
      'A 68, Seo 8, Mí 6, Văn 4, Chứ 2, Bá 3, Nhè 1, Pà 1, - 5',
      `Pháo 3, Chu 4, Dơ 3, Páo 4, Sính 3, Sùng 1, Tủa 4, Vàng 2, Dế 3, Lử 4, Chống 3, Giàng 2, Sử 3,
      Vừ 2, Lềnh 3, Pó 3, Thào 1, Nhà 3, Say 3, Chinh 3, Súa 3, Di 3, Cáng 2, Của 2, Dình 2, Khua 2,
      Lâu 2, Mang 2, Minh 2, Nủ 2, Phong 2, Phổng 2, Sáng 2, Sếnh 2, Tếnh 2, Tính 2, Tòng 1, Tú 2,
      Vàng 1, Chỉnh 2, Hồng 1, Lồng 2, Nô 1, Phừ 1, Thanh 1, Chớ 2, Dia 1, Kỷ 1, Chá 1, Ký 1`,
    ],
    [
      'Thị 72, Seo 4, Mí 1, Y 6, - 12',
      `Mỷ 6, Dua 4, Mai 4, Dợ 3, Sua 4, Chia 3, Pà 2, Máy 4, Chú 3, Dí 3, Gấu 2, Ly 3, Mò 2, Xua 3,
      Súng 2, Sông 2, Pàng 3, Ninh 1, Sáo 2, Say 2, Và 2, Mị 2, Lan 2, Hoa 2, Dinh 2, Cá 2, Cở 2,
      Chở 2, Dở 1, Dung 1, Giống 1, Kía 1, Lía 2, Nu 1, Pa 2, Phương 1, Thảo 1, Vá 2, Xúa 2, Sai 1`,
    ],
  ),
}

export const ede: NameCulture = {
  inherits: 'mother',
  inheritedFirst: false,
  inherited: {
    '*': `Niê 21, Mlô 14, Byă 10, Êban 9, Ênuôl 7, Kbuôr 6, Niê Kdăm 6, Knul 5, Adrơng 5, Ayun 5,
      Hđơk 4, Hwing 4, Ksơr 3, Buôn Yă 3, Kpă 2, Mjâo 1, Êñuôl 0.5, Buôn Krông 3, Hmok 1.5, Kpơr 1`,
  },
  generations: always(
    [
      '- 1',
      `Y Blăm 2, Y Bhăm 2, Y Dhun 2, Y Djuang 1, Y Hem 1, Y Jut 2, Y Khoa 2, Y Krông 2, Y Luê 1,
      Y Mik 1, Y Ngông 1, Y Nguyên 2, Y Phương 2, Y Quang 2, Y Rin 2, Y Sam 2, Y Siu 1, Y Thanh 2,
      Y Thuột 1, Y Trim 1, Y Tuấn 2, Y Wing 2, Y Yông 1, Y Bin 2, Y Lâm 2, Y Đức 1, Y Khuê 1, Y Nam 1,
      Y Jôn 1, Y Linh 1, Y Nuên 1, Y Duy 1, Y Tơ 1, Y Wơ 1, Y Kliu 1, Y Hoàng 1, Y Vơn 1, Y Bluê 1`,
    ],
    [
      '- 1',
      `H'Bia 2, H'Blê 1, H'Djam 1, H'Hen 2, H'Juin 1, H'Khuê 1, H'Linh 2, H'Loan 2, H'Mai 2, H'Nga 2,
      H'Ngọc 2, H'Nhung 2, H'Oanh 2, H'Rin 1, H'Thủy 2, H'Uyên 1, H'Wên 1, H'Yăm 1, H'Zina 1,
      H'Lan 2, H'Mi 1, H'Duyên 2, H'Hoa 2, H'Nuk 1, H'Luyn 1, H'Phương 1, H'Quyên 1, H'Thảo 1,
      H'Trang 1, H'Vi 1, H'Yến 1, H'Đào 1, H'Bluên 1, H'Ñhan 0.5, H'Kim 1, H'Sinh 1, H'Dung 1`,
    ],
  ),
}

export const giaRai: NameCulture = {
  inherits: 'mother',
  inheritedFirst: true,
  inherited: {
    '*': `Siu 18, Rơ Châm 17, Ksor 15, Kpă 8, Rmah 8, Rah Lan 7, Nay 6, Puih 6, Rơ Mah 5, Rcom 5,
      Kpuih 4, Ralan 2, Hiao 1.5, Rơ Lan 2, Ro Ô 1, Kbor 1, R'Com 0.7`,
  },
  generations: always(
    [
      '- 88, Văn 4, Y 4, A 2',
      `Phước 2, Klơng 1, Phin 2, Giáo 1, Blơi 1, Thik 1, Hyiu 1, Hùng 2, Nhan 1, Bơm 1, Chăm 1, Djoan 1,
      Hlơi 1, Khiêm 1, Luych 1, Nam 2, Phiên 1, Quý 1, Thuận 1, Tuấn 2, Vinh 1, Wân 1, Yơl 1, Blư 1,
      Hới 1, Jiêng 1, Krông 1, Lâm 1, Mơn 1, Ôi 1, Pơl 1, Rơt 1, Sơn 1, Thanh 1, Tơl 1, Uyn 1, Dũng 1`,
    ],
    [
      '- 96, Thị 4',
      `H'Nhan 1, H'Phik 1, H'Blơn 1, H'Lan 2, H'Mrao 1, H'Ngan 1, H'Nhung 2, H'Oanh 1, H'Rưn 1,
      H'Siêm 1, H'Tuyết 2, H'Uyên 1, H'Vân 1, H'Yên 1, H'Bơ 1, H'Chim 1, H'Đôn 1, H'Giang 1,
      H'Hằng 2, H'Khuyên 1, H'Lich 1, H'Mai 1, H'Ngọc 1, H'Phương 2, H'Rinh 1, H'Thảo 1, H'Thương 1`,
    ],
  ),
}

export const khmer: NameCulture = {
  inherits: 'father',
  inheritedFirst: true,
  inherited: {
    '*': `Thạch 28, Sơn 17, Kim 14, Danh 13, Kiên 6, Lâm 5, Trần 4, Lý 4, Châu 4, Thị 0.5, Tăng 2,
      Chau 2.5, Neáng 1, Néang 0.5, Liêu 1, Đào 1, Hứa 1, Dương 1, Huỳnh 1, Trầm 0.6, Tô 0.6`,
  },
  generations: always(
    [
      '- 55, Sa 6, Văn 10, Thanh 4, Minh 4, Hoàng 4, Chanh 2, Phi 2, Sô 3, Ngọc 2, Rít 1, Kim 1',
      `Rương 2, Sươl 1, Sol 1, Som Bát 1, Thươl 2, Phol 2, Sang 2, Hoàng 1, Phương 1, Na 1, Sóc 1,
      Khêl 1, Rinh 2, Đel 1, Hiền 1, Tha 2, Von 1, Sa Rây 1, Ươl 1, Dal 1, Bình 1, Minh 1, Nhơn 1,
      Chên 1, Cường 1, Đa Ra 2, Hên 1, Hưng 1, Kha 2, Linh 1, Luông 1, Mên 1, Nang 1, Oai 1, Phal 1,
      Quy 1, Rane 1, Rít Thi 1, Sà Vươl 1, Sết 1, Thon 1, Tuấn 2, Vi Chét 1, Vuth 1, Xiêm 1, Ty 1`,
    ],
    [
      'Thị 60, - 26, Thị Sa 2, Ngọc 3, Mỹ 2, Sô 2, Kim 2, Bích 1, Hồng 1',
      `Sa Phol 1, Sươne 1, Hươl 1, Na Rết 1, Lan 2, Hoa 1, Pha Ly 1, Sà Quên 1, Sóc Kha 1, Thươne 1,
      Đa 1, Hên 1, Ly 2, Mai 1, Nga 1, Ngọc 2, Oanh 1, Phương 2, Rinh 1, Sa Ri 1, Sen 1, Srây 1,
      Thu 1, Út 1, Vanh 1, Xuân 1, Yến 1, Linh 2, Kiều 1, Chanh Thu 1, Đào 1, Hồng 1, Lài 1, Ni 1`,
    ],
  ),
}

export const thai =
  likeKinh(`Lò 24, Quàng 10, Hoàng 7, Lường 8, Tòng 7, Cà 6, Hà 6, Vi 8, Lô 7, Lương 6,
  Cầm 3, Lữ 2, Kha 1.5, Bạc 2, Đèo 1.5, Mào 1, Lèo 1, Ngân 2, Điêu 1, Khoàng 0.5, Quang 0.5, Phạm 2`)

export const khoMu =
  likeKinh(`Lương 14, Moong 14, Cụt 11, Lữ 7, Quàng 12, Lò 12, Vi 4, Chích 3, Xeo 4, Ốc 2,
  Hoa 2, Cầm 2, Hà 2, Tòng 3, Pịt 1, Rồng 0.5, Cút 2, Seo 2, Lự 1`)

export const raGlai: NameCulture = {
  ...likeKinh(`Chamaléa 18, Pi Năng 14, Ka Tơ 11, Cao 14, Mấu 10, Tro 4, Bo Bo 6, Pupur 4, Tà Yên 3,
    Ka Dá 3, Mang 4, Patâu Axá 2, Ba Râu 2, Ha 1, Katơr 4, Nguyễn 2`),
  inherits: 'mother',
}

export const coHo: NameCulture = {
  inherits: 'mother',
  inheritedFirst: true,
  inherited: {
    '*': `Kơ Să 11, Liêng Jrang 9, Cil 12, Rơ Ông 8, Bon Niêng 6, Lơ Mu 8, Păng Ting 5, Đa Cát 6,
      Liêng Hót 6, Kon Sơ 6, Krajăn 7, Bon Tô 3, Sơ Kết 2, Ya 2, Ndu 3, Dà Cát 2, Jơ Nơng 3`,
  },
  generations: always(
    [
      "Ha 46, K' 22, Ya 6, - 20",
      `Brang 1, Bang 1, Thuyên 1, Krê 1, Doan 1, Jim 1, Pôl 1, Sinh 1, Thiêng 1, Tuyên 1, Vy 1, Minh 1,
      Hải 1, Luyn 1, Nhiêm 1, Siêng 1, Bông 1, Brừm 1, Chơng 1, Lang 1, Nam 1, Phi 1, Rin 1, Tiêng 1`,
    ],
    [
      "K' 40, Ka 30, - 26, Thị 2",
      `Bri 1, Duyên 1, Hiền 1, Hoa 1, Linh 1, Loan 1, Mai 1, Nhi 1, Nhung 1, Phương 1, Rim 1, Rơn 1,
      Thương 1, Trang 1, Uyên 1, Vên 1, Yến 1, Ảnh 1, Đào 1, Hương 1, Jên 1, Liêng 1, Mông 1, Sim 1`,
    ],
  ),
}

export const mnong: NameCulture = {
  inherits: 'mother',
  inheritedFirst: false,
  inherited: {
    '*': `Bkrông 14, Rlưk 8, Buôn Krông 9, Ndu 6, Liêng 9, Pang Ting 7, Rơ Yam 6, Triek 6, Long Ding 5,
      Bdap 5, Kpơr 3, Sruk 4, Cil 5, Je 3, Ông 3, Êung 3, Teh 2, Srê 2`,
  },
  generations: always(
    [
      '- 1',
      `Y Brông 1, Y Thanh 1, Y Ba 1, Y Djoan 1, Y Pai 1, Y Long 1, Y Nham 1, Y Suyên 1, Y Krắk 1,
      Y Tin 1, Y Tuấn 1, Y Mang 1, Y Rơi 1, Y Wân 1, Y Dương 1, Y Nguôn 1, Y Jang 1, Y Khăm 1`,
    ],
    [
      '- 1',
      `H'Mai 1, H'Blang 1, H'Rinh 1, H'Loan 1, H'Nuyn 1, H'Hương 1, H'Jang 1, H'Thương 1, H'Binh 1,
      H'Dung 1, H'Lý 1, H'Ngân 1, H'Vân 1, H'Yin 1, H'Uôt 1, H'Phương 1, H'Mrang 1, H'Ŏng 0.5`,
    ],
  ),
}

/** No family name: 'A' for men and 'Y' for women, then the given name. */
export const xoDang: NameCulture = {
  inherits: 'nobody',
  inheritedFirst: true,
  inherited: { '*': '- 1' },
  generations: always(
    [
      'A 1',
      `Hùng 2, Thái 1, Đông 1, Blong 1, Brông 1, Dương 1, Hiếu 1, Hoàng 1, Huy 1, Khanh 1, Lợi 1, Nam 1,
      Nghĩa 1, Phong 1, Plin 1, Quang 1, Sơn 1, Tâm 1, Tuấn 2, Vương 1, Xuân 1, Ngọc 1, Thanh 1, Viết 1,
      Diêu 1, Đen 1, Bảy 1, Lập 1, Nhiên 1, Thuỷ 1, Khương 1, Hoa 1, Tân 1, Theng 1, Kliu 1, Môn 1`,
    ],
    [
      'Y 1',
      `Hoa 2, Lan 2, Mai 1, Nga 1, Nhung 1, Phương 1, Thảo 1, Thu 1, Vân 1, Yến 1, Bền 1, Bích 1, Dôi 1,
      Đua 1, Hạnh 1, Hằng 1, Hồng 1, Hương 1, Khuyên 1, Linh 1, Liên 1, Ngọc 1, Nguyệt 1, Oanh 1,
      Quyên 1, Sương 1, Thủy 1, Trang 1, Tuyết 1, Vy 1, Xuân 1, Blây 1, Ngời 1, Thoa 1, Nhiên 1`,
    ],
  ),
}

/** 'Điểu' for men and 'Thị' for women stand where others have a family name. */
export const xtieng: NameCulture = {
  inherits: 'nobody',
  inheritedFirst: true,
  inherited: { '*': '- 1' },
  generations: always(
    [
      'Điểu 96, Điểu Minh 2, Điểu Văn 2',
      `Xrơi 1, Khuê 1, Bình 1, Cường 1, Đố 1, Hùng 1, Krêu 1, Lên 1, Minh 1, Ngơi 1, Phương 1, Quyết 1,
      Sơn 1, Thanh 1, Tuấn 1, Xia 1, Nhơi 1, Brang 1, Dơi 1, Giáo 1, Kiêu 1, Sới 1, Tơm 1, Vinh 1`,
    ],
    [
      'Thị 96, Thị Kim 2, Thị Ngọc 2',
      `Khiêm 1, Bé 1, Brơi 1, Dung 1, Điểu 1, Hoa 1, Hương 1, Lan 1, Mai 1, Nga 1, Nhung 1, Phượng 1,
      Rương 1, Sa 1, Thảo 1, Út 1, Vân 1, Xuân 1, Yến 1, Mơi 1, Nơi 1, Ôm 1, Thương 1, Yim 1`,
    ],
  ),
}

export const cham: NameCulture = {
  ...likeKinh(`Đàng 12, Thiên 6, Quảng 8, Bá 8, Lưu 7, Trượng 6, Thập 6, Hán 5, Kiều 6, Đạo 4, Châu 6,
    Dụng 3, Báo 3, Qua 3, Mang 3, Đổng 5, Não 2, Thành 3, Nguyễn 5, La 2, Tài 2, Phú 2`),
  inherited: {
    '*': `Đàng 12, Thiên 6, Quảng 8, Bá 8, Lưu 7, Trượng 6, Thập 6, Hán 5, Kiều 6, Đạo 4, Châu 6,
      Dụng 3, Báo 3, Qua 3, Mang 3, Đổng 5, Não 2, Thành 3, Nguyễn 5, La 2, Tài 2, Phú 2`,
    centre: `La 14, Lê 8, Mang 12, So 14, Sô 12, Nguyễn 8, La Lan 12, La Mo 8, Ra Lan 6, Lơ Mô 4`,
    south: `Mohamad 10, Chau 8, Mách 8, Sa Lés 6, Du Sô 8, Ka Ri 5, Haji 6, Châu 5, Abdul 6, Nguyễn 3`,
  },
}
