-- Who took the last step of a review: where two officers decide, the second has to be another person of another team.
alter table holdfast.review add column stepped_by jsonb;
