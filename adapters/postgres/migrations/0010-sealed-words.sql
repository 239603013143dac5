-- Keys under which the words of one case (or one review) are sealed. A destroyed key keeps its row, without the key:
-- that there was one is no secret, and the entry that says it was destroyed names its scope.
create table holdfast.scope_key (
  key_id uuid primary key,
  scope text not null check (length(scope) between 1 and 80),
  master_key_id text not null,
  wrapped_key bytea,
  made_at timestamptz not null default clock_timestamp(),
  destroyed_at timestamptz,
  check ((wrapped_key is null) = (destroyed_at is not null))
);

comment on table holdfast.scope_key is 'One key a case for words beside the log; destroying it destroys them';

create unique index scope_key_in_force on holdfast.scope_key (scope) where wrapped_key is not null;

grant select, insert on holdfast.scope_key to holdfast_gateway;

-- Reasons, declarations and notes of reviews: sealed under the key of their scope, findable by keyed tokens only.
create table holdfast.sealed_words (
  id uuid primary key,
  what text not null check (what in ('reason', 'declaration', 'note')),
  agency text not null,
  key_id uuid not null references holdfast.scope_key (key_id),
  sealed bytea not null check (octet_length(sealed) <= 65536),
  tokens bigint[] not null check (array_position(tokens, null) is null),
  stored_at timestamptz not null default clock_timestamp()
);

comment on table holdfast.sealed_words is 'What staff wrote, sealed; the log holds only a keyed digest of it';

create index sealed_words_of_key on holdfast.sealed_words (key_id);

grant select, insert on holdfast.sealed_words to holdfast_gateway;
