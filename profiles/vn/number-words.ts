import type { Coded, Fault, NumberFault } from '../../src/kernel/profile.ts'

const copyFromCard = {
  vi: 'Nhập đúng như số in trên thẻ căn cước.',
  en: 'Copy the number exactly as it is printed on the identity card.',
  fr: 'Recopiez le numéro exactement comme il figure sur la carte d’identité.',
}

export const faults: Readonly<Record<NumberFault, Fault>> = {
  empty: {
    reason: { vi: 'Chưa có số', en: 'There is no number', fr: 'Il n’y a pas de numéro' },
    remedy: copyFromCard,
  },
  'not-digits': {
    reason: {
      vi: 'Số có ký tự không phải chữ số',
      en: 'The number has signs that are not digits',
      fr: 'Le numéro contient des signes qui ne sont pas des chiffres',
    },
    remedy: {
      vi: 'Chỉ nhập chữ số; có thể có dấu cách.',
      en: 'Write digits only; blanks are allowed.',
      fr: 'N’écrivez que des chiffres ; les espaces sont admis.',
    },
  },
  length: {
    reason: {
      vi: 'Số không có 12 chữ số, cũng không phải số cũ 9 chữ số',
      en: 'The number has neither 12 digits nor the 9 of an old one',
      fr: 'Le numéro n’a ni 12 chiffres ni les 9 d’un ancien numéro',
    },
    remedy: copyFromCard,
  },
  'lost-leading-zero': {
    reason: {
      vi: 'Số bị mất chữ số 0 ở đầu',
      en: 'The number has lost its leading zero',
      fr: 'Le numéro a perdu son zéro initial',
    },
    remedy: {
      vi: 'Định dạng cột số là văn bản rồi xuất lại tệp.',
      en: 'Make the column of numbers a text column and export the file again.',
      fr: 'Mettez la colonne des numéros au format texte et exportez de nouveau le fichier.',
    },
  },
  place: {
    reason: {
      vi: 'Ba chữ số đầu không phải mã tỉnh hoặc mã nước nào',
      en: 'The first three digits are no province and no country',
      fr: 'Les trois premiers chiffres ne désignent ni province ni pays',
    },
    remedy: copyFromCard,
  },
  century: {
    reason: {
      vi: 'Chữ số thứ tư chỉ một thế kỷ chưa tới',
      en: 'The fourth digit tells a century that is still to come',
      fr: 'Le quatrième chiffre indique un siècle à venir',
    },
    remedy: copyFromCard,
  },
  'birth-year': {
    reason: {
      vi: 'Năm sinh trong số chưa tới',
      en: 'The birth year in the number is still to come',
      fr: 'L’année de naissance du numéro est à venir',
    },
    remedy: copyFromCard,
  },
  'check-digit': {
    reason: {
      vi: 'Chữ số kiểm tra không khớp',
      en: 'The check digit does not agree',
      fr: 'Le chiffre de contrôle ne correspond pas',
    },
    remedy: copyFromCard,
  },
}

/** Law 26/2023 and Decree 70/2024: when another number takes the place of one. */
export const reestablishedBy: readonly Coded[] = [
  {
    code: 'sex-redetermined',
    words: {
      vi: 'Xác định lại giới tính',
      en: 'Sex determined anew',
      fr: 'Sexe déterminé à nouveau',
    },
  },
  {
    code: 'birth-year-corrected',
    words: {
      vi: 'Cải chính năm sinh',
      en: 'Birth year corrected',
      fr: 'Année de naissance rectifiée',
    },
  },
]

export const cancelledBy: readonly Coded[] = [
  {
    code: 'place-keyed-wrongly',
    words: {
      vi: 'Nhập sai nơi đăng ký khai sinh',
      en: 'Place of birth registration keyed wrongly',
      fr: 'Lieu d’enregistrement de la naissance mal saisi',
    },
  },
  {
    code: 'birth-year-keyed-wrongly',
    words: {
      vi: 'Nhập sai năm sinh',
      en: 'Birth year keyed wrongly',
      fr: 'Année de naissance mal saisie',
    },
  },
  {
    code: 'sex-keyed-wrongly',
    words: { vi: 'Nhập sai giới tính', en: 'Sex keyed wrongly', fr: 'Sexe mal saisi' },
  },
  {
    code: 'second-number',
    words: {
      vi: 'Một người được cấp hai số',
      en: 'One person was given two numbers',
      fr: 'Une personne a reçu deux numéros',
    },
  },
]
