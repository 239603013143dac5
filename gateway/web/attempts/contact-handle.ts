import { z } from 'zod';
import type { ReleasedContact } from '../../../schemas/answer.ts';
import { contactKindSchema } from '../../../schemas/contact-point.ts';
import { caseRefSchema } from '../../../schemas/names.ts';
import type { PageDeps } from '../page-deps.ts';

/**
 * Which contact point an attempt was made on. A call may take longer than the ten minutes for which an answer is kept,
 * and nothing of it may lie with us for longer; so the browser carries it, sealed, and can neither read nor change it.
 * Good for this person, this case and one working day, and only to say what happened: it is never shown again.
 */

const GOOD_FOR_MS = 12 * 3_600_000;
const PURPOSE = 'contact tried';

const handleSchema = z.strictObject({
  caseRef: caseRefSchema,
  typedBy: z.string(),
  questionId: z.uuid(),
  rank: z.number().int(),
  kind: contactKindSchema,
  value: z.string().min(1).max(400),
  untilMs: z.number().int(),
});
export type TriedContact = z.infer<typeof handleSchema>;

/** The handle of a contact that was shown in full; undefined for one of which only a part was shown. */
export function handleOf(
  deps: Pick<PageDeps, 'cookieSeal' | 'now'>,
  contact: ReleasedContact,
  of: Pick<TriedContact, 'caseRef' | 'typedBy' | 'questionId'>,
): string | undefined {
  const value = wholeValue(contact);
  if (value === undefined) return undefined;
  const { rank, kind } = contact;
  const tried: TriedContact = { ...of, rank, kind, value, untilMs: deps.now().getTime() + GOOD_FOR_MS };
  return deps.cookieSeal.seal(PURPOSE, JSON.stringify(tried));
}

function wholeValue({ value }: ReleasedContact): string | undefined {
  if (value.level !== 'full') return undefined;
  switch (value.kind) {
    case 'phone':
      return value.number;
    case 'email':
      return value.address;
    case 'address': {
      const { lines, postcode } = value;
      const whole = lines.join(', ');
      return postcode === undefined || whole.endsWith(postcode) ? whole : `${whole}, ${postcode}`;
    }
    default:
      return undefined;
  }
}

/** Opens a handle for one person and case; undefined for anything else, or where the day is over. */
export function openHandle(
  deps: Pick<PageDeps, 'cookieSeal' | 'now'>,
  handle: string,
  { caseRef, typedBy }: Pick<TriedContact, 'caseRef' | 'typedBy'>,
): TriedContact | undefined {
  const text = deps.cookieSeal.open(PURPOSE, handle);
  const tried = text === undefined ? undefined : handleSchema.safeParse(JSON.parse(text));
  if (tried?.success !== true) return undefined;
  const { data } = tried;
  const isHers = data.caseRef === caseRef && data.typedBy === typedBy && data.untilMs > deps.now().getTime();
  return isHers ? data : undefined;
}

/** Enough to tell which of the contacts it is, and no more than its ending: "1. Telephone number ending 123". */
export function sayTried({ rank, kind, value }: TriedContact): string {
  if (kind === 'phone') return `${rank}. Telephone number ending ${value.slice(-3)}`;
  return `${rank}. ${kind === 'email' ? 'E-mail address' : 'Address'}`;
}
