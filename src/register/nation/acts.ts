import { actIds } from './ids.ts'
import type { Plan } from './plan.ts'
import { ACTS } from './sink.ts'

/** An act as it is stored. */
export interface ActRow {
  readonly id: string
  readonly kind: string
  readonly document: string
  readonly body: string
  readonly unit: string | null
  readonly legal_basis: string
}

/** One act of each kind for each province: what all its facts of that kind rest on. */
export function actsOf(plan: Plan): readonly ActRow[] {
  const provinces = [...new Set(plan.parts.map(({ province }) => province))]
  return provinces.flatMap((province) => {
    const ids = actIds(plan, province)
    return ACTS.map((name, index) => {
      const { kind, document, body, legalBasis } = plan.population.acts[name]
      const unit = null
      return { id: ids.text(index), kind, document, body, unit, legal_basis: legalBasis }
    })
  })
}
