import type { Person } from '../../schemas/person.ts';
import { nhsNumberOf } from './nhs-number.ts';
import type { WirePatient } from './wire.ts';

/**
 * Whether an answer can be about the man who was asked for. It is a guard against a source that answers about
 * somebody else (a mistyped number, a mixed-up session), not linkage: that comes later and is far stricter (P5).
 *
 * @param askedNumber the NHS number under which the service was asked; where the answer has another one, the service
 *   says that the number was superseded, and something of the man must agree before that is believed
 */
export function mayBeHim(patient: WirePatient, subject: Person, askedNumber: string | undefined): boolean {
  if (!sameNumberThroughout(patient)) return false;
  const agreements = [namesAgree(patient, subject), birthDatesAgree(patient, subject)];
  if (agreements.includes(true)) return true;
  return patient.id === askedNumber && !agreements.includes(false);
}

/**
 * Whether given name, family name and birth date all agree. Only then is it said that a record found by a search is
 * restricted: a search with a wildcard may find his sister, and that she is restricted is nobody's to know (P4).
 */
export function agreesThroughout(patient: WirePatient, subject: Person): boolean {
  const held = heldWords(patient);
  const asked = askedWords(subject);
  const named = share(asked.given, held.given) && share(asked.family, held.family);
  return named && birthDatesAgree(patient, subject) === true;
}

/** The number of the resource, checked, and repeated by its identifier: else two records were mixed up under way. */
function sameNumberThroughout(patient: WirePatient): boolean {
  if (nhsNumberOf(patient.id) === undefined) return false;
  return (patient.identifier ?? []).every(
    ({ system, value }) => (system !== undefined && !system.endsWith('/nhs-number')) || value === patient.id,
  );
}

/**
 * True where a given name is the same, or given and family name are exchanged; undefined where one of the two has no
 * name. A family name alone never agrees: it is also his wife's, whose number may stand in his file by mistake.
 */
function namesAgree(patient: WirePatient, subject: Person): boolean | undefined {
  const held = heldWords(patient);
  const asked = askedWords(subject);
  if (held.given.size === 0 || asked.given.size === 0) return undefined;
  const exchanged = share(asked.given, held.family) && share(asked.family, held.given);
  return share(asked.given, held.given) || exchanged;
}

interface NameWords {
  readonly given: ReadonlySet<string>;
  readonly family: ReadonlySet<string>;
}

const heldWords = ({ name = [] }: WirePatient): NameWords => ({
  given: wordsOf(name.flatMap(({ given }) => given ?? [])),
  family: wordsOf(name.map(({ family }) => family ?? '')),
});

const askedWords = ({ names = [] }: Person): NameWords => ({
  given: wordsOf(names.flatMap((name) => [name.given ?? '', name.middle ?? '', ...firstWords(name.full)])),
  family: wordsOf(names.map((name) => name.family ?? lastWord(name.full))),
});

const share = (some: ReadonlySet<string>, others: ReadonlySet<string>): boolean =>
  [...some].some((word) => others.has(word));

const firstWords = (full: string | undefined): string[] => (full ?? '').trim().split(/\s+/).slice(0, -1);
const lastWord = (full: string | undefined): string => (full ?? '').trim().split(/\s+/).at(-1) ?? '';

function wordsOf(parts: readonly string[]): Set<string> {
  const words = parts.flatMap((part) =>
    part
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .split(/[^\p{L}]+/u),
  );
  return new Set(words.filter((word) => word.length > 1));
}

/** True where they agree as far as both are known, undefined where one of the two has none. */
function birthDatesAgree(patient: WirePatient, subject: Person): boolean | undefined {
  const held = patient.birthDate;
  const asked = [subject.dateOfBirth, ...(subject.otherDatesOfBirth ?? [])].filter((date) => date !== undefined);
  if (held === undefined || asked.length === 0) return undefined;
  return asked.some((date) => held.startsWith(date) || date.startsWith(held));
}
