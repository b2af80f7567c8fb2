-- The tamper-evident log over kernel.audit_event: order, tree, signatures. Nothing here is secret:
-- what is published are salted commitments.

create table ledger.log (
  only_one boolean primary key default true check (only_one),
  origin text not null check (origin ~ '^[^[:space:]+]{1,200}$'),
  made_at timestamptz not null default now()
);
comment on table ledger.log is 'The name this log signs under; it never changes, whatever address the program has.';

create table ledger.sequencer (
  only_one boolean primary key default true check (only_one),
  size bigint not null check (size >= 0),
  xid xid8 not null,
  event_id uuid not null,
  moved_at timestamptz not null default now()
);
comment on table ledger.sequencer is
  'How far the sequencer has read the audit events, in the order (xid, event_id), and how many leaves that gave.';
insert into ledger.sequencer (size, xid, event_id) values (0, '0', '00000000-0000-0000-0000-000000000000');

create table ledger.audit_leaf (
  seq bigint primary key check (seq >= 0),
  event_id uuid not null unique,
  commitment bytea not null check (length(commitment) = 32)
);
comment on table ledger.audit_leaf is
  'Which event is which leaf. commitment is SHA-256(salt ‖ body) as it was when the event was sequenced, and stays when the event is erased.';

create table ledger.tile (
  level smallint not null check (level between 0 and 6),
  tile_index bigint not null check (tile_index >= 0),
  width smallint not null check (width between 1 and 256),
  data bytea not null check (length(data) = width * 32),
  primary key (level, tile_index)
);
-- Hashes do not compress; trying would cost more than writing them.
alter table ledger.tile alter column data set storage external;
comment on table ledger.tile is
  'The Merkle tree as C2SP tlog-tiles; the last tile of a level grows until it has 256 hashes, and its beginning never changes.';

create table ledger.checkpoint (
  size bigint primary key check (size > 0),
  root bytea not null check (length(root) = 32),
  note text not null,
  recorded_at timestamptz not null default now()
);
comment on table ledger.checkpoint is 'Every state of the log that was signed, as a C2SP tlog-checkpoint.';

create table ledger.cosignature (
  size bigint not null references ledger.checkpoint,
  witness text not null,
  line text not null,
  recorded_at timestamptz not null default now(),
  primary key (size, witness)
);
create index cosignature_witness on ledger.cosignature (witness, size);
comment on table ledger.cosignature is 'Signature lines of witnesses (C2SP tlog-cosignature) on our checkpoints.';

create table ledger.erasure (
  event_id uuid primary key,
  reason text not null,
  legal_basis text not null,
  requested_by uuid not null,
  requested_at timestamptz not null,
  approved_by uuid,
  approved_at timestamptz,
  check (approved_by <> requested_by),
  check ((approved_by is null) = (approved_at is null))
);
comment on table ledger.erasure is
  'Who asked that an event be erased, why, and which other person agreed. The leaf stays, so every other proof stays valid.';

-- An audit event changes once at most, to nothing, and only after two persons agreed. The trigger
-- holds for the owner too; whoever disables it is caught by the log itself.
create function ledger.guard_event() returns trigger language plpgsql as $$
begin
  if new.body is not null or new.salt is not null
     or row(new.event_id, new.xid, new.actor_id, new.person_id, new.leaf, new.hidden_until)
        is distinct from row(old.event_id, old.xid, old.actor_id, old.person_id, old.leaf, old.hidden_until)
  then
    raise exception 'an audit event never changes; it can only be erased'
      using errcode = 'insufficient_privilege';
  end if;
  if not exists (select from ledger.erasure e where e.event_id = old.event_id and e.approved_by is not null)
     or not exists (select from ledger.audit_leaf l where l.event_id = old.event_id)
  then
    raise exception 'an audit event is erased only when it is in the log and two persons agreed'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger guard_event before update on kernel.audit_event
  for each row execute function ledger.guard_event();
