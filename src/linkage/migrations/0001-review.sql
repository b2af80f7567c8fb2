-- The review desk: what no score settles alone is settled by persons, two of them for each pair.

create table linkage.review_case (
  case_id uuid primary key,
  made_at timestamptz not null,
  check_id uuid not null,
  row_ref text not null,
  agency text collate "C" not null,
  agency_name text not null,
  cause text not null check (cause in ('probable', 'ambiguous', 'mismatch')),
  area text[] not null check (area[cardinality(area)] = 'nation'),
  claims jsonb,
  model text not null,
  prior real not null,
  threshold real not null,
  probability real not null check (probability between 0 and 1),
  truth text check (truth in ('same', 'different')),
  status text not null check (status in ('open', 'second', 'disputed', 'decided')),
  decision text check (decision in ('same', 'different', 'unclear')),
  chosen smallint,
  decided_at timestamptz,
  unique (check_id, row_ref),
  check ((status = 'decided') = (decision is not null)),
  check ((decided_at is null) = (decision is null)),
  check ((decision is not distinct from 'same') = (chosen is not null))
);
comment on table linkage.review_case is
  'A row of a checked file that persons must settle. area: units from the row''s own up to the nation. claims: what the row says, erased once it is no longer needed. truth: of a seeded pair, what is known of it; reviewers are measured by it.';
create index review_case_open on linkage.review_case (probability, case_id) where status <> 'decided';
create index review_case_check on linkage.review_case (check_id);

create table linkage.review_candidate (
  person_id uuid not null,
  case_id uuid not null references linkage.review_case,
  rank smallint not null check (rank between 1 and 5),
  weight real not null,
  probability real not null check (probability between 0 and 1),
  fields jsonb not null,
  primary key (person_id, case_id)
);
comment on table linkage.review_candidate is
  'A person a row may be, the likeliest first, with the level of agreement and the weight in bits of each field.';
create index review_candidate_case on linkage.review_candidate (case_id, rank);

create table linkage.review (
  case_id uuid not null references linkage.review_case,
  reviewer_id uuid not null,
  turn text not null check (turn in ('first', 'second', 'adjudication')),
  decision text not null check (decision in ('same', 'different', 'unclear')),
  chosen smallint,
  reason text not null,
  in_bulk boolean not null,
  decided_at timestamptz not null,
  primary key (case_id, reviewer_id),
  unique (case_id, turn),
  check ((decision = 'same') = (chosen is not null))
);
comment on table linkage.review is
  'What one reviewer decided, without knowing of the other; two who differ are settled by a third.';
create index review_reviewer on linkage.review (reviewer_id, decided_at);

create table linkage.correction (
  person_id uuid not null,
  correction_id uuid not null,
  case_id uuid not null references linkage.review_case,
  fields text[] not null check (cardinality(fields) > 0),
  area text[] not null check (area[cardinality(area)] = 'nation'),
  opened_at timestamptz not null,
  due_on date not null,
  closed_at timestamptz,
  closed_by uuid,
  outcome text check (outcome in ('corrected', 'register-right')),
  document text,
  primary key (person_id, correction_id),
  unique (person_id, case_id),
  check ((closed_at is null) = (outcome is null))
);
comment on table linkage.correction is
  'Reviewers believe the register to be wrong here: the office in charge looks, by a day, and corrects it or says that it is right.';
create index correction_open on linkage.correction (due_on, correction_id) where closed_at is null;
create index correction_by_id on linkage.correction (correction_id);

-- What a model may be trained by: levels of agreement with what persons decided, nobody's data.
create view linkage.labelled_pair as
  select c.model, k.fields, c.truth is not null as is_seeded, c.decided_at,
    case when c.truth is null then c.decision = 'same' and c.chosen = k.rank
      else c.truth = 'same' and k.rank = 1 end as is_match
  from linkage.review_case c
  join linkage.review_candidate k using (case_id)
  where c.status = 'decided' and (c.truth is not null or c.decision <> 'unclear');
comment on view linkage.labelled_pair is
  'Pairs with their levels of agreement and whether they are one person, to train a model by.';
