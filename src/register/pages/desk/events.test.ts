import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { EVERYTHING } from '../../../../test/commands.ts'
import { anActor } from '../../../../test/kernel.ts'
import { ask, uuidv7 } from '../../../kernel/index.ts'
import { establish } from '../../household/commands.ts'
import { protectPerson } from '../../person/protection.ts'
import { personRecord } from '../../person/queries.ts'
import { ACT, aName, aPerson, PROFILES } from '../../testing.ts'
import {
  type Answer,
  type Client,
  colleagueOf,
  type DeskStage,
  deskStage,
  textOf,
} from './testing.ts'

const PAPER = { 'act-kind': 'certificate', document: 'GCS 118/2026' }

for (const profile of PROFILES) {
  describe(`what the desk of ${profile.id} records`, () => {
    let stage: DeskStage
    let officer: Client
    before(async () => {
      stage = await deskStage(profile)
      officer = await stage.enter(stage.officer)
    })
    after(() => stage.close())

    const record = (number: string) =>
      ask(
        personRecord,
        { number },
        { kernel: stage.kernel, actor: stage.officer, purpose: 'register-keeping' },
      )
    const pathOf = async (number: string) => `/desk/persons/${(await record(number)).person}`
    const valueIn = async (number: string, kind: string) =>
      (await record(number)).facts.find((fact) => fact.kind === kind)?.value
    const says = (answer: Answer, status: number, words: RegExp) => {
      assert.equal(answer.statusCode, status, textOf(answer).slice(-600))
      assert.ok(words.test(textOf(answer)), `${words} in: ${textOf(answer).slice(-900)}`)
    }
    /** Fills a form, looks at it, and sends it. */
    const journey = async (path: string, typed: Record<string, string>) => {
      stage.tick()
      const checked = await officer.post(path, { ...typed, _key: uuidv7() })
      says(checked, 200, /Check, then record/)
      return officer.post(path, { ...typed, step: 'send' })
    }

    test('a form sent back names each field, keeps what was typed, and writes nothing', async () => {
      const number = await aPerson(stage)
      const path = `${await pathOf(number)}/correct/name`
      const facts = await stage.kernel.count('register.fact')
      const answer = await officer.post(path, { value: 'N0body 7', how: '', document: '' })
      assert.equal(answer.statusCode, 422)
      for (const field of ['value', 'how', 'document']) {
        assert.match(answer.body, new RegExp(`href="#${field}"`))
        assert.match(answer.body, new RegExp(`id="${field}-error"`))
      }
      assert.match(answer.body, /value="N0body 7"/)
      assert.equal(await stage.kernel.count('register.fact'), facts)
    })

    test('a name is put right: looked at first, done once, and the old one stays in the history', async () => {
      const [wrong, right] = [aName(), aName()]
      const number = await aPerson(stage, { name: wrong })
      const path = await pathOf(number)
      const typed = { value: right, how: 'correct', ...PAPER }
      const edit = await officer.post(`${path}/correct/name`, { ...typed, step: 'edit' })
      assert.match(edit.body, new RegExp(`value="${right}"`))
      stage.tick()
      const key = uuidv7()
      const send = { ...typed, step: 'send', _key: key }
      says(await officer.post(`${path}/correct/name`, send), 200, /The change is recorded/)
      says(await officer.post(`${path}/correct/name`, send), 200, /The change is recorded/)
      assert.deepEqual(await valueIn(number, 'name'), { full: right })
      says(
        await officer.get(`${path}/history`),
        200,
        new RegExp(`What we believed before.*${wrong}`),
      )
      const again = await officer.post(`${path}/correct/name`, { ...typed, step: 'send' })
      says(again, 409, /Nothing would change/)
      assert.match(again.body, /href="#value"/)
    })

    test('a value that changed on a day was true until then', async () => {
      const number = await aPerson(stage)
      const [, other] = profile.codes.religion
      const path = `${await pathOf(number)}/correct/religion`
      const typed = { value: other?.code ?? '', how: 'amend', from: '01/02/2020', ...PAPER }
      says(await journey(path, typed), 200, /The change is recorded/)
      const { facts } = await record(number)
      assert.equal(facts.find((fact) => fact.kind === 'religion')?.from, '2020-02-01')
    })

    test('a birth is registered with its parents and household, and the number is told', async () => {
      const mother = await aPerson(stage, { sex: 'female', on: '1994-03-03' })
      const residence = { unit: stage.home, address: '7' }
      await stage.do(establish, { act: ACT, head: mother, members: [], residence })
      const name = aName()
      const first = await officer.get('/desk/births/new')
      const typed = {
        child: name,
        born: '01/10/2026',
        sex: 'female',
        nationality: profile.country,
        mother: profile.number.group(mother),
        'father-name': aName(),
        home: 'mother',
        relation: 'child',
        registered: /id="registered"[^>]*value="([^"]*)"/.exec(first.body)?.[1] ?? '',
        'registered-unit': stage.home,
        ...PAPER,
      }
      says(
        await officer.post('/desk/births/new', { ...typed, mother: '1' }),
        422,
        /Problem|problem|number/,
      )
      const nobody = await officer.post('/desk/births/new', { ...typed, home: 'father' })
      says(nobody, 422, /Only the household of a parent/)
      const done = await journey('/desk/births/new', typed)
      says(done, 200, new RegExp(`The birth of ${name} is registered`))
      const number = /class="big"><span class="id">(.*?)<\/span>/.exec(done.body)?.[1] ?? ''
      const child = await record(number.replace(/\D/g, ''))
      assert.deepEqual(
        child.household.map((member) => member.relation),
        ['head', 'child'],
      )
      const twice = await officer.post('/desk/births/new', { ...typed, step: 'send' })
      says(twice, 409, /already/)
    })

    test('a death closes the record; what was written wrongly can still be corrected', async () => {
      const number = await aPerson(stage, { on: '1940' })
      const path = await pathOf(number)
      const typed = { what: 'death', died: '16/10/2026', place: 'at home', ...PAPER }
      says(await officer.post(`${path}/death`, { ...typed, died: '40/10/2026' }), 422, /day/)
      says(await journey(`${path}/death`, typed), 200, /The death is registered/)
      const page = await officer.get(path)
      says(page, 200, /This person died on.*The record is closed/)
      assert.doesNotMatch(page.body, /\/death\?/)
      assert.match(page.body, /\/correct\?/)
      says(
        await officer.post(`${path}/death`, { ...typed, step: 'send' }),
        409,
        /already registered/,
      )
    })

    test('somebody moves in, a household chooses another head, and both days are seen', async () => {
      const [mother, father] = [
        await aPerson(stage, { sex: 'female', on: '1994-03-03' }),
        await aPerson(stage, { on: '1993-03-03' }),
      ]
      const members = [{ number: father, relation: 'spouse' }]
      const residence = { unit: stage.home, address: '7' }
      const on = '2026-01-05'
      await stage.do(establish, { act: ACT, head: mother, members, residence, on })
      const path = await pathOf(mother)
      const household = await officer.get(`${path}/household`)
      says(household, 200, /2 people/)
      const [, own = ''] = /action="(\/desk\/households\/[\w-]+)"/.exec(household.body) ?? []
      const headed = await journey(`${path}/head`, { head: father, from: '01/06/2026', ...PAPER })
      says(headed, 200, /The head is changed/)
      const name = async (number: string) =>
        ((await valueIn(number, 'name')) as { full: string }).full
      says(
        await officer.get(`${path}/household`),
        200,
        new RegExp(`Household of ${await name(father)}`),
      )
      const before = await officer.get(`${path}/household?valid=01/02/2026`)
      says(before, 200, new RegExp(`Household of ${await name(mother)}`))
      assert.equal(own, '', 'through a member the page keeps to the member')
      const moved = {
        move: 'household',
        address: '12 Acacia',
        unit: stage.home.split('@')[0] ?? '',
        'unit-unit': stage.home,
        from: '01/07/2026',
        ...PAPER,
      }
      says(await journey(`${path}/move`, moved), 200, /The residence is registered/)
      assert.deepEqual(await valueIn(father, 'permanent'), {
        unit: stage.home,
        address: '12 Acacia',
      })
      says(
        await officer.get(`${path}/household`),
        200,
        /12 Acacia.*Heads and addresses over time.*Address 7.*Address 12 Acacia/,
      )
    })

    test('a protected record: asked for, agreed to by a second person, or opened in an emergency', async () => {
      const [asked, urgent] = [await aPerson(stage), await aPerson(stage)]
      const paths = [await pathOf(asked), await pathOf(urgent)] as const
      const why = 'threatened by a former partner'
      for (const number of [asked, urgent]) {
        await stage.do(protectPerson, { act: ACT, number, reason: why })
      }
      says(await officer.get(paths[0]), 403, /protected/)
      says(
        await officer.post(`${paths[0]}/opening`, { how: 'ask', reason: 'x' }),
        422,
        /ten letters/,
      )
      const reason = 'asked for an address of her own'
      says(
        await officer.post(`${paths[0]}/opening`, { how: 'ask', reason }),
        200,
        /request was sent/,
      )
      says(await officer.get(paths[0]), 403, /protected/)
      const second = await stage.enter(colleagueOf(stage))
      const list = await second.get('/desk/openings')
      says(list, 200, new RegExp(reason))
      const hidden = (name: string) =>
        new RegExp(`name="${name}" value="([^"]*)"`).exec(list.body.split('Waiting')[1] ?? '')?.[1]
      const fields = { person: hidden('person') ?? '', opening: hidden('opening') ?? '' }
      says(await officer.post('/desk/openings', fields), 404, /no such/)
      says(await second.post('/desk/openings', fields), 200, /consent is recorded/)
      says(await officer.get(paths[0]), 200, /second person’s consent/)
      const broken = await officer.post(`${paths[1]}/opening`, { how: 'break', reason })
      says(await officer.follow(broken), 200, /second person’s consent/)
      says(await second.get('/desk/openings'), 200, /Confirm.*Opened in an emergency/)
    })

    test('whoever may only read is offered nothing to record, and cannot record it', async () => {
      const reader = stage.profile.roles['commune-officer'] === undefined ? null : 'supervisor'
      const clerk = await stage.enter(
        anActor([[reader ?? EVERYTHING, stage.home]], { unit: stage.home }),
      )
      const asker = { kernel: stage.kernel, actor: clerk.actor, purpose: 'register-keeping' }
      const { person } = await ask(personRecord, { number: await aPerson(stage) }, asker)
      const page = await clerk.get(`/desk/persons/${person}`)
      assert.doesNotMatch(page.body, /\/move\?/)
      says(await clerk.get(`/desk/persons/${person}/move`), 403, /does not include/)
      says(await clerk.get('/desk/births/new'), 403, /does not include/)
      says(await clerk.post('/desk/births/new', { child: 'x' }), 403, /does not include/)
    })

    test('the front page tells what was done today, of nobody', async () => {
      says(await officer.get('/desk'), 200, /Recorded today.*Births 1, last at/)
    })
  })
}
