import type { FactView, KinView } from '../../../person/record-view.ts'
import type { Death, FactKind } from '../../../types.ts'

type Facts = readonly FactView[]

const holds = (facts: Facts, ...kinds: readonly FactKind[]): boolean =>
  facts.some((fact) => kinds.includes(fact.kind))
const lossIn = (facts: Facts): Death | undefined =>
  facts.find((fact) => fact.kind === 'death')?.value as Death | undefined
const isOpen = (facts: Facts): boolean => lossIn(facts) === undefined
const isOpenWith =
  (...kinds: readonly FactKind[]) =>
  (facts: Facts): boolean =>
    isOpen(facts) && holds(facts, ...kinds)
const isOpenWithout =
  (kind: FactKind) =>
  (facts: Facts): boolean =>
    isOpen(facts) && !holds(facts, kind)

const TIES = ['parent', 'spouse', 'representative'] as const

/** A tie is named by the relative's number; who died before there were numbers has none. */
export function isTie({ kind, value }: FactView): boolean {
  if (!(TIES as readonly FactKind[]).includes(kind)) return false
  const { registered, number } = value as KinView
  return !registered || number !== null
}

/** The parts of the list of events, in the order an officer looks for them. */
export const GROUPS = ['civil', 'residence', 'household', 'number', 'keeping'] as const

/** Something that is recorded of one person. */
interface PersonEvent {
  /** The last part of its address; its words are `desk.event.<name>` and `….why`. */
  readonly name: string
  readonly group: (typeof GROUPS)[number]
  /** Commands it ends in: whoever may do one of them is offered it. */
  readonly operations: readonly string[]
  /** What of the record its form and its condition read. */
  readonly kinds: readonly FactKind[]
  /** Whether there is anything of the kind to record, by what holds today. */
  readonly when: (facts: Facts) => boolean
}

const STAYS = ['permanent', 'temporary', 'absence'] as const

/** All that is recorded of one person, beside corrections, which have a list of their own. */
export const EVENTS = [
  {
    name: 'kin',
    group: 'civil',
    operations: ['kinship.link'],
    kinds: [],
    when: isOpen,
  },
  {
    name: 'kin-end',
    group: 'civil',
    operations: ['kinship.end'],
    kinds: TIES,
    when: (facts) => isOpen(facts) && facts.some(isTie),
  },
  {
    name: 'death',
    group: 'civil',
    operations: ['death.register', 'disappearance.register'],
    kinds: ['birth', 'death'],
    // Somebody declared missing may be known to have died later.
    when: (facts) => lossIn(facts)?.kind !== 'death',
  },
  {
    name: 'death-reversal',
    group: 'civil',
    operations: ['death.reverse'],
    kinds: ['death'],
    when: (facts) => !isOpen(facts),
  },
  {
    name: 'move',
    group: 'residence',
    operations: [
      'residence.register-permanent',
      'household.move',
      'residence.register-temporary',
      'residence.declare-current',
    ],
    kinds: ['permanent'],
    when: isOpen,
  },
  {
    name: 'absence',
    group: 'residence',
    operations: ['residence.report-absence'],
    kinds: STAYS,
    when: (facts) => isOpenWith('permanent', 'temporary')(facts) && !holds(facts, 'absence'),
  },
  {
    name: 'stay-end',
    group: 'residence',
    operations: ['residence.end-absence', 'residence.end-temporary', 'residence.deregister'],
    kinds: STAYS,
    when: isOpenWith(...STAYS),
  },
  {
    name: 'establish',
    group: 'household',
    operations: ['household.establish'],
    kinds: ['household'],
    when: isOpenWithout('household'),
  },
  {
    name: 'join',
    group: 'household',
    operations: ['household.add-member'],
    kinds: ['household'],
    when: isOpenWithout('household'),
  },
  {
    name: 'add-member',
    group: 'household',
    operations: ['household.add-member'],
    kinds: ['household'],
    when: isOpenWith('household'),
  },
  {
    name: 'leave',
    group: 'household',
    operations: ['household.remove-member'],
    kinds: ['household'],
    when: isOpenWith('household'),
  },
  {
    name: 'head',
    group: 'household',
    operations: ['household.change-head'],
    kinds: ['household'],
    when: isOpenWith('household'),
  },
  {
    name: 'split',
    group: 'household',
    operations: ['household.split'],
    kinds: ['household'],
    when: isOpenWith('household'),
  },
  {
    name: 'household-merge',
    group: 'household',
    operations: ['household.merge'],
    kinds: ['household'],
    when: isOpenWith('household'),
  },
  {
    name: 'number',
    group: 'number',
    operations: ['number.re-establish', 'number.cancel'],
    kinds: [],
    when: isOpenWith('number'),
  },
  {
    name: 'old-number',
    group: 'number',
    operations: ['old-number.link'],
    kinds: ['old-number'],
    when: isOpen,
  },
  {
    name: 'merge',
    group: 'keeping',
    operations: ['person.merge'],
    kinds: [],
    when: () => true,
  },
  {
    name: 'protect',
    group: 'keeping',
    operations: ['person.protect'],
    kinds: ['protected'],
    when: isOpenWithout('protected'),
  },
  {
    name: 'unprotect',
    group: 'keeping',
    operations: ['person.unprotect'],
    kinds: ['protected'],
    when: (facts) => holds(facts, 'protected'),
  },
] as const satisfies readonly PersonEvent[]
export type EventName = (typeof EVENTS)[number]['name']

/** What is read of a record to say which events there are for it. */
export const EVENT_KINDS: readonly FactKind[] = [
  ...new Set<FactKind>([...EVENTS.flatMap(({ kinds }): readonly FactKind[] => kinds), 'death']),
]

/** What may be recorded of somebody now, by this officer. */
export function eventsFor(
  facts: Facts,
  may: (operation: string) => boolean,
): readonly (PersonEvent & { readonly name: EventName })[] {
  return EVENTS.filter(({ operations, when }) => operations.some(may) && when(facts))
}
