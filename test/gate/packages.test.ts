import assert from 'node:assert/strict'
import test from 'node:test'
import { readSource } from './source.ts'

interface Package {
  readonly version?: string
  readonly integrity?: string
  readonly license?: string
  readonly dev?: boolean
  readonly optionalDependencies?: Readonly<Record<string, string>>
}
interface Manifest {
  readonly dependencies: Record<string, string>
  readonly devDependencies: Record<string, string>
  readonly optionalDependencies: Record<string, string>
}

const manifest: Manifest = JSON.parse(readSource('package.json'))
const lock: { packages: Record<string, Package> } = JSON.parse(readSource('package-lock.json'))
const packages = Object.entries(lock.packages).filter(([place]) => place !== '')

const ALLOWED = new Set([
  ...['0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'CC0-1.0'],
  ...['ISC', 'MIT', 'OFL-1.1', 'Python-2.0', 'Unlicense', 'Zlib'],
])
/** File-level copyleft is no burden on a tool that is never shipped. */
const ALLOWED_IN_DEVELOPMENT = new Set([...ALLOWED, 'MPL-2.0', 'CC-BY-4.0'])
/** The lockfile knows no licence for these; read in the file named. */
const READ_BY_US: Readonly<Record<string, string>> = {
  'node_modules/png-js': 'MIT', // LICENSE
}

/** `A AND B` needs both, `A OR B` one of them (SPDX expressions without brackets). */
function isAllowed(expression: string, allowed: ReadonlySet<string>): boolean {
  return expression
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((name) => allowed.has(name.trim())))
}

test('every package has a licence that lets a government use, change and pass on the whole', () => {
  assert.ok(packages.length > 100, `only ${packages.length} packages were seen`)
  for (const [place, { license, dev }] of packages) {
    const expression = license ?? READ_BY_US[place] ?? 'none'
    const allowed = dev ? ALLOWED_IN_DEVELOPMENT : ALLOWED
    assert.ok(isAllowed(expression, allowed), `${place}: ${expression}`)
  }
  assert.equal(isAllowed('MIT AND GPL-3.0', ALLOWED), false)
  assert.equal(isAllowed('GPL-3.0 OR MIT', ALLOWED), true)
})

test('the lockfile holds every optional package of all: npm ci refuses one that lacks any', () => {
  const names = new Set(packages.map(([place]) => place.split('node_modules/').at(-1)))
  const wanting = Object.entries(lock.packages).filter(([, known]) => known.optionalDependencies)
  assert.ok(wanting.length >= 4, `only ${wanting.length} packages with optional ones were seen`)
  for (const [place, { optionalDependencies }] of wanting) {
    for (const name of Object.keys(optionalDependencies ?? {})) {
      assert.ok(names.has(name), `${name}, which ${place || 'package.json'} names, is not locked`)
    }
  }
  for (const [name, version] of Object.entries(manifest.optionalDependencies)) {
    assert.equal(lock.packages[`node_modules/${name}`]?.version, version, name)
  }
})

test('versions are exact and locked by their content', () => {
  const { dependencies, devDependencies, optionalDependencies } = manifest
  const all = { ...dependencies, ...devDependencies, ...optionalDependencies }
  for (const [name, version] of Object.entries(all)) {
    assert.match(version, /^\d+\.\d+\.\d+(-[\w.]+)?$/, `${name} is not pinned`)
    assert.equal(lock.packages[`node_modules/${name}`]?.version, version, name)
  }
  for (const [place, { integrity }] of packages) assert.match(integrity ?? '', /^sha512-/, place)
})

test('few packages, each the best kept of its own field', () => {
  assert.ok(Object.keys(manifest.dependencies).length <= 30)
  assert.ok(Object.keys(manifest.devDependencies).length <= 15)
})
