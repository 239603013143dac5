-- The role the gateway works under: it may add to the log and read it, never change it. Roles belong to the whole
-- server, so another database of the same server may have made it already.
do $$
begin
  create role holdfast_gateway nologin nosuperuser nocreatedb nocreaterole;
exception
  when duplicate_object or unique_violation then null;
end
$$;

grant usage on schema holdfast to holdfast_gateway;

create table holdfast.entry (
  position bigint primary key check (position >= 0),
  recorded_at timestamptz not null,
  kind text not null,
  previous_hash bytea not null check (octet_length(previous_hash) = 32),
  entry_hash bytea not null check (octet_length(entry_hash) = 32),
  -- The exact text that was hashed. Not jsonb, which would keep the meaning and lose the bytes.
  canonical text not null check (octet_length(canonical) <= 1048576)
);

comment on table holdfast.entry is 'Access log: append only, contiguous, each entry carrying the hash of the one before';

create function holdfast.refuse_change() returns trigger
language plpgsql
set search_path = pg_catalog
as $$
begin
  raise exception 'the access log is append only' using errcode = 'insufficient_privilege';
end
$$;

create trigger entry_append_only
before update or delete or truncate on holdfast.entry
for each statement execute function holdfast.refuse_change();

-- Also where session_replication_role was set to skip ordinary triggers.
alter table holdfast.entry enable always trigger entry_append_only;

-- The database itself refuses a gap or a link that does not fit, whatever program inserts.
create function holdfast.refuse_gap() returns trigger
language plpgsql
set search_path = pg_catalog
as $$
declare
  wrong bigint;
begin
  select f.position into wrong
  from fresh f
  left join holdfast.entry b on b.position = f.position - 1
  where case
    when f.position = 0 then f.previous_hash <> decode(repeat('00', 32), 'hex')
    else b.position is null or b.entry_hash <> f.previous_hash or b.recorded_at > f.recorded_at
  end
  limit 1;
  if found then
    raise exception 'entry % does not follow its predecessor', wrong using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end
$$;

create trigger entry_contiguous
after insert on holdfast.entry
referencing new table as fresh
for each statement execute function holdfast.refuse_gap();

alter table holdfast.entry enable always trigger entry_contiguous;

grant select, insert on holdfast.entry to holdfast_gateway;

-- Requests that were seen, so that a repeated one is refused. Written together with the entry of the request.
create table holdfast.request_seen (
  client_id text not null check (length(client_id) between 1 and 200),
  request_id text not null check (length(request_id) between 1 and 200),
  seen_at timestamptz not null default clock_timestamp(),
  primary key (client_id, request_id)
);

create index request_seen_by_age on holdfast.request_seen (seen_at);

grant select, insert on holdfast.request_seen to holdfast_gateway;

-- The gateway may forget old request ids, never a recent one: it cannot clear the way for a replay.
create function holdfast.forget_requests(at_most integer) returns bigint
language sql
security definer
set search_path = pg_catalog
as $$
  with old as (
    select client_id, request_id from holdfast.request_seen
    where seen_at < clock_timestamp() - interval '24 hours'
    order by seen_at
    limit at_most
    for update skip locked
  ), gone as (
    delete from holdfast.request_seen r using old
    where r.client_id = old.client_id and r.request_id = old.request_id
    returning 1
  )
  select count(*) from gone
$$;

revoke all on function holdfast.forget_requests(integer) from public;
grant execute on function holdfast.forget_requests(integer) to holdfast_gateway;
