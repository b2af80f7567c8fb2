import type { Role } from '../src/kernel/profile.ts'

/**
 * What each role may do, the same in every country that gives its roles no other cut: names of the
 * rooms' commands and queries, blanks between; `*` is all of them. The operator is whoever holds
 * the keys of the installation; the system is the program's own timed work.
 */
const DUTIES = {
  citizen: `
    my-reads my-proof my-copy consent.give consent.withdraw complaint.ask record.mine
    family.mine household.mine`,
  'commune-officer': `
    person.search person.record person.facts-as-of person.history act.get household.get
    opening.list opening.ask opening.break-glass person.register birth.register kinship.link
    kinship.end unit.reviews unit.review-decide residence.register-permanent
    residence.register-temporary residence.declare-current residence.report-absence
    residence.end-absence residence.end-temporary residence.deregister household.establish
    household.add-member household.remove-member household.move household.split household.merge
    household.change-head correction.list correction.close`,
  registrar: `
    person.search person.record person.facts-as-of person.history act.get household.get
    opening.list opening.ask opening.break-glass person.register birth.register death.register
    fact.correct fact.amend kinship.link kinship.end number.re-establish old-number.link
    correction.list correction.close`,
  supervisor: `
    person.search person.record person.facts-as-of person.history act.get household.get
    opening.list opening.ask opening.break-glass opening.approve fact.correct fact.amend
    death.register disappearance.register death.reverse person.merge person.unmerge
    person.protect person.unprotect number.re-establish number.cancel old-number.link
    unit.reviews unit.review-decide review.queue review.case review.adjudicate review.measure
    correction.list correction.close`,
  reviewer: 'review.queue review.case review.decide review.decide-many',
  inspector: `
    ledger.open-event complaints.list complaint.get complaint.answer reads.inspect
    reads.investigate opening.list opening.approve`,
  'data-protection-officer': `
    ledger.open-event ledger.request-erasure ledger.agree-to-erasure agreement.approve
    complaints.list complaint.get complaint.answer link-job.list link-job.approve
    link-job.continue`,
  'sharing-officer': `
    agency.register agency.add-key agency.revoke-key agreement.propose agreement.approve
    agreement.end link-job.list link-job.approve link-job.continue`,
  'programme-officer': '',
  agency: `
    verify verify.batch check complaints.list complaint.get complaint.answer
    link-job.plan link-job.store-part link-job.start link-job.cancel link-job.results`,
  operator: '*',
  system: '*',
} as const

type Titles = readonly [vi: string, en: string, fr: string]

/** The roles of a country, of which it says the titles alone. */
export function withDuties(
  titles: Readonly<Record<keyof typeof DUTIES, Titles>>,
): Readonly<Record<string, Role>> {
  return Object.fromEntries(
    Object.entries(DUTIES).map(([role, duties]) => {
      const [vi, en, fr] = titles[role as keyof typeof DUTIES]
      const operations = duties.split(/\s+/).filter((one) => one !== '')
      return [role, { words: { vi, en, fr }, operations }]
    }),
  )
}
