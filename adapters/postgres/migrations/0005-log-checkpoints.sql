-- Which log this is. One row, made by the gateway that starts first, never changed: a database that was swapped for
-- another log's is noticed by its name.
create table holdfast.log (
  only_row boolean primary key default true check (only_row),
  origin text not null check (origin ~ '^[\x21-\x2a\x2c-\x7e]{1,255}$'),
  begun_at timestamptz not null default clock_timestamp(),
  begun_by uuid not null
);

-- Finished tiles (C2SP tlog-tiles): 256 neighbouring hashes, and the one hash that stands for them a level above. All
-- of it follows from the entries; it is kept so that a proof needs a handful of rows, not ten million.
create table holdfast.tile (
  level smallint not null check (level between 0 and 7),
  index bigint not null check (index >= 0),
  root bytea not null check (octet_length(root) = 32),
  hashes bytea not null check (octet_length(hashes) = 8192),
  primary key (level, index)
);

-- Hashes do not compress.
alter table holdfast.tile alter column hashes set storage external;

create table holdfast.checkpoint (
  size bigint primary key check (size > 0),
  root bytea not null check (octet_length(root) = 32),
  -- The signed note, byte for byte.
  note text not null check (octet_length(note) <= 16384),
  signed_at timestamptz not null default clock_timestamp()
);

-- What witnesses added to a checkpoint, one signature line each.
create table holdfast.cosignature (
  size bigint not null references holdfast.checkpoint (size),
  witness text not null check (octet_length(witness) between 1 and 255),
  line text not null check (octet_length(line) <= 16384),
  received_at timestamptz not null default clock_timestamp(),
  primary key (size, witness)
);

-- A checkpoint beyond what is committed, or before one that was given out, would be the log's own fork.
create function holdfast.refuse_checkpoint() returns trigger
language plpgsql
set search_path = pg_catalog
as $$
begin
  if not exists (select from holdfast.entry where position = new.size - 1)
    or exists (select from holdfast.checkpoint where size >= new.size) then
    raise exception 'checkpoint % does not follow', new.size using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end
$$;

create trigger checkpoint_follows
before insert on holdfast.checkpoint
for each row execute function holdfast.refuse_checkpoint();

alter table holdfast.checkpoint enable always trigger checkpoint_follows;

do $$
declare
  kept text;
begin
  foreach kept in array array['log', 'tile', 'checkpoint', 'cosignature'] loop
    execute format(
      'create trigger %I before update or delete or truncate on holdfast.%I
       for each statement execute function holdfast.refuse_change()', kept || '_append_only', kept);
    execute format('alter table holdfast.%I enable always trigger %I', kept, kept || '_append_only');
    execute format('grant select, insert on holdfast.%I to holdfast_gateway', kept);
  end loop;
end
$$;
