import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Translator } from '../kernel/index.ts'
import { escapeHtml } from '../kernel/index.ts'

const FILES = ['text.js', 'note.js', 'policy.js', 'proof.js'] as const
const PREFIX = 'ledger.offline.'
/** Words the script itself says; `event.…` are the names of an event's members. */
const SPOKEN = [
  ...['right', 'right-why', 'right-unwitnessed', 'right-unwitnessed-why', 'wrong', 'unreadable'],
  ...['log', 'line', 'root', 'witnesses', 'no-witness', 'person', 'no-person', 'person-shown'],
  ...['event', 'event.at', 'event.operation', 'event.outcome', 'event.code', 'event.actor'],
  ...['event.purpose', 'event.legalBasis', 'event.case', 'event.attributes', 'event.subjects'],
  ...['event.subjectRoot', 'event.flags', 'event.id', 'event.v', 'event.hiddenUntil'],
  ...['event.kind', 'event.body', 'event.unit', 'event.role', 'event.notes'],
  ...['ledger.proof-malformed', 'ledger.proof-wrong', 'ledger.index-out-of-range'],
  ...['ledger.note-malformed', 'ledger.key-unknown'],
]

/** The offline modules as one: imports fall away because everything is in one scope. */
export function offlineScript(files: readonly string[] = [...FILES, 'page.js']): string {
  return files
    .map((name) => readFileSync(new URL(`offline/${name}`, import.meta.url), 'utf8'))
    .join('\n')
    .replace(/^import [^;]*? from '.*'$/gm, '')
    .replace(/^export /gm, '')
}

const STYLE = readFileSync(new URL('offline/page.css', import.meta.url), 'utf8')

/** As a content policy names what it allows. */
const sourceOf = (text: string): string =>
  `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/**
 * The page a citizen keeps: one file without any address in it, whose own policy lets it load and
 * send nothing. `policy` is what it trusts, shown and changeable, since keys got from the log
 * itself prove less than keys got elsewhere.
 */
export function offlinePage(t: Translator, policy: string): string {
  const say = (key: string): string => escapeHtml(t(PREFIX + key))
  const script = offlineScript()
  const spoken = Object.fromEntries(SPOKEN.map((key) => [key, t(PREFIX + key)]))
  // "<" inside a data block could end it early.
  const data = JSON.stringify(spoken).replaceAll('<', '\\u003c')
  const csp = `default-src 'none'; script-src ${sourceOf(script)}; style-src ${sourceOf(STYLE)}; base-uri 'none'; form-action 'none'`
  return `<!doctype html>
<html lang="${t.lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${csp}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${say('title')} · Gốc</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${say('title')}</h1>
<p class="lead">${say('lead')}</p>
<form id="form">
<label for="files">${say('files')}</label>
<p id="files-hint" class="meta">${say('files-hint')}</p>
<input id="files" type="file" multiple required aria-describedby="files-hint">
<details>
<summary>${say('keys-summary')}</summary>
<label for="keys">${say('keys')}</label>
<p id="keys-hint" class="meta">${say('keys-hint')}</p>
<textarea id="keys" rows="8" spellcheck="false" aria-describedby="keys-hint">${escapeHtml(policy)}</textarea>
</details>
<button type="submit">${say('button')}</button>
</form>
<section id="answer" tabindex="-1" aria-live="polite"></section>
<noscript><p>${say('noscript')}</p></noscript>
<h2>${say('how')}</h2>
<p>${say('how-1')}</p>
<p>${say('how-2')}</p>
<p>${say('how-3')}</p>
</main>
<script type="application/json" id="words">${data}</script>
<script type="module">${script}</script>
</body>
</html>
`
}
