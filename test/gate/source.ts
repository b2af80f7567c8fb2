import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'

export const ROOT = path.resolve(import.meta.dirname, '../..')

/** Our source files under the folders, as paths from the root. */
export function sourceFiles(...folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) => globSync(`${folder}/**/*.{ts,js}`, { cwd: ROOT })).sort()
}

/** Tests, and the helpers that a room's tests share. */
export function isTestFile(file: string): boolean {
  return file.endsWith('.test.ts') || path.basename(file) === 'testing.ts'
}

export function readSource(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8')
}

const FROM = /^[ \t]*(?:import|export)\b(?![ \t]*[.(])[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/gm
const BARE = /^[ \t]*import\s*['"]([^'"]+)['"]/gm
const ANY_IMPORT = /^[ \t]*import\b(?!\s*[.(])/gm
/** Comments that begin a line; a glob in a string looks like a comment and must not hide code. */
const COMMENTS = /^[ \t]*(?:\/\*[\s\S]*?\*\/|\/\/.*$)/gm
/** The form in which plain JavaScript imports a type. */
const IN_COMMENT = /\bimport\(['"]([^'"]+)['"]\)/g
const DYNAMIC = /\bimport\s*\(|\bcreateRequire\b|\brequire\s*\(/
/** Files that may load code other than by `import … from`, each with its reason. */
const MAY_LOAD: Readonly<Record<string, string>> = {
  'src/register/nation/generator.ts':
    'a profile is code, which no message carries: the thread gets the address of its module',
}

/**
 * Every module a file imports, type imports included.
 * @throws when the file loads code in a way this check does not follow
 */
export function importsOf(file: string): readonly string[] {
  return readImports(file, readSource(file))
}

export function readImports(file: string, text: string): readonly string[] {
  const froms = [...text.matchAll(FROM)]
  const bares = [...text.matchAll(BARE)]
  const statements = froms.filter(([whole]) => /^\s*import/.test(whole)).length + bares.length
  const written = [...text.matchAll(ANY_IMPORT)].length
  if (statements !== written) {
    throw new Error(`${file} has ${written} imports, of which this check reads ${statements}`)
  }
  if (!isTestFile(file) && MAY_LOAD[file] === undefined) {
    if (bares.length > 0) throw new Error(`${file} imports ${bares[0]?.[1]} without naming a thing`)
    const code = text.replaceAll(COMMENTS, '')
    const line = code.split('\n').find((words) => DYNAMIC.test(words))
    if (line !== undefined) throw new Error(`${file} loads code while it runs: ${line.trim()}`)
  }
  const types = [...text.matchAll(COMMENTS)].flatMap(([words]) => [...words.matchAll(IN_COMMENT)])
  return [...froms, ...bares, ...types].map(([, specifier = '']) => specifier)
}
