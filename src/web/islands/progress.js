// Renews `[data-live]` from the page's own address until it is gone; without it the reader reloads.
const EVERY_ms = 2000

async function renew() {
  const live = document.querySelector('[data-live]')
  if (live === null) return
  if (!document.hidden) {
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } })
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const fresh = page.querySelector(`[data-live="${live.dataset.live}"]`)
    // The work has ended: the whole page says how.
    if (fresh === null || !answer.ok) return location.reload()
    // Only the parts that changed, so that the focus stays on the button that stops the work.
    for (const part of ['progress', '.num.meta', 'p.num']) {
      const [old, now] = [live.querySelector(part), fresh.querySelector(part)]
      if (old && now && old.outerHTML !== now.outerHTML) old.replaceWith(now)
    }
  }
  setTimeout(renew, EVERY_ms)
}

setTimeout(renew, EVERY_ms)
