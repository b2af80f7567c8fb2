import { speakerOf } from '../kernel/index.ts'

/** This room's words for the command line. */
export const speak = speakerOf('exchange', new URL('./locales/', import.meta.url))
