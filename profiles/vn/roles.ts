import type { Role } from '../../src/kernel/profile.ts'

/** Who may do what. Names are those of the rooms' commands and queries. */
export const roles: Readonly<Record<string, Role>> = {
  citizen: {
    words: { vi: 'Công dân', en: 'Citizen', fr: 'Citoyen' },
    operations: [],
  },
  'commune-officer': {
    words: {
      vi: 'Cán bộ tiếp nhận cấp xã',
      en: 'Commune officer',
      fr: 'Agent de la commune',
    },
    operations: [],
  },
  registrar: {
    words: {
      vi: 'Công chức tư pháp - hộ tịch',
      en: 'Registrar',
      fr: 'Officier d’état civil',
    },
    operations: [],
  },
  supervisor: {
    words: {
      vi: 'Lãnh đạo phê duyệt cấp tỉnh',
      en: 'Supervisor',
      fr: 'Responsable provincial',
    },
    operations: [],
  },
  inspector: {
    words: { vi: 'Thanh tra an ninh', en: 'Security inspector', fr: 'Inspecteur de la sécurité' },
    operations: [],
  },
  'data-protection-officer': {
    words: {
      vi: 'Cán bộ bảo vệ dữ liệu cá nhân',
      en: 'Data-protection officer',
      fr: 'Délégué à la protection des données',
    },
    operations: [],
  },
  'programme-officer': {
    words: {
      vi: 'Tổ công tác Đề án 06',
      en: 'Programme officer',
      fr: 'Chargé du programme',
    },
    operations: [],
  },
  agency: {
    words: { vi: 'Cơ quan khai thác', en: 'Agency', fr: 'Organisme' },
    operations: [],
  },
  operator: {
    words: { vi: 'Người vận hành', en: 'Operator', fr: 'Exploitant' },
    operations: ['*'],
  },
  system: {
    words: { vi: 'Hệ thống', en: 'The system itself', fr: 'Le système lui-même' },
    operations: ['*'],
  },
}
