import type { Basis } from '../act.ts'

/** Purpose and law of what concerns residences and households. */
export const RESIDENCE: Basis = { purpose: 'residence', legalBasis: 'register.residence' }
