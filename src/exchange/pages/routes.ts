import type { FastifyInstance } from 'fastify'
import type { Kernel, MenuItem } from '../../kernel/index.ts'
import { linkJobPages } from '../link-jobs/pages.ts'
import { listLinkJobs } from '../link-jobs/queries.ts'
import { investigateReads } from '../reads/inspect.ts'
import { complaintsToAnswer, myReads } from '../reads/queries.ts'
import { verify } from '../verify/verify.ts'
import { agencyRoutes } from './agency-routes.ts'
import { citizenRoutes } from './citizen-routes.ts'
import { inspectRoutes } from './inspect-routes.ts'

/** Every page of the exchange: the citizen's, the agency's, the inspector's. */
export function exchangePages(app: FastifyInstance, kernel: Kernel): void {
  citizenRoutes(app, kernel)
  agencyRoutes(app, kernel)
  inspectRoutes(app, kernel)
  linkJobPages(app, kernel)
}

export const exchangeMenu: readonly MenuItem[] = [
  { section: 'portal', path: '/', text: 'menu.home', order: 10, icon: 'home' },
  {
    section: 'portal',
    path: '/reads',
    text: 'menu.reads',
    order: 40,
    icon: 'reads',
    operation: myReads.name,
  },
  {
    section: 'agency',
    path: '/agency',
    text: 'menu.agency',
    order: 10,
    icon: 'agreement',
    operation: verify.name,
  },
  {
    section: 'agency',
    path: '/agency/complaints',
    text: 'menu.inspect',
    order: 15,
    icon: 'cases',
    operation: complaintsToAnswer.name,
  },
  {
    section: 'agency',
    path: '/agency/try',
    text: 'menu.try',
    order: 20,
    icon: 'send',
    operation: verify.name,
  },
  { section: 'agency', path: '/agency/reference', text: 'menu.reference', order: 30, icon: 'book' },
  {
    section: 'inspect',
    path: '/inspect',
    text: 'menu.inspect',
    order: 10,
    icon: 'seal',
    operation: complaintsToAnswer.name,
  },
  {
    section: 'inspect',
    path: '/inspect/log',
    text: 'menu.inspect-log',
    order: 20,
    icon: 'search',
    operation: investigateReads.name,
  },
  ...(['desk', 'inspect'] as const).map((section) => ({
    section,
    path: '/desk/link-jobs',
    text: 'menu.jobs',
    order: 30,
    operation: listLinkJobs.name,
  })),
]
