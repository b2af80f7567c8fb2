import type { NameCulture } from '../../../src/kernel/profile.ts'

/*
 * Family names by region follow the published shares (Nguyễn 30-33 %, Trần 9-11 %, Lê 9 %; Huỳnh
 * and Võ in the south where the north writes Hoàng and Vũ). Given names follow fashion: 'Thị' and
 * 'Văn' fade, four-syllable names grow. All weights are ours.
 */
const inherited = {
  north: `Nguyễn 33, Trần 9.2, Phạm 7.8, Lê 7.2, Vũ 6.3, Hoàng 4.4, Đỗ 3.9, Bùi 3.6, Đặng 2.4,
    Ngô 2.2, Đào 1.9, Đinh 1.6, Dương 1.6, Phan 1.4, Trịnh 1.3, Đoàn 1.1, Lưu 1, Lương 1, Hà 1,
    Mai 0.8, Phùng 0.8, Tạ 0.7, Cao 0.7, Trương 0.7, Chu 0.6, Tô 0.4, Vương 0.3, Lại 0.3, Hồ 0.3,
    Tống 0.3, Kiều 0.25, Nghiêm 0.2, Võ 0.2, Khuất 0.15, Doãn 0.15, Bạch 0.15, Thân 0.15,
    Quách 0.15, Giáp 0.15, Thái 0.1, Lã 0.1, Cù 0.08, Đồng 0.1, Khổng 0.08, Phí 0.08, Triệu 0.1`,
  'north-central': `Nguyễn 31, Lê 13, Trần 9, Phạm 6, Hoàng 5.8, Phan 4, Hồ 2.5, Đặng 2.4,
    Trịnh 2.2, Võ 2, Bùi 2, Ngô 2, Đỗ 1.8, Cao 1.6, Đinh 1.5, Trương 1.5, Vũ 1.2, Thái 1, Hà 1,
    Dương 1, Mai 1, Đậu 0.8, Lưu 0.7, Đào 0.5, Chu 0.4, Tống 0.3, Nguyễn Cảnh 0.2, Uông 0.1,
    Biện 0.1, Lường 0.2, Tạ 0.2, Phùng 0.3, Đoàn 0.6, Từ 0.2, Thiều 0.1, Cung 0.05`,
  centre: `Nguyễn 31, Trần 10.8, Lê 10.4, Huỳnh 6.4, Phạm 6, Võ 5.9, Phan 4.4, Đặng 2.7, Hồ 2.6,
    Trương 2.5, Đỗ 2, Bùi 2, Ngô 1.6, Đoàn 1.3, Hoàng 1.3, Dương 1, Đinh 1, Mai 0.9, Cao 0.9,
    Lương 0.8, Thái 0.5, Châu 0.4, Tạ 0.4, Trịnh 0.4, Văn 0.4, Đào 0.4, Hà 0.4, Tô 0.3, Lâm 0.3,
    Kiều 0.2, Từ 0.2, Tống 0.2, Phùng 0.2, Lưu 0.2, Bạch 0.1, Ung 0.05, Tôn Thất 0.1, Thân 0.1`,
  highlands: `Nguyễn 30, Trần 10.1, Lê 9.2, Phạm 5.9, Hoàng 3.5, Võ 3.4, Huỳnh 3.3, Phan 3.2,
    Bùi 2.6, Đặng 2.4, Vũ 2.4, Đỗ 2.3, Hồ 1.9, Trương 1.8, Ngô 1.6, Đinh 1.4, Dương 1.2, Đoàn 1.1,
    Mai 1, Cao 1, Trịnh 1, Lương 0.8, Thái 0.7, Hà 0.7, Đào 0.7, Lưu 0.4, Châu 0.2, Tạ 0.4, Tô 0.3`,
  south: `Nguyễn 31, Trần 11, Lê 9.2, Huỳnh 6.2, Phạm 5.8, Võ 4.6, Phan 3.7, Trương 2.2, Đặng 2.2,
    Bùi 2, Hồ 1.8, Đỗ 1.7, Ngô 1.5, Dương 1.5, Vũ 1.2, Lâm 1.1, Hoàng 1.1, Đoàn 0.9, Mai 0.9,
    Cao 0.7, Lý 0.7, Đinh 0.7, Châu 0.6, Trịnh 0.6, Đào 0.5, Tô 0.5, Thái 0.5, Lương 0.5, Hà 0.5,
    Lưu 0.4, Tạ 0.4, Quách 0.2, Kiều 0.2, Từ 0.2, Văn 0.2, Tăng 0.15, La 0.15, Ông 0.05, Vương 0.2,
    Hứa 0.15, Diệp 0.15, Tống 0.15, Triệu 0.05, Liêu 0.05, Phùng 0.2, Giang 0.1, Bành 0.05`,
}

const before1955 = {
  bornBefore: 1955,
  male: {
    middle: `Văn 52, Đình 5, Đức 4, Hữu 5, Xuân 3.5, Ngọc 3, Minh 2, Quang 2.5, Thanh 2, Công 2,
      Duy 1.4, Quốc 1.2, Thế 1.5, Viết 1.2, Bá 1.6, Trọng 1.5, Danh 0.8, Khắc 1, Tấn 1, Phước 0.8,
      Hồng 0.8, Huy 0.6, Sĩ 0.5, Như 0.5, Gia 0.3, Doãn 0.3, - 3`,
    given: `Hùng 2, Dũng 1, Thành 2, Sơn 1.8, Minh 1.8, Bình 2, Hải 1.5, Tâm 1.8, Long 1.2, Hòa 1.8,
      Phúc 1.5, Lợi 1.5, Thắng 1.4, Tài 1.2, Đức 1.3, Hiền 1.3, Cường 0.9, Lộc 1.3, Quý 1.2, Tư 1.6,
      Năm 1.2, Ba 1.2, Bảy 1, Sáu 1, Tám 0.7, Út 0.6, Bé 0.9, Chín 0.7, Hai 0.8, Cảnh 1, Chiến 0.9,
      Chính 1, Chung 0.8, Đông 0.9, Giáp 0.5, Hậu 0.9, Hiếu 0.9, Học 0.5, Hợi 0.4, Huấn 0.5, Kế 0.3,
      Khánh 0.7, Kiên 0.5, Lâm 0.9, Lan 0.3, Liên 0.3, Luận 0.4, Lương 0.8, Mạnh 0.7, Mùi 0.3,
      Nam 0.9, Nghĩa 1.2, Ngọc 1, Nhân 1, Ninh 0.6, Phong 0.5, Phú 0.9, Quang 1, Quyết 0.5,
      Sửu 0.4, Tân 0.9, Thái 0.9, Thân 0.6, Thanh 1.4, Thảo 0.6, Thiện 0.7, Thìn 0.5, Thịnh 0.8,
      Thọ 0.9, Thông 0.6, Thuận 0.9, Tiến 1, Toàn 0.8, Trung 0.8, Tuất 0.3, Tý 0.6, Vân 0.3,
      Viên 0.3, Vinh 0.9, Xuân 0.9, Yên 0.4, Khoát 0.2, Nhượng 0.2, Tịnh 0.2, Ất 0.3, Đính 0.2`,
  },
  female: {
    middle: `Thị 88, Ngọc 1, Kim 0.8, Thanh 0.5, Thị Kim 1.2, Thị Ngọc 1, Thị Thanh 0.7, Thị Hồng 0.7,
      Thị Minh 0.4, Thị Bích 0.4, Thị Thu 0.3, Thị Xuân 0.3, Thị Mỹ 0.3, Tuyết 0.2, - 1`,
    given: `Lan 2.2, Hoa 2.2, Hương 1.2, Mai 1.7, Liên 1.8, Hồng 1.5, Nga 1.2, Thanh 1.1, Bình 1.1,
      Hòa 1.4, Hạnh 1.2, Loan 1.2, Phượng 1.1, Lý 1.1, Lợi 1.1, Tâm 1.3, Tư 1.6, Năm 1.3, Ba 1.4,
      Bảy 1.2, Sáu 1.2, Tám 0.9, Út 0.8, Bé 1.6, Chín 0.9, Hai 1, Chanh 0.2, Chuyên 0.3, Cúc 1.2,
      Dần 0.4, Dung 0.8, Đào 0.9, Gái 0.8, Hà 0.8, Hảo 0.6, Hiền 1.1, Hợi 0.4, Huệ 1.1, Huyền 0.3,
      Khuyên 0.3, Kim 0.5, Lài 0.5, Lành 0.7, Lê 0.4, Lộc 0.6, Lựu 0.5, Mão 0.2, Mận 0.4, Minh 0.6,
      Mùi 0.8, Mười 0.9, Nguyệt 0.8, Nhàn 0.7, Nhung 0.6, Nụ 0.3, Nương 0.3, Oanh 0.6, Phương 0.5,
      Quý 0.5, Sen 0.5, Sinh 0.3, Sửu 0.3, Tám 0.3, Tân 0.3, Thắm 0.4, Thảo 0.3, Thìn 0.5, Thoa 0.5,
      Thơm 0.6, Thu 0.8, Thuận 0.6, Thư 0.2, Tỵ 0.4, Tý 0.5, Vân 0.9, Xuân 1.1, Xuyến 0.4, Yến 0.7,
      Nhâm 0.3, Ngọ 0.3, Bưởi 0.2, Cam 0.2, Dậu 0.3, Hường 0.5, Nhài 0.3, Vui 0.3, Tuyết 0.9`,
  },
}

const before1975 = {
  bornBefore: 1975,
  male: {
    middle: `Văn 47, Đình 4, Đức 5, Hữu 5, Xuân 3.4, Ngọc 3.8, Minh 3, Quang 3, Thanh 3.4, Công 2,
      Duy 1.5, Quốc 2.6, Thế 1.4, Viết 1, Bá 1.2, Trọng 1.5, Mạnh 1, Khắc 0.8, Tấn 1.4, Phước 0.8,
      Hồng 1.2, Huy 0.7, Hoàng 1, Chí 1, Anh 1, Trung 0.6, Tiến 0.5, Gia 0.2, - 2`,
    given: `Hùng 3.3, Dũng 2.6, Thành 2.3, Sơn 2.4, Minh 2, Bình 2.2, Hải 2.2, Tâm 1.5, Long 1.4,
      Hòa 1.7, Phúc 1.1, Lợi 1, Thắng 2, Tài 1.1, Đức 1.2, Hiền 1.2, Cường 1.9, Lộc 1, Quý 1,
      Tuấn 2.3, Tú 0.6, Trung 1.2, Toàn 1.1, Tiến 1.5, Thủy 0.4, Thuận 0.8, Thịnh 0.8, Thiện 0.6,
      Thanh 1.6, Tân 0.9, Tùng 0.7, Việt 0.7, Vinh 1, Vũ 0.6, Xuân 0.7, Anh 0.8, Bảo 0.5, Châu 0.5,
      Chiến 1.2, Chính 0.8, Công 0.5, Cảnh 0.6, Đông 0.9, Dương 0.5, Giang 0.7, Hà 0.8, Hạnh 0.4,
      Hậu 0.7, Hiệp 0.6, Hiếu 1, Hoàng 0.8, Hoàn 0.4, Huy 0.5, Khánh 0.7, Khoa 0.4, Kiên 0.5,
      Lâm 0.9, Liêm 0.4, Linh 0.4, Luân 0.3, Lực 0.4, Lương 0.5, Mạnh 0.8, Nam 1.1, Nghĩa 1.1,
      Ngọc 0.9, Nhân 0.8, Phong 0.8, Phú 0.7, Phương 0.8, Quân 0.5, Quang 1.2, Quyền 0.3, Sáu 0.3,
      Sỹ 0.5, Tám 0.3, Tình 0.3, Tịnh 0.2, Thái 0.8, Thông 0.5, Thuyết 0.2, Út 0.3, Bé 0.3, Tư 0.5`,
  },
  female: {
    middle: `Thị 72, Ngọc 2, Kim 1.6, Thanh 1.6, Thị Kim 3, Thị Ngọc 2.6, Thị Thanh 2.4,
      Thị Hồng 2, Thị Minh 1, Thị Bích 1.2, Thị Thu 2.2, Thị Xuân 0.8, Thị Mỹ 1, Thị Tuyết 0.6,
      Thị Lệ 0.6, Thu 0.6, Hồng 0.5, Bích 0.5, Minh 0.5, Mỹ 0.5, Thúy 0.5, - 0.5`,
    given: `Lan 2.8, Hoa 2.3, Hương 2.5, Mai 1.8, Liên 1.7, Hồng 1.8, Nga 1.8, Thanh 1.4, Bình 1,
      Hòa 1.2, Hạnh 1.9, Loan 1.6, Phượng 1.4, Lý 0.9, Lợi 0.7, Tâm 1.3, Tư 0.4, Bé 0.8, Cúc 0.9,
      Dung 1.4, Đào 0.7, Hà 1.7, Hằng 0.9, Hảo 0.5, Hiền 1.6, Huệ 1.2, Huyền 0.5, Hường 0.7,
      Khanh 0.2, Kim 0.4, Lài 0.3, Lành 0.4, Lệ 0.5, Liễu 0.6, Linh 0.3, Lựu 0.3, Minh 0.7, Mỹ 0.4,
      Ngân 0.4, Ngọc 0.9, Nguyệt 1.1, Nhàn 0.6, Nhung 1, Oanh 0.9, Phương 1.2, Quyên 0.4, Sáu 0.4,
      Sen 0.3, Sương 0.6, Thảo 0.7, Thơ 0.2, Thoa 0.6, Thơm 0.5, Thu 1.6, Thủy 2, Thúy 1.2,
      Tuyết 1.5, Vân 1.7, Xuân 1.3, Yến 1.2, Hậu 0.4, Diệp 0.3, Mười 0.3, Út 0.4, Gái 0.2, Chi 0.3,
      Châu 0.3, Lộc 0.3, Nhi 0.1, Trang 0.3, Tuyến 0.3, Vinh 0.2, Thắm 0.3, Thìn 0.3, Nụ 0.2`,
  },
}

const before1992 = {
  bornBefore: 1992,
  male: {
    middle: `Văn 36, Đình 3.2, Đức 6, Hữu 4.2, Xuân 3, Ngọc 4.2, Minh 5, Quang 3.2, Thanh 4, Công 2.4,
      Duy 2, Quốc 4, Thế 1.6, Viết 0.8, Bá 1, Trọng 1.8, Mạnh 1.4, Khắc 0.7, Tấn 1.6, Phước 0.8,
      Hồng 1.2, Huy 1, Hoàng 3, Chí 1.2, Anh 1.6, Trung 1, Tiến 1, Tuấn 1, Thành 1.2, Nhật 0.6,
      Hải 0.5, Gia 0.3, Việt 0.5, Phi 0.4, - 1.2`,
    given: `Hùng 2.1, Dũng 2.1, Thành 2.1, Sơn 2, Minh 1.9, Bình 1.3, Hải 2, Tâm 1, Long 1.6, Hòa 1,
      Phúc 1.1, Lợi 0.6, Thắng 1.7, Tài 1, Đức 1.6, Cường 2, Lộc 0.8, Quý 0.7, Tuấn 3.2, Tú 1.2,
      Trung 1.7, Toàn 1.1, Tiến 1.4, Thuận 0.6, Thịnh 0.7, Thiện 0.6, Thanh 1.1, Tân 0.8, Tùng 1.5,
      Việt 0.8, Vinh 0.8, Vũ 1, Anh 1.8, Bảo 0.6, Chiến 0.9, Chung 0.4, Công 0.5, Duy 1, Đạt 1,
      Đông 0.6, Dương 0.9, Điệp 0.3, Giang 0.8, Hà 0.5, Hậu 0.7, Hiệp 0.6, Hiếu 1.4, Hoàng 1.3,
      Huy 1.4, Hưng 1.1, Khánh 0.8, Khoa 0.6, Kiên 0.8, Lâm 0.8, Linh 0.6, Luân 0.5, Mạnh 0.9,
      Nam 1.9, Nghĩa 0.8, Ngọc 0.6, Nguyên 0.5, Nhân 0.6, Phong 0.8, Phú 0.6, Phương 0.9, Quân 1,
      Quang 1.1, Quyết 0.4, Quốc 0.4, Sang 0.5, Sáng 0.3, Thái 0.7, Thạch 0.2, Thông 0.4, Trí 0.4,
      Trường 0.9, Tuyên 0.2, Văn 0.2, Vương 0.3, Tình 0.2, Hoàn 0.3, Hạnh 0.2, Học 0.1, Linh 0.3`,
  },
  female: {
    middle: `Thị 52, Ngọc 4, Kim 2, Thanh 3, Thị Kim 3.4, Thị Ngọc 4, Thị Thanh 4, Thị Hồng 3.2,
      Thị Minh 1.6, Thị Bích 2, Thị Thu 4, Thị Phương 1.6, Thị Xuân 0.8, Thị Mỹ 1.6, Thị Tuyết 0.6,
      Thị Lệ 0.6, Thị Thùy 1.6, Thị Diễm 0.5, Thu 1.6, Hồng 1, Bích 0.7, Minh 0.8, Mỹ 0.8, Thúy 1,
      Phương 1, Hoàng 0.5, Quỳnh 0.6, Thùy 0.8, Diễm 0.4, Cẩm 0.4`,
    given: `Lan 1.4, Hoa 1.4, Hương 2.4, Mai 1.5, Liên 1, Hồng 1.1, Nga 1.4, Thanh 0.8, Hòa 0.7,
      Hạnh 1.6, Loan 1, Phượng 1.1, Tâm 0.8, Dung 1.4, Đào 0.4, Hà 2.1, Hằng 1.8, Hảo 0.4, Hiền 2,
      Huệ 1, Huyền 1.7, Hường 0.6, Kiều 0.4, Lệ 0.3, Liễu 0.3, Linh 1.8, Ly 0.5, Minh 0.3, Mỹ 0.3,
      My 0.4, Ngân 0.9, Nga 0.4, Ngọc 1.2, Nguyệt 0.7, Nhàn 0.3, Nhi 0.4, Nhung 1.3, Oanh 0.9,
      Phương 2, Quyên 0.8, Quỳnh 0.7, Sương 0.4, Tình 0.3, Thảo 1.6, Thắm 0.4, Thoa 0.4, Thơm 0.3,
      Thu 1.2, Thủy 1.8, Thúy 1.6, Thương 0.9, Trang 2, Trâm 0.5, Trinh 0.5, Tuyền 0.5, Tuyết 1,
      Uyên 0.5, Vân 1.5, Xuân 0.7, Yến 1.4, Hậu 0.3, Hoài 0.3, Châu 0.4, Chi 0.6, Diễm 0.3, Diệu 0.3,
      Duyên 0.6, Giang 0.6, Anh 1, Lam 0.1, Lành 0.2, Luyến 0.2, Nhạn 0.1, Vy 0.3, Tiên 0.4, Trúc 0.3`,
  },
}

const before2008 = {
  bornBefore: 2008,
  male: {
    middle: `Văn 18, Đình 2.6, Đức 6.4, Hữu 3.2, Xuân 2.2, Ngọc 4, Minh 7.5, Quang 3.6, Thanh 3.6,
      Công 2.4, Duy 2.8, Quốc 5, Thế 1.7, Viết 0.6, Bá 0.8, Trọng 2, Mạnh 1.6, Khắc 0.6, Tấn 2,
      Phước 0.7, Hồng 0.9, Huy 1.4, Hoàng 5, Chí 1.2, Anh 2.2, Trung 1.4, Tiến 1.6, Tuấn 1.8,
      Thành 2, Nhật 1.7, Hải 0.8, Gia 2, Việt 0.8, Bảo 1.2, Thái 0.6, Phi 0.4, Ngọc Minh 0.2`,
    given: `Hùng 0.9, Dũng 1.4, Thành 1.6, Sơn 1.4, Minh 2.4, Bình 0.6, Hải 1.4, Tâm 0.5, Long 1.8,
      Hòa 0.4, Phúc 1.4, Thắng 1.3, Tài 1, Đức 1.8, Cường 1.2, Lộc 0.7, Quý 0.5, Tuấn 2, Tú 1,
      Trung 1.3, Toàn 0.9, Tiến 1.4, Thịnh 0.8, Thiện 0.8, Tân 0.6, Tùng 1.2, Việt 0.9, Vinh 0.7,
      Vũ 1.1, Anh 2.8, Bảo 1.2, Chiến 0.5, Công 0.5, Duy 1.5, Đạt 2, Dương 1.2, Đăng 0.5, Giang 0.4,
      Hào 0.4, Hậu 0.6, Hiệp 0.5, Hiếu 1.9, Hoàng 1.9, Huy 2.6, Hưng 1.2, Khải 0.4, Khang 0.7,
      Khánh 0.9, Khôi 0.3, Khoa 0.9, Kiệt 0.8, Kiên 0.8, Lâm 0.7, Linh 0.3, Luân 0.4, Mạnh 0.9,
      Nam 2, Nghĩa 0.8, Nguyên 0.8, Nhân 0.7, Nhật 0.5, Phát 0.9, Phong 1.2, Phú 0.5, Quân 1.4,
      Quang 1.2, Quốc 0.4, Sang 0.6, Sỹ 0.2, Thái 0.8, Thông 0.4, Trí 0.6, Trọng 0.4, Trường 1,
      Tuyên 0.1, Vương 0.4, Vỹ 0.2, Khiêm 0.2, Triều 0.1`,
  },
  female: {
    middle: `Thị 26, Ngọc 6, Kim 2.2, Thanh 4, Thị Kim 1.8, Thị Ngọc 3.4, Thị Thanh 2.4, Thị Hồng 1.8,
      Thị Minh 1.4, Thị Bích 1.2, Thị Thu 3, Thị Phương 2, Thị Mỹ 1.4, Thị Thùy 1.6, Thị Quỳnh 0.8,
      Thị Yến 0.6, Thị Huyền 0.6, Thu 2.2, Hồng 1.4, Bích 0.9, Minh 2, Mỹ 1.2, Thúy 1.2, Phương 2.6,
      Hoàng 1.2, Quỳnh 1.6, Thùy 1.3, Diễm 0.6, Cẩm 0.6, Khánh 1.4, Bảo 0.9, Hà 0.8, Mai 0.8,
      Tuyết 0.5, Yến 0.6, Ngọc Bảo 0.3, Hoàng Bảo 0.2, Trúc 0.5, Anh 0.6, Tường 0.3, Thảo 0.6`,
    given: `Lan 0.7, Hoa 0.5, Hương 1.4, Mai 1.4, Liên 0.4, Hồng 0.5, Nga 0.7, Thanh 0.5, Hạnh 0.7,
      Loan 0.3, Phượng 0.4, Tâm 0.4, Dung 0.7, Hà 1.5, Hằng 1.1, Hân 0.7, Hiền 1.2, Huệ 0.4,
      Huyền 1.6, Kiều 0.4, Linh 3.2, Ly 0.7, Minh 0.4, My 1, Ngân 1.6, Ngọc 1.5, Nguyệt 0.4, Nhi 1.7,
      Nhung 0.8, Như 1.2, Oanh 0.4, Phương 2, Quyên 0.5, Quỳnh 1.2, Thảo 1.9, Thơ 0.3, Thu 0.6,
      Thủy 0.7, Thúy 0.7, Thư 1.4, Thương 0.7, Thy 0.2, Tiên 0.6, Trang 2, Trâm 0.8, Trân 0.6,
      Trinh 0.5, Trúc 0.6, Tú 0.4, Tuyền 0.4, Tuyết 0.3, Uyên 0.8, Vân 1.1, Vi 0.5, Vy 1.3, Xuân 0.3,
      Yến 1.1, Hoài 0.3, Châu 0.6, Chi 1, Diễm 0.3, Duyên 0.7, Giang 0.8, Anh 3.4, Ánh 0.5, An 0.4,
      Bình 0.2, Hậu 0.2, Lam 0.2, Nương 0.1, Lê 0.1, Na 0.2, Nguyên 0.3, Đào 0.1, Diệp 0.3`,
  },
}

const youngest = {
  bornBefore: 9999,
  male: {
    middle: `Văn 7, Đình 2, Đức 5.6, Hữu 2.6, Xuân 1.4, Ngọc 3.2, Minh 10, Quang 3.4, Thanh 2.4,
      Công 1.8, Duy 2.6, Quốc 4.4, Thế 1.3, Viết 0.4, Bá 0.6, Trọng 1.8, Mạnh 1.2, Khắc 0.5, Tấn 2.2,
      Phước 0.6, Huy 1.4, Hoàng 6, Chí 1, Anh 2.6, Trung 1.2, Tiến 1.3, Tuấn 1.6, Thành 1.8,
      Nhật 2.4, Hải 1, Gia 7, Việt 0.8, Bảo 3.4, Thái 0.8, Thiên 1.6, Khôi 0.4, Đăng 1.2, Tùng 0.4,
      Hoàng Minh 0.5, Nguyễn Gia 0.4, Ngọc Minh 0.4, Hoàng Gia 0.4, Nguyên 0.6, Phúc 0.5`,
    given: `Minh 2.6, Hải 0.7, Long 1.5, Phúc 2.2, Thắng 0.7, Tài 0.8, Đức 1.4, Cường 0.6, Lộc 0.6,
      Tuấn 0.9, Tú 0.8, Trung 0.8, Toàn 0.6, Tiến 0.8, Thịnh 1, Thiện 1, Tùng 0.8, Việt 0.8, Vinh 0.6,
      Vũ 0.8, Anh 2.8, Bảo 1.9, Duy 1.2, Đạt 1.5, Dương 1.1, Đăng 1.4, Dũng 0.7, Hào 0.5, Hậu 0.3,
      Hiếu 1.2, Hoàng 1.6, Huy 2.4, Hưng 1.2, Khải 0.8, Khang 2.2, Khánh 0.9, Khôi 2, Khoa 1.6,
      Kiệt 1.1, Kiên 0.9, Lâm 1.1, Mạnh 0.6, Nam 1.7, Nghĩa 0.6, Nguyên 1.4, Nhân 0.8, Nhật 0.8,
      Phát 1.2, Phong 1.5, Phú 0.4, Quân 1.5, Quang 0.9, Quốc 0.3, Sơn 0.9, Sang 0.3, Tân 0.3,
      Thái 0.5, Thành 0.9, Trí 0.8, Trường 0.6, Tâm 0.3, Khiêm 0.3, Bách 0.5, Vỹ 0.2, An 1.1`,
  },
  female: {
    middle: `Thị 9, Ngọc 9, Kim 2, Thanh 3, Thị Kim 0.7, Thị Ngọc 1.8, Thị Thanh 1.2, Thị Hồng 0.7,
      Thị Minh 0.8, Thị Bích 0.5, Thị Thu 1, Thị Phương 1.1, Thị Thùy 0.7, Thị Quỳnh 0.7, Thị Khánh 0.5,
      Thị Bảo 0.6, Thu 1.4, Hồng 1, Bích 0.6, Minh 3, Mỹ 1, Thúy 0.5, Phương 3, Hoàng 1.8, Quỳnh 2,
      Thùy 1.3, Khánh 3, Bảo 4, Hà 1.6, Mai 1, Tuyết 0.5, Yến 0.9, Ngọc Bảo 1.4, Hoàng Bảo 0.6,
      Ngọc Khánh 0.6, Ngọc Quỳnh 0.5, Ngọc Anh 0.6, Trúc 0.8, Anh 1, Tường 0.8, Thảo 1, Gia 1.6,
      An 0.8, Diệp 0.4, Cát 0.6, Tuệ 0.7, Nhã 0.5, Thiên 0.5, Hoài 0.3`,
    given: `Lan 0.4, Hương 0.5, Mai 1, Hà 1, Hân 2.3, Hiền 0.5, Huyền 0.9, Linh 2.6, Ly 0.6, Minh 0.5,
      My 1.6, Ngân 1.6, Ngọc 1.5, Nhi 2.2, Như 1.6, Phương 1.5, Quyên 0.4, Quỳnh 0.9, Thảo 1.4,
      Thư 2.1, Thương 0.3, Thy 0.7, Tiên 0.7, Trang 1.4, Trâm 1.2, Trân 0.9, Trinh 0.3, Trúc 0.8,
      Tú 0.4, Tuyền 0.3, Uyên 0.7, Vân 0.7, Vi 0.6, Vy 1.9, Yến 0.8, Châu 1, Chi 1.5, Diệp 0.7,
      Duyên 0.5, Giang 0.6, Anh 3.4, Ánh 0.4, An 1.6, Lam 0.4, Nguyên 0.6, Khuê 0.4, Khánh 0.4,
      Băng 0.2, Di 0.2, Đan 0.3, Hạnh 0.3, Dung 0.2, Hoa 0.2, Nhung 0.2, Thanh 0.3, Tâm 0.3`,
  },
}

export const kinh: NameCulture = {
  inherits: 'father',
  inheritedFirst: true,
  inherited: { ...inherited, '*': inherited.south },
  generations: [before1955, before1975, before1992, before2008, youngest],
}

/** Given names that other peoples share with the majority, oldest generation to youngest. */
export const kinhGenerations = kinh.generations
