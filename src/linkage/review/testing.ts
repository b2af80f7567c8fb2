import { profile as vn } from '../../../profiles/vn/index.ts'
import { EVERYTHING, withTestRoles } from '../../../test/commands.ts'
import { anActor, type TestKernel, testKernel } from '../../../test/kernel.ts'
import { type Actor, type Room, uuidv7 } from '../../kernel/index.ts'
import { room as kernelRoom } from '../../kernel/kernel-room.ts'
import { room as register } from '../../register/index.ts'
import { room } from '../index.ts'
import { putForReview } from './put.ts'
import type { Candidate, ComparedField, RowForReview } from './types.ts'

export const NOW = '2026-10-16T03:00:00.000Z'
export const HOME = '26773@2025-07-01'
export const ELSEWHERE = '00004@2025-07-01'
const ACT = '00000000-0000-7000-8000-0000000000ac'

/** A kernel with some units and nobody in it. */
export async function reviewKernel(
  rooms: readonly Room[] = [kernelRoom, register, room],
): Promise<TestKernel> {
  const profile = withTestRoles(vn)
  const kernel = await testKernel({ profile, rooms, now: NOW })
  await kernel.owner(
    `insert into register.act (act_id, kind, legal_basis, actor_id, recorded_at)
     values ($1, 'test', 'test', $1, $2)`,
    [ACT, NOW],
  )
  for (const unit of [
    ['79@2025-07-01', '79', 'province', 'city', 'Thành phố Hồ Chí Minh', null],
    [HOME, '26773', 'commune', 'ward', 'Dĩ An', '79@2025-07-01'],
    ['01@2025-07-01', '01', 'province', 'city', 'Hà Nội', null],
    [ELSEWHERE, '00004', 'commune', 'ward', 'Ba Đình', '01@2025-07-01'],
  ]) {
    await kernel.owner(
      `insert into register.unit (unit_id, code, level, kind, name, parent_id, valid, act_id)
       values ($1, $2, $3, $4, $5, $6, '[2025-07-01,)', $7) on conflict do nothing`,
      [...unit, ACT],
    )
  }
  return kernel
}

export const reviewer = (unit: string = HOME): Actor => anActor([[EVERYTHING, unit]], { unit })

const PERSON = {
  name: { full: 'Nguyễn Thị Minh Hạnh' },
  birth: { on: '1997-08-09' },
  sex: 'female',
  number: '036197004821',
  permanent: { unit: HOME, address: 'Số 7' },
}

/** Somebody of the register. */
export async function aPerson(
  kernel: TestKernel,
  more: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const id = uuidv7()
  await kernel.owner('insert into register.person values ($1, $2, $3)', [id, ACT, NOW])
  for (const [kind, value] of Object.entries({ ...PERSON, ...more })) {
    await kernel.owner(
      `insert into register.fact (person_id, kind, key, valid, value, act_id, recorded_at)
       values ($1, $2, '', '[2000-01-01,)', $3, $4, $5)`,
      [id, kind, JSON.stringify(value), ACT, NOW],
    )
  }
  return id
}

export const FIELDS: readonly ComparedField[] = [
  { name: 'name', level: 'near', weight: 3.1 },
  { name: 'birthdate', level: 'exact', weight: 12.4 },
  { name: 'sex', level: 'exact', weight: 1 },
  { name: 'number', level: 'different', weight: -7.9 },
  { name: 'resident_city', level: 'exact', weight: 5.6 },
]

export const candidateOf = (personId: string, more: Partial<Candidate> = {}): Candidate => ({
  personId,
  weight: 8.2,
  probability: 0.93,
  fields: FIELDS,
  ...more,
})

/** Puts one row up; answers the id of its case. */
export async function aCase(
  kernel: TestKernel,
  more: Partial<RowForReview> & { readonly personId?: string } = {},
): Promise<string> {
  const { personId = await aPerson(kernel), ...row } = more
  const checkId = uuidv7()
  await kernel.database.transaction((tx) =>
    putForReview({ tx, kernel }, [
      {
        checkId,
        row: '7',
        agency: { code: 'health', name: 'Bảo hiểm y tế' },
        cause: 'probable',
        unit: HOME,
        claims: {
          name: 'Nguyễn Thị Minh Hằng',
          birthdate: '1997-08-09',
          sex: 'female',
          number: '036172002915',
          resident_city: HOME,
        },
        model: 'v1',
        prior: -6,
        threshold: 16,
        candidates: [candidateOf(personId)],
        ...row,
      },
    ]),
  )
  const [made] = await kernel.owner<{ id: string }>(
    'select case_id as id from linkage.review_case where check_id = $1',
    [row.checkId ?? checkId],
  )
  return made?.id ?? ''
}
