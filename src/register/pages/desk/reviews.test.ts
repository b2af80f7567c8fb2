import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { profile as vn } from '../../../../profiles/vn/index.ts'
import { EVERYTHING } from '../../../../test/commands.ts'
import { anActor } from '../../../../test/kernel.ts'
import { type PlainDay, uuidv7 } from '../../../kernel/index.ts'
import { aPerson } from '../../testing.ts'
import type { UnitId } from '../../types.ts'
import { unitsOf } from '../../unit/units.ts'
import { type Client, type DeskStage, deskStage, textOf } from './testing.ts'

let stage: DeskStage
let officer: Client
/** A unit that went into several, and one of those. */
let split: UnitId
let part: UnitId
before(async () => {
  stage = await deskStage(vn)
  const { kernel } = stage
  const units = await kernel.database.transaction((tx) => unitsOf({ tx, kernel }))
  const found = [...units.rows()].find(
    ({ id, to }) =>
      units.successorsOf(id).length > 1 &&
      to !== null &&
      units.isResidential(id, '2024-01-01' as PlainDay),
  )
  split = found?.id ?? ''
  part = units.successorsOf(split)[1] ?? ''
  const actor = anActor([[EVERYTHING, part]], { unit: part })
  officer = await stage.enter(actor)
})
after(() => stage.close())

/** Somebody who lived in the unit when it was split, and whom nobody has placed yet. */
async function someoneToPlace(): Promise<string> {
  const number = await aPerson(stage)
  const { kernel } = stage
  const [row] = await kernel.owner<{ id: string; act: string }>(
    `select n.person_id as id, f.act_id as act from register.number n
     join register.fact f using (person_id) where n.number = $1 and f.kind = 'name'`,
    [number],
  )
  await kernel.owner(
    `insert into register.fact (person_id, kind, valid, value, act_id, recorded_at)
     values ($1, 'permanent', '[2010-01-01,)', $2, $3, $4)`,
    [row?.id, { unit: split, address: 'Thôn 9' }, row?.act, kernel.now()],
  )
  await kernel.owner(
    `insert into register.unit_review (review_id, person_id, fact_kind, unit_id, recorded_at)
     values ($1, $2, 'permanent', $3, $4)`,
    [uuidv7(), row?.id, split, kernel.now()],
  )
  return number
}

test('who lived in a unit that was split is placed by an officer of a part, once', async () => {
  await someoneToPlace()
  assert.match(textOf(await officer.get('/desk')), /Residences to place.*1 item/)
  const list = await officer.get('/desk/reviews')
  assert.match(textOf(list), /1 person left.*Thôn 9/)
  const hidden = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(list.body)?.[1]
  const decided = {
    review: hidden('review') ?? '',
    unit: hidden('unit') ?? '',
    successor: part,
    'act-kind': 'verification',
    document: 'BB 12/2026',
  }
  const elsewhere = await officer.post('/desk/reviews', { ...decided, successor: stage.home })
  assert.equal(elsewhere.statusCode, 403)
  stage.tick()
  const done = await officer.post('/desk/reviews', decided)
  assert.match(textOf(done), /The residence is recorded.*Nobody is left/)
  const again = await officer.post('/desk/reviews', decided)
  assert.equal(again.statusCode, 404)
})
