import type { Fault, NameFault, NameRepair, Words } from '../../src/kernel/profile.ts'

const writeAsOnBirthCertificate: Words = {
  vi: 'Ghi họ, chữ đệm và tên như trong giấy khai sinh.',
  en: 'Write the name as it stands on the birth certificate.',
  fr: 'Écrivez le nom comme il figure sur l’acte de naissance.',
}

export const faults: Readonly<Record<NameFault, Fault>> = {
  empty: {
    reason: { vi: 'Chưa có họ tên', en: 'There is no name', fr: 'Il n’y a pas de nom' },
    remedy: writeAsOnBirthCertificate,
  },
  'too-long': {
    reason: {
      vi: 'Họ tên dài hơn 100 ký tự',
      en: 'The name is longer than 100 signs',
      fr: 'Le nom dépasse 100 signes',
    },
    remedy: writeAsOnBirthCertificate,
  },
  unreadable: {
    reason: {
      vi: 'Họ tên đã mất chữ vì sai bảng mã',
      en: 'Letters of the name were lost in a wrong encoding',
      fr: 'Des lettres du nom ont été perdues par un mauvais codage',
    },
    remedy: {
      vi: 'Xuất lại tệp theo bảng mã UTF-8 từ nguồn gốc.',
      en: 'Export the file again from its source in UTF-8.',
      fr: 'Exportez de nouveau le fichier depuis sa source en UTF-8.',
    },
  },
  digits: {
    reason: {
      vi: 'Họ tên có chữ số',
      en: 'The name has digits in it',
      fr: 'Le nom contient des chiffres',
    },
    remedy: writeAsOnBirthCertificate,
  },
  signs: {
    reason: {
      vi: 'Họ tên có ký tự không phải chữ cái',
      en: 'The name has signs that are no letters',
      fr: 'Le nom contient des signes qui ne sont pas des lettres',
    },
    remedy: {
      vi: 'Chỉ dùng chữ cái, dấu cách, dấu nháy và gạch nối.',
      en: 'Use letters, blanks, apostrophes and hyphens only.',
      fr: 'N’utilisez que des lettres, espaces, apostrophes et traits d’union.',
    },
  },
}

export const repairWords: Readonly<Record<NameRepair, Words>> = {
  'legacy-encoding': {
    vi: 'Bảng mã cũ (TCVN3, VNI, VISCII)',
    en: 'Old encoding (TCVN3, VNI, VISCII)',
    fr: 'Ancien codage (TCVN3, VNI, VISCII)',
  },
  decomposed: {
    vi: 'Unicode tổ hợp',
    en: 'Decomposed Unicode',
    fr: 'Unicode décomposé',
  },
  'look-alike-letter': {
    vi: 'Chữ trông giống chữ Đ hoặc dấu nháy lạ',
    en: 'A letter that looks like Đ, or a stray apostrophe',
    fr: 'Une lettre semblable à Đ, ou une apostrophe étrangère',
  },
  invisible: { vi: 'Ký tự ẩn', en: 'Invisible signs', fr: 'Signes invisibles' },
  blanks: { vi: 'Dấu cách thừa', en: 'Needless blanks', fr: 'Espaces superflus' },
  capitals: {
    vi: 'Viết toàn chữ hoa hoặc toàn chữ thường',
    en: 'All capitals or all small letters',
    fr: 'Tout en majuscules ou tout en minuscules',
  },
  'typing-residue': {
    vi: 'Phím gõ Telex chưa thành dấu',
    en: 'Telex keys that did not become signs',
    fr: 'Touches Telex restées dans le nom',
  },
  honorific: { vi: 'Từ xưng hô', en: 'Form of address', fr: 'Formule de civilité' },
}
