-- By what lists find a case: days, digests, and whether it is open. Names, reasons and the category itself stay sealed.
alter table holdfast.case_file
  add column lead_agency text,
  -- Keyed digest of the worker it is allocated to.
  add column worker text check (worker ~ '^[A-Za-z0-9_-]{43}$'),
  add column is_open boolean,
  add column opened_on date,
  add column review_due_on date,
  add column has_gap boolean,
  add column first_reached_on date;

-- A case that was stored before this has no listing until it is stored again.
create index case_file_worker on holdfast.case_file (worker, case_ref) where is_open;
create index case_file_open on holdfast.case_file (lead_agency, case_ref) where is_open;
create index case_file_review_due on holdfast.case_file (lead_agency, review_due_on, case_ref) where is_open;
create index case_file_gap on holdfast.case_file (lead_agency, opened_on, case_ref) where is_open and has_gap;
-- Counting gaps and days must not read the sealed columns of every case.
create index case_file_measure on holdfast.case_file (lead_agency, opened_on)
  include (is_open, has_gap, first_reached_on);
