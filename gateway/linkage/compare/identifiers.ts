import type { StandardIdentifier } from '../standardise/standard-person.ts';
import type { Finding } from '../weigh/finding.ts';
import { OWN, PUBLISHED } from '../weigh/weights.ts';

export interface IdentifierComparison {
  readonly findings: readonly Finding[];
  /** A valid identifier of one person is equal. */
  readonly agrees: boolean;
  /** One taken with fingerprints is equal (PNC, CRO): names then may be false and it is still he. */
  readonly fingerprintAgrees: boolean;
  /** One that its issuer gives to one person of the country is equal (NHS, NOMS, National Insurance). */
  readonly nationalAgrees: boolean;
  /** Two valid unique identifiers of one type, and none in common: two people, unless a human says otherwise. */
  readonly contradicts: boolean;
}

type IdentifierType = StandardIdentifier['type'];

/** Given to one person once, nationally: two different ones are two people. A local reference may be given twice. */
const UNIQUE: readonly IdentifierType[] = ['PNC', 'CRO', 'NHS', 'NINO', 'NOMS'];
/** One person's, but a system may give a second (CRN, LCS): equal is strong, different says nothing. */
const PERSONAL: readonly IdentifierType[] = [...UNIQUE, 'CRN', 'LCS'];

const NATIONAL: readonly IdentifierType[] = ['NHS', 'NINO', 'NOMS'];

const NONE: IdentifierComparison = {
  findings: [],
  agrees: false,
  fingerprintAgrees: false,
  nationalAgrees: false,
  contradicts: false,
};

type Held = readonly StandardIdentifier[];

/** Whether one of each says so of the two; none of it makes garbage, for it is asked of every pair of an answer. */
function anyPair(a: Held, b: Held, agree: (one: StandardIdentifier, other: StandardIdentifier) => boolean): boolean {
  for (const one of a) for (const other of b) if (agree(one, other)) return true;
  return false;
}

function holdsKey(held: Held, type: IdentifierType): boolean {
  for (const identifier of held) if (identifier.valid && identifier.type === type) return true;
  return false;
}

function keysMeet(a: Held, b: Held, type: IdentifierType): boolean {
  for (const one of a) {
    if (!one.valid || one.type !== type) continue;
    for (const other of b) if (other.valid && other.type === type && other.value === one.value) return true;
  }
  return false;
}

function coresOfKeysMeet(a: Held, b: Held, type: IdentifierType): boolean {
  for (const one of a) {
    if (!one.valid || one.type !== type || one.core === undefined) continue;
    for (const other of b) if (other.valid && other.type === type && other.core === one.core) return true;
  }
  return false;
}

const isPolice = ({ type }: StandardIdentifier): boolean => type === 'PNC' || type === 'CRO';

const sameArrest = (one: StandardIdentifier, other: StandardIdentifier): boolean =>
  one.core !== undefined && one.core === other.core && isPolice(one) && isPolice(other);

function equalFindings(types: readonly IdentifierType[]): Finding[] {
  const comparison = 'identifier';
  if (types.length >= 2) {
    return [{ comparison, rule: 'identifiers-two-equal', bits: PUBLISHED['identifiers-two-equal'] }];
  }
  const [type] = types;
  if (type === undefined) return [];
  const rule =
    type === 'PNC' ? 'identifier-pnc-equal' : type === 'CRO' ? 'identifier-cro-equal' : 'identifier-other-equal';
  return [{ comparison, rule, bits: PUBLISHED[rule] }];
}

const differFindings = (count: number): Finding[] => {
  if (count === 0) return [];
  const rule = count >= 2 ? 'identifiers-two-differ' : 'identifier-differs';
  return [{ comparison: 'identifier', rule, bits: PUBLISHED[rule] }];
};

/** A National Insurance number without its last letter is that with it. */
const sameText = (one: StandardIdentifier, other: StandardIdentifier): boolean =>
  one.value === other.value || (one.type === 'NINO' && one.core !== undefined && one.core === other.core);

const SAME_ARREST: readonly Finding[] = [
  { comparison: 'identifier', rule: 'identifier-core-equal', bits: PUBLISHED['identifier-core-equal'] },
];
const WEAK: readonly Finding[] = [
  { comparison: 'identifier', rule: 'identifier-weak-equal', bits: OWN['identifier-weak-equal'] },
];

/** Nothing equal that is a key: a shared arrest event, or the same text though its check fails. */
function weakFindings(a: Held, b: Held): readonly Finding[] {
  if (anyPair(a, b, (one, other) => one.valid && other.valid && sameArrest(one, other))) return SAME_ARREST;
  const weak = anyPair(
    a,
    b,
    (one, other) => (one.type === other.type && sameText(one, other)) || sameArrest(one, other),
  );
  return weak ? WEAK : [];
}

/**
 * Compares all identifiers of one type with all of the same type, current and former. One in common is agreement
 * (a superseded number is held beside its successor); none in common, both valid and unique, is contradiction.
 */
export function compareIdentifiers(a: Held, b: Held): IdentifierComparison {
  if (a.length === 0 || b.length === 0) return NONE;
  const equal: IdentifierType[] = [];
  let differing = 0;
  for (const type of PERSONAL) {
    if (!holdsKey(a, type) || !holdsKey(b, type)) continue;
    if (keysMeet(a, b, type)) equal.push(type);
    else if (UNIQUE.includes(type) && !coresOfKeysMeet(a, b, type)) differing += 1;
  }
  const positive = equal.length > 0 ? equalFindings(equal) : weakFindings(a, b);
  if (equal.length === 0 && differing === 0 && positive.length === 0) return NONE;
  return {
    findings: [...positive, ...differFindings(differing)],
    agrees: equal.length > 0,
    fingerprintAgrees: equal.includes('PNC') || equal.includes('CRO'),
    nationalAgrees: equal.some((type) => NATIONAL.includes(type)),
    contradicts: differing > 0,
  };
}
