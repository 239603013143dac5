-- Meeting packs, kept for minutes: a list of cases, and what came of asking about each. All that says whom it is about is
-- sealed under the session's secret, as a kept answer is; what can be read is how many cases a pack has and how far it is.
create table holdfast.meeting_pack (
  session text not null check (session ~ '^[A-Za-z0-9_-]{43}$'),
  pack_id uuid not null,
  sealed bytea not null check (octet_length(sealed) <= 65536),
  parts integer not null check (parts between 1 and 200),
  ends_at timestamptz not null,
  primary key (session, pack_id)
);
create index meeting_pack_ends_at on holdfast.meeting_pack (ends_at);

create table holdfast.meeting_pack_part (
  session text not null,
  pack_id uuid not null,
  part integer not null,
  state text not null default 'waiting' check (state in ('waiting', 'asking', 'answered', 'refused')),
  taken_until timestamptz,
  sealed bytea check (octet_length(sealed) <= 4194304),
  primary key (session, pack_id, part),
  foreign key (session, pack_id) references holdfast.meeting_pack on delete cascade
);

grant select, insert, delete on holdfast.meeting_pack to holdfast_gateway;
grant select, insert, update, delete on holdfast.meeting_pack_part to holdfast_gateway;
