import type { Room } from '../kernel/index.ts'
import {
  addAgencyKey,
  approveAgreement,
  endAgreementCommand,
  proposeAgreement,
  registerAgency,
  revokeAgencyKey,
} from './agency/commands.ts'
import { apiRoutes } from './api/routes.ts'
import { callCli } from './call/cli.ts'
import { checkCli } from './check/cli.ts'
import { demonstrateAgencies } from './demonstration/demonstrate.ts'
import { demonstrateReads } from './demonstration/reads.ts'
import {
  approveJob,
  cancelJob,
  continueJob,
  planJob,
  startJob,
  storePartOfJob,
} from './link-jobs/commands.ts'
import { listLinkJobs, readJobResults } from './link-jobs/queries.ts'
import { runLinkJobs, shredLinkJobs } from './link-jobs/runner.ts'
import { settleJob, shredJob } from './link-jobs/settle.ts'
import { exchangeMenu, exchangePages } from './pages/routes.ts'
import { answerWhy, askWhy, giveConsent, withdrawConsentCommand } from './reads/commands.ts'
import { myCopy } from './reads/copy.ts'
import { inspectReads, investigateReads } from './reads/inspect.ts'
import { complaintsToAnswer, complaintToAnswer, myProof, myReads } from './reads/queries.ts'
import { forgetNonces } from './verify/jobs.ts'

/** Agencies, agreements, verification, receipts and who-read-my-data. */
export const room: Room = {
  name: 'exchange',
  migrations: new URL('./migrations/', import.meta.url),
  updates: {
    agency_key: ['revoked_at', 'revoked_because'],
    agreement: ['ended_on', 'ended_by', 'ended_because'],
    consent: ['withdrawn_at'],
    guess: ['day', 'on_day', 'since', 'since_then'],
    usage: ['calls', 'unconfirmed'],
    link_job: [
      'state',
      'reason',
      'despite',
      'rows',
      'rows_done',
      'attempts',
      'result_parts',
      'manifest',
      'ended_at',
    ],
    link_job_part: ['digest', 'bytes'],
    complaint: ['answered_at', 'answered_by', 'answer', 'lawful'],
  },
  commands: [
    registerAgency,
    addAgencyKey,
    revokeAgencyKey,
    proposeAgreement,
    approveAgreement,
    endAgreementCommand,
    askWhy,
    answerWhy,
    giveConsent,
    withdrawConsentCommand,
    planJob,
    storePartOfJob,
    startJob,
    cancelJob,
    approveJob,
    continueJob,
    settleJob,
    shredJob,
  ],
  queries: [
    myReads,
    myProof,
    myCopy,
    complaintsToAnswer,
    complaintToAnswer,
    inspectReads,
    investigateReads,
    readJobResults,
    listLinkJobs,
  ],
  routes(app, kernel) {
    apiRoutes(app, kernel)
    exchangePages(app, kernel)
  },
  menu: exchangeMenu,
  locales: new URL('./locales/', import.meta.url),
  jobs: [forgetNonces, runLinkJobs, shredLinkJobs],
  cli: [checkCli, callCli],
  async demonstrate(operator) {
    await demonstrateAgencies(operator)
    await demonstrateReads(operator)
  },
}
