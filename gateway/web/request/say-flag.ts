import type { Disclosure } from '../../../schemas/answer.ts';
import type { ContactFlag } from '../../../schemas/reach.ts';

/** What to mind before a contact point is used: a tag, and a sentence that says what to do. */
export interface FlagWords {
  readonly tag: string;
  readonly colour: string;
  readonly sentence: string;
}

const say = (tag: string, colour: string, sentence: string): FlagWords => ({ tag, colour, sentence });

export const FLAG_WORDS: Readonly<Record<ContactFlag, FlagWords>> = {
  'recorded-as-dead': say(
    'Recorded as dead',
    'red',
    'A source records that this person has died: check with it first.',
  ),
  'on-hold': say('Not to be contacted', 'red', 'The panel monitors or holds this case: do not try to make contact.'),
  'shared-with-others': say(
    'Shared',
    'orange',
    'Other people use it too: do not say why you are calling until you know who it is.',
  ),
  'whose-unknown': say(
    'Whose is not known',
    'orange',
    'No source says whose it is: do not say why you are calling until you know who it is.',
  ),
  'in-custody': say(
    'In custody',
    'orange',
    'This person is in custody: somebody else may have the telephone or live there.',
  ),
  'released-recently': say('Released recently', 'yellow', 'It may be from before custody: check that it still works.'),
  ended: say('Ended', 'orange', 'A source says that its time is over: somebody else may have it now.'),
  old: say('Old', 'yellow', 'Nobody has confirmed it for a long time: somebody else may have it now.'),
  'not-verified': say('Not verified', 'yellow', 'The source has not checked it.'),
  'not-reached-before': say('Not reached before', 'yellow', 'The last attempt here did not reach this person.'),
  hostel: say('Hostel', 'blue', 'Staff or other residents may answer: leave no message that says why you called.'),
  'confirmed-recently': say('Confirmed recently', 'green', 'A source confirmed it not long ago.'),
  'reached-before': say('Reached before', 'green', 'An earlier attempt here reached this person.'),
  'statutory-notification': say('Notified by law', 'green', 'This person must tell the police when it changes.'),
  'required-by-order': say('Required by an order', 'green', 'Bail or a curfew obliges this person to live there.'),
};

type Attention = Disclosure['identity']['needsAttention'][number]['reason'];

export const ATTENTION_WORDS: Readonly<Record<Attention, string>> = {
  'contradicting-identifiers':
    'Records that look like one person’s carry identifiers that contradict each other. Ask the agencies which is right.',
  'two-candidates':
    'Two people at one agency fit equally well. Nothing of either is used until somebody says which it is.',
  'cluster-would-not-hold': 'Some records could not all be the same person’s. Only the surest are used.',
  'role-conflict': 'A record that may be this person’s calls him a victim, partner or child. It is not used.',
  'human-decision-conflict':
    'What people decided about these records contradicts itself. Ask for it to be looked at again.',
};

/** How likely it is that a contact point reaches him, in words: a number with two digits would claim too much. */
export function sayLikely(probability: number): string {
  if (probability >= 0.75) return 'Very likely to reach this person';
  if (probability >= 0.5) return 'Likely to reach this person';
  return probability >= 0.25 ? 'May reach this person' : 'Unlikely to reach this person';
}
