-- The log becomes a tree (RFC 6962): an entry's hash is that of its text alone, as a leaf, and no longer holds the hash
-- of the entry before.

alter table holdfast.entry disable trigger entry_append_only;
alter table holdfast.entry disable trigger entry_contiguous;

-- What was recorded stays as it is, to the byte; only the hash over it is the leaf's from now on.
update holdfast.entry set entry_hash = sha256('\x00'::bytea || convert_to(canonical, 'UTF8'));

alter table holdfast.entry drop column previous_hash;

alter table holdfast.entry enable always trigger entry_append_only;
alter table holdfast.entry enable always trigger entry_contiguous;

-- The database itself refuses a hash that is not of this text: a row cannot be put beside the leaf of another.
alter table holdfast.entry
  add constraint entry_hash_of_text check (entry_hash = sha256('\x00'::bytea || convert_to(canonical, 'UTF8')));

-- An entry has to fit a bundle, whose lengths have two bytes.
alter table holdfast.entry
  add constraint entry_fits_bundle check (octet_length(canonical) <= 65535) not valid;

comment on table holdfast.entry is 'Access log: append only, contiguous; each row is a leaf of the log''s tree';

-- The database itself refuses a gap, and an entry dated before the one it follows, whatever program inserts.
create or replace function holdfast.refuse_gap() returns trigger
language plpgsql
set search_path = pg_catalog
as $$
declare
  wrong bigint;
begin
  select f.position into wrong
  from fresh f
  left join holdfast.entry b on b.position = f.position - 1
  where f.position > 0 and (b.position is null or b.recorded_at > f.recorded_at)
  limit 1;
  if found then
    raise exception 'entry % does not follow its predecessor', wrong using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end
$$;
