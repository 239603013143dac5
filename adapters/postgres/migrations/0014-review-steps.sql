-- A step of a review is laid down here first, then recorded in the log, then counts. What lies here under way is
-- finished by whoever comes next, so the register and the log cannot come to disagree.
alter table holdfast.review
  add column sentences text[] not null default '{}' check (cardinality(sentences) <= 200),
  add column note_ids uuid[] not null default '{}',
  add column under_way jsonb,
  add column under_way_since timestamptz,
  add check ((under_way is null) = (under_way_since is null));

create index review_under_way on holdfast.review (under_way_since) where under_way is not null;
create index review_of_staff on holdfast.review (subject_agency, subject_staff);

-- A review whose opening the log did not take is forgotten.
grant delete on holdfast.review to holdfast_gateway;
