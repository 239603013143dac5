import type { ContactPoint } from '../../schemas/contact-point.ts';
import type { IsoDate } from '../../schemas/names.ts';
import type { Person } from '../../schemas/person.ts';
import type { SourceRecord } from '../../schemas/source-record.ts';
import { holdsProtectedOf } from '../contacts/holds-protected.ts';
import type { Reach } from '../contacts/reach.ts';
import { makeSeal, sealsFor } from '../contacts/seal.ts';
import { linkTo, type Linked } from './link.ts';
import { reachLinked } from './reach.ts';

/** A day, a key and people of our own making: nothing of it is kept, and nothing of a case is touched. */
const AS_OF: IsoDate = '2026-11-22';
const KEY = new Uint8Array(32).fill(7);
const AGENCIES = ['police', 'probation', 'housing', 'health', 'children', 'courts', 'drugs'] as const;
const GIVEN = ['Darren', 'Mohammed', 'Siobhán', 'Łukasz', 'Harpreet', 'Chukwuemeka', 'Dafydd', 'Tracy', 'D'] as const;
const FAMILY = ["O'Brien", 'Pottinger', 'Smith-Jones', 'Khan', 'van der Berg'] as const;
const STREETS = ['Quarry Lane', 'STATION PARADE', 'Mill Rd', 'High St'] as const;

const pick = <T>(from: readonly [T, ...T[]], n: number): T => from[n % from.length] ?? from[0];

/** Ofcom's numbers for drama. */
const phoneOf = (n: number): string => `07700 900${String(n % 1000).padStart(3, '0')}`;
const homeOf = (n: number): string => `${1 + (n % 90)} ${pick(STREETS, n)}`;
const postcodeOf = (n: number): string => `ZE${1 + (n % 9)} ${n % 10}AB`;

function contactsOf(n: number): ContactPoint[] {
  const dated = { from: '2025-02-03', lastConfirmed: `2026-0${1 + (n % 9)}-11` };
  return [
    { kind: 'phone', value: phoneOf(n), recordedAs: 'self', ...dated },
    { kind: 'phone', value: `+44 (0)7700 900${String(100 + (n % 800))} mum`, recordedAs: 'mother' },
    { kind: 'email', value: `Someone.${n}@example.org`, recordedAs: 'unknown' },
    { kind: 'address', value: `${homeOf(n)}, Riverton, ${postcodeOf(n)}`, recordedAs: 'self', ...dated },
  ];
}

function personOf(n: number, round: number): Person {
  const given = pick(GIVEN, n + round);
  const family = pick(FAMILY, n);
  return {
    names: [n % 4 === 3 ? { full: `${family.toUpperCase()}, ${given} Lee` } : { given, middle: 'Lee', family }],
    ...(n % 5 === 0 ? {} : { dateOfBirth: `19${70 + (n % 20)}-0${1 + (n % 9)}-14` }),
    sex: 'male',
    identifiers: n === 0 ? [{ type: 'PNC', value: '2003/0123456L' }] : [{ type: 'CRN', value: `X${100_000 + n}` }],
    addresses: [{ lines: [homeOf(n), 'Riverton'], postcode: postcodeOf(n) }],
    phones: [phoneOf(n), n % 3 === 0 ? 'not known' : phoneOf(n + 1)],
  };
}

/** Every fourth record is his, the others resemble him in something. */
function recordsOf(subject: Person, round: number): SourceRecord[] {
  return Array.from({ length: RECORDS }, (_, n) => ({
    recordId: `warm:${n}`,
    agency: pick(AGENCIES, n),
    system: `system ${n}`,
    role: n % 8 === 3 ? 'victim' : 'nominal',
    person: n % 4 === 0 ? subject : personOf(n, round),
    contacts: contactsOf(n % 4 === 0 ? 0 : n),
  }));
}

const RECORDS = 40;

/** One made-up question, linked and ranked as a real one. */
export function askMadeUpQuestion(round: number): { readonly linked: Linked; readonly reach: Reach } {
  const seal = makeSeal(KEY);
  const subject = personOf(0, round);
  const protectedContacts = sealsFor(seal, 'phone', '07700 900999').map((each) => ({
    kind: 'phone' as const,
    seal: each,
    whose: 'protected-person' as const,
  }));
  const holdsProtected = holdsProtectedOf(protectedContacts, seal);
  const linked = linkTo(subject, recordsOf(subject, round), AS_OF, { decisions: [], holdsProtected });
  const reach = reachLinked(linked, { protectedContacts, seal, asOf: AS_OF, permits: () => true });
  return { linked, reach };
}

const ROUNDS = 12;

/**
 * Asks a few made-up questions before the first real one, for which code would have to be read and compiled: that one
 * took three times as long as the second. Takes about half a second of a processor; gives nothing.
 */
export function warmUp(): void {
  for (let round = 0; round < ROUNDS; round += 1) askMadeUpQuestion(round);
}
