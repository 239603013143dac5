-- The panel finds its closed cases again: a further referral opens one.
create index case_file_closed on holdfast.case_file (lead_agency, case_ref) where not is_open;
