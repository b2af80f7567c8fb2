-- Lists of administrative units as they were taken, persons recoded after a merger, and imports.

create table register.unit_list (
  list_id uuid primary key,
  valid_from date,
  opened integer not null,
  changed integer not null,
  closed integer not null,
  successors integer not null,
  act_id uuid not null,
  recorded_at timestamptz not null
);
comment on table register.unit_list is
  'Each change of the administrative units; how many rows there are is the version of the directory. No day: the built-in units.';

alter table register.unit add column closed_by uuid;
comment on column register.unit.closed_by is 'The act that set the last day of this row after it had been recorded.';

create table register.unit_recode (
  recode_id uuid primary key,
  on_day date not null,
  act_id uuid not null,
  recorded_at timestamptz not null
);
comment on table register.unit_recode is
  'A pass over the whole register that moves residences from units that ended on a day to their successors.';
create index unit_recode_day on register.unit_recode (on_day, recode_id);

create table register.unit_recode_step (
  recode_id uuid not null,
  number integer not null,
  phase text not null check (phase in ('persons', 'households', 'done')),
  last_id uuid,
  revised integer not null,
  reviews integer not null,
  recorded_at timestamptz not null,
  primary key (recode_id, number)
);
comment on table register.unit_recode_step is
  'How far a pass has come: after an interruption it goes on behind the last id.';

create table register.import_job (
  job_id uuid primary key,
  file_hash text not null,
  as_of date not null,
  act_id uuid not null,
  recorded_at timestamptz not null,
  unique (file_hash, as_of)
);
comment on table register.import_job is
  'A file of persons that is or was being imported: the same file and day is the same job.';

create table register.import_chunk (
  job_id uuid not null,
  number integer not null,
  offset_bytes bigint not null,
  line integer not null,
  taken integer not null,
  rejected integer not null,
  rejects_bytes bigint not null,
  is_last boolean not null,
  recorded_at timestamptz not null,
  primary key (job_id, number)
);
comment on table register.import_chunk is
  'What has been committed of an import, in the order of the file: it resumes behind the last chunk.';

create sequence register.household_file;
comment on sequence register.household_file is 'Serials of residence files: the code of the unit goes before.';
