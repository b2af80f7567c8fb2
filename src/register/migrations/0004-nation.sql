-- A synthetic nation: what it was made from, and who of it shows most of what the register holds.

create table register.synthetic_nation (
  only_one boolean primary key default true check (only_one),
  profile text not null,
  persons integer not null,
  seed text not null,
  as_of date not null,
  citizen_id uuid,
  citizen_name text,
  unit_id text collate "C",
  made_at timestamptz not null default now(),
  check ((citizen_id is null) = (unit_id is null))
);
comment on table register.synthetic_nation is
  'The parameters the synthetic persons were made from: the same ones make the same nation again. citizen_id and unit_id: whom, and the officer of which unit, a visitor signs in as.';
