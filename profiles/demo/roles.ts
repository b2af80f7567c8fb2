import type { Role } from '../../src/kernel/profile.ts'

/** Who may do what. Names are those of the rooms' commands and queries. */
export const roles: Readonly<Record<string, Role>> = {
  citizen: { words: { vi: 'Công dân', en: 'Citizen', fr: 'Citoyen' }, operations: [] },
  'commune-officer': {
    words: { vi: 'Nhân viên thị xã', en: 'Town clerk', fr: 'Greffier municipal' },
    operations: [],
  },
  registrar: { words: { vi: 'Hộ tịch viên', en: 'Registrar', fr: 'Registraire' }, operations: [] },
  supervisor: {
    words: { vi: 'Giám sát vùng', en: 'Regional supervisor', fr: 'Superviseur régional' },
    operations: [],
  },
  inspector: { words: { vi: 'Thanh tra', en: 'Inspector', fr: 'Inspecteur' }, operations: [] },
  'data-protection-officer': {
    words: { vi: 'Cán bộ dữ liệu', en: 'Data officer', fr: 'Délégué aux données' },
    operations: [],
  },
  'programme-officer': {
    words: { vi: 'Cán bộ chương trình', en: 'Programme officer', fr: 'Chargé du programme' },
    operations: [],
  },
  agency: { words: { vi: 'Cơ quan', en: 'Agency', fr: 'Organisme' }, operations: [] },
  operator: {
    words: { vi: 'Người vận hành', en: 'Operator', fr: 'Exploitant' },
    operations: ['*'],
  },
  system: {
    words: { vi: 'Hệ thống', en: 'The system itself', fr: 'Le système lui-même' },
    operations: ['*'],
  },
}
