import {
  type CommandContext,
  dayOf,
  earliest,
  type Instant,
  latest,
  Refusal,
} from '../../kernel/index.ts'
import { type Revision, revision } from '../facts.ts'
import { checkParentAge, type ParentRole } from '../kinship/rules.ts'
import { listBirthDays } from '../kinship/store.ts'
import type { Birth, Fact, FactKind, PersonId, Relative } from '../types.ts'
import { findRecordedAt } from './record-store.ts'
import { birthShift, firstDay, lastValue, type OwnedFact } from './revisions.ts'
import { type Subject, takePersons } from './subject.ts'

/** Ties that may hold from birth, each with the same tie on the other's record. */
const MIRRORED: { readonly [kind in FactKind]?: FactKind } = {
  parent: 'child',
  spouse: 'spouse',
  representative: 'represented',
  represented: 'representative',
}

export interface BirthCorrection {
  readonly revisions: readonly Revision[]
  /** Not before anything recorded of the relatives whose ties move with the birth. */
  readonly at: Instant
}

/**
 * Another birth: everything that held from birth holds from the new day, on both records of each
 * tie. Refuses a birth after its registration or after death, and one no parent or child allows.
 */
export async function correctBirth(
  context: CommandContext,
  subject: Subject,
  birth: Birth,
): Promise<BirthCorrection> {
  const { believed, personId } = subject
  const before = firstDay(believed)
  if (before === undefined) throw new Refusal('fact.not-found', { kind: 'birth' })
  const after = earliest(birth.on)
  const died = lastValue(believed, 'death')?.on
  if (died !== undefined && after > latest(died)) throw new Refusal('death.before-birth')
  await refuseAfterRegistration(context, personId, after)
  await checkKin(context, subject, birth)
  const ties = believed.filter((fact) => MIRRORED[fact.kind] !== undefined && personOf(fact))
  const relatives = [...new Set(ties.flatMap((fact) => personOf(fact) ?? []))]
  // Their ties move with the birth, so the event is theirs too.
  for (const relative of relatives) context.concerns(relative, ['parent', 'child', 'spouse'])
  const taken = await takePersons(context, [personId, ...relatives])
  const others = taken.subjects.slice(1).flatMap((other) => other.believed)
  const mirrored = ties.flatMap((tie) =>
    others.filter(
      (fact) =>
        fact.personId === personOf(tie) &&
        fact.kind === MIRRORED[tie.kind] &&
        (fact.key === personId || (fact.value as Relative).person === personId) &&
        fact.from === tie.from,
    ),
  )
  if (ties.some((tie) => tie.kind === 'spouse' && tie.from < after)) {
    throw new Refusal('kinship.impossible-age', { relation: 'spouse' })
  }
  const own = believed.filter((fact) => fact.kind !== 'birth') as OwnedFact[]
  const last = believed.findLast((fact) => fact.kind === 'birth')
  return {
    at: taken.at,
    revisions: [
      ...birthShift([...own, ...mirrored], { before, after }),
      ...(after > before
        ? [revision({ personId, kind: 'birth', from: before, to: after, value: null })]
        : []),
      revision({ personId, kind: 'birth', from: after, to: last?.to ?? null, value: birth }),
    ],
  }
}

const personOf = (fact: Fact): PersonId | undefined => (fact.value as Relative).person

async function refuseAfterRegistration(
  { tx, kernel: { profile } }: CommandContext,
  personId: PersonId,
  day: string,
): Promise<void> {
  const recordedAt = await findRecordedAt(tx, personId)
  if (recordedAt !== undefined && day > dayOf(recordedAt, profile.timeZone)) {
    throw new Refusal('birth.after-registration')
  }
}

/** Parents and children must still be of possible ages. */
async function checkKin(
  { tx, kernel: { profile } }: CommandContext,
  { believed }: Subject,
  birth: Birth,
): Promise<void> {
  const kin = believed.filter(
    (fact) => (fact.kind === 'parent' || fact.kind === 'child') && personOf(fact) !== undefined,
  )
  const births = await listBirthDays(
    tx,
    kin.flatMap((fact) => personOf(fact) ?? []),
  )
  const sex = lastValue(believed, 'sex')
  const start = firstDay(believed)
  for (const fact of kin) {
    const other = births.get(personOf(fact) as PersonId)
    if (other === undefined) continue
    if (fact.kind === 'parent') {
      const adopting = fact.from !== start
      const role = adopting ? 'adopting' : (fact.key as ParentRole)
      checkParentAge(profile, { parent: other, child: birth.on }, role)
    } else {
      const adopting = fact.from > latest(other)
      const role = adopting ? 'adopting' : sex === 'female' ? 'mother' : 'father'
      checkParentAge(profile, { parent: birth.on, child: other }, role)
    }
  }
}
