import type { TestKernel } from '../../../test/kernel.ts'
import type { Operator } from '../../kernel/index.ts'

/** An operator whose words are kept. */
export function testOperator(kernel: TestKernel): Operator & { readonly printed: string[] } {
  const printed: string[] = []
  return {
    kernel,
    signal: new AbortController().signal,
    owner: () => Promise.reject(new Error('not in this test')),
    print: (line) => {
      printed.push(line)
    },
    progress: () => {},
    printed,
  }
}
