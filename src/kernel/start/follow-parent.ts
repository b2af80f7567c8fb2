// Loaded by setup.js with --import. Node < 22 cannot replace itself by another program, so the
// pinned Node is a child: it must not outlive its parent, and one Ctrl-C may reach it twice.
const parent = Number(process.env.GOC_PARENT)
delete process.env.GOC_PARENT

const LOOKS_EVERY_ms = 500
/** A terminal, npm and setup.js each pass the same key press on. */
const SAME_PRESS_ms = 1500
const SIGNALS = { SIGINT: 2, SIGTERM: 15 } as const

if (Number.isSafeInteger(parent)) {
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM')
  }, LOOKS_EVERY_ms).unref()

  let firstAt: number | null = null
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      // The program's own handler, where there is one, ends it in order.
      const isHandled = process.listenerCount(signal) > 1
      const isRepeated = firstAt !== null && Date.now() - firstAt < SAME_PRESS_ms
      firstAt ??= Date.now()
      if (!isHandled && !isRepeated) process.exit(128 + SIGNALS[signal])
    })
  }
}
