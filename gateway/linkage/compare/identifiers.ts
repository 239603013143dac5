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

const keysOf = (held: readonly StandardIdentifier[], type: IdentifierType): StandardIdentifier[] =>
  held.filter((identifier) => identifier.type === type && identifier.valid);

const meets = (a: readonly StandardIdentifier[], b: readonly StandardIdentifier[]): boolean =>
  a.some((one) => b.some((other) => one.value === other.value));

const coresMeet = (a: readonly StandardIdentifier[], b: readonly StandardIdentifier[]): boolean =>
  a.some((one) => one.core !== undefined && b.some((other) => one.core === other.core));

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

/** Nothing equal that is a key: a shared arrest event, or the same text though its check fails. */
function weakFindings(a: readonly StandardIdentifier[], b: readonly StandardIdentifier[]): Finding[] {
  const police = (held: readonly StandardIdentifier[]) => held.filter(({ type }) => type === 'PNC' || type === 'CRO');
  if (
    coresMeet(
      police(a).filter(({ valid }) => valid),
      police(b).filter(({ valid }) => valid),
    )
  ) {
    return [{ comparison: 'identifier', rule: 'identifier-core-equal', bits: PUBLISHED['identifier-core-equal'] }];
  }
  const weak = a.some((one) => b.some((other) => one.type === other.type && one.value === other.value));
  if (!weak && !coresMeet(police(a), police(b))) return [];
  return [{ comparison: 'identifier', rule: 'identifier-weak-equal', bits: OWN['identifier-weak-equal'] }];
}

/**
 * Compares all identifiers of one type with all of the same type, current and former. One in common is agreement
 * (a superseded number is held beside its successor); none in common, both valid and unique, is contradiction.
 */
export function compareIdentifiers(
  a: readonly StandardIdentifier[],
  b: readonly StandardIdentifier[],
): IdentifierComparison {
  if (a.length === 0 || b.length === 0) return NONE;
  const equal: IdentifierType[] = [];
  let differing = 0;
  for (const type of PERSONAL) {
    const [ofA, ofB] = [keysOf(a, type), keysOf(b, type)];
    if (ofA.length === 0 || ofB.length === 0) continue;
    if (meets(ofA, ofB)) equal.push(type);
    else if (UNIQUE.includes(type) && !coresMeet(ofA, ofB)) differing += 1;
  }
  const positive = equal.length > 0 ? equalFindings(equal) : weakFindings(a, b);
  return {
    findings: [...positive, ...differFindings(differing)],
    agrees: equal.length > 0,
    fingerprintAgrees: equal.includes('PNC') || equal.includes('CRO'),
    nationalAgrees: equal.some((type) => NATIONAL.includes(type)),
    contradicts: differing > 0,
  };
}
