import { CONTACT_KINDS } from '../../schemas/contact-point.ts';
import type { DisclosableValue } from '../../schemas/disclosable-value.ts';
import { gather } from './gather.ts';
import { readContact } from './normalise.ts';
import { isMarkedAsOthers } from './ownership.ts';
import type { ReachQuestion } from './reach.ts';

/** Those who deal with him, and how to ring them. */

export type Professional = Extract<DisclosableValue, { kind: 'professional' }>;

/** Whether somebody in the answer or the case marks this number or mailbox as another's. */
export type IsMarked = (kind: 'phone' | 'email', value: string) => boolean;

/**
 * Without anything that may be somebody else's. The attacker is chance: a clerk who typed the victim's number into the
 * officer's box must not carry it out this way (P4). A box holds what it is for, and that is nobody else's; a name or
 * team in which somebody typed a way to reach is none.
 */
export function withoutMarked(
  { name, team, organisation, phone, email }: Professional,
  isMarked: IsMarked,
): Professional {
  const words = { name, team, organisation };
  const kept = Object.entries(words).filter(([, text]) => text !== undefined && !holdsContact(text));
  const own = (['phone', 'email'] as const).flatMap((kind) => {
    const [value, ...more] = readContact(kind, (kind === 'phone' ? phone : email) ?? '').contacts.map(
      (read) => read.value,
    );
    const isSafe = value !== undefined && [value, ...more].every((each) => !isMarked(kind, each));
    return isSafe ? [[kind, value] as const] : [];
  });
  return { kind: 'professional', ...Object.fromEntries([...kept, ...own]) };
}

/** A code (`Y99901`) may stand; a number that stands alone may be the rest of an address or number. */
function holdsContact(text: string): boolean {
  if (/@|(?<![\p{L}\d])\d/u.test(text.normalize('NFKC'))) return true;
  return CONTACT_KINDS.some((kind) => readContact(kind, text).contacts.length > 0);
}

/**
 * For the fields of his records that name a professional: what may be shown of one, undefined where nothing is left.
 * The marks are those of the whole question, as for his own contact points, and are read when first needed.
 */
export function professionalsFor(question: ReachQuestion): (professional: Professional) => Professional | undefined {
  let isMarked: IsMarked | undefined;
  return (professional) => {
    isMarked ??= markedIn(question);
    const shown = withoutMarked(professional, isMarked);
    return Object.keys(shown).length > 1 ? shown : undefined;
  };
}

function markedIn(question: ReachQuestion): IsMarked {
  const { marks } = gather(question);
  return (kind, value) => isMarkedAsOthers(kind, value, marks, question.seal);
}
