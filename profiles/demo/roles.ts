import type { Role } from '../../src/kernel/profile.ts'

type Titles = readonly [vi: string, en: string, fr: string]

/** Names of the rooms' commands and queries, blanks between; `*` is all of them. */
const role = ([vi, en, fr]: Titles, operations: string): Role => ({
  words: { vi, en, fr },
  operations: operations.split(/\s+/).filter((one) => one !== ''),
})

/**
 * Who may do what. The operator is whoever holds the keys of the installation; the system is the
 * program's own timed work.
 */
export const roles: Readonly<Record<string, Role>> = {
  citizen: role(
    ['Công dân', 'Citizen', 'Citoyen'],
    `my-reads my-proof my-copy consent.give consent.withdraw complaint.ask record.mine family.mine
      household.mine`,
  ),
  'commune-officer': role(
    ['Nhân viên thị xã', 'Town clerk', 'Greffier municipal'],
    `person.search person.record person.facts-as-of person.history act.get household.get
      opening.list opening.ask opening.break-glass person.register birth.register
      kinship.link kinship.end unit.reviews unit.review-decide residence.register-permanent
      residence.register-temporary residence.declare-current residence.report-absence
      residence.end-absence residence.end-temporary residence.deregister household.establish
      household.add-member household.remove-member household.move household.split
      household.merge household.change-head`,
  ),
  registrar: role(
    ['Hộ tịch viên', 'Registrar', 'Registraire'],
    `person.search person.record person.facts-as-of person.history act.get household.get
      opening.list opening.ask opening.break-glass person.register birth.register death.register
      fact.correct fact.amend kinship.link kinship.end number.re-establish old-number.link`,
  ),
  supervisor: role(
    ['Giám sát vùng', 'Regional supervisor', 'Superviseur régional'],
    `person.search person.record person.facts-as-of person.history act.get household.get
      opening.list opening.ask opening.break-glass opening.approve fact.correct fact.amend
      death.register disappearance.register death.reverse person.merge person.unmerge person.protect
      person.unprotect number.re-establish number.cancel old-number.link unit.reviews
      unit.review-decide`,
  ),
  inspector: role(
    ['Thanh tra', 'Inspector', 'Inspecteur'],
    `ledger.open-event complaints.list complaint.get complaint.answer reads.inspect
      reads.investigate opening.approve`,
  ),
  'data-protection-officer': role(
    ['Cán bộ dữ liệu', 'Data officer', 'Délégué aux données'],
    `ledger.open-event ledger.request-erasure ledger.agree-to-erasure
      agreement.approve complaints.list complaint.get complaint.answer`,
  ),
  'sharing-officer': role(
    ['Cán bộ chia sẻ', 'Sharing officer', 'Chargé du partage'],
    `agency.register agency.add-key agency.revoke-key agreement.propose
      agreement.approve agreement.end`,
  ),
  'programme-officer': role(
    ['Cán bộ chương trình', 'Programme officer', 'Chargé du programme'],
    '',
  ),
  agency: role(
    ['Cơ quan', 'Agency', 'Organisme'],
    'verify verify.batch check complaints.list complaint.get complaint.answer',
  ),
  operator: role(['Người vận hành', 'Operator', 'Exploitant'], '*'),
  system: role(['Hệ thống', 'The system itself', 'Le système lui-même'], '*'),
}
