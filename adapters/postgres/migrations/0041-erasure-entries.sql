-- Only retention says that a key was destroyed. Whoever stole the gateway's login could otherwise write that a case was
-- erased, and the next run, which finishes what the log says was erased, would erase it.
create function holdfast.refuse_erasure() returns trigger
language plpgsql
set search_path = pg_catalog
as $$
begin
  if not pg_has_role(session_user, 'holdfast_retention', 'member') then
    raise exception 'only retention records an erasure' using errcode = 'insufficient_privilege';
  end if;
  return new;
end
$$;

create trigger entry_of_erasure
before insert on holdfast.entry
for each row when (new.kind = 'key-destroyed') execute function holdfast.refuse_erasure();

alter table holdfast.entry enable always trigger entry_of_erasure;
