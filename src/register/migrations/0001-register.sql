-- The register: persons and households as bitemporal facts, each resting on an act.

create table register.act (
  act_id uuid primary key,
  kind text not null,
  document text,
  decided_on date,
  body text,
  unit_id text,
  legal_basis text not null,
  actor_id uuid not null,
  note text,
  recorded_at timestamptz not null
);
comment on table register.act is
  'The document, decision or event that justifies facts, with its legal basis and who recorded it.';

create table register.person (
  person_id uuid primary key,
  act_id uuid not null,
  recorded_at timestamptz not null
);
comment on table register.person is
  'A person: an id that never leaves the program. All that is known of a person are facts.';

create table register.fact (
  person_id uuid not null,
  kind text collate "C" not null,
  key text collate "C" not null default '',
  valid daterange not null check (not isempty(valid) and not lower_inf(valid)),
  value jsonb not null,
  act_id uuid not null,
  recorded_at timestamptz not null,
  superseded_at timestamptz check (superseded_at >= recorded_at),
  superseded_by uuid,
  check ((superseded_at is null) = (superseded_by is null))
);
comment on table register.fact is
  'What holds of a person (valid) and since when we know it (recorded_at) until we knew better (superseded_at). Believed rows of one person, kind and key never overlap.';
comment on column register.fact.key is
  'Tells apart what a person may have several of at once: mother and father, cards, children.';
create unique index fact_key on register.fact (person_id, kind, key, lower(valid), recorded_at);

create table register.household (
  household_id uuid primary key,
  act_id uuid not null,
  recorded_at timestamptz not null
);
comment on table register.household is 'A household: its head, address and file number are household facts.';

create table register.household_fact (
  household_id uuid not null,
  kind text collate "C" not null,
  key text collate "C" not null default '',
  valid daterange not null check (not isempty(valid) and not lower_inf(valid)),
  value jsonb not null,
  act_id uuid not null,
  recorded_at timestamptz not null,
  superseded_at timestamptz check (superseded_at >= recorded_at),
  superseded_by uuid,
  check ((superseded_at is null) = (superseded_by is null))
);
comment on table register.household_fact is
  'What holds of a household, in the shape of register.fact; kind head has at most one believed value a day.';
create unique index household_fact_key
  on register.household_fact (household_id, kind, key, lower(valid), recorded_at);

create table register.member (
  household_id uuid not null,
  person_id uuid not null,
  primary key (household_id, person_id)
);
comment on table register.member is
  'Look-up: who has ever been of a household. When and as what is the person''s fact of kind household.';

create table register.number (
  number text collate "C" primary key,
  person_id uuid not null
);
comment on table register.number is
  'Look-up: the person a personal identification number was ever given to; unique for ever. Its history is facts of kind number.';

create table register.old_number (
  value text collate "C" not null,
  person_id uuid not null,
  primary key (value, person_id)
);
comment on table register.old_number is
  'Look-up: persons by an older number. Not unique: the provinces gave some of them twice.';

create table register.search (
  person_id uuid primary key,
  tokens text[] collate "C" not null
);
comment on table register.search is
  'Folded name tokens of a person, with y<birth year> and u<unit id> of the residence.';
create index search_tokens on register.search using gin (tokens);

create table register.unit (
  unit_id text collate "C" not null,
  code text collate "C" not null,
  level text not null,
  kind text not null,
  name text not null,
  parent_id text collate "C",
  valid daterange not null check (not isempty(valid) and not lower_inf(valid)),
  act_id uuid not null
);
comment on table register.unit is
  'Administrative units with their days; unit_id is code@first day of its extent, as new units reuse old codes. A new name or kind is a new row of the same unit.';
create unique index unit_key on register.unit (unit_id, lower(valid));
create index unit_code on register.unit (code);

create table register.unit_successor (
  unit_id text collate "C" not null,
  successor_id text collate "C" not null,
  whole boolean not null,
  primary key (unit_id, successor_id)
);
comment on table register.unit_successor is
  'What became of a unit: whole into one successor, or in part into several, which needs local review.';

create table register.unit_review (
  review_id uuid not null,
  person_id uuid not null,
  fact_kind text not null,
  unit_id text collate "C" not null,
  recorded_at timestamptz not null,
  decided_at timestamptz,
  successor_id text collate "C",
  primary key (person_id, review_id)
);
comment on table register.unit_review is
  'Persons living in a unit that was split: an officer says which successor.';
create index unit_review_open on register.unit_review (unit_id, review_id) where decided_at is null;

-- One mechanism keeps believed rows apart for persons and households alike (docs/adr/0002). A
-- statement-level trigger looks at the new rows' keys only; the owner of the key is locked first,
-- unless this transaction made it and nobody else can see it. NO KEY UPDATE, as for any change.
create function register.refuse_person_overlap() returns trigger
language plpgsql security definer
set search_path = pg_catalog, register
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off
as $$
begin
  perform from register.person p
    where p.person_id in (select distinct person_id from new_rows)
      and p.xmin <> pg_current_xact_id()::xid
    order by p.person_id for no key update;
  if exists (
    select from (select distinct person_id from new_rows) n
    where not exists (select from register.person p where p.person_id = n.person_id)
  ) then
    raise foreign_key_violation using message = 'a fact names no person of the register';
  end if;
  if exists (
    select from new_rows n join register.fact f
      on f.person_id = n.person_id and f.kind = n.kind and f.key = n.key
    where n.superseded_at is null and f.superseded_at is null and f.valid && n.valid
      and (lower(f.valid), f.recorded_at) <> (lower(n.valid), n.recorded_at)
  ) then
    raise exclusion_violation using message = 'believed facts of one person overlap',
      constraint = 'fact_no_overlap';
  end if;
  return null;
end $$;
create trigger fact_no_overlap after insert on register.fact
  referencing new table as new_rows for each statement execute function register.refuse_person_overlap();

create function register.refuse_household_overlap() returns trigger
language plpgsql security definer
set search_path = pg_catalog, register
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off
as $$
begin
  perform from register.household h
    where h.household_id in (select distinct household_id from new_rows)
      and h.xmin <> pg_current_xact_id()::xid
    order by h.household_id for no key update;
  if exists (
    select from (select distinct household_id from new_rows) n
    where not exists (select from register.household h where h.household_id = n.household_id)
  ) then
    raise foreign_key_violation using message = 'a fact names no household of the register';
  end if;
  if exists (
    select from new_rows n join register.household_fact f
      on f.household_id = n.household_id and f.kind = n.kind and f.key = n.key
    where n.superseded_at is null and f.superseded_at is null and f.valid && n.valid
      and (lower(f.valid), f.recorded_at) <> (lower(n.valid), n.recorded_at)
  ) then
    raise exclusion_violation using message = 'believed facts of one household overlap',
      constraint = 'household_fact_no_overlap';
  end if;
  return null;
end $$;
create trigger household_fact_no_overlap after insert on register.household_fact
  referencing new table as new_rows for each statement execute function register.refuse_household_overlap();

create function register.refuse_second_superseding() returns trigger
language plpgsql as $$
begin
  raise exception 'a superseded fact is never touched again'
    using errcode = 'integrity_constraint_violation', constraint = 'superseded_once';
end $$;
create trigger fact_superseded_once before update on register.fact
  for each row when (old.superseded_at is not null)
  execute function register.refuse_second_superseding();
create trigger household_fact_superseded_once before update on register.household_fact
  for each row when (old.superseded_at is not null)
  execute function register.refuse_second_superseding();
