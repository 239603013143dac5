-- Notes of reviews have a term as well. The steps of a review have to be found in a log of ten million entries.
create index entry_review_steps on holdfast.entry (position) where kind = 'review-step';

-- What officers noted down about a colleague goes with the notes' key, and ended reviews of a case with the case.
grant delete on holdfast.review to holdfast_retention;
