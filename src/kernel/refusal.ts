/**
 * Every way the program says no, with its HTTP status. A code is public and stable: clients switch
 * on it. The words live in the locales (`refusal.<code>.title`, `refusal.<code>.remedy`).
 */
export const REFUSALS = {
  'request.invalid': 400,
  'request.too-large': 413,
  'request.unsupported-type': 415,
  'request.not-found': 404,
  'request.csrf': 403,
  'idempotency.key-missing': 400,
  'idempotency.key-reused': 409,
  'rate.exceeded': 429,

  'actor.unknown': 401,
  'actor.not-permitted': 403,
  'actor.out-of-area': 403,
  'actor.level-too-low': 403,
  'actor.same-person': 403,
  'session.expired': 401,
  'signin.wrong': 401,
  'purpose.not-allowed': 403,
  'case.not-matching': 403,

  'person.not-found': 404,
  'person.protected': 403,
  'person.deceased': 409,
  'person.merged': 409,
  'person.not-merged': 409,
  'person.same': 422,
  'person.already-exists': 409,
  'fact.not-found': 404,
  'fact.nothing-changed': 409,
  'fact.day-order': 422,
  'fact.in-future': 422,
  'fact.required': 422,
  'fact.changed-meanwhile': 409,
  'act.not-found': 404,
  'name.invalid': 422,
  'birth.after-registration': 422,
  'death.before-birth': 422,
  'death.already-registered': 409,
  'death.not-registered': 409,
  'number.invalid': 422,
  'number.not-found': 404,
  'number.exhausted': 409,
  'number.none': 409,
  'number.contradicts': 422,
  'kinship.cycle': 422,
  'kinship.impossible-age': 422,
  'kinship.exists': 409,
  'kinship.not-found': 404,
  'kinship.self': 422,
  'kinship.wrong-sex': 422,
  'opening.not-found': 404,
  'opening.already-approved': 409,
  'opening.unconfirmed': 403,
  'household.not-found': 404,
  'household.not-member': 409,
  'household.already-member': 409,
  'household.head-required': 422,
  'household.closed': 409,
  'residence.not-found': 404,
  'residence.exists': 409,
  'unit.not-found': 404,
  'unit.not-valid-on-day': 422,
  'unit.list-disagrees': 422,
  'unit.review-not-found': 404,
  'unit.later-list': 409,
  'unit.older-list-missing': 409,
  'unit.not-joined': 409,
  'search.narrow': 422,
  'search.too-short': 422,

  'import.file-not-found': 404,
  'import.header-wrong': 422,
  'import.running': 409,
  'import.not-a-file': 422,
  'import.not-permitted': 403,
  'import.empty': 422,
  'import.not-gzip': 422,
  'import.not-utf8': 422,
  'import.malformed': 422,
  'import.no-units': 409,

  'folder.not-writable': 422,
  'command.unknown': 404,
  'spec.invalid': 422,
  'table.not-permitted': 403,
  'table.format': 415,
  'table.damaged': 422,
  'table.encoding': 422,
  'table.one-column': 422,
  'table.column-missing': 422,
  'table.column-twice': 422,
  'table.nested': 422,
  'table.no-rows': 422,
  'table.too-large': 413,

  'nation.exists': 409,
  'nation.none': 409,
  'nation.cancelled': 409,
  'nation.not-demonstration': 409,

  'agency.not-found': 404,
  'agency.exists': 409,
  'agency.key-not-found': 404,
  'agency.key-exists': 409,
  'agreement.not-found': 404,
  'agreement.not-in-force': 403,
  'agreement.already-decided': 409,
  'agreement.same-approver': 403,
  'attribute.in-excess': 403,
  'quota.spent': 429,
  'attempts.spent': 429,
  'batch.too-large': 413,
  'batch.too-many-unknown': 422,
  'check.running': 409,
  'signature.missing': 401,
  'signature.malformed': 400,
  'signature.key-unknown': 401,
  'signature.wrong': 401,
  'signature.expired': 401,
  'signature.from-the-future': 401,
  'signature.replayed': 401,
  'signature.component-missing': 401,
  'digest.missing': 400,
  'digest.wrong': 400,

  'link-job.not-found': 404,
  'link-job.state': 409,
  'link-job.other-terms': 409,
  'link-job.part-wrong': 422,
  'link-job.file-wrong': 422,
  'link-job.incomplete': 409,

  'review.not-found': 404,
  'review.decided': 409,
  'review.not-disputed': 409,
  'correction.not-found': 404,
  'correction.closed': 409,

  'read.not-found': 404,
  'complaint.not-found': 404,
  'complaint.exists': 409,
  'complaint.answered': 409,
  'consent.not-found': 404,

  'ledger.event-not-found': 404,
  'ledger.not-yet-sequenced': 409,
  'ledger.proof-malformed': 422,
  'ledger.proof-wrong': 422,
  'ledger.index-out-of-range': 422,
  'ledger.note-malformed': 422,
  'ledger.key-unknown': 422,
  'ledger.inconsistent': 409,
  'ledger.hidden': 403,
  'ledger.tile-not-found': 404,
  'ledger.erasure-not-approved': 403,
} as const

export type RefusalCode = keyof typeof REFUSALS

/** What a refusal says beyond its code: names of fields and harmless values, never personal data. */
export type RefusalDetails = Readonly<Record<string, string>>

/** An expected "no", safe to show. Anything else that is thrown is a bug and becomes a bare 500. */
export class Refusal extends Error {
  readonly code: RefusalCode
  readonly status: number
  readonly details: RefusalDetails
  constructor(code: RefusalCode, details: RefusalDetails = {}) {
    super(code)
    this.name = 'Refusal'
    this.code = code
    this.status = REFUSALS[code]
    this.details = details
  }
}

/** The RFC 9457 body of a refusal; `title` and `remedy` are the reader's words. */
export interface Problem {
  readonly type: string
  readonly code: RefusalCode
  readonly status: number
  readonly title: string
  readonly detail: string
  readonly details?: RefusalDetails
}

export function problem(refusal: Refusal, words: { title: string; remedy: string }): Problem {
  return {
    type: `/problems/${refusal.code}`,
    code: refusal.code,
    status: refusal.status,
    title: words.title,
    detail: words.remedy,
    ...(Object.keys(refusal.details).length > 0 && { details: refusal.details }),
  }
}
