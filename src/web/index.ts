/**
 * The look of every page. Other rooms import from here only.
 *
 * Whole pages
 * - `page(request, kernel, { title, section, body })`  the page around a body, with its section's
 *   header, menu and footer, in the reader's language: `sendHtml(reply, page(…))`
 * - `layout({ t, title, section, path, body, … })`  the same without a request
 * - `filePage({ t, title, lead, body })`  a page in a file of its own, the style inside
 * - `greeting(above, title, body)`  the band that greets; first on a front page or sign-in;
 *   `capital(t.month('2026-10'))` where a day or month begins a line
 *
 * Acting
 * - `button(label, { kind })`, `linkButton(label, href)`  one main action a page
 * - `postForm({ action, keys: formKeys(request, kernel), body })`  a form that changes something,
 *   and arrives with `_csrf` and `_key`, the idempotency key; `hidden(fields)`
 * - `back(label, href)`  the link above the title
 *
 * Asking
 * - `field({ name, label, hint, error, value })`  one line, or `rows` lines; the value is kept
 * - `dayField(t, …)`, `readDay(text)`, `writeDay(day)`  days as dd/mm/yyyy
 * - `choice({ name, label, options, chosen })`, `select(…)`, `agree(…)`, `given(label, hint)`
 * - `errorSummary(t, [{ field, words }])`  on top of a form sent back
 * - `searchBox({ action, label, submit })`, `steps(t, title, { now: 3, of: 6 })`
 *
 * Telling
 * - `tag(t, 'late', words)`  a state: idle, doing, done, you, late; shape and word
 * - `note({ kind, title, body })`  what the reader must know now
 * - `still(title, body)`  nothing here yet; `sheet(body, title)`  a box for a summary
 * - `progress(t, work)`  long work: count, rate, time left, stop; island `progress`
 *
 * Listing
 * - `section(id, title, body)`  a part of a page under its heading; with
 *   `{ title, aside }` a count, a link or buttons stand beside it; `head({ title, aside })` alone
 * - `taskList([{ title, href, why, state }])`, `plainList(rows)`, `kinList(people)`, `doors(all)`
 * - `facts([{ name, value, meta, change }])`  pairs; `bits(label, words)`  attributes
 * - `stem(t, [{ state, when, title, body }])`  anything in order of time
 * - `table({ caption, columns, rows, dense })`  blocks on a phone; `open` lies behind a row
 * - `desk({ title, queue: queue(rows), record, back })`  the queue left, the record right
 * - `tabs(label, all)`, `sideNav(label, groups)`, `pagination(t, { page, pages, href })`
 *
 * Printing
 * - `drawDocument(t, { title, issuer, lead, blocks, foot, madeAt })`  a tagged PDF on A4 with page
 *   numbers; blocks are data: heading, text, note, facts, table
 *
 * Showing
 * - `idNumber('079 097 375 971')`  digits in groups that copy as digits; `big(figure, words)`
 * - `asOf(t, { action, valid, known, today, acts })`  two dates and the axis of a life
 * - `monthDots(t, label, months)`  counts by month with the table behind; `code(text, label)`
 * - `mark`, `rings`, `icon(name)`  ours; `rings` only behind a greeting or the sign-in (`greeting`)
 */
import type { Room } from '../kernel/index.ts'
import { webRoutes } from './routes.ts'

export { back, button, hidden, linkButton, postForm } from './components/actions.ts'
export { asOf, type LifeAct } from './components/asof.ts'
export { readDay, writeDay } from './components/days.ts'
export { desk, queue } from './components/desk.ts'
export { big, code, idNumber, monthDots } from './components/figures.ts'
export {
  agree,
  choice,
  dayField,
  errorSummary,
  type FieldError,
  field,
  given,
  searchBox,
  select,
  steps,
} from './components/form.ts'
export {
  bits,
  doors,
  type Fact,
  facts,
  head,
  kinList,
  type Node,
  pagination,
  plainList,
  section,
  sideNav,
  stem,
  tabs,
  taskList,
} from './components/lists.ts'
export { note, progress, type State, sheet, still, tag } from './components/states.ts'
export { type Column, type Row, table } from './components/table.ts'
export {
  type Block,
  drawDocument,
  type PaperCell,
  type PaperDocument,
} from './document.ts'
export { filePage } from './file-page.ts'
export {
  capital,
  greeting,
  layout,
  type Page,
} from './layout.ts'
export { icon, mark, rings } from './mark.ts'
export { installMenu, page, problemPages } from './page.ts'
export { listAccounts } from './store.ts'

export const room: Room = {
  name: 'web',
  migrations: null,
  routes: webRoutes,
  locales: new URL('./locales/', import.meta.url),
}
