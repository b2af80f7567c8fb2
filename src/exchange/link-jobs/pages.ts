import type { FastifyInstance, FastifyRequest } from 'fastify'
import {
  type Actor,
  addMs,
  ask,
  type Content,
  execute,
  formKeys,
  type Html,
  html,
  type Kernel,
  mayDo,
  Refusal,
  refusalWords,
  requireActor,
  sendHtml,
  type Translator,
} from '../../kernel/index.ts'
import {
  button,
  facts,
  field,
  note,
  page,
  plainList,
  postForm,
  type State,
  section,
  still,
  tag,
} from '../../web/index.ts'
import { LAW } from '../law.ts'
import { keyOf } from '../pages/form.ts'
import { purposeWords, type Wording, wordingFor } from '../pages/wording.ts'
import { approveJob, continueJob } from './commands.ts'
import { estimateOf } from './estimate.ts'
import { listLinkJobs } from './queries.ts'
import type { ListedJob } from './store.ts'
import { JOB_LIMITS, type JobState } from './types.ts'

interface Route {
  Body: { job?: unknown; because?: unknown; action?: unknown; _key?: unknown }
}

/** Large lists that two persons must agree to, and those that stopped for a person. */
export function linkJobPages(app: FastifyInstance, kernel: Kernel): void {
  const show = async (request: FastifyRequest, said: Content = null): Promise<Html> => {
    const actor = requireActor(request)
    const asker = { kernel, actor, purpose: LAW.sharing.purpose }
    const jobs = await ask(listLinkJobs, {}, asker)
    const wording = await wordingFor(request, kernel)
    const body = jobsPage(wording, { request, kernel, actor, jobs, said })
    const title = request.t('exchange.jobs.title')
    return page(request, kernel, { title, section: 'desk', body })
  }

  app.get('/desk/link-jobs', async (request, reply) => sendHtml(reply, await show(request)))

  app.post<Route>('/desk/link-jobs', async (request, reply) => {
    const actor = requireActor(request)
    const { job, because, action } = request.body
    const caller = { kernel, actor, key: keyOf(request.body) }
    const isApproval = action === 'approve'
    try {
      if (isApproval) await execute(approveJob, { job }, caller)
      else await execute(continueJob, { job, because: String(because ?? '').trim() }, caller)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      reply.code(error.status)
      const { title, remedy } = refusalWords(request.t, error)
      const said = note({ kind: 'late', alert: true, title, body: remedy })
      return sendHtml(reply, await show(request, said))
    }
    const title = request.t(isApproval ? 'exchange.jobs.approved' : 'exchange.jobs.continued')
    return sendHtml(reply, await show(request, note({ kind: 'done', alert: true, title })))
  })
}

interface JobsPage {
  readonly request: FastifyRequest
  readonly kernel: Kernel
  readonly actor: Actor
  readonly jobs: readonly ListedJob[]
  readonly said: Content
}

const WAITING: ReadonlySet<JobState> = new Set(['waiting', 'stopped'])

function jobsPage(wording: Wording, shown: JobsPage): Html {
  const { t } = wording
  const { jobs, said } = shown
  const waiting = jobs.filter(({ state }) => WAITING.has(state))
  const others = jobs.filter(({ state }) => !WAITING.has(state))
  const list = (some: readonly ListedJob[]) =>
    plainList(some.map((job) => jobRow(wording, shown, job)))
  const none = still(t('exchange.jobs.none'), t('exchange.jobs.none-why'))
  return html`<div class="stack-l dense"><div><h1>${t('exchange.jobs.title')}</h1>
<p class="lead">${t('exchange.jobs.lead', { rows: JOB_LIMITS.unapproved_rows })}</p></div>${said}
${section('waiting', t('exchange.jobs.waiting'), waiting.length === 0 ? none : list(waiting))}
${others.length === 0 ? null : section('others', t('exchange.jobs.others'), list(others))}</div>`
}

const TAGS: Readonly<Record<JobState, State>> = {
  planned: 'idle',
  received: 'doing',
  waiting: 'you',
  queued: 'doing',
  running: 'doing',
  stopped: 'late',
  done: 'done',
  failed: 'late',
  cancelled: 'idle',
  shredded: 'idle',
}

const DAY_ms = 86_400_000

function jobRow(wording: Wording, shown: JobsPage, job: ListedJob): Html {
  const { t } = wording
  const rows = job.rows ?? job.rowsTold
  const since = job.endedAt ?? job.plannedAt
  const told = facts([
    { name: t('exchange.jobs.purpose'), value: purposeWords(wording, job.purpose) },
    {
      name: t('exchange.jobs.rows'),
      value: t(job.rows === null ? 'exchange.jobs.about' : 'exchange.jobs.exactly', { rows }),
      meta: t('exchange.jobs.estimate', {
        seconds: estimateOf(rows, 0).seconds,
        size: t.number(job.bytes / 1e6, 1),
      }),
    },
    { name: t('exchange.jobs.columns'), value: job.columns.join(', '), meta: unknownOf(t, job) },
    { name: t('exchange.jobs.digest'), value: html`<code>${job.digest.slice(0, 16)}…</code>` },
    ...(job.approvers.length === 0
      ? []
      : [
          {
            name: t('exchange.jobs.approvals'),
            value: t('exchange.jobs.given', {
              n: job.approvers.length,
              of: JOB_LIMITS.approvers,
            }),
          },
        ]),
    ...(job.reason === null ? [] : [{ name: t('exchange.jobs.reason'), value: reasonOf(t, job) }]),
  ])
  const state = tag(t, TAGS[job.state], stateOf(t, job))
  const gone =
    job.state === 'shredded'
      ? null
      : t('exchange.jobs.destroyed', { at: t.instant(addMs(since, JOB_LIMITS.kept_days * DAY_ms)) })
  const planned = t('exchange.jobs.planned', { at: t.instant(job.plannedAt) })
  const title = html`<div class="head"><h3>${job.agencyName}</h3>${state}</div>`
  const when = [planned, gone].filter(Boolean).join('. ')
  if (WAITING.has(job.state)) {
    return html`<div class="stack">${title}<p class="meta">${when}</p>${told}
${actionOf(shown, job)}</div>`
  }
  const size = t('exchange.jobs.size', { rows, size: t.number(job.bytes / 1e6, 1) })
  const why = job.reason === null ? null : html`<p>${reasonOf(t, job)}</p>`
  return html`${title}<p>${size}</p>${why}<p class="meta">${when}</p>`
}

const unknownOf = (t: Translator, { unknown }: ListedJob): Content =>
  unknown.length === 0 ? null : t('exchange.jobs.unknown', { names: unknown.join(', ') })

function stateOf(t: Translator, job: ListedJob): string {
  const share = job.rows === null || job.rows === 0 ? 0 : Math.min(1, job.rowsDone / job.rows)
  return t(`exchange.jobs.state.${job.state}`, { share: t.percent(share, 0) })
}

const reasonOf = (t: Translator, { reason }: ListedJob): string =>
  reason !== null && t.has(`kernel.refusal.${reason}.title`)
    ? t(`kernel.refusal.${reason}.title`, { field: '', expected: '', reason: '', value: '' })
    : t('exchange.jobs.fault')

/** What this officer may do: agree once, or say why a list of strangers goes on. */
function actionOf({ request, kernel, actor }: JobsPage, job: ListedJob): Content {
  const { t } = request
  const keys = formKeys(request, kernel)
  const name = html`<span class="unseen"> ${job.agencyName}</span>`
  if (job.state === 'waiting' && mayDo(kernel, actor, approveJob.name)) {
    if (job.approvers.includes(actor.id)) {
      return html`<p class="meta">${t('exchange.jobs.yours')}</p>`
    }
    const body = button(html`${t('exchange.jobs.approve')}${name}`, { less: true })
    const fields = { job: job.id, action: 'approve' }
    return postForm({ action: '/desk/link-jobs', keys, fields, body, className: 'row' })
  }
  if (job.state !== 'stopped' || !mayDo(kernel, actor, continueJob.name)) return null
  const why = field({
    name: 'because',
    id: `because-${job.id}`,
    label: t('exchange.jobs.because'),
    hint: t('exchange.jobs.because-why'),
    maxlength: 200,
  })
  const body = html`${why}${button(html`${t('exchange.jobs.continue')}${name}`, { less: true })}`
  const fields = { job: job.id, action: 'continue' }
  return postForm({ action: '/desk/link-jobs', keys, fields, body, className: 'stack' })
}
