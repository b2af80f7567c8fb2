// Loaded by setup.js with --import. Node < 22 cannot replace itself by another program, so the
// pinned Node is a child; it must not outlive a parent that was killed without a signal to pass on.
const parent = Number(process.env.GOC_PARENT)
delete process.env.GOC_PARENT
const interval_ms = 500

if (Number.isSafeInteger(parent)) {
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM')
  }, interval_ms).unref()
}
