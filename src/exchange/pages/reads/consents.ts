import {
  type Content,
  type FormKeys,
  type Html,
  html,
  type PlainDay,
} from '../../../kernel/index.ts'
import {
  button,
  capital,
  postForm,
  type State,
  section,
  tag,
  taskList,
} from '../../../web/index.ts'
import type { Consent } from '../../reads/store.ts'
import { purposeWords, type Wording } from '../wording.ts'

export interface ConsentsShown {
  readonly consents: readonly Consent[]
  readonly today: PlainDay
  readonly keys: FormKeys
}

/** Whom the person lets ask, for what and until when; a consent is withdrawn at once. */
export function consentSection(wording: Wording, { consents, today, keys }: ConsentsShown): Html {
  const { t } = wording
  const rows = consents.map((consent) => {
    const { id, agencyName, purpose, from, to } = consent
    const until =
      to === null ? t('exchange.consent.no-end') : t('exchange.consent.until', { day: t.day(to) })
    const since = capital(t('exchange.consent.since', { day: t.day(from) }))
    const why = html`${capital(purposeWords(wording, purpose))}. ${since}, ${until}.`
    const state = stateOf(consent, today)
    const label = t('exchange.consent.withdraw-of', { who: agencyName })
    const form = postForm({
      action: `/reads/consents/${id}/withdraw`,
      keys: { ...keys, key: `withdraw ${id}` },
      label,
      body: button(t('exchange.consent.withdraw'), { kind: 'plain', less: true }),
    })
    const shown: Content =
      state === 'done' ? form : tag(t, state, t(`exchange.consent.${wordOf(consent)}`))
    return { title: agencyName, why, state: shown }
  })
  const empty = html`<p class="meta">${t('exchange.consent.none')}</p>`
  const list = rows.length === 0 ? empty : taskList(rows, { tight: true })
  return section('consents', t('exchange.consent.title'), list)
}

const wordOf = ({ withdrawnAt }: Consent): string => (withdrawnAt === null ? 'over' : 'withdrawn')

function stateOf({ withdrawnAt, to }: Consent, today: PlainDay): State {
  if (withdrawnAt !== null) return 'idle'
  return to !== null && to <= today ? 'idle' : 'done'
}
