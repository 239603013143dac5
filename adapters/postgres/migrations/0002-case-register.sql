create table holdfast.case_file (
  case_ref text primary key check (case_ref ~ '^[A-Z]{2,8}-[0-9]{4}-[0-9]{4,6}$'),
  -- Readable, so that a look-up by another agency finds no row at all; sealed a second time inside, so that a change
  -- made here is noticed.
  agencies text[] not null check (cardinality(agencies) between 1 and 30),
  revision bigint not null check (revision >= 1),
  master_key_id text not null,
  wrapped_key bytea not null,
  subject bytea not null,
  protected_contacts bytea not null,
  particulars bytea not null,
  stored_at timestamptz not null default clock_timestamp()
);

comment on table holdfast.case_file is 'Case register: every personal column is sealed under a key of the case';

grant select, insert, update on holdfast.case_file to holdfast_gateway;
