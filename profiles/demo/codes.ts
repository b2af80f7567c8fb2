import { type Coded, type CodeListName, nationalities } from '../../src/kernel/profile.ts'

/** `code|vi|en|fr`, one value a line. */
const list = (text: string): readonly Coded[] =>
  text
    .trim()
    .split('\n')
    .map((line) => {
      const [code = '', vi = code, en = vi, fr = en] = line.split('|')
      return { code, words: { vi, en, fr } }
    })

export const codes: Readonly<Record<CodeListName, readonly Coded[]>> = {
  sex: list('male|Nam|Male|Masculin\nfemale|Nữ|Female|Féminin'),
  ethnicity: list(`
coast|Người Biển|Coast people|Peuple de la côte
hill|Người Đồi|Hill people|Peuple des collines
isle|Người Đảo|Isle people|Peuple des îles`),
  religion: list(`
none|Không|None|Aucune
old-way|Đạo Cũ|Old Way|Ancienne voie
river|Giáo hội Sông|River Church|Église du fleuve`),
  nationality: nationalities([
    { code: 'QVE', words: { vi: 'Velmora', en: 'Velmora', fr: 'Velmora' } },
  ]),
  'marital-status': list(`
single|Chưa kết hôn|Never married|Célibataire
married|Đã kết hôn|Married|Marié(e)
divorced|Đã ly hôn|Divorced|Divorcé(e)
widowed|Góa|Widowed|Veuf ou veuve`),
  'relation-to-head': list(`
head|Chủ hộ|Head of household|Chef de ménage
spouse|Vợ, chồng|Spouse|Conjoint
child|Con|Child|Enfant
child-in-law|Con dâu, con rể|Child-in-law|Gendre ou bru
grandchild|Cháu của ông bà|Grandchild|Petit-enfant
parent|Cha, mẹ|Parent|Père ou mère
parent-in-law|Cha, mẹ của vợ hoặc chồng|Parent-in-law|Beau-parent
grandparent|Ông, bà|Grandparent|Grand-parent
sibling|Anh, chị, em|Sibling|Frère ou sœur
sibling-in-law|Anh, chị, em dâu hoặc rể|Sibling-in-law|Beau-frère ou belle-sœur
niece-nephew|Cháu ruột|Niece or nephew|Neveu ou nièce
uncle-aunt|Bác, chú, cô, cậu, dì|Uncle or aunt|Oncle ou tante
other-relative|Người thân khác|Other relative|Autre parent
not-related|Người cùng ở|Not related|Sans lien de parenté`),
  'blood-group': list('A+\nA-\nB+\nB-\nAB+\nAB-\nO+\nO-'),
}
