create table holdfast.agency (
  id text primary key,
  name text not null,
  requester_group text not null,
  san_uri text not null unique
);

create table holdfast.client_certificate (
  thumbprint text primary key check (thumbprint ~ '^[A-Za-z0-9_-]{43}$'),
  agency text not null references holdfast.agency (id),
  not_after timestamptz not null,
  revoked_at timestamptz
);

create table holdfast.oauth_client (
  -- As the access log takes it: a client under another name could ask nothing.
  client_id text primary key check (client_id ~ '^[A-Za-z][A-Za-z0-9._:/#-]{0,79}$' and client_id !~ '[0-9]{5}'),
  agency text not null references holdfast.agency (id),
  san_uri text not null check (san_uri = 'urn:agency:' || agency),
  purposes text[] not null check (array_position(purposes, null) is null),
  suspended boolean not null default false
);

-- One row, raised by every change within the same transaction: a reader that knows the number knows whether it is up
-- to date, even where a notification was lost.
create table holdfast.access_revision (
  only_row boolean primary key default true check (only_row),
  revision bigint not null
);

insert into holdfast.access_revision (revision) values (0);

create function holdfast.raise_access_revision() returns trigger
language plpgsql
security definer
set search_path = pg_catalog
as $$
begin
  update holdfast.access_revision set revision = revision + 1;
  perform pg_notify('holdfast_access', '');
  return null;
end
$$;

create trigger agency_changed after insert or update or delete or truncate on holdfast.agency
for each statement execute function holdfast.raise_access_revision();

create trigger client_certificate_changed after insert or update or delete or truncate on holdfast.client_certificate
for each statement execute function holdfast.raise_access_revision();

create trigger oauth_client_changed after insert or update or delete or truncate on holdfast.oauth_client
for each statement execute function holdfast.raise_access_revision();

grant select on holdfast.agency, holdfast.client_certificate, holdfast.oauth_client, holdfast.access_revision
to holdfast_gateway;
