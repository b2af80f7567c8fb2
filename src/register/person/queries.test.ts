import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { refused } from '../../../test/commands.ts'
import { type Actor, ask, type Query, uuidv7 } from '../../kernel/index.ts'
import { linkOldNumber } from '../identifier/commands.ts'
import { linkKin } from '../kinship/commands.ts'
import { ACT, aChild, aName, aPerson, PROFILES, type Stage, stageOf } from '../testing.ts'
import { amendFact } from './amend.ts'
import { correctFact } from './correct.ts'
import { myFamily, myRecord } from './own.ts'
import { protectPerson } from './protection.ts'
import { factsAsOf, getAct, personHistory, personRecord } from './queries.ts'

for (const profile of PROFILES) {
  describe(`reading in ${profile.id}`, () => {
    let stage: Stage
    before(async () => {
      stage = await stageOf(profile)
    })
    after(() => stage.close())

    const asked = (more: Record<string, unknown> = {}) => ({
      kernel: stage.kernel,
      actor: stage.officer as Actor,
      purpose: 'public-service',
      ...more,
    })
    const ids = () =>
      stage.kernel.owner<{ id: string }>('select person_id as id from register.person')
    const idOf = async (number: string) => {
      const [row] = await stage.kernel.owner<{ id: string }>(
        'select person_id as id from register.number where number = $1',
        [number],
      )
      return row?.id ?? ''
    }
    const citizen = async (number: string): Promise<Actor> => ({
      ...stage.officer,
      id: uuidv7(),
      kind: 'citizen',
      personId: await idOf(number),
      grants: [],
    })
    const family = async () => {
      const mother = await aPerson(stage, { sex: 'female', on: '1994-03-03' })
      const father = await aPerson(stage, { sex: 'male', on: '1993' })
      const child = await aChild(stage, { mother: { number: mother }, father: { number: father } })
      const from = '2018-01-01'
      const relative = { number: father }
      await stage.do(linkKin, { act: ACT, number: mother, relation: 'spouse', relative, from })
      return { mother, father, child }
    }
    const lastEvent = async () => {
      const [row] = await stage.kernel.owner<{ body: Record<string, unknown>; n: number }>(
        `select e.body::jsonb as body, (select count(*)::int from kernel.audit_subject s
           where s.event_id = e.event_id) as n
         from kernel.audit_event e order by e.event_id desc limit 1`,
      )
      return row
    }

    test('no internal id of a person leaves, whatever is asked', async () => {
      const { mother, child } = await family()
      const all = (await ids()).map((row) => row.id)
      const questions: readonly [Query<never, unknown>, Actor, Record<string, unknown>][] = [
        [personRecord as never, stage.officer, { number: child }],
        [factsAsOf as never, stage.officer, { number: mother }],
        [personHistory as never, stage.officer, { number: mother }],
        [myRecord as never, await citizen(mother), {}],
        [myFamily as never, await citizen(mother), {}],
      ]
      for (const [query, actor, input] of questions) {
        const purposes = query.declaration.purposes
        const answer = await ask(query, input, asked({ actor, purpose: purposes[0] }))
        const text = JSON.stringify(answer)
        assert.ok(text.length > 50, query.name)
        for (const id of all) assert.ok(!text.includes(id), `${query.name} told a person id`)
      }
    })

    test('a record tells names and numbers of relatives, and the act behind every fact', async () => {
      const { mother, father, child } = await family()
      const record = await ask(personRecord, { number: child }, asked())
      const parents = record.facts.filter((fact) => fact.kind === 'parent')
      assert.deepEqual(
        parents.map(({ key, value }) => [key, (value as { number: string }).number]),
        [
          ['father', father],
          ['mother', mother],
        ],
      )
      const acts = new Map(record.acts.map((act) => [act.actId, act]))
      for (const fact of record.facts) {
        assert.equal(acts.get(fact.actId)?.document, ACT.document, fact.kind)
        assert.ok(acts.get(fact.actId)?.legalBasis)
      }
      const [first] = record.facts
      const act = await ask(getAct, { number: child, actId: first?.actId }, asked())
      assert.equal(act.actId, first?.actId)
      const nobody = ask(getAct, { number: child, actId: uuidv7() }, asked())
      await assert.rejects(nobody, refused('act.not-found'))
    })

    test('the event names the person alone, the purpose and what was read', async () => {
      const { child } = await family()
      await ask(personRecord, { number: child }, asked())
      const event = await lastEvent()
      assert.equal(event?.n, 0)
      assert.equal(event?.body.operation, 'person.record')
      assert.equal(event?.body.purpose, 'public-service')
      assert.equal(event?.body.subjects, 1)
      const attributes = event?.body.attributes
      assert.ok(Array.isArray(attributes) && attributes.includes('parent'))
    })

    test('both axes: what was true then, and what was known then', async () => {
      const number = await aPerson(stage)
      const [first, second, third] = [aName(), aName(), aName()]
      await stage.do(correctFact, { act: ACT, number, kind: 'name', value: { full: first } })
      const knownFirst = stage.kernel.now()
      await stage.do(correctFact, { act: ACT, number, kind: 'name', value: { full: second } })
      const from = '2019-09-09'
      await stage.do(amendFact, { act: ACT, number, kind: 'name', value: { full: third }, from })
      const name = async (more: Record<string, unknown>) => {
        const { facts } = await ask(factsAsOf, { number, kinds: ['name'], ...more }, asked())
        return (facts[0]?.value as { full: string } | undefined)?.full
      }
      assert.equal(await name({ day: '2019-09-08' }), profile.names.canonical(second))
      assert.equal(await name({ day: '2019-09-09' }), profile.names.canonical(third))
      assert.equal(await name({ known: knownFirst }), profile.names.canonical(first))
      assert.equal(await name({ known: '2020-01-01T00:00:00.000Z' }), undefined)
      const record = await ask(personRecord, { number, known: knownFirst }, asked())
      const known = record.facts.find((fact) => fact.kind === 'name')?.value
      assert.deepEqual(known, { full: profile.names.canonical(first) })
      const history = await ask(personHistory, { number }, asked())
      assert.equal(history.facts.filter((fact) => fact.kind === 'name').length, 5)
    })

    test('outside the area a record opens only within a case, number and birth date typed', async () => {
      const number = await aPerson(stage, { on: '1980-05-17' })
      const actor = stage.stranger
      const reason = 'moved here'
      const typed = { reference: 'HS 1', reason, number, bornOn: '1980-05-17' }
      await assert.rejects(
        ask(personRecord, { number }, asked({ actor })),
        refused('actor.out-of-area'),
      )
      const wrong = { ...typed, bornOn: '1980-05-18' }
      await assert.rejects(
        ask(personRecord, { number }, asked({ actor, case: wrong })),
        refused('case.not-matching'),
      )
      await ask(personRecord, { number }, asked({ actor, case: typed }))
      const event = await lastEvent()
      assert.deepEqual(event?.body.flags, ['outside-area'])
      assert.equal(event?.body.case, 'HS 1')
    })

    test('without a purpose of the desk there is no answer', async () => {
      const number = await aPerson(stage)
      await assert.rejects(
        ask(personRecord, { number }, asked({ purpose: 'statistics' })),
        refused('purpose.not-allowed'),
      )
    })

    test('an old number opens the record of its only bearer, and nobody’s of several', async () => {
      const old = profile.id === 'vn' ? '012312312' : 'C123123'
      const [number, other] = [await aPerson(stage), await aPerson(stage)]
      await stage.do(linkOldNumber, { act: ACT, number, old })
      const record = await ask(personRecord, { number: old }, asked())
      assert.deepEqual([record.number, record.asked?.state], [number, 'old'])
      await stage.do(linkOldNumber, { act: ACT, number: other, old })
      await assert.rejects(ask(personRecord, { number: old }, asked()), refused('search.narrow'))
    })

    test('a citizen reads the own record, and those of children who do not yet act', async () => {
      const { mother, father, child } = await family()
      const actor = await citizen(mother)
      const own = await ask(myRecord, {}, asked({ actor, purpose: 'own-record' }))
      assert.equal(own.number, mother)
      const answer = await ask(myFamily, {}, asked({ actor, purpose: 'family-record' }))
      assert.deepEqual(answer.members.map((one) => [one.tie, one.number]).sort(), [
        ['child', child],
        ['spouse', father],
      ])
      assert.deepEqual(
        answer.records.map((one) => one.number),
        [child],
      )
      const grown = await aPerson(stage, { on: '2010-01-01', mother: { number: mother } })
      await stage.do(protectPerson, { act: ACT, number: child, reason: 'a court has decided so' })
      const later = await ask(myFamily, {}, asked({ actor, purpose: 'family-record' }))
      assert.ok(later.members.some((one) => one.number === grown))
      assert.deepEqual(later.records, [])
    })

    test('a citizen of whom the register knows nothing is told so', async () => {
      const actor = { ...(await citizen('')), personId: uuidv7() }
      const purpose = 'own-record'
      await assert.rejects(
        ask(myRecord, {}, asked({ actor, purpose })),
        refused('person.not-found'),
      )
    })
  })
}
