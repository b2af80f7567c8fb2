-- The kernel: who acts, what they did, what must follow.

create table kernel.nation (
  only_one boolean primary key default true check (only_one),
  profile text not null,
  demonstration boolean not null,
  seed text,
  made_at timestamptz not null default now()
);
comment on table kernel.nation is 'The one nation of this database: its profile never changes.';

create table kernel.actor (
  actor_id uuid primary key,
  kind text not null check (kind in ('citizen', 'officer', 'agency', 'operator', 'system')),
  login text unique,
  name text not null,
  body text,
  unit text,
  person_id uuid,
  agency_id uuid,
  made_at timestamptz not null default now(),
  closed_at timestamptz
);
comment on table kernel.actor is 'Whoever acts: citizen, officer, agency client, operator, the program itself.';
create index actor_person on kernel.actor (person_id) where person_id is not null;

create table kernel.role_grant (
  grant_id uuid primary key,
  actor_id uuid not null references kernel.actor,
  role text not null,
  unit text not null,
  valid daterange not null,
  granted_by uuid not null,
  recorded_at timestamptz not null default now(),
  ended_at timestamptz
);
comment on table kernel.role_grant is 'A role an actor holds over one unit (or the nation) from a day to a day.';
create index role_grant_actor on kernel.role_grant (actor_id);

create table kernel.session (
  token_hash bytea primary key,
  actor_id uuid not null references kernel.actor,
  level smallint not null check (level between 0 and 4),
  made_at timestamptz not null default now(),
  expires_at timestamptz not null,
  ended_at timestamptz
);
comment on table kernel.session is 'A signed-in session; only the hash of its token is kept.';
create index session_actor on kernel.session (actor_id);

create table kernel.idempotency (
  actor_id uuid not null,
  key text not null check (length(key) between 1 and 200),
  operation text not null,
  input_hash bytea not null,
  answer jsonb not null,
  recorded_at timestamptz not null default now(),
  primary key (actor_id, key)
);
comment on table kernel.idempotency is 'The answer given to a key, so that a repeat changes nothing; kept 90 days.';
create index idempotency_age on kernel.idempotency (recorded_at);

-- event_id is a UUID version 7: its first 48 bits are the time, so months are ranges of it.
create table kernel.audit_event (
  event_id uuid not null,
  xid xid8 not null default pg_current_xact_id(),
  actor_id uuid not null,
  person_id uuid,
  body text,
  salt bytea check (length(salt) = 32),
  leaf bytea not null check (length(leaf) = 32),
  hidden_until date,
  primary key (event_id)
) partition by range (event_id);
comment on table kernel.audit_event is
  'One line a disclosure, change or refusal. body is the canonical JSON (RFC 8785) that was hashed; body and salt are null once erased. person_id: the subject, when there is one; several are in audit_subject.';
create index audit_event_order on kernel.audit_event (xid, event_id);
create index audit_event_person on kernel.audit_event (person_id, event_id) where person_id is not null;

create table kernel.audit_subject (
  event_id uuid not null,
  person_id uuid not null,
  position integer not null check (position >= 0),
  salt bytea not null check (length(salt) = 32),
  primary key (person_id, event_id, position)
);
comment on table kernel.audit_subject is
  'The persons named by an event with several subjects; event.body carries the Merkle root over their salted commitments.';
create index audit_subject_event on kernel.audit_subject (event_id, position);

create table kernel.outbox (
  fact_id uuid not null,
  xid xid8 not null default pg_current_xact_id(),
  event_id uuid not null,
  name text not null,
  ordering_key text not null,
  payload jsonb not null,
  primary key (fact_id)
) partition by range (fact_id);
comment on table kernel.outbox is 'Facts for others, written in the transaction that made them true.';
create index outbox_order on kernel.outbox (xid, fact_id);

create table kernel.subscriber (
  name text primary key,
  xid xid8 not null,
  fact_id uuid not null,
  moved_at timestamptz not null default now()
);
comment on table kernel.subscriber is 'How far each subscriber has read the outbox.';

create table kernel.delivery (
  subscriber text not null,
  fact_id uuid not null,
  ordering_key text not null,
  attempts integer not null default 0,
  next_at timestamptz not null default now(),
  error text,
  done_at timestamptz,
  primary key (subscriber, fact_id)
);
comment on table kernel.delivery is
  'Facts a subscriber could not take at once, and those of the same key that wait behind them.';
create index delivery_waiting on kernel.delivery (subscriber, ordering_key, fact_id) where done_at is null;

create table kernel.job_run (
  name text primary key,
  ran_at timestamptz not null
);
comment on table kernel.job_run is 'When each timed job last ran.';

-- Lowest UUID version 7 of an instant, the bound of a month.
create function kernel.uuid_floor(at timestamptz) returns uuid
language sql immutable parallel safe as $$
  select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '00000000000000000000')::uuid
$$;

-- Makes the month's partitions up to a given month ahead; called by the worker, owned by the owner,
-- since the app role may not create tables.
create function kernel.make_partitions(months_ahead integer, at timestamptz default now()) returns integer
language plpgsql security definer set search_path = pg_catalog, kernel as $$
declare
  parent text;
  month timestamptz;
  part text;
  made integer := 0;
begin
  if months_ahead not between 0 and 36 then
    raise exception 'months_ahead must lie between 0 and 36';
  end if;
  foreach parent in array array['audit_event', 'outbox'] loop
    if to_regclass('kernel.' || parent || '_default') is null then
      execute format('create table kernel.%I partition of kernel.%I default', parent || '_default', parent);
    end if;
    for i in 0..months_ahead loop
      month := date_trunc('month', at at time zone 'UTC') at time zone 'UTC' + make_interval(months => i);
      part := parent || '_' || to_char(month at time zone 'UTC', 'YYYY_MM');
      if to_regclass('kernel.' || part) is null then
        execute format('create table kernel.%I partition of kernel.%I for values from (%L) to (%L)',
          part, parent, kernel.uuid_floor(month), kernel.uuid_floor(month + interval '1 month'));
        made := made + 1;
      end if;
    end loop;
  end loop;
  return made;
end $$;
revoke all on function kernel.make_partitions from public;
grant execute on function kernel.make_partitions to goc_app;
select kernel.make_partitions(3);
