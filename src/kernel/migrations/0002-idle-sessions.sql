-- A session left alone ends before its hours are over.

alter table kernel.session add column idle_until timestamptz not null default now() + interval '1 hour';
comment on column kernel.session.idle_until is 'Moved on by use, a few minutes at a time.';
