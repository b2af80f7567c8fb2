// Puts a button that copies beside each `[data-copy]`. The text can be selected without it.
const WORDS = {
  vi: ['Chép', 'Đã chép'],
  en: ['Copy', 'Copied'],
  fr: ['Copier', 'Copié'],
}
const [copy, copied] = WORDS[document.documentElement.lang] ?? WORDS.en

for (const source of document.querySelectorAll('[data-copy]')) {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'btn plain less'
  button.textContent = copy
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(source.textContent)
    button.textContent = copied
    setTimeout(() => {
      button.textContent = copy
    }, 2000)
  })
  source.after(button)
}
