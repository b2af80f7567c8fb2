import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PROFILES } from '../src/profiles.ts'
import { ROOMS } from '../src/rooms.ts'

/** Queries that share transactions are asked by their room alone, so the rooms do not list them. */
const SHARED = new Set(['verify', 'verify.batch', 'check'])
/** Done at the command line alone, where the operator may do everything. */
const COMMAND_LINE = new Set(['unit.import', 'unit.recode', 'person.import', 'person.import-open'])
/** Done by the worker alone, as the program itself. */
const WORKER = new Set(['link-job.settle', 'link-job.shred'])
const listed = ROOMS.flatMap((room) => [...(room.commands ?? []), ...(room.queries ?? [])])
const names = listed.map(({ name }) => name)

test('every operation has a name of its own', () => {
  assert.ok(names.length > 30, 'the check must see the operations')
  assert.deepEqual(
    names.filter((name, at) => names.indexOf(name) !== at),
    [],
  )
})

for (const profile of PROFILES) {
  const granted = new Set(Object.values(profile.roles).flatMap(({ operations }) => operations))

  test(`${profile.id}: every operation is somebody's work, beside the operator's`, () => {
    assert.deepEqual(
      names.filter((name) => !granted.has(name) && !COMMAND_LINE.has(name) && !WORKER.has(name)),
      [],
    )
  })

  test(`${profile.id}: no role may do what does not exist`, () => {
    const known = new Set([...names, ...SHARED, '*'])
    assert.deepEqual(
      [...granted].filter((name) => !known.has(name)),
      [],
    )
  })

  test(`${profile.id}: every purpose and law an operation names is one of the profile`, () => {
    const purposes = new Set(profile.purposes.map(({ code }) => code))
    const laws = new Set(profile.legalBases.map(({ code }) => code))
    for (const { name, declaration } of listed) {
      const said = declaration as { purpose?: string; legalBasis?: string; purposes?: string[] }
      for (const code of [...(said.purposes ?? []), said.purpose]) {
        if (code !== undefined) assert.ok(purposes.has(code), `${name}: purpose ${code}`)
      }
      if (said.legalBasis !== undefined) {
        assert.ok(laws.has(said.legalBasis), `${name}: law ${said.legalBasis}`)
      }
    }
  })
}
