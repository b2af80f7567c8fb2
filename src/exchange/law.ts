/**
 * Purposes and articles of what this room itself does, by codes every profile puts into words. What
 * agencies ask for has the purpose and the article of their agreement.
 */
export const LAW = {
  /** Making and ending the right to ask. */
  sharing: { purpose: 'operation', legalBasis: 'register.sharing' },
  /** A person's own view of the record, and of who read it. */
  ownRecord: { purpose: 'own-record', legalBasis: 'subject.access' },
  consent: { purpose: 'own-record', legalBasis: 'subject.consent' },
  complaint: { purpose: 'complaint', legalBasis: 'subject.complaint' },
  /** An agency's list checked against the register by the operator. */
  cleaning: { purpose: 'data-cleaning', legalBasis: 'register.sharing' },
} as const
