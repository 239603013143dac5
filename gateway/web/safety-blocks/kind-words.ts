import type { ContactKind, OtherOwner } from '../../../schemas/contact-point.ts';

/** Kinds of contact points and whose they are, as victim services say them. */

export const ONE_OF_KIND: Readonly<Record<ContactKind, string>> = {
  phone: 'One telephone number',
  email: 'One e-mail address',
  address: 'One address',
};

export const ALL_CONTACT = 'Every way to reach the person of this case';

export const sayKind = (kind: ContactKind | undefined): string =>
  kind === undefined ? ALL_CONTACT : ONE_OF_KIND[kind];

export const WHOSE_WORDS: Readonly<Record<OtherOwner, string>> = {
  victim: 'The victim’s',
  child: 'A child’s',
  partner: 'A partner’s or former partner’s',
  'protected-person': 'Another protected person’s',
  mother: 'The mother’s of the person of this case',
  relative: 'A relative’s',
  friend: 'A friend’s',
  other: 'Somebody else’s',
};
