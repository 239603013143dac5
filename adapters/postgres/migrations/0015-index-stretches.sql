-- In which stretches of the log something can be found at all. A search for what is rare, or nowhere, looks here once
-- instead of once into every stretch, of which ten million entries have three hundred.
create table holdfast.review_facet (
  -- Hash of what can be found, the same in every stretch.
  facet bigint not null,
  stretch integer not null,
  primary key (facet, stretch)
);

grant select, insert, delete, truncate on holdfast.review_facet to holdfast_gateway;

-- What was indexed before has no rows here: the index is built again from the log.
truncate holdfast.review_entry, holdfast.review_staff;
update holdfast.review_index set next = 0;
