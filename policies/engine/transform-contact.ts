import { lowerTo } from './transform.ts';
import type { ContactKind } from '../../schemas/contact-point.ts';
import type { Level } from '../../schemas/level.ts';
import type { ReleasedValue } from '../../schemas/released-value.ts';

const POSTCODE_AT_END = /[\s,]*\b([A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2})\s*$/i;

function wholeContact(kind: ContactKind, value: string): ReleasedValue {
  if (kind === 'phone') return { kind, level: 'full', number: value };
  if (kind === 'email') return { kind, level: 'full', address: value };
  const postcode = POSTCODE_AT_END.exec(value);
  if (postcode?.[1] === undefined) return { kind, level: 'full', lines: [value] };
  const line = value.slice(0, postcode.index).trim();
  return { kind, level: 'full', lines: line === '' ? [] : [line], postcode: postcode[1].replaceAll(/\s+/g, ' ') };
}

/**
 * The same for a contact point, which is one text: a number in E.164, an e-mail address, or an address on one line with
 * its postcode last. Gives what may leave at the level, undefined when denied.
 */
export function transformContact(level: Level, kind: ContactKind, value: string): ReleasedValue | undefined {
  return level === 'deny' ? undefined : lowerTo(level, wholeContact(kind, value));
}
