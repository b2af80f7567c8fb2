import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { ask } from '../../../kernel/index.ts'
import { establish } from '../../household/commands.ts'
import { getHousehold } from '../../household/queries.ts'
import { personRecord } from '../../person/queries.ts'
import { registerPermanent } from '../../residence/commands.ts'
import { ACT, aPerson, PROFILES } from '../../testing.ts'
import { type Client, type DeskStage, deskStage, textOf, tryForm } from './testing.ts'

for (const profile of PROFILES) {
  describe(`households and stays at the desk of ${profile.id}`, () => {
    let stage: DeskStage
    let officer: Client
    before(async () => {
      stage = await deskStage(profile)
      officer = await stage.enter(stage.officer)
    })
    after(() => stage.close())

    const asker = () => ({ kernel: stage.kernel, actor: stage.officer, purpose: 'residence' })
    const record = (number: string) => ask(personRecord, { number }, asker())
    const pathOf = async (number: string) => `/desk/persons/${(await record(number)).person}`
    const valueIn = async (number: string, kind: string) =>
      (await record(number)).facts.find((fact) => fact.kind === kind)?.value
    const relations = async (number: string) => {
      const { members } = await ask(getHousehold, { number }, asker())
      return Object.fromEntries(members.map((member) => [member.number, member.relation]))
    }
    const here = () => ({ unit: stage.home.split('@')[0] ?? '', 'unit-unit': stage.home })
    /** A head and as many others as asked for, at the stage's home since January. */
    const aHousehold = async (others: readonly string[]) => {
      const head = await aPerson(stage, { sex: 'female', on: '1980-01-01' })
      const members: { number: string; relation: string }[] = []
      for (const relation of others) {
        members.push({ number: await aPerson(stage, { on: '1990-01-01' }), relation })
      }
      const residence = { unit: stage.home, address: '7' }
      await stage.do(establish, { act: ACT, head, members, residence, on: '2026-01-05' })
      return [head, ...members.map(({ number }) => number)]
    }

    test('a household is founded, and others join it from either side', async () => {
      const [head, one, other, last] = [
        await aPerson(stage, { sex: 'female' }),
        await aPerson(stage),
        await aPerson(stage),
        await aPerson(stage),
      ]
      const path = await pathOf(head ?? '')
      const answer = await tryForm(stage, officer, {
        path: `${path}/establish`,
        typed: {
          ...{ address: '12 Acacia', ...here(), from: '01/02/2026' },
          ...{ 'member-1': profile.number.group(one ?? ''), 'member-1-as': 'spouse' },
        },
        wrong: [
          { typed: { address: '' }, field: 'address' },
          { typed: { unit: 'Nowhere at all', 'unit-unit': '' }, field: 'unit' },
          { typed: { 'member-1-as': '' }, field: 'member-1-as' },
          { typed: { 'member-2': '1' }, field: 'member-2' },
          { typed: { from: 'x' }, field: 'from' },
        ],
        done: /The household is founded/,
      })
      assert.match(textOf(answer), /12 Acacia/)
      await tryForm(stage, officer, {
        path: `${path}/add-member`,
        typed: { comer: other ?? '', relation: 'sibling' },
        wrong: [
          { typed: { comer: '' }, field: 'comer' },
          { typed: { relation: '' }, field: 'relation' },
        ],
        done: /The member is added/,
      })
      await tryForm(stage, officer, {
        path: `${await pathOf(last ?? '')}/join`,
        typed: { of: head ?? '', relation: 'not-related' },
        wrong: [{ typed: { of: last ?? '' }, field: 'of' }],
        done: /The member is added/,
      })
      assert.deepEqual(await relations(head ?? ''), {
        [head ?? '']: 'head',
        [one ?? '']: 'spouse',
        [other ?? '']: 'sibling',
        [last ?? '']: 'not-related',
      })
      const again = await officer.post(`${path}/add-member`, {
        ...{ comer: other ?? '', relation: 'sibling', step: 'send' },
        ...{ 'act-kind': 'declaration', document: '1' },
      })
      assert.equal(again.statusCode, 409)
      assert.match(again.body, /href="#comer"/)
    })

    test('a member leaves; a head may only where nobody else stays', async () => {
      const [head = '', other = ''] = await aHousehold(['child'])
      const path = await pathOf(head)
      assert.ok(!(await officer.get(`${path}/leave`)).body.includes(`value="${head}"`))
      await tryForm(stage, officer, {
        path: `${await pathOf(other)}/leave`,
        typed: { leaver: other, from: '01/03/2026' },
        wrong: [{ typed: { leaver: head }, field: 'leaver' }],
        done: /The member has left/,
      })
      await tryForm(stage, officer, {
        path: `${path}/leave`,
        typed: { leaver: head },
        wrong: [],
        done: /The member has left/,
      })
      assert.equal((await officer.get(`${path}/leave`)).statusCode, 409)
    })

    test('a household is split, and merged into the other again', async () => {
      const [head = '', second = '', third = '', fourth = ''] = await aHousehold([
        'child',
        'child-in-law',
        'parent',
      ])
      const path = await pathOf(head)
      const as = (number: string) => `as-${number}`
      const typed = { [as(second)]: 'head', [as(third)]: 'spouse', where: 'other' }
      await tryForm(stage, officer, {
        path: `${path}/split`,
        typed: { ...typed, address: '9 Linden', ...here(), from: '01/04/2026' },
        wrong: [
          { typed: { [as(second)]: '' }, field: as(second) },
          { typed: { [as(third)]: 'head' }, field: as(third) },
          { typed: { [as(third)]: 'x' }, field: as(third) },
          { typed: { where: '' }, field: 'where' },
          { typed: { address: '' }, field: 'address' },
        ],
        done: /The household is split/,
      })
      assert.deepEqual(await relations(second), { [second]: 'head', [third]: 'spouse' })
      assert.deepEqual(await valueIn(third, 'permanent'), { unit: stage.home, address: '9 Linden' })
      assert.deepEqual(await relations(head), { [head]: 'head', [fourth]: 'parent' })
      await tryForm(stage, officer, {
        path: `${await pathOf(second)}/household-merge`,
        typed: { into: head, [as(second)]: 'child' },
        wrong: [
          { typed: { into: '' }, field: 'into' },
          { typed: { into: await aPerson(stage) }, field: 'into' },
          { typed: { [as(third)]: 'head' }, field: as(third) },
        ],
        done: /2 people have joined/,
      })
      const merged = await relations(head)
      assert.equal(merged[second], 'child')
      assert.equal(Object.keys(merged).length, 4)
    })

    test('somebody is away, is back, and is taken off every residence', async () => {
      const number = await aPerson(stage)
      const path = await pathOf(number)
      assert.doesNotMatch((await officer.get(`${path}/events`)).body, /\/(absence|stay-end)\?/)
      const residence = { unit: stage.home, address: '7' }
      await stage.do(registerPermanent, { act: ACT, number, residence, on: '2026-01-05' })
      await tryForm(stage, officer, {
        path: `${path}/absence`,
        typed: { 'why-absent': 'work', whereabouts: 'abroad', from: '01/02/2026' },
        wrong: [
          { typed: { 'why-absent': '' }, field: 'why-absent' },
          { typed: { until: '2026' }, field: 'until' },
        ],
        done: /The absence is recorded/,
      })
      await tryForm(stage, officer, {
        path: `${path}/stay-end`,
        typed: { end: 'absence', ended: '01/03/2026' },
        wrong: [{ typed: { end: 'temporary' }, field: 'end' }],
        done: /The absence is ended/,
      })
      await tryForm(stage, officer, {
        path: `${path}/move`,
        typed: { move: 'current', address: '3 Oak', ...here() },
        wrong: [{ typed: { move: '' }, field: 'move' }],
        done: /The residence is registered/,
      })
      await tryForm(stage, officer, {
        path: `${path}/stay-end`,
        typed: { end: 'all' },
        wrong: [{ typed: { ended: 'x' }, field: 'ended' }],
        done: /The registration is ended/,
      })
      assert.equal(await valueIn(number, 'permanent'), undefined)
    })

    test('every form of a household speaks three languages', async () => {
      const [head = '', other = ''] = await aHousehold(['child'])
      const [path, alone] = [await pathOf(head), await pathOf(await aPerson(stage))]
      const urls = [
        ...['add-member', 'leave', 'head', 'split', 'household-merge', 'events', 'kin', 'merge'],
        ...['absence', 'stay-end', 'number', 'old-number', 'protect', 'household'],
      ].map((one) => `${path}/${one}`)
      const more = [`${alone}/establish`, `${alone}/join`, '/desk/persons/new']
      for (const lang of ['vi', 'en', 'fr']) {
        for (const url of [...urls, ...more]) {
          const answer = await officer.get(url, lang)
          assert.equal(answer.statusCode, 200, `${url} ${other}`)
          const words = answer.body.replaceAll(/<[^>]*>/g, ' ')
          assert.doesNotMatch(words, /⟦|undefined|\[object|NaN/, `${url} ${lang}`)
        }
      }
    })
  })
}
