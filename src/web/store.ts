import type { ActorKind, Kernel } from '../kernel/index.ts'

/** A demonstration account as the sign-in page offers it. */
export interface Account {
  readonly login: string
  readonly kind: ActorKind
  readonly name: string
  readonly body: string | null
  readonly roles: readonly string[]
}

export async function listAccounts(kernel: Kernel): Promise<Account[]> {
  return kernel.database.transaction((tx) =>
    tx.query<Account>(
      `select a.login, a.kind, a.name, a.body,
         array(select distinct g.role from kernel.role_grant g
               where g.actor_id = a.actor_id and g.ended_at is null order by g.role) as roles
       from kernel.actor a where a.login is not null and a.closed_at is null
       order by a.kind, a.login`,
    ),
  )
}
