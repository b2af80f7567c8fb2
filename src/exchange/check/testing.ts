import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { TestKernel } from '../../../test/kernel.ts'
import { openSource } from '../../register/index.ts'
import { addAgency, addPerson, addUnits, COMMUNE, openKernel, TODAY } from '../testing.ts'
import type { CheckPlan } from './job.ts'

export const HEADER = 'row,number,full_name,birth_date,sex,commune_code'
export const XUAN = '079097375971,Nguyễn Tuấn Xuân,1997-01-26,M,26773'

/** A register of two persons, and files of agencies to check against it. */
export interface CheckStage {
  readonly kernel: TestKernel
  readonly folder: string
  fileOf(lines: readonly string[], header?: string): string
  /** An agency that has tried nothing yet: one test must not use up another's attempts. */
  anAgency(terms?: object): Promise<string>
  planOf(file: string, more?: Partial<CheckPlan>): Promise<CheckPlan>
  close(): Promise<void>
}

export async function openCheckStage(): Promise<CheckStage> {
  const kernel = await openKernel()
  const folder = mkdtempSync(path.join(os.tmpdir(), 'goc-check-'))
  let made = 0
  await addUnits(kernel)
  await addPerson(kernel, {
    number: '079097375971',
    name: 'Nguyễn Tuấn Xuân',
    born: '1997-01-26',
    sex: 'male',
    unit: COMMUNE,
    oldNumbers: ['024681012'],
  })
  await addPerson(kernel, {
    number: '079145000017',
    name: 'Lê Thị Hồng',
    born: '1945',
    sex: 'female',
    unit: COMMUNE,
    died: '2020-01-01',
  })
  const stage: CheckStage = {
    kernel,
    folder,
    fileOf(lines, header = HEADER) {
      const file = path.join(folder, `file-${++made}.csv`)
      writeFileSync(file, `${[header, ...lines].join('\n')}\n`)
      return file
    },
    async anAgency(terms = {}) {
      const cleaning = { purpose: 'data-cleaning', legalBasis: 'register.sharing', close: true }
      return (await addAgency(kernel, `tax-${++made}`, { ...cleaning, ...terms })).code
    },
    planOf: async (file, more = {}) => ({
      source: openSource(file),
      agency: more.agency ?? (await stage.anAgency()),
      purpose: 'data-cleaning',
      out: path.join(folder, `out-${++made}`),
      asOf: TODAY as CheckPlan['asOf'],
      despite: undefined,
      signal: new AbortController().signal,
      onProgress: () => {},
      threads: 1,
      ...more,
    }),
    async close() {
      await kernel.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  return stage
}

/** The rows of results.csv by the names of its columns. */
export function resultsOf(out: string): Record<string, string>[] {
  const [head = '', ...lines] = readFileSync(path.join(out, 'results.csv'), 'utf8')
    .trim()
    .split('\r\n')
  const names = head.split(',')
  return lines.map((line) =>
    Object.fromEntries(line.split(',').map((value, index) => [names[index] ?? '', value])),
  )
}
