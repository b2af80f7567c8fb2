import type { Room } from '../kernel/index.ts'
import { dedupeTool, linkTool } from './link/cli.ts'
import { LOCALES } from './speak.ts'

export const room: Room = {
  name: 'linkage',
  migrations: null,
  tools: [linkTool, dedupeTool],
  locales: LOCALES,
}
