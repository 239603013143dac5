-- By what one case's closed contact points are recognised in every other case: digests of keyed hashes, no value and no
-- hash that is used elsewhere. They lie in the case's own row, so that they are stored, changed and erased with it.
alter table holdfast.case_file
  add column blocked text[] not null default '{}',
  -- The victim answered, or may have, and nobody of victim services has acknowledged it.
  add column unacknowledged boolean not null default false,
  -- False in a row from before this: its digests are still to be made from the sealed case.
  add column blocked_made boolean not null default false;

create index case_file_blocked on holdfast.case_file using gin (blocked);
create index case_file_blocked_missing on holdfast.case_file (case_ref) where not blocked_made;
create index case_file_agencies on holdfast.case_file using gin (agencies);
create index case_file_unacknowledged on holdfast.case_file (case_ref) where unacknowledged;
