-- What agencies tell of their own staff, so that usual access can be told from unusual. Names are sealed; surnames,
-- former ones included, and the home's postcode are keyed digests that can be compared and not read.
create table holdfast.staff_member (
  agency text not null,
  staff_id text not null,
  team text not null,
  leave jsonb not null default '[]',
  sealed_name bytea not null check (octet_length(sealed_name) <= 1024),
  name_digest text not null check (length(name_digest) = 43),
  surname_digests text[] not null check (cardinality(surname_digests) between 1 and 20),
  home_digest text check (length(home_digest) = 43),
  told_at timestamptz not null default clock_timestamp(),
  primary key (agency, staff_id)
);

comment on table holdfast.staff_member is 'Staff as their agencies tell of them; names sealed, homes as digests only';

grant select, insert, delete on holdfast.staff_member to holdfast_gateway;
