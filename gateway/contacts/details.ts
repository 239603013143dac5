import type { ContactKind } from '../../schemas/contact-point.ts';
import type { Person } from '../../schemas/person.ts';

interface Detail {
  readonly kind: ContactKind;
  readonly value: string;
  readonly uprn?: string | undefined;
}

/** The contact points among the details by which a record is matched. */
export function detailsOf(person: Person): readonly Detail[] {
  return [
    ...(person.phones ?? []).map((value) => ({ kind: 'phone' as const, value })),
    ...(person.emails ?? []).map((value) => ({ kind: 'email' as const, value })),
    ...(person.addresses ?? []).map(({ lines, postcode, uprn }) => ({
      kind: 'address' as const,
      value: [...(lines ?? []), ...(postcode === undefined ? [] : [postcode])].join(', '),
      uprn,
    })),
  ];
}
