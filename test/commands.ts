import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TObject } from 'typebox'
import {
  type Actor,
  type Command,
  execute,
  type Profile,
  Refusal,
  type RefusalCode,
  uuidv7,
} from '../src/kernel/index.ts'
import { anActor, Cut, type TestKernel } from './kernel.ts'

/** Whether an error is a refusal of this code: `assert.rejects(work, refused('person.same'))`. */
export const refused =
  (code: RefusalCode) =>
  (error: unknown): boolean => {
    if (!(error instanceof Refusal)) throw error
    assert.equal(error.code, code, JSON.stringify(error.details))
    return true
  }

/** A role that may do everything, beside those of the profile. */
export const EVERYTHING = 'everything'
/** A role that may do nothing. */
export const NOTHING = 'nothing'

/** The profile with two more roles, so that tests do not hang on who may do what today. */
export const withTestRoles = (profile: Profile): Profile => {
  const words = { vi: '', en: '', fr: '' }
  return {
    ...profile,
    roles: {
      ...profile.roles,
      citizen: { words, operations: ['*'] },
      [EVERYTHING]: { words, operations: ['*'] },
      [NOTHING]: { words, operations: [] },
    },
  }
}

/** What a command is tried with. */
export interface Trial {
  readonly kernel: TestKernel
  /** May do it, in the right area. */
  readonly actor: Actor
  /** May do it, elsewhere; absent where the command asks for no area. */
  readonly stranger?: Actor
  /** An input that is done; made anew for each try, with what it rests on. */
  readonly input: () => Promise<unknown>
  /** What the same input with another key comes to; absent: it may be done twice. */
  readonly again?: RefusalCode
}

/** Rows of everything that may be written, with those that were superseded. */
async function fingerprint(kernel: TestKernel): Promise<string> {
  const tables = await kernel.owner<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname in ('kernel', 'register', 'linkage', 'exchange')
       and tablename not like '%migration%' order by 1`,
  )
  const counted = tables.map(({ name }) => `select '${name}' as t, count(*)::int as n from ${name}`)
  const superseded = `select 'superseded', count(superseded_at)::int from register.fact
    union all select 'household superseded', count(superseded_at)::int from register.household_fact`
  return JSON.stringify(
    await kernel.owner(`${counted.join(' union all ')} union all ${superseded}`),
  )
}

/**
 * The five tries every command passes: permitted, forbidden, in the wrong area, twice, and cut
 * after each of its statements.
 */
export function tryCommand<Input extends TObject, Output>(
  command: Command<Input, Output>,
  trial: () => Trial,
): void {
  const name = command.name
  const run = (input: unknown, more: { actor?: Actor; key?: string } = {}) => {
    const { kernel, actor } = trial()
    return execute(command, input, { kernel, actor, key: uuidv7(), ...more })
  }
  const unchanged = async (work: () => Promise<unknown>, code: RefusalCode) => {
    const { kernel } = trial()
    const events = await kernel.count('kernel.audit_event')
    const facts = await kernel.count('register.fact')
    await assert.rejects(work, refused(code))
    assert.equal(await kernel.count('kernel.audit_event'), events + 1, 'the refusal is an event')
    assert.equal(await kernel.count('register.fact'), facts)
  }

  test(`${name}: who may do it does it, and the event and the facts are told`, async () => {
    const { kernel, input } = trial()
    const given = await input()
    const events = await kernel.count('kernel.audit_event')
    await run(given)
    assert.equal(await kernel.count('kernel.audit_event'), events + 1)
    const [told] = await kernel.owner<{ n: number }>(
      `select count(*)::int as n from kernel.outbox o
       where o.event_id = (select max(event_id::text)::uuid from kernel.audit_event)`,
    )
    assert.ok((told?.n ?? 0) > 0, 'something was told')
  })

  test(`${name}: who may not is refused, and nothing is written but that`, async () => {
    const { input } = trial()
    const given = await input()
    const actor = anActor([[NOTHING, 'nation']])
    await unchanged(() => run(given, { actor }), 'actor.not-permitted')
  })

  test(`${name}: outside the area it is refused`, async (t) => {
    const { stranger: actor, input } = trial()
    if (actor === undefined) return t.skip('it asks for no area')
    const given = await input()
    await unchanged(() => run(given, { actor }), 'actor.out-of-area')
  })

  test(`${name}: the same key again changes nothing and answers the same`, async () => {
    const { kernel, input, again } = trial()
    const given = await input()
    const key = uuidv7()
    const first = await run(given, { key })
    const before = await fingerprint(kernel)
    assert.deepEqual(await run(given, { key }), first)
    assert.equal(await fingerprint(kernel), before)
    if (again !== undefined) await unchanged(() => run(given), again)
  })

  test(`${name}: a cut after any statement leaves nothing behind`, async () => {
    const { kernel, input } = trial()
    const given = await input()
    const before = await fingerprint(kernel)
    let cut = 0
    try {
      for (; ; cut++) {
        kernel.cutAt(cut)
        try {
          await run(given)
          break
        } catch (error) {
          if (!(error instanceof Cut)) throw error
        }
        assert.equal(await fingerprint(kernel), before, `after statement ${cut}`)
      }
    } finally {
      kernel.cutAt(null)
    }
    // idempotency, at least one of its own, audit, outbox, answer, commit
    assert.ok(cut >= 6, `only ${cut} statements were cut`)
    assert.notEqual(await fingerprint(kernel), before)
  })
}
