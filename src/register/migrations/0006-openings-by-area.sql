-- Openings are found by the area of the person's home of today: who moved meanwhile is the new
-- officers' affair, so the unit is asked of the facts, not copied into the opening.

create function register.home_unit(person uuid, today date) returns text
language sql stable parallel safe as $$
  select coalesce(
    (select h.value ->> 'unit'
     from register.fact h,
       lateral (select coalesce(upper(h.valid), date '9999-12-31') as ends) e
     where h.person_id = person and h.superseded_at is null
       and h.kind in ('permanent', 'temporary', 'current') and lower(h.valid) <= today
       and (e.ends > today or exists (
         select from register.fact d where d.person_id = person and d.superseded_at is null
           and d.kind = 'death' and (upper(d.valid) is null or upper(d.valid) > today)))
     order by e.ends > today desc, case when e.ends > today then null else e.ends end desc,
       array_position(array['permanent', 'temporary', 'current'], h.kind)
     limit 1),
    (select b.value -> 'registered' ->> 'unit' from register.fact b
     where b.person_id = person and b.superseded_at is null and b.kind = 'birth'
     order by lower(b.valid) limit 1))
$$;
comment on function register.home_unit is
  'The unit whose officers are in charge of a person on a day, by the rule of homeUnit in src/register/area.ts; null: nowhere in the nation.';

create index opening_expires on register.opening (expires_at);
create index opening_broken on register.opening (expires_at) where break_glass;
