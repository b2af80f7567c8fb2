-- Files of agencies that are checked: which parts are in the log, so that none is asked twice.

create table exchange.checked_part (
  check_id uuid not null,
  part integer not null check (part >= 1),
  seal_key bytea not null check (length(seal_key) = 32),
  recorded_at timestamptz not null,
  primary key (check_id, part)
);
comment on table exchange.checked_part is
  'A part of a checked file whose event is written, with the key its results lie sealed by until then: what is not in the log cannot be read.';
