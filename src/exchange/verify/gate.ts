/**
 * Lets no two rounds work on the same number of the same agency at once: a crowd of guesses sent
 * side by side would otherwise all be judged before any of them is counted. It holds within this
 * process; each further process adds at most one guess more.
 */
export class Gate {
  readonly #inside = new Map<string, Promise<void>>()

  /** Does the work once none of its keys is inside. All keys enter together, so none waits for two. */
  async through<T>(keys: readonly string[], work: () => Promise<T>): Promise<T> {
    for (;;) {
      const busy = keys.map((key) => this.#inside.get(key)).find((one) => one !== undefined)
      if (busy === undefined) break
      await busy
    }
    let leave = () => {}
    const left = new Promise<void>((resolve) => {
      leave = resolve
    })
    for (const key of keys) this.#inside.set(key, left)
    try {
      return await work()
    } finally {
      for (const key of keys) this.#inside.delete(key)
      leave()
    }
  }
}
