import type { Room } from '../../kernel/index.ts'
import { adjudicateReview, decideMany, decideReview } from './commands.ts'
import { closeCorrectionCommand, listCorrectionsQuery } from './correction.ts'
import { demonstrateReviews } from './demonstrate.ts'
import { forgetClaims } from './jobs.ts'
import { reviewRoutes } from './pages/routes.ts'
import { measureReviews, reviewCase, reviewQueue } from './queries.ts'

/** The desk's part of the room. */
export const REVIEW_ROOM = {
  migrations: new URL('../migrations/', import.meta.url),
  updates: {
    review_case: ['status', 'decision', 'chosen', 'decided_at', 'claims'],
    correction: ['closed_at', 'closed_by', 'outcome', 'document'],
  },
  commands: [decideReview, adjudicateReview, decideMany, closeCorrectionCommand],
  queries: [reviewQueue, reviewCase, measureReviews, listCorrectionsQuery],
  routes: reviewRoutes,
  jobs: [forgetClaims],
  demonstrate: demonstrateReviews,
  menu: [
    {
      section: 'desk',
      path: '/desk/matches',
      text: 'review.menu.queue',
      order: 60,
      operation: reviewQueue.name,
    },
    {
      section: 'desk',
      path: '/desk/corrections',
      text: 'review.menu.corrections',
      order: 65,
      operation: listCorrectionsQuery.name,
    },
    {
      section: 'desk',
      path: '/desk/matches/measures',
      text: 'review.menu.measures',
      order: 66,
      operation: measureReviews.name,
    },
  ],
} satisfies Partial<Room>
