import type { FastifyInstance } from 'fastify'
import type { Kernel } from '../../../kernel/index.ts'
import { eventRoutes } from './events/routes.ts'
import { homeRoutes } from './home.ts'
import { householdRoutes } from './households.ts'
import { openingRoutes } from './openings.ts'
import { personRoutes } from './persons.ts'
import { protectedRoutes } from './protected.ts'
import { reviewRoutes } from './reviews.ts'
import { searchRoutes } from './search.ts'

/** The officer's desk: people found and opened, and what is recorded of them. */
export function deskRoutes(app: FastifyInstance, kernel: Kernel): void {
  homeRoutes(app, kernel)
  searchRoutes(app, kernel)
  personRoutes(app, kernel)
  protectedRoutes(app, kernel)
  openingRoutes(app, kernel)
  householdRoutes(app, kernel)
  reviewRoutes(app, kernel)
  eventRoutes(app, kernel)
}
