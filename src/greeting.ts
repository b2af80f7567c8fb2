import { formatNumber } from './kernel/formats.ts'
import type { Kernel } from './kernel/index.ts'
import { startWords } from './kernel/start/words.js'
import { countPersons } from './register/index.ts'
import { listAccounts } from './web/index.ts'

/** What the operator reads once the program serves: where, and as whom one may come in. */
export async function greetingLines(kernel: Kernel, note: string | null): Promise<string[]> {
  const { config, demonstration } = kernel
  const { language, url } = config
  const lines = ['', startWords('greeting.address', { url })]
  if (demonstration) {
    const persons = await kernel.database.transaction((tx) => countPersons(tx))
    lines.push(
      startWords('greeting.demonstration', { persons: formatNumber(language, persons) }),
      startWords('greeting.sign-in', { url: `${url}/sign-in` }),
    )
    const accounts = await listAccounts(kernel)
    const widest = Math.max(0, ...accounts.map(({ login }) => login.length))
    for (const { login, name, body } of accounts) {
      const who = body === name ? [name] : [name, body]
      lines.push(`  ${login.padEnd(widest)}  ${who.filter(Boolean).join(', ')}`)
    }
  }
  lines.push(startWords('greeting.data', { folder: config.dataDir }))
  if (note !== null) lines.push(note)
  return [...lines, startWords('greeting.stop'), '']
}
