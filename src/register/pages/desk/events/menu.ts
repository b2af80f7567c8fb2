import type { FastifyInstance } from 'fastify'
import { type Html, html, type Kernel, mayDo, sendHtml } from '../../../../kernel/index.ts'
import { back, section, still, taskList } from '../../../../web/index.ts'
import { addressOf, deskPage, personPath } from '../frame.ts'
import { opening, type PersonRoute } from '../persons.ts'
import { allowedOf } from '../who.ts'
import { EVENT_KINDS, EVENTS, eventsFor, GROUPS } from './list.ts'
import { type About, aboutPerson, journeyOf } from './subject.ts'

const OPERATIONS = EVENTS.flatMap(({ operations }): readonly string[] => operations)

/** Everything that can be recorded of one person now, by this officer. */
export function menuRoutes(app: FastifyInstance, kernel: Kernel): void {
  app.get<PersonRoute>('/desk/persons/:person/events', (request, reply) =>
    opening({ request, reply, kernel }, async () => {
      allowedOf(request, kernel, OPERATIONS)
      const about = await aboutPerson(request, kernel, EVENT_KINDS)
      const { purpose, asker } = about
      const body = menuPage(about, (operation) => mayDo(kernel, asker.actor, operation))
      const title = request.t('register.desk.events.title')
      return sendHtml(reply, deskPage(request, kernel, { title, body, purpose }))
    }),
  )
}

function menuPage(about: About, may: (operation: string) => boolean): Html {
  const { wording, person, purpose, facts } = about
  const { t } = wording
  const open = eventsFor(facts, may)
  const parts = GROUPS.flatMap((group) => {
    const tasks = open
      .filter((one) => one.group === group)
      .map(({ name }) => ({
        title: t(`register.desk.event.${name}`),
        href: addressOf(personPath(person, `/${name}`), { for: purpose }),
        why: t(`register.desk.event.${name}.why`),
      }))
    const title = t(`register.desk.events.${group}`)
    return tasks.length === 0 ? [] : [section(group, title, taskList(tasks, { tight: true }))]
  })
  const { about: whom, back: way } = journeyOf(about, 'kin')
  const none = still(t('register.desk.events.none'), t('register.desk.events.none-why'))
  return html`<div class="stack-l dense"><div>${back(way.label, way.href)}
<h1>${t('register.desk.events.title')}</h1>${whom}</div>
${parts.length === 0 ? none : html`<div class="two">${parts}</div>`}</div>`
}
