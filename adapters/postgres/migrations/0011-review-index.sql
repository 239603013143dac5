-- The search index over the log. Nothing in it is not in the log, so it may be emptied and built again.
create table holdfast.review_entry (
  position bigint primary key check (position >= 0),
  recorded_at timestamptz not null,
  case_ref text,
  -- Hashes of what the entry can be found by. Each hash covers the stretch of the log that the entry lies in, so a value
  -- that is everywhere still has a short list in each stretch, and the newest page never costs more than a few of them.
  facets bigint[] not null
);

comment on table holdfast.review_entry is 'Search index over the access log; may be emptied and built again';

-- Without the list of pending entries, which every search would have to read through.
create index review_entry_facets on holdfast.review_entry using gin (facets) with (fastupdate = off);
create index review_entry_recorded on holdfast.review_entry (recorded_at, position);
create index review_entry_case on holdfast.review_entry (case_ref) where case_ref is not null;

create table holdfast.review_staff (
  agency text not null,
  staff_id text not null,
  primary key (agency, staff_id)
);

-- How far the index goes: the first position that is not in it.
create table holdfast.review_index (
  only_row boolean primary key default true check (only_row),
  next bigint not null
);

insert into holdfast.review_index (next) values (0);

grant select, insert, delete, truncate on holdfast.review_entry, holdfast.review_staff to holdfast_gateway;
grant select, update on holdfast.review_index to holdfast_gateway;
