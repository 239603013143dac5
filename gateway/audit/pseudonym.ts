import { createHmac, createSecretKey } from 'node:crypto';
import type { Case } from '../../schemas/case.ts';
import type { PersonName } from '../../schemas/person.ts';

/**
 * Keyed digests for the log (P8). A plain hash of a name falls to whoever tries all names; with the key, which lies
 * apart from the log, equal people can be counted and nobody can be looked up.
 */
export interface Pseudonyms {
  /** The same for every case about a person of this name and birth date; the case's own where they are not known. */
  ofSubject(kase: Case): string;
}

const KEY_BYTES_MIN = 32;

/** @param key at least 32 random bytes, used for nothing else; a shorter one throws */
export function makePseudonyms(key: Uint8Array): Pseudonyms {
  if (key.byteLength < KEY_BYTES_MIN) throw new RangeError('a pseudonym key has at least 32 bytes');
  const secret = createSecretKey(key);
  const digest = (label: string, text: string): string =>
    createHmac('sha256', secret).update(`holdfast ${label} 1\n${text}`).digest('base64url');
  return {
    ofSubject: (kase) => digest('subject', identityOf(kase) ?? kase.caseRef),
  };
}

function identityOf({ subject }: Case): string | undefined {
  const name = subject.names?.find(({ type }) => type !== 'alias') ?? subject.names?.[0];
  if (name === undefined || subject.dateOfBirth === undefined) return undefined;
  return `${nameOf(name)}\n${subject.dateOfBirth}`;
}

function nameOf({ given, family, full }: PersonName): string {
  const text = full ?? `${given ?? ''} ${family ?? ''}`;
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toUpperCase().split(/\s+/).filter(Boolean).join(' ');
}
