-- The exchange: who may ask what of whom, and what keeps a question from becoming a search.

create table exchange.agency (
  agency_id uuid primary key,
  code text collate "C" not null unique check (code ~ '^[a-z][a-z0-9-]{1,39}$'),
  name text not null,
  sector text not null,
  actor_id uuid not null unique,
  contact text,
  registered_at timestamptz not null
);
comment on table exchange.agency is
  'A body that asks the register, and the actor its client acts as.';

create table exchange.agency_key (
  key_id text collate "C" primary key check (length(key_id) between 3 and 80),
  agency_id uuid not null references exchange.agency,
  public_key bytea not null unique check (length(public_key) = 32),
  added_at timestamptz not null,
  added_by uuid not null,
  revoked_at timestamptz,
  revoked_because text
);
comment on table exchange.agency_key is
  'Ed25519 keys an agency signs its requests with; a revoked key is kept, as old requests bear it.';
create index agency_key_agency on exchange.agency_key (agency_id);

create table exchange.agreement (
  agreement_id uuid primary key,
  agency_id uuid not null references exchange.agency,
  operations text[] not null check (cardinality(operations) > 0),
  purpose text not null,
  legal_basis text not null,
  attributes text[] not null,
  predicates text[] not null,
  scope jsonb not null,
  close boolean not null,
  assurance smallint not null check (assurance between 1 and 4),
  online_per_day integer not null check (online_per_day >= 0),
  bulk_per_day integer not null check (bulk_per_day >= 0),
  valid daterange not null check (not isempty(valid) and not lower_inf(valid)),
  proposed_at timestamptz not null,
  proposed_by uuid not null,
  ended_on date,
  ended_by uuid,
  ended_because text,
  check ((ended_on is null) = (ended_by is null))
);
comment on table exchange.agreement is
  'What an agency may ask, for which purpose, under which article, of whom and how often. It holds once two persons other than its proposer approved it; its terms never change, a new one replaces it.';
create index agreement_agency on exchange.agreement (agency_id);

create table exchange.approval (
  agreement_id uuid not null references exchange.agreement,
  actor_id uuid not null,
  approved_at timestamptz not null,
  primary key (agreement_id, actor_id)
);
comment on table exchange.approval is 'Who approved an agreement; two different persons must.';

create table exchange.pseudonym (
  person_id uuid not null,
  agency_id uuid not null,
  pseudonym bytea not null check (length(pseudonym) = 16),
  first_used_at timestamptz not null,
  primary key (person_id, agency_id)
);
comment on table exchange.pseudonym is
  'How one agency knows a person: 128 random bits stored at first use, so that no key links agencies.';

create table exchange.consent (
  person_id uuid not null,
  consent_id uuid not null,
  agency_id uuid not null,
  purpose text not null,
  valid daterange not null check (not isempty(valid) and not lower_inf(valid)),
  given_at timestamptz not null,
  given_by uuid not null,
  withdrawn_at timestamptz,
  primary key (person_id, consent_id)
);
comment on table exchange.consent is
  'A person lets an agency ask about them for a purpose, from a day to a day; withdrawn at any time.';
create index consent_agency on exchange.consent (person_id, agency_id, purpose) where withdrawn_at is null;

create table exchange.guess (
  agency_id uuid not null,
  number_mac bytea not null check (length(number_mac) = 16),
  day date not null,
  on_day smallint not null,
  since date not null,
  since_then integer not null,
  primary key (agency_id, number_mac)
) with (fillfactor = 80);
comment on table exchange.guess is
  'Failed attempts an agency made at a number, whether or not anyone bears it: keyed by a MAC of the number as claimed.';

create table exchange.usage (
  agreement_id uuid not null,
  day date not null,
  bulk boolean not null,
  slot smallint not null check (slot between 0 and 31),
  calls bigint not null,
  unconfirmed bigint not null,
  primary key (agreement_id, day, bulk, slot)
) with (fillfactor = 50);
comment on table exchange.usage is
  'Persons asked about, by agreement and day; several slots, so that transactions side by side do not wait for one row.';

-- A nonce is needed for as long as its signature lives (at most 330 s). Four buckets of 600 s are
-- filled in turn and emptied two turns later: no row is ever deleted, no partition ever made.
create table exchange.nonce (
  bucket smallint not null check (bucket between 0 and 3),
  expires integer not null,
  digest uuid not null,
  primary key (bucket, expires, digest)
) partition by list (bucket);
comment on table exchange.nonce is
  'Nonces seen, as half a SHA-256 of key id and nonce, so that no signed request is taken twice by any process.';
create table exchange.nonce_0 partition of exchange.nonce for values in (0);
create table exchange.nonce_1 partition of exchange.nonce for values in (1);
create table exchange.nonce_2 partition of exchange.nonce for values in (2);
create table exchange.nonce_3 partition of exchange.nonce for values in (3);

-- Empties the bucket whose signatures are all dead; called by the worker, owned by the owner, since
-- the app role may not truncate.
create function exchange.forget_nonces(now_s bigint) returns void
language plpgsql security definer set search_path = pg_catalog, exchange as $$
declare
  part text := 'nonce_' || ((now_s / 600 + 2) % 4)::text;
  alive boolean;
begin
  execute format('select exists (select from exchange.%I where expires >= $1)', part) into alive using now_s;
  if not alive then
    execute format('truncate exchange.%I', part);
  end if;
end $$;
revoke all on function exchange.forget_nonces from public;
grant execute on function exchange.forget_nonces to goc_app;

create table exchange.complaint (
  person_id uuid not null,
  complaint_id uuid not null,
  event_id uuid not null,
  caused_by uuid not null,
  addressee text not null,
  question text not null,
  asked_at timestamptz not null,
  due_on date not null,
  answered_at timestamptz,
  answered_by uuid,
  answer text,
  lawful boolean,
  primary key (person_id, complaint_id),
  unique (person_id, event_id),
  check ((answered_at is null) = (answer is null))
);
comment on table exchange.complaint is
  'A person asks why an event happened; whoever caused it, or the inspector, answers by the day due.';
create index complaint_open on exchange.complaint (due_on) where answered_at is null;
create index complaint_by_id on exchange.complaint (complaint_id);
create index complaint_caused on exchange.complaint (caused_by, asked_at);

-- Every process keeps keys and agreements in memory and reads them anew when told.
create function exchange.tell_change() returns trigger language plpgsql as $$
begin
  perform pg_notify('exchange_changed', '');
  return null;
end $$;
create trigger agency_told after insert or update on exchange.agency
  for each statement execute function exchange.tell_change();
create trigger agency_key_told after insert or update on exchange.agency_key
  for each statement execute function exchange.tell_change();
create trigger agreement_told after insert or update on exchange.agreement
  for each statement execute function exchange.tell_change();
create trigger approval_told after insert on exchange.approval
  for each statement execute function exchange.tell_change();
