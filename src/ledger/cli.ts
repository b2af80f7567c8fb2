import { readFile, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import {
  ask,
  type CliCommand,
  type Kernel,
  OPERATOR,
  type Operator,
  speakerOf,
  type Translator,
  todayOf,
} from '../kernel/index.ts'
import { snapshotOn } from './client-tx.ts'
import { type Inspection, inspect } from './inspect.ts'
import { Claims } from './inspect-heads.ts'
import { PROOF_HEADER, parseProof } from './offline/proof.js'
import { openEvent } from './open-event.ts'
import { readPolicy } from './policy-file.ts'
import { proofText } from './proof.ts'
import { proofFor } from './prove.ts'

const REFUSED = 1
const WRONG_USAGE = 2

const wordsFor = speakerOf('ledger', new URL('./locales/', import.meta.url))

/** The words of a wrong command line; `undefined` when it can be read. */
function readArguments<T>(read: () => T, operator: Operator): T | undefined {
  try {
    return read()
  } catch (error) {
    operator.print(error instanceof Error ? error.message : String(error))
    return undefined
  }
}

/** `goc ledger verify`: recomputes the whole log and names whatever is wrong with it. */
export const verifyCommand: CliCommand = {
  name: 'ledger verify',
  usage:
    '[--checkpoint FILE]… [--json]   recompute the whole log; older checkpoints show a rewriting',
  async run(args, operator) {
    const options = {
      checkpoint: { type: 'string', multiple: true, default: [] as string[] },
      json: { type: 'boolean', default: false },
    } as const
    const parsed = readArguments(() => parseArgs({ args: [...args], options }).values, operator)
    if (parsed === undefined) return WRONG_USAGE
    const { kernel } = operator
    const t = wordsFor(kernel)
    const claims = await readClaims(kernel, parsed.checkpoint)
    const client = await operator.owner()
    try {
      const began = Date.now()
      const inspection = await snapshotOn(client, (tx) =>
        inspect(tx, {
          claims,
          today: todayOf(kernel),
          signal: operator.signal,
          progress: (lines, of) => operator.progress(progressLine(t, { lines, of, began })),
        }),
      )
      if (parsed.json) operator.print(JSON.stringify(asJson(inspection)))
      else for (const line of report(t, inspection)) operator.print(line)
      return inspection.found.size > 0 || operator.signal.aborted ? REFUSED : 0
    } finally {
      await client.end()
    }
  },
}

async function readClaims(kernel: Kernel, files: readonly string[]): Promise<Claims> {
  const policy = await readPolicy(kernel)
  const claims = new Claims({
    logs: policy.logs,
    witnesses: policy.witnesses.map((witness) => witness.key),
  })
  for (const file of files) {
    const text = await readFile(file, 'utf8')
    // A proof someone kept carries a checkpoint too.
    await claims.addFile(file, text.startsWith(PROOF_HEADER) ? parseProof(text).checkpoint : text)
  }
  return claims
}

function progressLine(
  t: Translator,
  { lines, of, began }: { readonly lines: number; readonly of: number; readonly began: number },
): string {
  const rate = lines / Math.max(0.001, (Date.now() - began) / 1000)
  const left = Math.ceil(Math.max(0, of - lines) / Math.max(1, rate))
  return t('ledger.verify.progress', {
    lines: t.number(lines),
    of: t.number(of),
    rate: t.number(Math.round(rate)),
    left,
  })
}

function report(t: Translator, inspection: Inspection): string[] {
  const { lines, erased, hidden, waiting, checkpoints, cosignatures, found, findings } = inspection
  const counted = { lines, erased, hidden, waiting, checkpoints, cosignatures }
  const values = Object.fromEntries(
    Object.entries(counted).map(([name, count]) => [name, t.number(count)]),
  )
  const words = findings.map(({ code, at }) => t(`ledger.finding.${code}`, { at }))
  const more = [...found].flatMap(([code, count]) => {
    const shown = findings.filter((finding) => finding.code === code).length
    return count > shown ? [t('ledger.verify.more', { code, n: count - shown })] : []
  })
  const verdict = found.size === 0 ? t('ledger.verify.right') : t('ledger.verify.wrong')
  return [t('ledger.verify.counted', values), ...words, ...more, verdict]
}

function asJson({ found, ...rest }: Inspection) {
  return { ok: found.size === 0, ...rest, found: Object.fromEntries(found) }
}

/** `goc ledger prove`: the proof file of one event, with the event itself only where asked for. */
export const proveCommand: CliCommand = {
  name: 'ledger prove',
  usage: 'EVENT_ID --out FILE [--with-event]   write the proof that an event is in the log',
  async run(args, operator) {
    const options = {
      out: { type: 'string' },
      'with-event': { type: 'boolean', default: false },
    } as const
    const parsed = readArguments(
      () => parseArgs({ args: [...args], options, allowPositionals: true }),
      operator,
    )
    const { kernel } = operator
    const t = wordsFor(kernel)
    const [eventId, ...others] = parsed?.positionals ?? []
    const out = parsed?.values.out
    if (parsed === undefined || eventId === undefined || out === undefined || others.length > 0) {
      operator.print(`goc ledger prove ${proveCommand.usage}`)
      return WRONG_USAGE
    }
    const file = parsed.values['with-event']
      ? await eventFile(kernel, eventId)
      : proofText(await kernel.database.transaction((tx) => proofFor(tx, eventId)))
    await writeFile(out, file)
    operator.print(t('ledger.prove.done', { out }))
    return 0
  },
}

async function eventFile(kernel: Kernel, eventId: string): Promise<string> {
  const asker = { kernel, actor: OPERATOR, purpose: 'operation' }
  return (await ask(openEvent, { eventId }, asker)).file
}
