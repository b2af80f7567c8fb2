import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { anActor } from '../../../test/kernel.ts'
import { type Actor, execute, uuidv7 } from '../../kernel/index.ts'
import {
  room as ledgerRoom,
  parsePolicy,
  policyText,
  startLedger,
  verifyProof,
} from '../../ledger/index.ts'
import { giveConsent } from '../reads/commands.ts'
import { addAgency } from '../testing.ts'
import {
  type Answer,
  askMany,
  askOne,
  CITIZEN,
  lookHidden,
  openElsewhere,
  openStage,
  type Stage,
} from './testing.ts'

let stage: Stage
before(async () => {
  stage = await openStage()
})
after(() => stage.close())

const LANGUAGES = ['vi', 'en', 'fr'] as const
const reads = (query = '', lang = 'vi'): Promise<Answer> =>
  stage.get(`/reads${query}`, stage.citizen, lang)
/** Events of others' lines, as the page links to their questions. */
const events = ({ body }: Answer): string[] =>
  [...body.matchAll(/href="\/reads\/([0-9a-f-]{36})\/why"/g)].map(([, event = '']) => event)
const newest = async (): Promise<string> => events(await reads())[0] ?? ''
/** The ledger's two commands, as the room offers them. */
const erasure = (step: 'request' | 'agree-to') => {
  const found = ledgerRoom.commands?.find(({ name }) => name === `ledger.${step}-erasure`)
  assert.ok(found)
  return found
}
/** The text of a page without its marks, blanks joined. */
const textOf = ({ body }: Answer): string =>
  body
    .replace(/^[\s\S]*?<main[^>]*>|<\/main>[\s\S]*$/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')

describe('the front page', () => {
  test('says in each language what this is for, and leads in', async () => {
    const pages = await Promise.all(LANGUAGES.map((lang) => stage.get('/', undefined, lang)))
    assert.equal(new Set(pages.map(textOf)).size, 3)
    for (const { statusCode, body } of pages) {
      assert.equal(statusCode, 200)
      assert.match(body, /href="\/sign-in"/)
      assert.match(body, /href="\/privacy"/)
    }
  })

  test('sets no cookie before anybody signs in', async () => {
    assert.equal((await stage.get('/')).headers['set-cookie'], undefined)
  })

  test('is home to a citizen: family, tasks, doors that open, who read this month', async () => {
    await askOne(stage)
    const home = await stage.get('/', stage.citizen)
    assert.match(textOf(home), /Xin chào, Nguyễn Thuỵ Ánh Tuyết/)
    assert.match(textOf(home), /Trần Nguyễn Minh Khuê Con/)
    assert.match(textOf(home), /\d lượt trong tháng này/)
    assert.match(textOf(home), /Không có việc gì đang chờ/)
    const doors = [...home.body.matchAll(/<li><a href="([^"]+)"/g)].map(([, href = '']) => href)
    assert.equal(doors.length, 6)
    for (const door of doors) {
      assert.equal((await stage.get(door, stage.citizen)).statusCode, 200, door)
    }
  })

  test('leads agencies and inspectors to their own', async () => {
    assert.equal((await stage.get('/', stage.agency)).headers.location, '/agency')
    assert.equal((await stage.get('/', stage.inspector)).headers.location, '/inspect')
  })
})

describe('who read my data', () => {
  test('who is not signed in is asked to, and led on', async () => {
    for (const path of ['/reads', '/reads/copy', '/reads/copy.pdf', '/agency', '/inspect']) {
      const { statusCode, headers } = await stage.get(path)
      assert.equal(statusCode, 303, path)
      assert.equal(headers.location, `/sign-in?next=${encodeURIComponent(path)}`)
    }
  })

  test('is for citizens', async () => {
    for (const who of [stage.agency, stage.inspector]) {
      assert.equal((await stage.get('/reads', who)).statusCode, 403)
    }
  })

  test('says who, why, under which law, what, and what was left alone', async () => {
    await askOne(stage, { case: 'HS-2026-1012' })
    const text = textOf(await reads())
    assert.match(text, /Ngân hàng Bông Lúa hỏi về anh\/chị để mở tài khoản ngân hàng/)
    assert.match(text, /Mã người thao tác ở cơ quan: GDV-07\. Hồ sơ HS-2026-1012\./)
    assert.match(text, /Theo luật Luật Phòng, chống rửa tiền 14\/2022\/QH15, điều 9/)
    for (const asked of ['Họ tên', 'Ngày sinh', 'Giới tính', 'Còn sống']) {
      assert.match(text, new RegExp(asked))
    }
    assert.match(text, /Không hỏi [^.]*dân tộc/i)
  })

  test('speaks three languages, and no code or key is left in any', async () => {
    for (const lang of LANGUAGES) {
      const text = textOf(await reads('', lang))
      assert.doesNotMatch(text, /⟦|exchange\.|account-opening|bank\.customer|birthdate/, lang)
    }
  })

  test('an officer elsewhere is flagged, and a refused attempt is there', async () => {
    await openElsewhere(stage, false)
    await openElsewhere(stage, true)
    const text = textOf(await reads())
    assert.match(text, /Tân Đông Hiệp đọc hồ sơ của anh\/chị để đăng ký cư trú/)
    assert.match(text, /Cán bộ tiếp nhận cấp xã, Phường Tân Đông Hiệp/)
    assert.match(text, /Ngoài địa bàn của cán bộ/)
    assert.match(text, /thử mở hồ sơ của anh\/chị để đăng ký cư trú và bị từ chối/)
    assert.match(text, /actor\.out-of-area/)
  })

  test('a list is told as a list, and a wrong guess as one', async () => {
    await askMany(stage)
    await askOne(stage, { name: 'Kẻ Đoán Mò' })
    const text = textOf(await reads())
    assert.match(text, /hỏi theo danh sách, trong đó có anh\/chị,/)
    assert.match(text, /Cùng lượt có 2 người; mỗi người chỉ thấy dòng của mình\./)
    assert.match(text, /Không khớp: cơ quan chỉ biết là không khớp/)
    assert.doesNotMatch(text, /Lầu Y Dợ|Kẻ Đoán Mò/)
  })

  test('what is hidden is counted with the day it opens, and says nothing else', async () => {
    const year = Number(stage.kernel.now().slice(0, 4)) + 1
    await lookHidden(stage, `${year}-04-30`)
    const text = textOf(await reads())
    assert.match(text, new RegExp(`chậm nhất ngày 30/04/${year}`))
    assert.doesNotMatch(text, /Cơ quan điều tra đọc|để điều tra theo luật/)
  })

  test('own looks stand together and are not counted among the others', async () => {
    const before = events(await reads()).length
    for (let n = 0; n < 5; n++) await reads()
    const page = await reads()
    assert.equal(events(page).length, before)
    assert.match(textOf(page), /Chính anh\/chị: xem ai đã đọc \d+ lần/)
    const [, counted] = /class="big">(\d+)/.exec(page.body) ?? []
    assert.equal(Number(counted), before + 1, 'all lines of others, with the hidden one')
  })

  test('is filtered by body and by purpose; what is hidden is not in it', async () => {
    const school = await addAgency(stage.kernel, 'school')
    await askOne(stage, { agency: school })
    const one = await reads('?body=Agency+school&purpose=')
    assert.equal(events(one).length, 1)
    assert.match(textOf(one), /1 lượt đang hoãn hiển thị không nằm trong đây/)
    const other = await reads('?purpose=residence')
    assert.equal(events(other).length, 2)
    assert.match(textOf(await reads('?body=Nobody')), /Không có dòng nào như vậy/)
  })

  test('goes on page by page without a gap', async () => {
    for (let n = 0; n < 60; n++) await askOne(stage)
    const first = await reads()
    const [, next = ''] = /rel="next" href="\/reads\?before=([0-9a-f-]+)"/.exec(first.body) ?? []
    assert.equal(events(first).length, 50)
    const second = await reads(`?before=${next}`)
    assert.ok(events(second).length > 10)
    assert.equal(
      new Set([...events(first), ...events(second)]).size,
      events(first).length + events(second).length,
    )
  })
})

describe('the proof of a line', () => {
  let ledger: ReturnType<typeof startLedger>
  before(() => {
    ledger = startLedger(stage.kernel, stage.kernel.testDatabase.connection('goc_sequencer'))
  })
  after(() => ledger.stop())
  /** A new line, once the log holds it. */
  async function proven(): Promise<{ readonly event: string; readonly proof: Answer }> {
    await askOne(stage)
    const event = await newest()
    for (let tries = 0; ; tries++) {
      const proof = await stage.get(`/reads/${event}/proof`, stage.citizen)
      if (proof.statusCode !== 409 || tries > 200) return { event, proof }
      await setTimeout(100)
    }
  }

  test('convinces whoever trusts the log', async () => {
    const { event, proof } = await proven()
    assert.equal(proof.statusCode, 200)
    assert.match(String(proof.headers['content-disposition']), /attachment.*\.tlog-proof/)
    const policy = await parsePolicy(await policyText(stage.kernel))
    await verifyProof({ proof: proof.body, policy })
    assert.match((await reads()).body, new RegExp(`/reads/${event}/proof`))
  })

  test('is gone with what two persons erased by law; the line stays, and says so', async () => {
    const { event } = await proven()
    const officer = () => anActor([['data-protection-officer', 'nation']])
    const by = (actor: Actor) => ({ kernel: stage.kernel, actor, key: uuidv7() })
    const ask = { eventId: event, reason: 'a court decided so', legalBasis: 'subject.access' }
    await execute(erasure('request'), ask, by(officer()))
    await execute(erasure('agree-to'), { eventId: event }, by(officer()))
    assert.match(textOf(await reads()), /Một dòng đã xoá nội dung theo luật/)
    assert.equal((await stage.get(`/reads/${event}/proof`, stage.citizen)).statusCode, 404)
    assert.equal((await stage.get(`/reads/${event}/why`, stage.citizen)).statusCode, 404)
  })

  test('of another person’s line, or of none, does not exist', async () => {
    const event = await newest()
    assert.equal((await stage.get(`/reads/${event}/proof`, stage.neighbour)).statusCode, 404)
    assert.equal((await stage.get(`/reads/${uuidv7()}/proof`, stage.citizen)).statusCode, 404)
    assert.equal((await stage.get('/reads/what/proof', stage.citizen)).statusCode, 400)
  })
})

describe('asking why', () => {
  test('another’s line cannot be asked about, nor can one’s own look', async () => {
    const event = await newest()
    assert.equal((await stage.get(`/reads/${event}/why`, stage.neighbour)).statusCode, 404)
    const [own] = await stage.kernel.owner<{ id: string }>(
      `select event_id::text as id from kernel.audit_event
       where body::jsonb ->> 'operation' = 'my-reads' order by event_id desc limit 1`,
    )
    assert.equal((await stage.get(`/reads/${own?.id}/why`, stage.citizen)).statusCode, 404)
  })

  test('a hidden line cannot be asked about until its day', async () => {
    const [hidden] = await stage.kernel.owner<{ id: string }>(
      'select event_id::text as id from kernel.audit_event where hidden_until is not null',
    )
    assert.equal((await stage.get(`/reads/${hidden?.id}/why`, stage.citizen)).statusCode, 403)
  })

  test('an empty question comes back with its remedy, and what was typed is kept', async () => {
    const form = `/reads/${await newest()}/why`
    const empty = await stage.post(form, { question: '  ' }, stage.citizen)
    assert.equal(empty.statusCode, 422)
    assert.match(textOf(empty), /Chưa có câu hỏi\. Viết điều anh\/chị muốn biết\./)
    assert.match(empty.body, /href="#question"/)
    const short = await stage.post(form, { question: 'a?' }, stage.citizen)
    assert.match(short.body, />\na\?<\/textarea>/)
  })

  test('is sent once, shows its clock, is answered by the agency, and the answer is shown', async () => {
    await askOne(stage)
    const event = await newest()
    const form = `/reads/${event}/why`
    const question = 'Tôi không mở tài khoản ở đây.\r\nVì sao?'
    const sent = await stage.post(form, { question }, stage.citizen)
    assert.equal(sent.statusCode, 303, sent.body)
    assert.equal(sent.headers.location, form)
    assert.match(textOf(await stage.get(form, stage.citizen)), /Phải trả lời trước hết ngày \d/)
    assert.match(textOf(await stage.get('/', stage.citizen)), /Còn 10 ngày làm việc/)

    assert.match(textOf(await stage.get('/agency', stage.agency)), /1 câu hỏi đang chờ trả lời/)
    const list = await stage.get('/agency/complaints', stage.agency)
    assert.match(textOf(list), /Tôi không mở tài khoản ở đây\. Vì sao\?/)
    assert.doesNotMatch(textOf(list), new RegExp(`${CITIZEN.name}|${CITIZEN.number}`))
    const [, path = ''] = /href="(\/agency\/complaints\/[^"]+)"/.exec(list.body) ?? []
    const nothing = await stage.post(path, { answer: '' }, stage.agency)
    assert.equal(nothing.statusCode, 422)
    assert.match(textOf(nothing), /Có 2 chỗ cần sửa/)
    const fields = { answer: 'Nhầm số trên tờ khai.', lawful: 'no' }
    assert.equal((await stage.post(path, fields, stage.agency)).statusCode, 303)
    const again = await stage.post('/agency', { ...fields, action: path }, stage.agency)
    assert.equal(again.statusCode, 409, 'it was answered')

    const shown = textOf(await reads())
    assert.match(
      shown,
      /Ngân hàng Bông Lúa trả lời: lượt đọc không đúng luật Nhầm số trên tờ khai\./,
    )
  })
})

describe('consents', () => {
  test('are listed, and withdrawn at once', async () => {
    const by = { kernel: stage.kernel, actor: stage.citizen.actor, key: uuidv7() }
    await execute(giveConsent, { agency: 'bank', purpose: 'account-opening', to: null }, by)
    const page = await reads()
    const [, action = ''] = /action="(\/reads\/consents\/[^"]+)"/.exec(page.body) ?? []
    const gone = await stage.post('/reads', { action }, stage.citizen)
    assert.equal(gone.statusCode, 303)
    assert.match(textOf(await reads()), /chưa hẹn ngày hết\. Đã rút/)
  })
})

describe('a copy', () => {
  test('is one page with four files', async () => {
    const { body } = await stage.get('/reads/copy', stage.citizen)
    for (const file of [
      'record/copy.pdf',
      'record/copy.json',
      'reads/copy.pdf',
      'reads/copy.json',
    ]) {
      assert.match(body, new RegExp(`href="/${file}"`))
    }
  })

  test('as JSON holds record, reads, questions and consents, and no internal id', async () => {
    const answer = await stage.get('/reads/copy.json', stage.citizen)
    const copy = answer.json()
    assert.equal(copy.format, 'goc-copy-v1')
    assert.ok(copy.reads.length > 60)
    assert.equal(copy.complaints.length, 1)
    assert.equal(copy.consents.length, 1)
    assert.doesNotMatch(answer.body, new RegExp(stage.personId))
  })

  test('as PDF is A4 with its pages numbered, in each language', async () => {
    for (const lang of LANGUAGES) {
      const { headers, rawPayload } = await stage.get('/reads/copy.pdf', stage.citizen, lang)
      assert.equal(headers['content-type'], 'application/pdf')
      assert.match(rawPayload.toString('latin1'), /^%PDF-1\.7/)
      assert.match(rawPayload.toString('latin1'), new RegExp(`/Lang \\(${lang}\\)`))
    }
  })
})

test('no internal id of a person leaves on any page', async () => {
  for (const path of ['/', '/reads', '/reads/copy', '/family', '/record']) {
    const { body } = await stage.get(path, stage.citizen)
    assert.doesNotMatch(body, new RegExp(stage.personId), path)
  }
})
