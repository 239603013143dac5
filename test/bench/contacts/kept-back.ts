import { readContact } from '../../../gateway/contacts/normalise.ts';
import type { Reach } from '../../../gateway/contacts/reach.ts';
import type { Linked } from '../../../gateway/disclosure/link.ts';
import type { TrueReach } from '../../population/questions.ts';

/** What caution costs: an answer that never comes can kill as well. */
export interface KeptBack {
  /** Numbers in his records that reach him today and nobody else. */
  own: number;
  /** Of these: held back, and in no record that was joined to him. */
  withheld: number;
  notJoined: number;
}

export const noneKeptBack = (): KeptBack => ({ own: 0, withheld: 0, notJoined: 0 });

/** Counts what became of the numbers that are truly his. */
export function countKeptBack(
  counted: KeptBack,
  contacts: readonly TrueReach[],
  { his }: Linked,
  { ranked }: Reach,
): void {
  const held = new Set(his.flatMap((record) => record.contacts.flatMap(numbersOf)));
  const shown = new Set(ranked.flatMap(numbersOf));
  for (const { kind, value, reaches } of contacts) {
    if (kind !== 'phone' || reaches.length !== 1 || reaches[0] !== 'himself') continue;
    counted.own += 1;
    const [number = ''] = numbersOf({ kind, value });
    if (!held.has(number)) counted.notJoined += 1;
    else if (!shown.has(number)) counted.withheld += 1;
  }
}

function numbersOf({ kind, value }: { readonly kind: string; readonly value: string }): readonly string[] {
  return kind === 'phone' ? readContact('phone', value).contacts.map(({ key }) => key) : [];
}
