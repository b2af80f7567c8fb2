import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import test from 'node:test'
import { importsOf, isTestFile, sourceFiles } from './gate/source.ts'

/** A room may import the public face of the rooms it names, and nothing else of ours. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  kernel: [],
  web: ['kernel'],
  ledger: ['kernel', 'web'],
  register: ['kernel', 'web'],
  linkage: ['kernel', 'web', 'register'],
  identity: ['kernel', 'web', 'register'],
  'civil-status': ['kernel', 'web', 'register', 'linkage', 'identity'],
  exchange: ['kernel', 'web', 'register', 'linkage', 'ledger'],
  eid: ['kernel', 'web', 'register', 'identity', 'exchange'],
  credentials: ['kernel', 'web', 'register', 'identity', 'eid', 'exchange'],
  agencies: ['kernel', 'web', 'register', 'linkage', 'exchange'],
  services: [
    ...['kernel', 'web', 'register', 'identity'],
    ...['civil-status', 'exchange', 'eid', 'agencies'],
  ],
  programme: ['kernel', 'web'],
  assessment: ['kernel', 'web'],
}

/** What puts the house together imports all of it. */
const HEADS = [
  ...['rooms.ts', 'profiles.ts', 'app.ts', 'worker.ts', 'main.ts'],
  ...['house.ts', 'start.ts', 'cli.ts', 'operator.ts', 'greeting.ts', 'nation.ts'],
  ...['metrics.ts', 'backup.ts', 'doctor.ts'],
]
/** What the core knows of a country is the kernel's second face. */
const KERNEL_FACES = ['src/kernel/index.ts', 'src/kernel/profile.ts']
/**
 * All that a profile knows of the program (`kernel/profile.ts` re-exports the days of the other),
 * and what the countries share.
 */
const PROFILE_MAY_IMPORT = [
  ...['src/kernel/profile.ts', 'src/kernel/time.ts'],
  'profiles/duties.ts',
]
/** Packages that exist for tests and checks only. */
const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  dependencies: Record<string, string>
}

interface Place {
  readonly part: 'src' | 'profiles' | 'client' | 'other'
  /** The room or the profile; empty for a file that lies in none. */
  readonly room: string
}

function placeOf(file: string): Place {
  const [part = '', room = '', ...rest] = file.split('/')
  if (part !== 'src' && part !== 'profiles' && part !== 'client') return { part: 'other', room: '' }
  return { part, room: rest.length === 0 ? '' : room }
}

/** Why `file` may not import `target` (both from the root); null when it may. */
function forbidden(file: string, target: string): string | null {
  const [from, to] = [placeOf(file), placeOf(target)]
  if (from.part === to.part && from.room === to.room) return null
  const isTest = isTestFile(file)
  // A test may also set its stage: the harness, the whole program, parts of the kernel.
  if (isTest && (to.part !== 'src' || to.room === '' || to.room === 'kernel')) return null
  // The client's tests need a server to call.
  if (from.part === 'client') return isTest ? null : 'the client stands alone'
  // `goc call` and the demonstration call as any integrator does.
  if (from.room === 'exchange' && target === 'client/index.ts') return null
  if (from.part === 'profiles') {
    return PROFILE_MAY_IMPORT.includes(target) ? null : 'a profile knows only kernel/profile.ts'
  }
  if (from.room === '') {
    return HEADS.includes(path.basename(file)) ? null : 'only the heads of the house lie in no room'
  }
  if (to.part !== 'src' || to.room === '') return 'a room sees rooms only'
  if (!MAY_IMPORT[from.room]?.includes(to.room)) return `${from.room} may not import ${to.room}`
  const faces = to.room === 'kernel' ? KERNEL_FACES : [`src/${to.room}/index.ts`]
  return faces.includes(target) ? null : `it reaches inside ${to.room}`
}

const files = sourceFiles('src', 'profiles', 'client')

test('the check sees the source', () => {
  assert.ok(files.length > 50, `only ${files.length} files were seen`)
  for (const part of ['src/kernel/', 'src/register/', 'src/exchange/', 'profiles/vn/']) {
    assert.ok(
      files.some((file) => file.startsWith(part)),
      `no file of ${part} was seen`,
    )
  }
})

test('every room is on the map', () => {
  for (const file of files) {
    const { part, room } = placeOf(file)
    if (part === 'src' && room !== '') assert.ok(MAY_IMPORT[room], `src/${room} is not on the map`)
  }
})

test('rooms import only what the map allows, and only through index.ts', () => {
  const found: string[] = []
  let seen = 0
  for (const file of files) {
    for (const specifier of importsOf(file)) {
      seen++
      if (!specifier.startsWith('.')) continue
      const target = path.posix.join(path.posix.dirname(file), specifier)
      const reason = forbidden(file, target)
      if (reason !== null) found.push(`${file} imports ${specifier}: ${reason}`)
    }
  }
  assert.ok(seen > 200, `only ${seen} imports were seen`)
  assert.ok(found.length === 0, found.join('\n'))
})

test('the program imports node and its own dependencies, never the tools of tests', () => {
  const found: string[] = []
  for (const file of files.filter((name) => !isTestFile(name))) {
    for (const specifier of importsOf(file)) {
      if (specifier.startsWith('.') || specifier.startsWith('node:')) continue
      const name = specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1)
      if (dependencies[name.join('/')] === undefined) found.push(`${file} imports ${specifier}`)
    }
  }
  assert.ok(found.length === 0, found.join('\n'))
})

test('the map has no circle', () => {
  const walk = (room: string, way: readonly string[]) => {
    assert.ok(!way.includes(room), `a circle: ${[...way, room].join(' > ')}`)
    for (const next of MAY_IMPORT[room] ?? []) walk(next, [...way, room])
  }
  for (const room of Object.keys(MAY_IMPORT)) walk(room, [])
})

test('the rules say no where they should', () => {
  assert.equal(forbidden('src/register/a.ts', 'src/kernel/index.ts'), null)
  assert.equal(forbidden('profiles/vn/index.ts', 'src/kernel/profile.ts'), null)
  for (const [file, target] of [
    ['src/kernel/a.ts', 'src/register/index.ts'],
    ['src/register/a.ts', 'src/exchange/index.ts'],
    ['src/register/a.ts', 'src/kernel/database.ts'],
    ['src/register/a.ts', 'profiles/vn/index.ts'],
    ['src/register/a.ts', 'src/rooms.ts'],
    ['src/helpers.ts', 'src/kernel/index.ts'],
    ['profiles/vn/index.ts', 'src/kernel/index.ts'],
    ['profiles/vn/index.ts', 'profiles/demo/index.ts'],
    ['client/index.ts', 'src/kernel/index.ts'],
  ] as const) {
    assert.notEqual(forbidden(file, target), null, `${file} > ${target}`)
  }
})
