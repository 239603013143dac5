import type { IsoDate } from '../../schemas/names.ts';
import { daysBefore } from './calendar.ts';
import { APPROVED_PREMISES, HOSTELS, oneLine } from './places.ts';
import type { Citizen } from './types.ts';

/** Who answers when a worker rings a hostel: its keeper, not the man. One landline for everybody who lives there. */

const KEEPERS = [
  { given: 'Rosalind', family: 'Thackray', place: HOSTELS[0], number: '+441632960990' },
  { given: 'Victor', family: 'Amadi', place: HOSTELS[1], number: '+441632960991' },
  { given: 'Helena', family: 'Brzeska', place: HOSTELS[2], number: '+441632960992' },
  { given: 'Malcolm', family: 'Dewhirst', place: APPROVED_PREMISES, number: '+441632960993' },
] as const;

/** The desk number of the hostel at an address on one line, or undefined where it is no hostel. */
export const hostelDesk = (address: string): string | undefined =>
  KEEPERS.find(({ place }) => place !== undefined && oneLine(place) === address)?.number;

/** The keepers as citizens, so that every number has somebody who really answers. */
export function hostelKeepers(asOf: IsoDate): readonly Citizen[] {
  return KEEPERS.map(({ given, family, number }, n) => {
    const id = `S-KEEPER-${n + 1}`;
    return {
      id,
      kind: 'stranger',
      name: { given, family },
      aliases: [],
      sex: 'other',
      dateOfBirth: '1975-05-05',
      situations: [],
      contacts: [{ kind: 'phone', value: number, owner: id, worksFrom: daysBefore(asOf, 4000) }],
      relations: [],
    };
  });
}
