import { withDuties } from '../duties.ts'

export const roles = withDuties({
  citizen: ['Công dân', 'Citizen', 'Citoyen'],
  'commune-officer': ['Nhân viên thị xã', 'Town clerk', 'Greffier municipal'],
  registrar: ['Hộ tịch viên', 'Registrar', 'Registraire'],
  supervisor: ['Giám sát vùng', 'Regional supervisor', 'Superviseur régional'],
  reviewer: ['Người đối chiếu', 'Record reviewer', 'Vérificateur de dossiers'],
  inspector: ['Thanh tra', 'Inspector', 'Inspecteur'],
  'data-protection-officer': ['Cán bộ dữ liệu', 'Data officer', 'Délégué aux données'],
  'sharing-officer': ['Cán bộ chia sẻ', 'Sharing officer', 'Chargé du partage'],
  'programme-officer': ['Cán bộ chương trình', 'Programme officer', 'Chargé du programme'],
  agency: ['Cơ quan', 'Agency', 'Organisme'],
  operator: ['Người vận hành', 'Operator', 'Exploitant'],
  system: ['Hệ thống', 'The system itself', 'Le système lui-même'],
})
