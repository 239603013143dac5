import type { ListEntry } from '../../schemas/disclosable-value.ts';
import type { IsoDate } from '../../schemas/names.ts';
import { dayOf } from '../council/dates.ts';
import type { WireAlerts } from './wire.ts';

/**
 * Staff-safety markers by their code (HACT PersonAlertTypeCode, UK Housing Data Standards 3.5). What staff wrote beside
 * the code is about neighbours and victims as often as about him, and is never read.
 */

/** Codes whose meaning is public; the landlord can say what any other one means. */
const MEANINGS: Readonly<Record<string, string>> = {
  '10': 'Do not visit alone',
  '10-10': 'Anti-social behaviour',
  '20-70': 'Safeguarding alert',
};

/** A code: digits, perhaps with a letter, in up to four groups. */
const CODE = /^[A-Z0-9]{1,6}(?:-[A-Z0-9]{1,6}){0,3}$/;

/** The code with plain hyphens: spreadsheets turn `10-10` into one with a non-breaking hyphen (U+2011) or a dash. */
export function alertCode(text: string | null | undefined): string | undefined {
  const code = (text ?? '')
    .normalize('NFKC')
    .replace(/[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]/g, '-')
    .replace(/\s+/g, '')
    .toUpperCase();
  return CODE.test(code) ? code : undefined;
}

/** Alerts in force on a day, one entry a code. */
export function markersOf({ alerts }: WireAlerts, asOf: IsoDate): ListEntry[] {
  const entries = new Map<string, ListEntry>();
  for (const alert of alerts) {
    const code = alertCode(alert.alertCode);
    const until = dayOf(alert.endDate);
    if (code === undefined || alert.isActive === false || (until !== undefined && until < asOf)) continue;
    const date = dayOf(alert.startDate);
    const meaning = MEANINGS[code];
    entries.set(code, {
      group: 'Staff-safety marker',
      title: meaning === undefined ? `Alert ${code}` : `Alert ${code}: ${meaning}`,
      ...(date === undefined ? {} : { date }),
      ...(until === undefined ? {} : { until }),
    });
  }
  return [...entries.values()];
}
