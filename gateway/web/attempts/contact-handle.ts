import { z } from 'zod';
import type { ReleasedContact } from '../../../schemas/answer.ts';
import { sealedTriedSchema } from '../../../schemas/case-change.ts';
import { caseRefSchema } from '../../../schemas/names.ts';
import { sealTried } from '../../cases/sealed-contacts.ts';
import type { PageDeps } from '../page-deps.ts';

/**
 * Which contact point an attempt was made on. A call may take longer than the ten minutes for which an answer is kept,
 * and nothing of it may lie with us for longer; so the browser carries what the register will keep of it, its hashes,
 * in a box that it can neither read nor change. Whoever gets an old address and the key of cookies finds no number in
 * it. Good for this person, this case and one working day, and only to say what happened.
 */

const GOOD_FOR_MS = 12 * 3_600_000;
const PURPOSE = 'contact tried';

const handleSchema = z.strictObject({
  caseRef: caseRefSchema,
  typedBy: z.string(),
  questionId: z.uuid(),
  rank: z.number().int(),
  contact: sealedTriedSchema,
  /** The last three digits of a telephone number. */
  ending: z
    .string()
    .regex(/^\d{3}$/)
    .optional(),
  untilMs: z.number().int(),
});
export type TriedContact = z.infer<typeof handleSchema>;

type OpenDeps = Pick<PageDeps, 'cookieSeal' | 'now'>;
type MakeDeps = OpenDeps & { readonly disclosure: Pick<PageDeps['disclosure'], 'seal'> };

/** The handle of a contact that was shown in full; undefined for one of which only a part was shown. */
export function handleOf(
  deps: MakeDeps,
  contact: ReleasedContact,
  of: Pick<TriedContact, 'caseRef' | 'typedBy' | 'questionId'>,
): string | undefined {
  const value = wholeValue(contact);
  if (value === undefined) return undefined;
  const { rank, kind } = contact;
  const ending = kind === 'phone' ? value.replaceAll(/\D/gu, '').slice(-3) : '';
  const tried: TriedContact = {
    ...{ ...of, rank },
    contact: sealTried(deps.disclosure.seal, { kind, value }),
    ...(ending.length === 3 ? { ending } : {}),
    untilMs: deps.now().getTime() + GOOD_FOR_MS,
  };
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
  deps: OpenDeps,
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
export function sayTried({ rank, contact, ending }: Pick<TriedContact, 'rank' | 'contact' | 'ending'>): string {
  const { kind } = contact;
  if (kind === 'phone') return `${rank}. Telephone number${ending === undefined ? '' : ` ending ${ending}`}`;
  return `${rank}. ${kind === 'email' ? 'E-mail address' : 'Address'}`;
}
