/** Letters that Unicode does not decompose into a base letter and a mark. */
const WHOLE: Readonly<Record<string, string>> = { đ: 'd', ð: 'd', ø: 'o', ł: 'l', ß: 'ss', æ: 'ae' }

/** Words of a place's name for comparing and searching: lower case, without marks. */
export function foldWords(text: string): readonly string[] {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[đðøłßæ]/g, (letter) => WHOLE[letter] ?? letter)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}

/** Whether two names of places are the same but for marks, case and signs: Thanh Hoá, Thanh Hóa. */
export const sameName = (a: string, b: string): boolean =>
  foldWords(a).join(' ') === foldWords(b).join(' ')
