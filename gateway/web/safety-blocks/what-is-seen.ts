import { WITHHELD_BECAUSE } from '../../disclosure/release/contacts.ts';
import { CONTACT_STOPPED } from '../cases/category-words.ts';
import { HIDDEN_SENTENCES } from '../request/still-shown.ts';

/** What others see of a step of victim services, quoted from the pages that say it: it cannot drift from them. */

const quoted = (sentence: string): string => `“${sentence}”`;
const ON_A_SCREEN = 'An answer that a worker has open is gone as soon as the page is opened again. In its place:';
const IN_AN_ANSWER = 'In an answer, the worker sees that something is held back, never the value and never why:';

export const SEEN_OF_ALL = [
  'From now on nobody is given a way to reach this person through this case. The worker and the panel read:',
  quoted(CONTACT_STOPPED),
];

export const SEEN_OF_BLOCK = [
  'From now on it is held back in this case and in every other case, however an agency writes it.',
  ...[IN_AN_ANSWER, quoted(WITHHELD_BECAUSE['safety-block'])],
  ...[ON_A_SCREEN, quoted(HIDDEN_SENTENCES['case-changed'])],
  'Nobody is told which adviser set it, nor from which case it comes.',
];

export const SEEN_OF_PROTECTED = [
  'From now on it is held back in this case and in every other case, however an agency writes it.',
  ...[IN_AN_ANSWER, quoted(WITHHELD_BECAUSE['protected-person'])],
  ...[ON_A_SCREEN, quoted(HIDDEN_SENTENCES['case-changed'])],
  'Nobody is told whose it is.',
];

export const SEEN_AFTERWARDS = [
  'If an agency holds it as this person’s, the next answer may show it again, unless something else on this case or another case keeps it back.',
  'The worker is not told that it was held back before.',
];

export const SEEN_OF_ALL_LIFTED = [
  'From now on the worker may request contact details again, as far as the panel’s decision allows.',
  'Blocks of single contact points and protected contact points stay.',
];
