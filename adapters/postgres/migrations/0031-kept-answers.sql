-- Answers as they were shown, kept for minutes so that a page can be opened again. A row opens nothing by itself: it is
-- sealed under the session's secret, which only the signed-in browser's cookie gives. Rows are no record, so the
-- gateway deletes them.
create table holdfast.kept_answer (
  session text not null check (session ~ '^[A-Za-z0-9_-]{43}$'),
  request_id uuid not null,
  sealed bytea not null check (octet_length(sealed) <= 4194304),
  ends_at timestamptz not null,
  primary key (session, request_id)
);
create index kept_answer_ends_at on holdfast.kept_answer (ends_at);

grant select, insert, delete on holdfast.kept_answer to holdfast_gateway;
