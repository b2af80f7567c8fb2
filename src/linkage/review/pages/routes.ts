import type { FastifyInstance } from 'fastify'
import type { Kernel } from '../../../kernel/index.ts'
export function reviewRoutes(_app: FastifyInstance, _kernel: Kernel): void {}
