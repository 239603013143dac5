-- What officers have to look into. References and codes only; what anybody wrote about it lies in sealed_words.
create table holdfast.review (
  review_id uuid primary key,
  agency text not null,
  about text not null,
  state text not null,
  subject_agency text not null,
  subject_staff text not null,
  subject_team text,
  case_ref text,
  rules text[] not null,
  positions bigint[] not null check (cardinality(positions) <= 10000),
  opened_at timestamptz not null,
  due_at timestamptz not null,
  revision bigint not null check (revision >= 1)
);

create index review_due on holdfast.review (agency, due_at);

grant select, insert, update on holdfast.review to holdfast_gateway;
