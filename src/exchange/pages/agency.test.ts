import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { REFUSALS } from '../../kernel/index.ts'
import { addAgency } from '../testing.ts'
import { type Answer, askOne, CITIZEN, openStage, type SignedIn, type Stage } from './testing.ts'

let stage: Stage
before(async () => {
  stage = await openStage()
})
after(() => stage.close())

const textOf = ({ body }: Answer): string =>
  body
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&quot;', '"')
    .replace(/\s+/g, ' ')
const get = (path: string, lang = 'vi', who: SignedIn = stage.agency): Promise<Answer> =>
  stage.get(path, who, lang)

describe('an agency’s front page', () => {
  test('shows what was agreed in words, what is used of the quota, and the keys', async () => {
    await askOne(stage)
    const text = textOf(await get('/agency'))
    assert.match(text, /Để mở tài khoản ngân hàng Đang có hiệu lực/)
    assert.match(text, /Luật Phòng, chống rửa tiền 14\/2022\/QH15, điều 9/)
    assert.match(text, /Đủ 18 tuổi trở lên/)
    assert.match(text, /1 trên 100\.000 người/)
    assert.match(text, /bank\.1 [^.]* Đang dùng/)
  })

  test('says so in three languages, without a code left over', async () => {
    for (const lang of ['vi', 'en', 'fr']) {
      assert.doesNotMatch(textOf(await get('/agency', lang)), /⟦|own-clients|age_over|birthdate/)
    }
  })

  test('is nobody else’s', async () => {
    assert.equal((await get('/agency', 'vi', stage.citizen)).statusCode, 403)
    assert.equal((await get('/agency', 'vi', stage.inspector)).statusCode, 403)
  })

  test('another agency’s question does not exist for it', async () => {
    const school = await addAgency(stage.kernel, 'school')
    await askOne(stage, { agency: school })
    const page = await stage.get('/reads', stage.citizen)
    const [, event = ''] = /\/reads\/([0-9a-f-]{36})\/why/.exec(page.body) ?? []
    const form = `/reads/${event}/why`
    await stage.post(form, { question: 'Vì sao vậy?' }, stage.citizen)
    const [row] = await stage.kernel.owner<{ id: string }>(
      'select complaint_id as id from exchange.complaint',
    )
    assert.equal((await get(`/agency/complaints/${row?.id}`)).statusCode, 404)
    const inspected = await get(`/inspect/complaints/${row?.id}`, 'vi', stage.inspector)
    assert.match(textOf(inspected), /Vì sao vậy\?/)
  })
})

describe('trying a call', () => {
  const trial = async (name: string, fields: Readonly<Record<string, string>> = {}) => {
    const form = await get(`/agency/try?trial=${name}`)
    const typedAs = (field: string) =>
      new RegExp(`name="${field}"[^>]* value="([^"]*)"`).exec(form.body)?.[1] ?? ''
    const typed = ['number', 'name', 'birthdate'].map((field) => [field, typedAs(field)])
    const all = { ...Object.fromEntries(typed), trial: name, purpose: 'account-opening', ...fields }
    return stage.post('/agency/try', all, stage.agency)
  }

  test('shows the request exactly as it would be signed', async () => {
    const text = textOf(await get('/agency/try'))
    assert.match(text, /POST \/api\/verify HTTP\/1\.1/)
    assert.match(text, /Content-Digest: sha-256=:/)
    assert.match(text, /Signature-Input: goc=\("@method" "@authority" "@path"/)
    assert.match(text, /Goc-Purpose: account-opening/)
    assert.match(text, /curl -i/)
    assert.match(text, /\.\/goc call verify/)
  })

  test('is done for real: answered, with a receipt that was checked, and seen by the person', async () => {
    const text = textOf(await trial('right'))
    assert.match(text, /200, sau \d+ ms/)
    assert.match(text, /"result" : "confirmed"/)
    assert.match(text, /Đã kiểm: khớp đúng câu hỏi, câu trả lời và chữ ký/)
    const log = textOf(await stage.get('/reads', stage.citizen))
    assert.match(log, /Hồ sơ TRY-\d{8}/)
  })

  test('a wrong name, a wrong date and nobody’s number have one and the same answer', async () => {
    for (const name of ['wrong-name', 'wrong-date', 'nobody']) {
      assert.match(textOf(await trial(name)), /"result" : "not_confirmed"/, name)
    }
  })

  test('what is refused is shown with its code and the remedy', async () => {
    const text = textOf(await trial('right', { number: '12' }))
    assert.match(text, /400, sau \d+ ms|422, sau \d+ ms/)
    assert.match(text, /"code" :/)
  })

  test('the curl line is the request itself: sent by hand it is answered once', async () => {
    const { body } = await get('/agency/try')
    const text = body
      .replaceAll('&#39;', "'")
      .replaceAll('&quot;', '"')
      .replace(/<[^>]+>/g, '')
    const curl = /curl -i '[^']+'[\s\S]*?--data-binary '([^']*)'/.exec(text)
    assert.ok(curl)
    const headers = Object.fromEntries(
      [...curl[0].matchAll(/-H '([^:']+): ([^']*)'/g)].map(([, name = '', value = '']) => [
        name,
        value,
      ]),
    )
    const host = new URL(stage.kernel.config.url).host
    const send = () =>
      stage.app.inject({
        method: 'POST',
        url: '/api/verify',
        headers: { ...headers, host },
        payload: curl[1] ?? '',
      })
    assert.equal((await send()).json().result, 'confirmed')
    assert.equal((await send()).json().code, 'signature.replayed')
  })
})

describe('the reference', () => {
  test('is made from the OpenAPI document, in the reader’s language, for anybody', async () => {
    const document = (await stage.app.inject('/api/openapi.json')).json()
    for (const lang of ['vi', 'en', 'fr']) {
      const page = await stage.get('/agency/reference', undefined, lang)
      assert.equal(page.statusCode, 200)
      const text = textOf(page)
      for (const [path, methods] of Object.entries(document.paths)) {
        for (const method of Object.keys(methods as object)) {
          const named = `${method.toUpperCase()} ${path}`
          assert.ok(text.includes(named), named)
        }
      }
      for (const field of ['identify.personal_administrative_number', 'rows[].ref', 'pseudonym']) {
        assert.ok(text.includes(field), field)
      }
      assert.doesNotMatch(text, /⟦|"api\./)
    }
  })

  test('lists the refusals of calls with words and remedy', async () => {
    const text = textOf(await stage.get('/agency/reference'))
    for (const code of [
      'signature.replayed',
      'attribute.in-excess',
      'quota.spent',
      'batch.too-large',
    ]) {
      assert.ok(code in REFUSALS && text.includes(code), code)
    }
    assert.ok(!text.includes('household.closed'))
  })
})

describe('the inspection', () => {
  const log = (fields: Readonly<Record<string, string>>) =>
    stage.post('/inspect/log', fields, stage.inspector)

  test('sees every open question, and nobody else does', async () => {
    assert.match(textOf(await get('/inspect', 'vi', stage.inspector)), /Vì sao vậy\?/)
    assert.equal((await get('/inspect', 'vi', stage.citizen)).statusCode, 403)
  })

  test('opens one person’s log under an order, and the person sees that it did', async () => {
    const answer = await log({ number: CITIZEN.number, order: 'KT-2026-4', kind: 'open' })
    assert.equal(answer.statusCode, 200)
    assert.match(textOf(answer), /Ngân hàng Bông Lúa/)
    const seen = textOf(await stage.get('/reads', stage.citizen))
    assert.match(seen, /xem sổ này của anh\/chị để kiểm tra việc đọc dữ liệu/)
  })

  test('in an investigation the person is told on a day within the law’s limit', async () => {
    const far = { number: CITIZEN.number, order: 'QĐ-118', kind: 'hidden', until: '01/01/2199' }
    assert.equal((await log(far)).statusCode, 422)
    const now = new Date(Date.parse(stage.kernel.now()) + 30 * 86_400_000).toISOString()
    const until = now.slice(0, 10).split('-').reverse().join('/')
    assert.equal((await log({ ...far, until })).statusCode, 200)
    assert.match(
      textOf(await stage.get('/reads', stage.citizen)),
      new RegExp(`chậm nhất ngày ${until}`),
    )
  })

  test('an unknown number or an empty form comes back with the remedy', async () => {
    const nobody = await log({ number: '079097999999', order: 'KT-1', kind: 'open' })
    assert.equal(nobody.statusCode, 422)
    assert.match(nobody.body, /href="#number"/)
    assert.match(textOf(await log({})), /Có 3 chỗ cần sửa/)
  })
})
