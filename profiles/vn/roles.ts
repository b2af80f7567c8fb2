import { withDuties } from '../duties.ts'

export const roles = withDuties({
  citizen: ['Công dân', 'Citizen', 'Citoyen'],
  'commune-officer': ['Cán bộ tiếp nhận cấp xã', 'Commune officer', 'Agent de la commune'],
  registrar: ['Công chức tư pháp - hộ tịch', 'Registrar', 'Officier d’état civil'],
  supervisor: ['Lãnh đạo phê duyệt cấp tỉnh', 'Supervisor', 'Responsable provincial'],
  reviewer: ['Cán bộ đối chiếu dữ liệu', 'Record reviewer', 'Vérificateur de dossiers'],
  inspector: ['Thanh tra an ninh', 'Security inspector', 'Inspecteur de la sécurité'],
  'data-protection-officer': [
    'Cán bộ bảo vệ dữ liệu cá nhân',
    'Data-protection officer',
    'Délégué à la protection des données',
  ],
  'sharing-officer': [
    'Cán bộ quản lý chia sẻ dữ liệu',
    'Data-sharing officer',
    'Chargé du partage des données',
  ],
  'programme-officer': [
    'Thành viên Tổ công tác Đề án 06',
    'Programme officer',
    'Chargé du programme',
  ],
  agency: ['Cơ quan khai thác', 'Agency', 'Organisme'],
  operator: ['Người vận hành', 'Operator', 'Exploitant'],
  system: ['Hệ thống', 'The system itself', 'Le système lui-même'],
})
