import { type Coded, type CodeListName, nationalities } from '../../src/kernel/profile.ts'

/**
 * The 54 peoples in the order of their official codes 01 to 54 (Decision 121-TCTK/PPCĐ of 1979):
 * the Vietnamese name, the English one, and the French one where it is another.
 */
const PEOPLES = `Kinh|Kinh, Tày|Tay, Thái|Thai|Thaï, Hoa|Hoa (Chinese)|Hoa (Chinois),
Khơ-me|Khmer, Mường|Muong, Nùng|Nung, Hmông|Hmong, Dao|Dao|Dao (Yao), Gia-rai|Jarai, Ngái|Ngai,
Ê-đê|Ede|Édé, Ba-na|Bahnar, Xơ-đăng|Sedang, Sán Chay|San Chay, Cơ-ho|Koho, Chăm|Cham, Sán Dìu|San
Diu, Hrê|Hre|Hré, Mnông|Mnong, Ra-glai|Raglai|Raglaï, Xtiêng|Stieng, Bru-Vân Kiều|Bru-Van Kieu,
Thổ|Tho, Giáy|Giay, Cơ-tu|Katu, Gié-Triêng|Gie-Trieng, Mạ|Ma, Khơ-mú|Khmu, Co|Co|Cor, Ta-ôi|Ta
Oi, Chơ-ro|Cho Ro, Kháng|Khang, Xinh-mun|Xinh Mun, Hà Nhì|Ha Nhi, Chu-ru|Chu Ru, Lào|Lao, La
Chí|La Chi, La Ha|La Ha, Phù Lá|Phu La, La Hủ|La Hu|Lahu, Lự|Lu, Lô Lô|Lo Lo, Chứt|Chut,
Mảng|Mang, Pà Thẻn|Pa Then, Cơ Lao|Co Lao, Cống|Cong, Bố Y|Bo Y, Si La|Si La, Pu Péo|Pu Peo,
Brâu|Brau, Ơ-đu|O Du, Rơ-măm|Ro Mam`

/** `code|vi|en|fr`, one value a line. */
function list(text: string): readonly Coded[] {
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [code = '', vi = code, en = vi, fr = en] = line.split('|')
      return { code, words: { vi, en, fr } }
    })
}

const ethnicity: readonly Coded[] = PEOPLES.split(/,\s+/).map((people, position) => {
  const [vi = '', en = vi, fr = en] = people.split('|')
  return { code: String(position + 1).padStart(2, '0'), words: { vi, en, fr } }
})

/** Religions whose organisations the State recognises, and none. */
const religion = list(`
none|Không|None|Aucune
buddhist|Phật giáo|Buddhism|Bouddhisme
catholic|Công giáo|Catholicism|Catholicisme
protestant|Tin Lành|Protestantism|Protestantisme
cao-dai|Cao Đài|Caodaism|Caodaïsme
hoa-hao|Phật giáo Hòa Hảo|Hoa Hao Buddhism|Bouddhisme Hoa Hao
muslim|Hồi giáo|Islam|Islam
brahman|Bà-la-môn|Brahmanism|Brahmanisme
bahai|Bahá’í|Bahá’í Faith|Foi bahá’íe
tinh-do|Tịnh độ Cư sĩ Phật hội|Pure Land Buddhist Home Practice|Terre pure des laïcs bouddhistes
buu-son-ky-huong|Bửu Sơn Kỳ Hương|Buu Son Ky Huong
tu-an-hieu-nghia|Tứ Ân Hiếu Nghĩa|Tu An Hieu Nghia
ta-lon|Phật giáo Hiếu Nghĩa Tà Lơn|Hieu Nghia Ta Lon Buddhism|Bouddhisme Hieu Nghia Ta Lon
minh-su|Minh Sư đạo|Minh Su
minh-ly|Minh Lý đạo|Minh Ly
latter-day-saints|Mặc Môn|Latter-day Saints|Saints des derniers jours
adventist|Cơ đốc Phục lâm|Seventh-day Adventism|Adventisme du septième jour`)

const maritalStatus = list(`
single|Chưa kết hôn|Never married|Célibataire
married|Đang có vợ hoặc chồng|Married|Marié(e)
divorced|Đã ly hôn|Divorced|Divorcé(e)
widowed|Vợ hoặc chồng đã chết|Widowed|Veuf ou veuve`)

const relationToHead = list(`
head|Chủ hộ|Head of household|Chef de ménage
spouse|Vợ, chồng|Spouse|Conjoint
child|Con|Child|Enfant
child-in-law|Con dâu, con rể|Child-in-law|Gendre ou bru
grandchild|Cháu nội, cháu ngoại|Grandchild|Petit-enfant
parent|Cha, mẹ|Parent|Père ou mère
parent-in-law|Cha, mẹ của vợ hoặc chồng|Parent-in-law|Beau-parent
grandparent|Ông, bà|Grandparent|Grand-parent
sibling|Anh, chị, em|Sibling|Frère ou sœur
sibling-in-law|Anh, chị, em dâu hoặc rể|Sibling-in-law|Beau-frère ou belle-sœur
niece-nephew|Cháu ruột|Niece or nephew|Neveu ou nièce
uncle-aunt|Bác, chú, cô, cậu, dì|Uncle or aunt|Oncle ou tante
other-relative|Người thân khác|Other relative|Autre parent
not-related|Người ở nhờ, ở cùng|Not related|Sans lien de parenté`)

export const codes: Readonly<Record<CodeListName, readonly Coded[]>> = {
  sex: list('male|Nam|Male|Masculin\nfemale|Nữ|Female|Féminin'),
  ethnicity,
  religion,
  nationality: nationalities([
    { code: 'VNM', words: { vi: 'Việt Nam', en: 'Vietnam', fr: 'Viêt Nam' } },
  ]),
  'marital-status': maritalStatus,
  'relation-to-head': relationToHead,
  'blood-group': list('A+\nA-\nB+\nB-\nAB+\nAB-\nO+\nO-\nA\nB\nAB\nO'),
}
