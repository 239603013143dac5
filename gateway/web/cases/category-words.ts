import type { Case, Category } from '../../../schemas/case.ts';

/** What each category means for whoever works the case; status is a word, never a colour alone. */
interface CategoryWords {
  readonly tag: string;
  readonly colour: string;
  /** Why nobody is to try to reach this person; absent where it may be tried. */
  readonly stop?: string;
}

export const CATEGORY_WORDS: Readonly<Record<Category, CategoryWords>> = {
  none: {
    tag: 'No category yet',
    colour: 'grey',
    stop: 'The panel has not decided a category for this case, so contact is not to be tried.',
  },
  monitor: {
    tag: 'Monitor',
    colour: 'orange',
    stop: 'This case is on Monitor: the panel decided that contact is not to be tried.',
  },
  contact: { tag: 'Contact', colour: 'green' },
  hold: {
    tag: 'Hold',
    colour: 'yellow',
    stop: 'This case is on Hold: the panel decided that contact is not to be tried.',
  },
  closed: { tag: 'Closed', colour: 'grey', stop: 'This case is closed, so contact is not to be tried.' },
};

/** Victim services have stopped every way to reach this person: that a worker has to know. */
export const isContactStopped = ({ safetyBlocks = [] }: Case): boolean =>
  safetyBlocks.some(({ sealedContact }) => sealedContact === undefined);

export const CONTACT_STOPPED = 'Victim services have stopped all contact on this case: contact is not to be tried.';

/** Why nobody is to try to reach this person now; undefined where it may be tried. */
export const whyStopped = (kase: Case): string | undefined =>
  CATEGORY_WORDS[kase.category].stop ?? (isContactStopped(kase) ? CONTACT_STOPPED : undefined);
