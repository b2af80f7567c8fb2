import type { FastifyRequest } from 'fastify'
import type { Kernel } from '../../kernel/index.ts'
import { unitsOf } from '../unit/units.ts'
import type { Wording } from './wording.ts'

/** The words of this request: its language, the country, the units as they are now. */
export async function wordingOf(request: FastifyRequest, kernel: Kernel): Promise<Wording> {
  const units = await kernel.database.transaction((tx) => unitsOf({ tx, kernel }))
  return { t: request.t, profile: kernel.profile, units }
}
