-- Whole lists of agencies, checked behind the requests: what was announced, agreed to, done.

create table exchange.link_job (
  job_id uuid primary key,
  agency_id uuid not null references exchange.agency,
  agreement_id uuid not null references exchange.agreement,
  purpose text not null,
  as_of date not null,
  file_digest bytea not null check (length(file_digest) = 32),
  file_bytes bigint not null check (file_bytes > 0),
  columns text[] not null,
  unknown text[] not null,
  rows_told bigint not null,
  state text not null check (state in ('planned', 'received', 'waiting', 'queued', 'running',
    'stopped', 'done', 'failed', 'cancelled', 'shredded')),
  reason text,
  despite text,
  rows bigint,
  rows_done bigint not null default 0,
  attempts smallint not null default 0,
  result_parts integer,
  manifest jsonb,
  planned_at timestamptz not null,
  ended_at timestamptz
);
comment on table exchange.link_job is
  'A file an agency has checked: announced with its digest, received in parts, checked by the worker. The file lies encrypted beside the database under a key of its own, and both are destroyed days after the end.';
create unique index link_job_file on exchange.link_job (agency_id, file_digest)
  where state not in ('cancelled', 'failed', 'shredded');
create index link_job_open on exchange.link_job (planned_at)
  where state in ('received', 'queued', 'running');

create table exchange.link_job_part (
  job_id uuid not null references exchange.link_job,
  part integer not null check (part >= 1),
  digest bytea not null check (length(digest) = 32),
  bytes integer not null check (bytes > 0),
  primary key (job_id, part)
);
comment on table exchange.link_job_part is 'Parts of a file that have been received whole.';

create table exchange.link_job_approval (
  job_id uuid not null references exchange.link_job,
  actor_id uuid not null,
  approved_at timestamptz not null,
  primary key (job_id, actor_id)
);
comment on table exchange.link_job_approval is
  'Who agreed that a large file is checked; two different persons must.';
