-- Sessions of staff. A row opens nothing by itself: `id` is a digest of the cookie's secret and `sealed` is encrypted
-- under a key made of it. Rows are short-lived and no record, so the gateway may delete them.
create table holdfast.staff_session (
  id text primary key check (id ~ '^[A-Za-z0-9_-]{43}$'),
  staff text not null check (staff ~ '^[A-Za-z0-9_-]{43}$'),
  sealed bytea not null check (octet_length(sealed) <= 32768),
  ends_at timestamptz not null,
  seen_at timestamptz not null
);
create index staff_session_staff on holdfast.staff_session (staff);
create index staff_session_ends_at on holdfast.staff_session (ends_at);

grant select, insert, update (seen_at), delete on holdfast.staff_session to holdfast_gateway;
