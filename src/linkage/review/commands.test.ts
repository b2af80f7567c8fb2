import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { refused, tryCommand } from '../../../test/commands.ts'
import { anActor, type TestKernel } from '../../../test/kernel.ts'
import { ask, execute, uuidv7 } from '../../kernel/index.ts'
import { adjudicateReview, decideMany, decideReview } from './commands.ts'
import { closeCorrectionCommand, listCorrectionsQuery } from './correction.ts'
import { forgetClaims } from './jobs.ts'
import { isSeedDue, putForReview } from './put.ts'
import { measureReviews, reviewCase, reviewQueue } from './queries.ts'
import { listLabelledPairs } from './store.ts'
import { aCase, aPerson, candidateOf, ELSEWHERE, NOW, reviewer, reviewKernel } from './testing.ts'

let kernel: TestKernel
before(async () => {
  kernel = await reviewKernel()
})
after(() => kernel.close())

const officer = reviewer()
const stranger = reviewer(ELSEWHERE)
const trial = (more: { input: () => Promise<unknown>; again?: 'actor.same-person' }) => () => ({
  kernel,
  actor: officer,
  stranger,
  ...more,
})
const SAME = { decision: 'same', reason: 'typing' }
const DIFFERENT = { decision: 'different', reason: 'namesake' }
type Words = { decision: string; reason: string; candidate?: number }
const decide = (id: string, words: Words = SAME, actor = reviewer()) =>
  execute(decideReview, { case: id, ...words }, { kernel, actor, key: uuidv7() })
const adjudicate = (id: string, words: Words = SAME, actor = reviewer()) =>
  execute(adjudicateReview, { case: id, ...words }, { kernel, actor, key: uuidv7() })
const PURPOSE = 'data-cleaning'
const look = (id: string, actor = reviewer(), more = {}) =>
  ask(reviewCase, { case: id, ...more }, { kernel, actor, purpose: PURPOSE })
const queueOf = (wish = {}, actor = reviewer()) =>
  ask(reviewQueue, wish, { kernel, actor, purpose: PURPOSE })
async function aDispute(): Promise<string> {
  const id = await aCase(kernel)
  await decide(id, SAME)
  await decide(id, DIFFERENT)
  return id
}
const stateOf = async (id: string) => {
  const [row] = await kernel.owner<{ status: string; decision: string | null }>(
    'select status, decision from linkage.review_case where case_id = $1',
    [id],
  )
  return row
}
const told = async (name: string) => {
  const [row] = await kernel.owner<{ n: number }>(
    'select count(*)::int as n from kernel.outbox where name = $1',
    [name],
  )
  return row?.n ?? 0
}
async function aCorrection(): Promise<string> {
  const id = await aCase(kernel)
  await decide(id, { ...SAME, reason: 'register-error' })
  await decide(id, { ...SAME, reason: 'register-error' })
  const [row] = await kernel.owner<{ id: string }>(
    'select correction_id as id from linkage.correction where case_id = $1',
    [id],
  )
  return row?.id ?? ''
}

tryCommand(
  decideReview,
  trial({
    input: async () => ({ case: await aCase(kernel), ...SAME }),
    again: 'actor.same-person',
  }),
)
tryCommand(
  adjudicateReview,
  trial({ input: async () => ({ case: await aDispute(), ...SAME }), again: 'actor.same-person' }),
)
tryCommand(
  decideMany,
  trial({
    input: async () => ({
      cases: [await aCase(kernel), await aCase(kernel)],
      cause: 'probable',
      ...SAME,
    }),
  }),
)
tryCommand(
  closeCorrectionCommand,
  trial({
    input: async () => ({
      correction: await aCorrection(),
      outcome: 'register-right',
      document: 'GKS 12/1997',
    }),
  }),
)

describe('two independent reviewers', () => {
  test('settle a pair when they agree, and nothing is told before', async () => {
    const id = await aCase(kernel)
    const before = await told('review.decided')
    assert.deepEqual(await decide(id), { case: id, isSettled: false })
    assert.deepEqual(await stateOf(id), { status: 'second', decision: null })
    assert.equal(await told('review.decided'), before)
    assert.deepEqual(await decide(id), { case: id, isSettled: true })
    assert.deepEqual(await stateOf(id), { status: 'decided', decision: 'same' })
    assert.equal(await told('review.decided'), before + 1)
    await assert.rejects(decide(id), refused('review.decided'))
    await assert.rejects(look(id), refused('review.decided'))
  })

  test('are two persons, and neither learns what the other said', async () => {
    const id = await aCase(kernel)
    const first = reviewer()
    await decide(id, SAME, first)
    await assert.rejects(decide(id, SAME, first), refused('actor.same-person'))
    const seen = await look(id)
    assert.deepEqual(seen.said, [])
    assert.ok(!('truth' in seen.head))
    await assert.rejects(look(id, first), refused('review.decided'))
  })

  test('who differ leave it to a third, who sees both and is neither of them', async () => {
    const id = await aCase(kernel)
    const [first, second] = [reviewer(), reviewer()]
    await assert.rejects(adjudicate(id), refused('review.not-disputed'))
    await decide(id, SAME, first)
    await decide(id, DIFFERENT, second)
    assert.deepEqual(await stateOf(id), { status: 'disputed', decision: null })
    await assert.rejects(adjudicate(id, SAME, second), refused('actor.same-person'))
    const seen = await look(id)
    assert.deepEqual(
      seen.said.map(({ decision }) => decision),
      ['same', 'different'],
    )
    await adjudicate(id, DIFFERENT)
    assert.deepEqual(await stateOf(id), { status: 'decided', decision: 'different' })
  })

  test('at the same moment are a first and a second, never two firsts', async () => {
    const id = await aCase(kernel)
    const all = await Promise.allSettled([decide(id), decide(id), decide(id)])
    assert.equal(all.filter(({ status }) => status === 'fulfilled').length, 2)
    assert.equal((await stateOf(id))?.status, 'decided')
  })

  test('who mean different candidates disagree; one who was not shown cannot be meant', async () => {
    const candidates = [
      candidateOf(await aPerson(kernel)),
      candidateOf(await aPerson(kernel), { probability: 0.4 }),
    ]
    const id = await aCase(kernel, { candidates, cause: 'ambiguous' })
    const third = { ...SAME, candidate: 3 }
    await assert.rejects(decide(id, third), refused('request.invalid'))
    await decide(id, { ...SAME, candidate: 1 })
    await decide(id, { ...SAME, candidate: 2 })
    assert.equal((await stateOf(id))?.status, 'disputed')
  })
})

test('a reviewer sees no number but where it differs; whoever settles sees all of it', async () => {
  const id = await aCase(kernel)
  const plain = anActor([['reviewer', 'nation']])
  const field = (seen: Awaited<ReturnType<typeof look>>) =>
    seen.fields.find(({ name }) => name === 'number')
  const masked = field(await look(id, plain))
  assert.deepEqual([masked?.theirs, masked?.ours], ['••••72••2915', '••••97••4821'])
  const whole = field(await look(id, anActor([['supervisor', 'nation']])))
  assert.deepEqual([whole?.theirs, whole?.ours], ['036172002915', '036197004821'])
})

test('of a protected person the desk shows nothing of the register', async () => {
  const personId = await aPerson(kernel, { protected: { reason: 'witness' } })
  const seen = await look(await aCase(kernel, { personId }))
  assert.ok(seen.shown.isProtected)
  assert.equal(seen.shown.name, null)
  assert.ok(seen.fields.every(({ ours }) => ours === null))
})

test('everybody compared with sees it in their own log', async () => {
  const personId = await aPerson(kernel)
  await look(await aCase(kernel, { personId }))
  const [row] = await kernel.owner<{ body: string }>(
    'select body from kernel.audit_event order by event_id desc limit 1',
  )
  const body = JSON.parse(row?.body ?? '{}')
  assert.equal(body.operation, 'review.case')
  assert.equal(body.purpose, PURPOSE)
  assert.ok(body.attributes.includes('birthdate'))
})

test('a row is put up once, however often its check goes over it', async () => {
  const checkId = uuidv7()
  const id = await aCase(kernel, { checkId })
  assert.equal(await aCase(kernel, { checkId }), id)
  const none = await kernel.database.transaction((tx) => putForReview({ tx, kernel }, []))
  assert.equal(none, 0)
})

test('the queue is what this reviewer may and has yet to see, by cause, office and probability', async () => {
  const mine = reviewer()
  const id = await aCase(kernel, {
    cause: 'mismatch',
    candidates: [candidateOf(await aPerson(kernel), { probability: 0.61 })],
  })
  const holds = async (wish: object, actor = mine) =>
    (await queueOf(wish, actor)).rows.some(({ caseId }) => caseId === id)
  assert.ok(await holds({}))
  assert.ok(await holds({ cause: 'mismatch', band: 'middle', office: '79@2025-07-01' }))
  assert.ok(!(await holds({ cause: 'ambiguous' })))
  assert.ok(!(await holds({ band: 'high' })))
  assert.ok(!(await holds({ office: ELSEWHERE })))
  assert.ok(!(await holds({}, stranger)))
  await decide(id, SAME, mine)
  assert.ok(!(await holds({})))
  assert.ok(await holds({}, reviewer()))
})

test('many of one cause are decided at once, each still by two', async () => {
  const ids = [await aCase(kernel), await aCase(kernel)]
  const other = await aCase(kernel, { cause: 'mismatch' })
  const many = (cases: string[], actor = reviewer()) =>
    execute(decideMany, { cases, cause: 'probable', ...SAME }, { kernel, actor, key: uuidv7() })
  await assert.rejects(many([...ids, other]), refused('request.invalid'))
  const actor = reviewer()
  assert.deepEqual(await many(ids, actor), { decided: 2, left: 0 })
  await assert.rejects(many(ids, actor), refused('review.decided'))
  assert.deepEqual(await many(ids), { decided: 2, left: 0 })
  assert.equal((await stateOf(ids[0] ?? ''))?.status, 'decided')
})

describe('a mismatch that is the register’s error', () => {
  const list = (closed = false, actor = officer) =>
    ask(listCorrectionsQuery, { closed }, { kernel, actor, purpose: 'register-keeping' })

  test('waits for the office in charge, by the tenth working day', async () => {
    const id = await aCorrection()
    const found = (await list()).find(({ correctionId }) => correctionId === id)
    // Friday 16 October 2026 and ten working days: Friday 30 October.
    assert.equal(found?.dueOn, '2026-10-30')
    assert.deepEqual(found?.fields, ['name', 'number'])
    assert.equal(found?.unit, '26773@2025-07-01')
    assert.equal(found?.name, 'Nguyễn Thị Minh Hạnh')
    assert.ok(!(await list(false, stranger)).some(({ correctionId }) => correctionId === id))
  })

  test('is closed once, with the document it rests on', async () => {
    const correction = await aCorrection()
    const close = () =>
      execute(
        closeCorrectionCommand,
        { correction, outcome: 'corrected', document: 'TL 7/2026' },
        { kernel, actor: officer, key: uuidv7() },
      )
    await close()
    await assert.rejects(close(), refused('correction.closed'))
    assert.ok((await list(true)).some(({ correctionId }) => correctionId === correction))
  })
})

describe('seeded pairs', () => {
  test('look like any other, measure the reviewer, and nothing follows from them', async () => {
    const before = await told('review.decided')
    const id = await aCase(kernel, { truth: 'different' })
    const [right, wrong] = [reviewer(), reviewer()]
    await decide(id, DIFFERENT, right)
    await decide(id, { ...SAME, reason: 'register-error' }, wrong)
    await adjudicate(id, { ...SAME, reason: 'register-error' })
    assert.equal(await told('review.decided'), before)
    const seeded = await kernel.owner('select from linkage.correction where case_id = $1', [id])
    assert.equal(seeded.length, 0)
    const measures = await ask(measureReviews, {}, { kernel, actor: officer, purpose: PURPOSE })
    const shares = measures.reviewers.filter(({ seeded: n }) => n > 0).map(({ right: n }) => n)
    assert.deepEqual(shares.sort(), [0, 0, 1])
    assert.ok(measures.pairs > 0 && measures.kappa !== null)
  })

  test('are one in twenty of what is put up', () => {
    let put = { cases: 0, seeds: 0 }
    for (let n = 0; n < 1_900; n++) {
      put = { ...put, cases: put.cases + 1 }
      if (isSeedDue(put)) put = { ...put, seeds: put.seeds + 1 }
    }
    assert.equal(put.seeds, 100)
  })
})

test('decisions teach: levels with what persons said of them, and nobody’s data', async () => {
  const pairs = await kernel.database.transaction((tx) => listLabelledPairs(tx, 1_000))
  assert.ok(pairs.length > 5)
  assert.ok(pairs.some(({ isMatch }) => isMatch) && pairs.some(({ isMatch }) => !isMatch))
  assert.deepEqual(Object.keys(pairs[0]?.fields[0] ?? {}).sort(), ['level', 'name', 'weight'])
  assert.ok(!JSON.stringify(pairs).includes('Hằng'))
})

test('what a row says is erased a week after its decision', async () => {
  const [open, settled] = [await aCase(kernel), await aCase(kernel)]
  await decide(settled)
  await decide(settled)
  kernel.setNow('2026-10-24T03:00:00.000Z')
  if (!('every_ms' in forgetClaims)) throw new Error('it is timed')
  await forgetClaims.run(kernel)
  kernel.setNow(NOW)
  const kept = await kernel.owner<{ id: string }>(
    'select case_id as id from linkage.review_case where claims is not null',
  )
  const ids = kept.map(({ id }) => id)
  assert.ok(ids.includes(open) && !ids.includes(settled))
})
