-- Protected records: who asked to open one, who agreed, and who went ahead in an emergency. And the
-- way back from a record to its duplicates.

create table register.opening (
  opening_id uuid not null,
  person_id uuid not null,
  actor_id uuid not null,
  break_glass boolean not null,
  reason text not null,
  recorded_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (person_id, opening_id)
);
comment on table register.opening is
  'A protected record someone asked to open, or opened at once in an emergency (break_glass).';
create index opening_actor on register.opening (actor_id, recorded_at);

create table register.opening_approval (
  opening_id uuid not null,
  person_id uuid not null,
  actor_id uuid not null,
  recorded_at timestamptz not null,
  primary key (person_id, opening_id)
);
comment on table register.opening_approval is 'The second person who agreed to an opening.';

create table register.duplicate (
  survivor_id uuid not null,
  person_id uuid not null,
  primary key (survivor_id, person_id)
);
comment on table register.duplicate is
  'Look-up: which records were ever merged into one. Whether they still are is their fact of kind merged.';
