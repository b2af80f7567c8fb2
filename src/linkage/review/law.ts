/** Purposes and articles of the desk, by codes every profile puts into words. */
export const REVIEWING = { purpose: 'data-cleaning', legalBasis: 'register.sharing' } as const
export const CORRECTING = { purpose: 'register-keeping', legalBasis: 'register.keeping' } as const
