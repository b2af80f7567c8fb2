import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { NOTHING } from '../../../../test/commands.ts'
import { anActor } from '../../../../test/kernel.ts'
import { ask, type Profile } from '../../../kernel/index.ts'
import { establish } from '../../household/commands.ts'
import { registerDeath } from '../../person/death.ts'
import { approveOpening, askOpening, protectPerson } from '../../person/protection.ts'
import { personRecord } from '../../person/queries.ts'
import { ACT, aChild, aName, aPerson, PROFILES } from '../../testing.ts'
import { EVENTS } from './events/list.ts'
import { type Client, colleagueOf, type DeskStage, deskStage, textOf, tryForm } from './testing.ts'

const REASON = 'threatened by a former partner'
const ROLES = ['commune-officer', 'registrar', 'supervisor', 'inspector', 'citizen', NOTHING]

for (const profile of PROFILES) {
  describe(`the forms of ${profile.id}`, () => {
    let stage: DeskStage
    let officer: Client
    before(async () => {
      stage = await deskStage(profile)
      officer = await stage.enter(stage.officer)
    })
    after(() => stage.close())

    const record = (number: string, actor = stage.officer) =>
      ask(personRecord, { number }, { kernel: stage.kernel, actor, purpose: 'register-keeping' })
    const pathOf = async (number: string, client = officer) =>
      `/desk/persons/${(await record(number, client.actor)).person}`
    const valueIn = async (number: string, kind: string) =>
      (await record(number)).facts.find((fact) => fact.kind === kind)?.value
    const aCouple = async () => [
      await aPerson(stage, { sex: 'female', on: '1985-03-03' }),
      await aPerson(stage, { sex: 'male', on: '1984-03-03' }),
    ]

    for (const role of ROLES) {
      test(`${role}: is offered the events of the role and refused all others`, async () => {
        const kind = role === 'citizen' ? 'citizen' : 'officer'
        const client = await stage.enter(anActor([[role, stage.home]], { unit: stage.home, kind }))
        const operations = operationsOf(profile, role)
        const [wife = '', man = ''] = await aCouple()
        const members = [{ number: man, relation: 'spouse' }]
        const residence = { unit: stage.home, address: '7' }
        await stage.do(establish, { act: ACT, head: wife, members, residence })
        const mayOpen = operations.includes('person.record')
        const path = await pathOf(wife, mayOpen ? client : officer)
        const menu = await client.get(`${path}/events`)
        const mine = EVENTS.filter((one) => one.operations.some((o) => operations.includes(o)))
        assert.equal(menu.statusCode, mine.length > 0 ? 200 : 403)
        for (const { name } of EVENTS) {
          const isMine = mine.some((one) => one.name === name)
          if (!isMine) assert.ok(!menu.body.includes(`${path}/${name}?`), `${name} is not offered`)
          for (const answer of [
            await client.get(`${path}/${name}`),
            await client.post(`${path}/${name}`, { step: 'send' }),
          ]) {
            const isRefused = answer.body.includes('actor.not-permitted')
            assert.equal(isRefused, !isMine, `${name}: ${answer.statusCode}`)
            assert.equal(answer.statusCode === 403, !isMine, name)
          }
        }
      })
    }

    test('kinship: a marriage on both records, a divorce, and a father only on paper', async () => {
      const [wife = '', man = ''] = await aCouple()
      const path = await pathOf(wife)
      const done = await tryForm(stage, officer, {
        path: `${path}/kin`,
        typed: { kin: 'spouse', relative: profile.number.group(man), from: '01/02/2020' },
        wrong: [
          { typed: { kin: '' }, field: 'kin' },
          { typed: { relative: '' }, field: 'relative' },
          { typed: { relative: '123' }, field: 'relative' },
          { typed: { 'relative-name': aName() }, field: 'relative-name' },
          {
            typed: { kin: 'representative', relative: '', 'relative-name': aName() },
            field: 'relative',
          },
          { typed: { until: 'soon' }, field: 'until' },
        ],
        done: /The kinship is recorded/,
      })
      assert.match(textOf(done), /2020/)
      assert.equal(await valueIn(man, 'marital'), 'married')
      const self = await officer.post(`${path}/kin`, {
        ...{ kin: 'spouse', relative: wife, step: 'send' },
        ...{ 'act-kind': 'certificate', document: '1' },
      })
      assert.match(self.body, /href="#relative"/, 'nobody is kin to themselves')
      await tryForm(stage, officer, {
        path: `${path}/kin`,
        typed: { kin: 'father', 'relative-name': aName() },
        wrong: [{ typed: { 'relative-name': 'N0body 7' }, field: 'relative-name' }],
        done: /The kinship is recorded/,
      })
      await tryForm(stage, officer, {
        path: `${path}/kin-end`,
        typed: { tie: `spouse-${man}`, 'ended-how': 'ended', ended: '01/06/2025' },
        wrong: [
          { typed: { tie: 'x' }, field: 'tie' },
          { typed: { 'ended-how': '' }, field: 'ended-how' },
          { typed: { ended: '2025' }, field: 'ended' },
        ],
        done: /The kinship is ended/,
      })
      assert.equal(await valueIn(man, 'marital'), 'divorced')
      await tryForm(stage, officer, {
        path: `${path}/kin-end`,
        typed: { tie: 'father', 'ended-how': 'never' },
        wrong: [],
        done: /The kinship is ended/,
      })
      assert.equal(await valueIn(wife, 'parent'), undefined)
      assert.equal((await officer.get(`${path}/kin-end`)).statusCode, 404, 'nobody is left')
    })

    test('a death is taken back, and the record is open again', async () => {
      const number = await aPerson(stage, { on: '1940-01-01' })
      const path = await pathOf(number)
      await stage.do(registerDeath, { act: ACT, number, on: '2026-10-01' })
      const menu = await officer.get(`${path}/events`)
      assert.match(menu.body, /\/death-reversal\?/)
      assert.doesNotMatch(menu.body, /\/(kin|move|death|number)\?/)
      await tryForm(stage, officer, {
        path: `${path}/death-reversal`,
        typed: {},
        wrong: [],
        done: /The death is reversed/,
      })
      assert.equal(await valueIn(number, 'death'), undefined)
      assert.equal((await record(number)).number, number)
    })

    test('another number, and a number of an earlier scheme', async () => {
      const number = await aPerson(stage)
      const path = await pathOf(number)
      const [ground] = profile.number.reestablishedBy
      const done = await tryForm(stage, officer, {
        path: `${path}/number`,
        typed: { 'number-ground': `re-establish:${ground?.code}` },
        wrong: [{ typed: { 'number-ground': 'x' }, field: 'number-ground' }],
        done: /Another number is given/,
      })
      const [, given = ''] = /class="big"><span class="id">(.*?)<\/span>/.exec(done.body) ?? []
      const now = given.replaceAll(/\D/g, '')
      assert.notEqual(now, number)
      assert.equal((await record(number)).number, now, 'the old one still leads here')
      const old = profile.id === 'vn' ? '163482907' : null
      if (old === null) return
      await tryForm(stage, officer, {
        path: `${path}/old-number`,
        typed: { old, issued: '' },
        wrong: [
          { typed: { old: '' }, field: 'old' },
          { typed: { old: now }, field: 'old' },
          { typed: { old: '12' }, field: 'old' },
        ],
        done: /The old number is linked/,
      })
      assert.equal(await valueIn(now, 'old-number'), old)
    })

    test('a record is protected, and the protection lifted by whom a second person let in', async () => {
      const number = await aPerson(stage)
      const path = await pathOf(number)
      await tryForm(stage, officer, {
        path: `${path}/protect`,
        typed: { protection: REASON },
        wrong: [{ typed: { protection: 'so' }, field: 'protection' }],
        done: /The record is protected/,
      })
      assert.equal((await officer.get(`${path}/unprotect`)).statusCode, 403)
      const { openingId } = await stage.do(askOpening, { number, reason: REASON })
      await stage.do(approveOpening, { number, openingId }, colleagueOf(stage))
      await tryForm(stage, officer, {
        path: `${path}/unprotect`,
        typed: {},
        wrong: [],
        done: /The protection is lifted/,
      })
      assert.equal(await valueIn(number, 'protected'), undefined)
    })

    test('two records of one person are found, compared, merged, and separated again', async () => {
      const name = aName()
      const first = await aPerson(stage, { name, on: '1970-01-02' })
      const second = await aPerson(stage, { name, on: '1970-01-03' })
      const path = await pathOf(first)
      assert.match((await officer.get(`${path}/merge`)).body, new RegExp(`value="${name}"`))
      assert.equal((await officer.post(`${path}/merge`, { text: '' })).statusCode, 422)
      assert.equal(
        (await officer.post(`${path}/merge`, { text: name, year: '70' })).statusCode,
        422,
      )
      const sent = await officer.post(`${path}/merge`, { text: name, year: '1970' })
      const found = await officer.follow(sent)
      const links = [...found.body.matchAll(/href="(\/desk\/persons\/[\w-]+\/merge\/[\w-]+)/g)]
      assert.equal(links.length, 1, 'the record itself is not among them')
      const compare = links[0]?.[1] ?? ''
      const both = textOf(await officer.get(compare))
      assert.match(both, /1970 .*1970 differs/)
      assert.match(both, new RegExp(`${name} ${name} same`))
      await tryForm(stage, officer, {
        path: compare,
        typed: { survivor: 'first' },
        wrong: [{ typed: { survivor: '' }, field: 'survivor' }],
        done: /The records are merged/,
      })
      assert.deepEqual((await record(second)).duplicates, [second])
      const page = await officer.get(path)
      assert.match(page.body, /\/unmerge\?/)
      await tryForm(stage, officer, {
        path: `${path}/unmerge`,
        typed: { duplicate: second },
        wrong: [{ typed: { duplicate: first }, field: 'duplicate' }],
        done: /The records are separated/,
      })
      assert.deepEqual((await record(first)).duplicates, [])
      const [, own = ''] = /persons\/([\w-]+)$/.exec(path) ?? []
      assert.equal((await officer.get(`${path}/merge/${own}`)).statusCode, 422)
    })

    test('a record elsewhere is not merged: it is said where the other is chosen', async () => {
      const number = await aPerson(stage)
      const other = await aPerson(stage)
      const stranger = await stage.enter(stage.stranger)
      const reference = { reference: 'HS-1', reason: 'asked at the desk', bornOn: '1980-05-17' }
      const asker = { kernel: stage.kernel, actor: stage.stranger, purpose: 'public-service' }
      const handle = async (of: string) =>
        (await ask(personRecord, { number: of }, { ...asker, case: { ...reference, number: of } }))
          .person
      const path = `/desk/persons/${await handle(number)}`
      await stranger.post(`${path}/case`, { ...reference, number, born: '17/05/1980' })
      const refused = await stranger.get(`${path}/merge/${await handle(other)}`)
      assert.equal(refused.statusCode, 403)
      assert.match(textOf(refused), /Find the other record/)
      assert.match(refused.body, /href="#text"/)
    })

    test('someone already living is entered; a namesake of the same day must be told apart', async () => {
      const first = await officer.get('/desk/persons/new')
      const name = aName()
      const home = /id="registered"[^>]*value="([^"]*)"/.exec(first.body)?.[1] ?? ''
      const typed = {
        ...{ 'person-ground': 'late', person: name, born: '02/03/1961', sex: 'male' },
        ...{ nationality: profile.country, registered: home, 'registered-unit': stage.home },
      }
      const path = '/desk/persons/new'
      const wrong = [
        { typed: { 'person-ground': '' }, field: 'person-ground' },
        { typed: { person: 'N0body 7' }, field: 'person' },
        { typed: { born: '1' }, field: 'born' },
        { typed: { registered: '' }, field: 'registered' },
      ]
      const done = /is entered in the register/
      await tryForm(stage, officer, { path, typed, wrong, done })
      const paper = { 'act-kind': 'verification', document: '1', step: 'send' }
      const twin = await officer.post(path, { ...typed, ...paper })
      assert.equal(twin.statusCode, 409)
      assert.match(twin.body, /href="#differs"/)
      await tryForm(stage, officer, {
        ...{ path, done, wrong: [] },
        typed: { ...typed, differs: 'another mother' },
      })
    })

    test('the inspector agrees to openings among her own pages, and finds nobody', async () => {
      const child = await aChild(stage)
      await stage.do(protectPerson, { act: ACT, number: child, reason: REASON })
      await stage.do(askOpening, { number: child, reason: 'asked for an address of her own' })
      const inspector = await stage.enter(anActor([['inspector', 'nation']]))
      assert.equal((await inspector.get('/desk/openings')).statusCode, 403)
      const list = await inspector.get('/inspect/openings')
      assert.equal(list.statusCode, 200)
      assert.match(list.body, /action="\/inspect\/openings"/)
      assert.match(list.body, /href="\/inspect\/openings"[^>]*>/, 'in her menu')
      const hidden = (name: string) =>
        new RegExp(`name="${name}" value="([^"]*)"`).exec(list.body)?.[1] ?? ''
      const fields = { person: hidden('person'), opening: hidden('opening') }
      const agreed = await inspector.post('/inspect/openings', fields)
      assert.match(textOf(agreed), /consent is recorded/)
      const again = await inspector.post('/inspect/openings', fields)
      assert.equal(again.statusCode, 409)
      const nobody = await stage.enter(anActor([[NOTHING, 'nation']]))
      assert.equal((await nobody.get('/inspect/openings')).statusCode, 403)
      assert.equal((await nobody.post('/inspect/openings', fields)).statusCode, 403)
    })
  })
}

function operationsOf(profile: Profile, role: string): readonly string[] {
  // An officer who may open nobody's record is refused before the event is asked for.
  const { operations = [] } = profile.roles[role] ?? {}
  return operations.includes('person.search') ? operations : []
}
