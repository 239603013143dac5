-- The role under which what is due is erased, and keys are wrapped anew. The gateway's own role may do neither, so
-- whoever has stolen its login can destroy no key. A site lets a login of its own use this role, for the hour it needs.
do $$
begin
  create role holdfast_retention nologin nosuperuser nocreatedb nocreaterole;
exception
  when duplicate_object or unique_violation then null;
end
$$;

grant usage on schema holdfast to holdfast_retention;
grant select on holdfast.entry, holdfast.log, holdfast.checkpoint, holdfast.review_index, holdfast.review
to holdfast_retention;
grant execute on function holdfast.append_entries(json, text[], text[], text[]) to holdfast_retention;

-- No insert: it can make no key under which something would be sealed that nobody else knows of.
grant select, delete on holdfast.case_file, holdfast.sealed_words to holdfast_retention;
grant update (master_key_id, wrapped_key, worker) on holdfast.case_file to holdfast_retention;
grant select on holdfast.scope_key to holdfast_retention;
grant update (master_key_id, wrapped_key, destroyed_at) on holdfast.scope_key to holdfast_retention;
grant select, update (facets) on holdfast.review_entry to holdfast_retention;

-- A key that was destroyed stays destroyed, whoever holds a copy of the row.
create function holdfast.refuse_key_back() returns trigger
language plpgsql
set search_path = pg_catalog
as $$
begin
  if old.destroyed_at is not null and new.wrapped_key is not null then
    raise exception 'a destroyed key does not come back' using errcode = 'insufficient_privilege';
  end if;
  return new;
end
$$;

create trigger scope_key_stays_destroyed
before update on holdfast.scope_key
for each row execute function holdfast.refuse_key_back();

alter table holdfast.scope_key enable always trigger scope_key_stays_destroyed;

-- What the log says was erased has to be found in a log of ten million entries.
create index entry_erasures on holdfast.entry (position) where kind = 'key-destroyed';
