-- What other rooms may read of the register, by name: its tables can change behind these.

create view register.believed as
  select person_id, kind, key, valid, value from register.fact where superseded_at is null;
comment on view register.believed is 'Published: what is believed now of persons, of any day.';

create view register.bearer as select number, person_id from register.number;
comment on view register.bearer is
  'Published: the person a number was ever given to, in force or not.';

create view register.old_bearer as select value, person_id from register.old_number;
comment on view register.old_bearer is 'Published: persons by an older number; it may be several.';
