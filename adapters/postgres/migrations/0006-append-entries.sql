-- A batch of entries in one statement, hence one round trip and one flush: the lock that makes its holder the one
-- writer, the places, the time, and the texts with their hashes. The gateway computes every hash as well and takes a
-- batch for recorded only where both agree.
--
-- It is the only way in: the gateway's login may no longer insert rows of its own making, so whoever has stolen it can
-- neither choose a place or a time nor put a hash beside a text that it is not of. That makes the check of each hash,
-- which cost as much as the hash, needless.
--
-- bodies are canonical JSON (RFC 8785); of the type json, which keeps their bytes. Each request key that is given must
-- differ from the others; an entry whose key was seen before is left out, and has no row in the answer.
create function holdfast.append_entries(bodies json, kinds text[], client_ids text[], request_ids text[])
returns table (place bigint, entry_position bigint, recorded text, hash bytea)
language plpgsql
security definer
set search_path = pg_catalog
as $$
declare
  head record;
  batch_at timestamptz;
begin
  perform pg_advisory_xact_lock(7246002);
  -- A statement of its own, so that it sees what the writer before us committed.
  select e.position, e.recorded_at into head from holdfast.entry e order by e.position desc limit 1;
  -- The clock of the database, held back where it was turned behind the newest entry.
  batch_at := date_trunc('milliseconds', greatest(clock_timestamp(), head.recorded_at));
  recorded := to_char(batch_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
  return query
  with given as (
    select g.* from rows from (
      json_array_elements(bodies), unnest(kinds), unnest(client_ids), unnest(request_ids)
    ) with ordinality as g (body, kind, client_id, request_id, place)
  ), fresh as (
    insert into holdfast.request_seen (client_id, request_id)
    select g.client_id, g.request_id from given g where g.client_id is not null
    on conflict do nothing
    returning request_seen.client_id, request_seen.request_id
  ), taken as (
    select g.place, g.kind, g.body, coalesce(head.position, -1) + row_number() over (order by g.place) as position
    from given g
    where g.client_id is null
      or (g.client_id, g.request_id) in (select f.client_id, f.request_id from fresh f)
  ), placed as (
    select t.place, t.kind, t.position,
      '{"body":' || t.body::text || ',"position":' || t.position || ',"recordedAt":"' || recorded || '"}' as canonical
    from taken t
  ), hashed as (
    select p.*, sha256('\x00'::bytea || convert_to(p.canonical, 'UTF8')) as entry_hash from placed p
  ), kept as (
    insert into holdfast.entry (position, recorded_at, kind, entry_hash, canonical)
    select h.position, batch_at, h.kind, h.entry_hash, h.canonical from hashed h order by h.position
  )
  select h.place, h.position, recorded, h.entry_hash from hashed h order by h.place;
end
$$;

revoke all on function holdfast.append_entries(json, text[], text[], text[]) from public;
grant execute on function holdfast.append_entries(json, text[], text[], text[]) to holdfast_gateway;
revoke insert on holdfast.entry, holdfast.request_seen from holdfast_gateway;
alter table holdfast.entry drop constraint entry_hash_of_text;

-- As before, in a form whose cost is that of the batch and never of the log: only the entry before the batch is looked
-- up, by its place.
create or replace function holdfast.refuse_gap() returns trigger
language plpgsql
set search_path = pg_catalog
as $$
declare
  batch record;
  before_it timestamptz;
begin
  select min(f.position) as first, max(f.position) as last, count(*) as entries, min(f.recorded_at) as earliest,
    bool_and(f.in_order) as in_order
  into batch
  from (
    select position, recorded_at,
      coalesce(recorded_at >= lag(recorded_at) over (order by position), true) as in_order
    from fresh
  ) f;
  if batch.entries = 0 then
    return null;
  end if;
  if batch.first > 0 then
    select e.recorded_at into before_it from holdfast.entry e where e.position = batch.first - 1;
  end if;
  if batch.last - batch.first + 1 <> batch.entries or not batch.in_order
    or (batch.first > 0 and (before_it is null or before_it > batch.earliest)) then
    raise exception 'entry % does not follow its predecessor', batch.first
      using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end
$$;
