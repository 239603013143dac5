import { z } from 'zod';

/** Words of review: what an information-governance (IG) officer looks into, and how far she has come. */

/** What a review is about. */
export const REVIEW_SUBJECTS = ['break-glass', 'unusual-access', 'complaint'] as const;
export const reviewSubjectSchema = z.enum(REVIEW_SUBJECTS);
export type ReviewSubject = z.infer<typeof reviewSubjectSchema>;

/** How far a review has come. `justified` and `not-justified` end it. */
export const REVIEW_STATES = [
  'open',
  'explained', // the member of staff, or her manager, has given an explanation
  'more-information', // the reviewer has asked for more
  'escalated', // handed on to whoever deals with conduct or a breach
  'justified-by-one', // one officer has decided so, where it takes two; a second of another team decides as well
  'not-justified-by-one',
  'justified',
  'not-justified',
] as const;
export const reviewStateSchema = z.enum(REVIEW_STATES);
export type ReviewState = z.infer<typeof reviewStateSchema>;

/** Named rules of unusual access; gateway/review/unusual has a sentence for each. */
export const UNUSUAL_RULES = [
  'own-name', // looked up somebody with the own name
  'same-surname', // looked up somebody with the same surname as the own
  'same-address', // looked up somebody who lives where the member of staff lives
  'outside-caseload', // a case that is allocated to others, on whose team the member of staff is not
  'volume', // far more people in a day than before, and than colleagues
  'night-or-leave', // outside the hours in which this person works, or on leave
  'after-closure', // again and again at a case that is closed
  'not-found-run', // many references in a row that are not known: trying numbers
  'act-never-followed', // a purpose whose usual act never follows
  'glass-without-attempt', // glass broken, and nobody tried to reach anybody
  'purpose-shopping', // refused under one purpose, then asked under another
] as const;
export const unusualRuleSchema = z.enum(UNUSUAL_RULES);
export type UnusualRule = z.infer<typeof unusualRuleSchema>;

/** By what a search of the log can be narrowed. */
export const SEARCH_FILTERS = [
  'kind',
  'staff',
  'agency',
  'role',
  'case',
  'subject',
  'purpose',
  'power',
  'field',
  'outcome',
  'decision',
  'policy-version',
  'break-glass',
  'from',
  'to',
  'text',
] as const;
export const searchFilterSchema = z.enum(SEARCH_FILTERS);
export type SearchFilter = z.infer<typeof searchFilterSchema>;

/** For what alone the logs of competent authorities may be used: Data Protection Act 2018 s.62(4). */
export const SEARCH_GROUNDS = [
  'lawfulness',
  'self-monitoring',
  'integrity-and-security',
  'criminal-proceedings',
] as const;
export const searchGroundSchema = z.enum(SEARCH_GROUNDS);
export type SearchGround = z.infer<typeof searchGroundSchema>;
