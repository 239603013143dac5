import { holdsProtectedOf } from '../../../gateway/contacts/holds-protected.ts';
import { makeSeal, sealsFor } from '../../../gateway/contacts/seal.ts';
import { linkTo, type Linked } from '../../../gateway/disclosure/link.ts';
import type { SealedContact } from '../../../schemas/contact-point.ts';
import type { Question } from '../../population/questions.ts';

/** Any key: it leaves no trace in an answer. */
export const seal = makeSeal(new Uint8Array(32).fill(11));

/** The protected contacts of a question as the case register would hand them over. */
export const sealedOf = ({ protectedContacts }: Pick<Question, 'protectedContacts'>): readonly SealedContact[] =>
  protectedContacts.flatMap(({ kind, value }) =>
    sealsFor(seal, kind, value).map((each) => ({ kind, seal: each, whose: 'protected-person' as const })),
  );

/** Links a question as the live pipeline and `holdfast resolve` do. */
export function linkQuestion(question: Question): Linked {
  const { subject, records, asOf } = question;
  return linkTo(subject, records, asOf, { decisions: [], holdsProtected: holdsProtectedOf(sealedOf(question), seal) });
}
