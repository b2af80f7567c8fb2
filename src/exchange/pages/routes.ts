import type { FastifyInstance } from 'fastify'
import type { Kernel, MenuItem } from '../../kernel/index.ts'
import { citizenRoutes } from './citizen-routes.ts'

/** Every page of the exchange: the citizen's, the agency's, the inspector's. */
export function exchangePages(app: FastifyInstance, kernel: Kernel): void {
  citizenRoutes(app, kernel)
}

export const exchangeMenu: readonly MenuItem[] = [
  { section: 'portal', path: '/', text: 'menu.home', order: 10, icon: 'home' },
  { section: 'portal', path: '/reads', text: 'menu.reads', order: 40, icon: 'reads' },
]
