// One key does what the link or button marked `data-key` does; each is shown beside its words.
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
  if (event.target instanceof Element && event.target.closest('input, select, textarea')) return
  const marked = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`)
  if (marked === null) return
  event.preventDefault()
  marked.click()
})
