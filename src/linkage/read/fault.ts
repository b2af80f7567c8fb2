import type { RefusalCode } from '../../kernel/index.ts'

/**
 * What is wrong with a table. A thread must start at once, so it does not load the kernel, and this
 * stands for the refusal that `readFiles` makes of it.
 */
export class TableFault extends Error {
  readonly code: RefusalCode
  readonly details: Readonly<Record<string, string>>
  constructor(code: RefusalCode, details: Readonly<Record<string, string>> = {}) {
    super(code)
    this.code = code
    this.details = details
  }
}
