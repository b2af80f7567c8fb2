import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { NOTHING } from '../../../../test/commands.ts'
import { anActor } from '../../../../test/kernel.ts'
import { ask, execute, uuidv7 } from '../../../kernel/index.ts'
import { correctFact } from '../../person/correct.ts'
import { protectPerson } from '../../person/protection.ts'
import { personRecord } from '../../person/queries.ts'
import { ACT, aChild, aName, aPerson, PROFILES } from '../../testing.ts'
import { type Client, colleagueOf, type DeskStage, deskStage, textOf } from './testing.ts'

for (const profile of PROFILES) {
  describe(`the desk of ${profile.id}`, () => {
    let stage: DeskStage
    let officer: Client
    before(async () => {
      stage = await deskStage(profile)
      officer = await stage.enter(stage.officer)
    })
    after(() => stage.close())

    const handleOf = async (number: string) => {
      const asker = { kernel: stage.kernel, actor: stage.officer, purpose: 'complaint' }
      return (await ask(personRecord, { number }, asker)).person
    }
    const pathOf = async (number: string) => `/desk/persons/${await handleOf(number)}`
    const lastEvent = async () => {
      const [row] = await stage.kernel.owner<{ body: Record<string, unknown> }>(
        'select body::jsonb as body from kernel.audit_event order by event_id desc limit 1',
      )
      return row?.body
    }

    test('who is not signed in is sent to do so; a citizen and a stranger to it are refused', async () => {
      const headers = { accept: 'text/html', 'accept-language': 'en' }
      for (const url of ['/desk', '/desk/births/new', '/desk/openings', '/desk/reviews']) {
        const answer = await stage.app.inject({ url, headers })
        assert.equal(answer.statusCode, 303, url)
        assert.match(String(answer.headers.location), /^\/sign-in/)
      }
      const citizen = await stage.enter(anActor([], { kind: 'citizen' }))
      const nobody = await stage.enter(anActor([[NOTHING, 'nation']]))
      const path = await pathOf(await aPerson(stage))
      assert.equal((await citizen.get('/desk')).statusCode, 403)
      assert.equal((await nobody.get('/desk')).headers.location, '/', 'to a home elsewhere')
      for (const client of [citizen, nobody]) {
        const under = ['', '/history', '/death', '/events', '/merge'].map((one) => path + one)
        for (const url of [...under, '/desk/births/new', '/desk/persons/new', '/desk/openings']) {
          assert.equal((await client.get(url)).statusCode, 403, url)
        }
        assert.equal((await client.post('/desk/search', { text: 'an binh' })).statusCode, 403)
      }
    })

    test('a form from elsewhere is refused', async () => {
      const answer = await officer.post('/desk/search', { text: 'an binh', _csrf: 'x' })
      assert.equal(answer.statusCode, 403)
      assert.match(answer.body, /request\.csrf/)
    })

    test('a search by number puts the number in no address, and opens the record', async () => {
      const name = aName()
      const number = await aPerson(stage, { name, on: '1980-05-17' })
      const typed = profile.number.group(number)
      const sent = await officer.post('/desk/search', { text: typed, for: 'residence' })
      assert.equal(sent.statusCode, 303)
      const address = String(sent.headers.location)
      assert.doesNotMatch(address, new RegExp(number))
      const found = await officer.get(address)
      assert.match(textOf(found), new RegExp(`${name} 1980`))
      const [link = ''] = /\/desk\/persons\/[\w-]{22}\?for=residence/.exec(found.body) ?? []
      const record = await officer.get(link)
      assert.equal(record.statusCode, 200)
      assert.match(record.body, new RegExp(`<h1>${name}</h1>`))
      assert.equal((await lastEvent())?.purpose, 'residence')
      const colleague = await stage.enter(colleagueOf(stage))
      assert.equal((await colleague.get(address)).headers.location, '/desk', 'a sealed search')
      assert.equal((await colleague.get(link)).statusCode, 404, 'a handle of another officer')
    })

    test('names are found with or without accents; too little is answered with how to narrow', async () => {
      const name = aName()
      await aPerson(stage, { name, on: '1971-02-03' })
      const look = async (typed: Record<string, string>) => {
        const sent = await officer.post('/desk/search', typed)
        return sent.statusCode === 303 ? officer.follow(sent) : sent
      }
      const [one = ''] = name.split(' ').slice(-1)
      assert.match(textOf(await look({ text: name.toLowerCase(), year: '1971' })), new RegExp(name))
      const narrow = await look({ text: one })
      assert.equal(narrow.statusCode, 422)
      assert.match(narrow.body, /narrow it/)
      assert.match(narrow.body, new RegExp(`value="${one}"`), 'what was typed is kept')
      const empty = await look({ text: '' })
      assert.equal(empty.statusCode, 422)
      assert.match(empty.body, /href="#text"/)
      assert.equal((await look({ text: name, year: '71' })).statusCode, 422)
      assert.equal((await look({ text: name, place: 'Nowhere at all' })).statusCode, 422)
      assert.equal((await look({ text: '123456' })).statusCode, 422)
      assert.match((await look({ text: `${name} Nobody` })).body, /Nobody was found/)
    })

    test('the record is as of two days: what was true then, and what was known then', async () => {
      const [wrong, right] = [aName(), aName()]
      const number = await aPerson(stage, { name: wrong })
      const today = stage.kernel.now().slice(0, 10)
      stage.kernel.setNow('2026-10-20T03:00:00.000Z')
      const value = { full: right }
      const input = { act: ACT, number, kind: 'name', value }
      const { kernel } = stage
      await execute(correctFact, input, { kernel, actor: stage.officer, key: uuidv7() })
      stage.kernel.setNow('2026-10-20T04:00:00.000Z')
      const path = await pathOf(number)
      assert.match((await officer.get(path)).body, new RegExp(`<h1>${right}</h1>`))
      const known = today.split('-').reverse().join('/')
      const before = await officer.get(`${path}?known=${encodeURIComponent(known)}`)
      assert.match(before.body, new RegExp(`<h1>${wrong}</h1>`))
      const unborn = await officer.get(`${path}?valid=01/01/1970`)
      assert.match(unborn.body, /Nothing yet on this day/)
      const mistyped = await officer.get(`${path}?valid=31/02/2020`)
      assert.match(mistyped.body, /aria-invalid="true"/)
      const history = textOf(await officer.get(`${path}/history`))
      assert.match(
        history,
        new RegExp(`What we believed before.*${wrong}.*Replaced.*${ACT.document}`),
      )
    })

    test('no internal id, and no number in an address, is on any page of a family', async () => {
      const mother = await aPerson(stage, { sex: 'female', on: '1994-03-03' })
      const child = await aChild(stage, { mother: { number: mother } })
      const path = await pathOf(mother)
      const ids = await stage.kernel.owner<{ id: string }>(
        'select person_id as id from register.person union select household_id from register.household',
      )
      for (const under of ['', '/history', '/correct', '/correct/name', '/death', '/move']) {
        const { body, statusCode } = await officer.get(`${path}${under}`)
        assert.equal(statusCode, 200, under)
        for (const { id } of ids) assert.ok(!body.includes(id), `${under} tells ${id}`)
        for (const [, address] of body.matchAll(/(?:href|action|formaction)="([^"]*)"/g)) {
          assert.ok(!address?.includes(mother) && !address?.includes(child), address)
        }
      }
      const [, kin] = /<a href="([^"]+)"><b>/.exec((await officer.get(path)).body) ?? []
      assert.equal((await officer.get((kin ?? '').replaceAll('&amp;', '&'))).statusCode, 200)
    })

    test('the extract is a PDF, and printing is an opening like any other', async () => {
      const path = await pathOf(await aPerson(stage))
      const events = await stage.kernel.count('kernel.audit_event')
      const answer = await officer.get(`${path}/extract.pdf?for=complaint`)
      assert.equal(answer.headers['content-type'], 'application/pdf')
      assert.equal(answer.rawPayload.subarray(0, 5).toString(), '%PDF-')
      assert.equal(await stage.kernel.count('kernel.audit_event'), events + 1)
      assert.equal((await lastEvent())?.purpose, 'complaint')
    })

    test('outside the area a record opens in a case, with what the applicant told, flagged', async () => {
      const number = await aPerson(stage, { on: '1980-05-17' })
      const other = await aPerson(stage)
      const stranger = await stage.enter(stage.stranger)
      const asker = { kernel: stage.kernel, actor: stage.stranger, purpose: 'public-service' }
      const typed = { reference: 'HS-1', number, bornOn: '1980-05-17', reason: 'asked at the desk' }
      const { person } = await ask(personRecord, { number }, { ...asker, case: typed })
      const path = `/desk/persons/${person}`
      const refused = await stranger.get(path)
      assert.equal(refused.statusCode, 403)
      assert.match(refused.body, /actor\.out-of-area/)
      const form = { reference: 'HS-2026-77', number, reason: 'moves to our commune' }
      const short = await stranger.post(`${path}/case`, { ...form, born: '', reason: 'so' })
      assert.equal(short.statusCode, 422)
      assert.match(short.body, /value="HS-2026-77"/)
      await stranger.post(`${path}/case`, { ...form, born: '18/05/1980' })
      const wrong = await stranger.get(path)
      assert.equal(wrong.statusCode, 403)
      assert.match(wrong.body, /does not match/)
      assert.equal((await lastEvent())?.code, 'case.not-matching')
      const sent = await stranger.post(`${path}/case`, { ...form, born: '17/05/1980' })
      const opened = await stranger.follow(sent)
      assert.equal(opened.statusCode, 200)
      assert.match(opened.body, /HS-2026-77/)
      const event = await lastEvent()
      assert.deepEqual(event?.flags, ['outside-area'])
      assert.deepEqual(event?.notes, { reason: 'moves to our commune' })
      assert.equal(event?.case, 'HS-2026-77')
      assert.equal((await stranger.get(`${path}/history`)).statusCode, 200)
      const { person: elsewhere } = await ask(
        personRecord,
        { number: other },
        { ...asker, case: { ...typed, number: other } },
      )
      const closed = await stranger.get(`/desk/persons/${elsewhere}`)
      assert.equal(closed.statusCode, 403, 'the case opens one person’s record alone')
      const reason = 'threatened by a former partner'
      await stage.do(protectPerson, { act: ACT, number, reason })
      const askFor = (handle: string) =>
        stranger.post(`/desk/persons/${handle}/opening`, { how: 'ask', reason })
      assert.equal((await askFor(person)).statusCode, 200, 'the case also asks for a second person')
      assert.deepEqual((await lastEvent())?.flags, ['outside-area'])
      assert.equal((await askFor(elsewhere)).statusCode, 403)
      assert.equal((await lastEvent())?.code, 'actor.out-of-area')
    })

    test('a made-up handle, an unknown field to change and a made-up case lead nowhere', async () => {
      assert.equal((await officer.get(`/desk/persons/${'A'.repeat(22)}`)).statusCode, 404)
      assert.equal((await officer.get(`/desk/households/${'A'.repeat(22)}`)).statusCode, 404)
      assert.equal((await officer.get(`/desk/persons/${uuidv7()}`)).statusCode, 404)
      const path = await pathOf(await aPerson(stage))
      assert.equal((await officer.get(`${path}/correct/number`)).statusCode, 404)
      assert.equal((await officer.get('/desk/search?s=made-up')).headers.location, '/desk')
    })

    test('every page speaks three languages', async () => {
      const path = await pathOf(await aPerson(stage, { sex: 'female', on: '1990' }))
      const under = [
        '',
        '/history',
        '/correct',
        '/correct/sex',
        '/correct/birth',
        '/death',
        '/move',
      ]
      const urls = ['/desk', '/desk/births/new', '/desk/openings', '/desk/reviews']
      for (const lang of ['vi', 'en', 'fr']) {
        for (const url of [...urls, ...under.map((one) => `${path}${one}`)]) {
          const answer = await officer.get(url, lang)
          assert.equal(answer.statusCode, 200, url)
          assert.match(answer.body, new RegExp(`<html lang="${lang}"`))
          // Attributes hold handles and tokens, whose random letters may spell anything.
          const words = answer.body.replaceAll(/<[^>]*>/g, ' ')
          assert.doesNotMatch(words, /⟦|undefined|\[object|NaN/, `${url} ${lang}`)
        }
      }
    })
  })
}
