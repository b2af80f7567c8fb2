interface Waiting<In, Out> {
  readonly item: In
  readonly resolve: (out: Out) => void
  readonly reject: (error: unknown) => void
}

export interface Bounds {
  /** Items one round of work may take. */
  readonly most: number
  /** Rounds under way at once; items that come meanwhile gather for the next. */
  readonly atOnce: number
}

/**
 * Lets callers that come close together share one round of work: a free round takes whatever waits,
 * so that a lone caller never waits for company and a crowd pays for one transaction together.
 * When a round fails, all its callers fail with the same error.
 */
export function share<In, Out>(
  work: (items: readonly In[]) => Promise<readonly Out[]>,
  bounds: Bounds,
): (item: In) => Promise<Out> {
  let waiting: Waiting<In, Out>[] = []
  let rounds = 0
  let planned = false

  const plan = () => {
    if (planned || rounds >= bounds.atOnce || waiting.length === 0) return
    planned = true
    // After the input of this turn of the event loop: requests read together go together.
    setImmediate(() => {
      planned = false
      const taken = waiting.slice(0, bounds.most)
      waiting = waiting.slice(bounds.most)
      rounds += 1
      round(taken).finally(() => {
        rounds -= 1
        plan()
      })
      plan()
    })
  }

  const round = async (taken: readonly Waiting<In, Out>[]) => {
    try {
      const outs = await work(taken.map((one) => one.item))
      taken.forEach((one, index) => {
        one.resolve(outs[index] as Out)
      })
    } catch (error) {
      for (const one of taken) one.reject(error)
    }
  }

  return (item) =>
    new Promise<Out>((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      plan()
    })
}
