import { normaliseContact } from '../../../gateway/contacts/normalise.ts';
import type { ContactPoint } from '../../../schemas/contact-point.ts';
import type { SourceRecord } from '../../../schemas/source-record.ts';

/**
 * What a careful worker does with a pile of records: take the most recent number that is one. The rival is given the
 * true identities, so that it never looks into another man's record.
 */

/** `bare` drops placeholders; `labels` also leaves out what its own source labels as another's. */
export type Rival = 'bare' | 'labels';

/** The number it would ring first, E.164, or undefined where his records hold none. */
export function mostRecentPhone(his: readonly SourceRecord[], rival: Rival): string | undefined {
  let best: { readonly date: string; readonly key: string } | undefined;
  for (const record of his) {
    for (const contact of record.contacts) {
      if (contact.kind !== 'phone' || (rival === 'labels' && isLabelled(contact))) continue;
      const key = normaliseContact('phone', contact.value)?.key;
      const date = dateOf(contact, record);
      if (key === undefined || PLACEHOLDER.test(key)) continue;
      if (best === undefined || date > best.date || (date === best.date && key < best.key)) best = { date, key };
    }
  }
  return best?.key;
}

const PLACEHOLDER = /0{6}/;

/** The best date that the source gives for it: confirmed, else begun, else the last change of the record. */
const dateOf = ({ lastConfirmed, from }: ContactPoint, { lastUpdated }: SourceRecord): string =>
  lastConfirmed ?? from ?? lastUpdated ?? '';

const isLabelled = ({ recordedAs }: ContactPoint): boolean =>
  recordedAs !== undefined && !['self', 'unknown', 'work', 'hostel'].includes(recordedAs);
