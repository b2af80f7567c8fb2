import type { CommandContext } from '../../kernel/index.ts'
import type { PersonId } from '../types.ts'

/** Lets a person be found by older numbers for ever, whoever else bears them. */
export function linkOldNumbers(
  { tx }: Pick<CommandContext, 'tx'>,
  personId: PersonId,
  numbers: readonly string[],
): void {
  if (numbers.length === 0) return
  tx.atCommit(
    'register.old-numbers-link',
    `insert into register.old_number (value, person_id)
     select v, $2 from unnest($1::text[]) as v on conflict do nothing`,
    [numbers, personId],
  )
}
