-- Facts that everybody has taken are not kept for ever.

-- Drops each month's partition of the outbox that is old, that every subscriber has read to its end,
-- and of which no delivery waits. Owned by the owner, since the app role may drop nothing; answers
-- how many were dropped. Looked at twice: the second time under the lock, which nobody who writes
-- waits for longer than a look at an index.
create function kernel.prune_outbox(kept_days integer) returns integer
language plpgsql security definer set search_path = pg_catalog, kernel set lock_timeout = '1s' as $$
declare
  part text;
  waits boolean;
  dropped integer := 0;
  looks constant text := 'select exists (select from kernel.%1$I o, kernel.subscriber s
      where (o.xid, o.fact_id) > (s.xid, s.fact_id))
    or exists (select from kernel.%1$I o join kernel.delivery d using (fact_id) where d.done_at is null)';
begin
  if kept_days < 30 then
    raise exception 'facts are kept for 30 days at least';
  end if;
  for part in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'kernel.outbox'::regclass and c.relname ~ '^outbox_\d{4}_\d{2}$'
      and to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month'
        <= (now() at time zone 'UTC') - make_interval(days => kept_days)
    order by c.relname
  loop
    execute format(looks, part) into waits;
    continue when waits;
    -- The whole first, as all who read it do: taking the part first could lock both for ever.
    lock table kernel.outbox in access exclusive mode;
    execute format(looks, part) into waits;
    continue when waits;
    execute format('drop table kernel.%I', part);
    dropped := dropped + 1;
  end loop;
  return dropped;
end $$;
revoke all on function kernel.prune_outbox from public;
grant execute on function kernel.prune_outbox to goc_app;
