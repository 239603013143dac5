import type { BirthDateComparison } from '../compare/birth-dates.ts';
import type { ContactComparison } from '../compare/contacts.ts';
import { sumBits, type Comparison, type Finding, type Rule } from './finding.ts';
import { householdCap } from './household.ts';
import { mayBeOnePerson, pointsAtOnePerson, type PeopleComparison } from './people.ts';
import { isRelative, relationFinding, sharesHousehold } from './relations.ts';
import { AT_MOST_PROBABLE, OWN, PRIOR, PUBLISHED, roundBits } from './weights.ts';

/** What is said about a pair from outside the two people's own values. */
export interface PairCircumstances {
  /** The system that holds both says that one replaced the other. */
  readonly mergedBySource: boolean;
  /** One is the subject, and the other is nobody in particular to its file. */
  readonly recordedAsOther: boolean;
  readonly human: 'same' | 'different' | undefined;
  /** One is the subject, of whom the case gives no birth date: it was found in the answer. */
  readonly birthDateIsLent: boolean;
  /** One is the subject, and the other's record holds a contact point of a protected person of the case; costly to ask. */
  readonly knowsProtected: () => boolean;
}

export interface PairWeight {
  readonly findings: readonly Finding[];
  /** The sum of the findings. */
  readonly bits: number;
  /** The same without contradicting identifiers: how alike the two are otherwise. */
  readonly bitsWithoutContradiction: number;
  readonly identifiersContradict: boolean;
  /** The evidence itself speaks for two people, whatever the prior: it sums below 0, or a rule for relatives applies. */
  readonly pointsApart: boolean;
  /** First name and surname agree, and nothing but, perhaps, an identifier tells them apart. */
  readonly alike: boolean;
  /** First name and surname agree, and nothing that is known of both tells them apart. */
  readonly nothingApart: boolean;
  /** Neither first name nor surname agrees, the birth date does, and nothing else tells them apart: perhaps another identity. */
  readonly otherIdentity: boolean;
  /** A human joined the two: that is said of this pair, and is no evidence for another. */
  readonly joinedByHuman: boolean;
  /** The first names are two names. */
  readonly firstNameDiffers: boolean;
  /** An identifier, or a number or mailbox that is one man's in this answer, agrees. */
  readonly tiedByOwnValue: boolean;
  /** A valid identifier of one person agrees, and so do first name and surname. */
  readonly sameNumberAndName: boolean;
  /** First name and birth date agree, the surname does not, and nothing else tells them apart: perhaps a former name. */
  readonly formerSurname: boolean;
  /** An identifier taken with fingerprints agrees, whatever else contradicts. */
  readonly fingerprintsMeet: boolean;
  /** An identifier taken with fingerprints agrees, and no other contradicts: whatever the names, one person. */
  readonly sameFingerprints: boolean;
}

const POPULATION: Finding = { comparison: 'prior', rule: 'population', bits: PRIOR };

const birthDateRule = ({ rule, agrees }: BirthDateComparison, isLent: boolean): Rule =>
  isLent && agrees === 'equal' ? 'birth-date-lent' : rule;

function valueFindings(compared: PeopleComparison, contacts: ContactComparison, dateIsLent: boolean): Finding[] {
  const { names, middleNames, birthDates, homes, identifiers, sex } = compared;
  const findings: Finding[] = [POPULATION];
  if (names !== undefined) findings.push({ comparison: 'name', rule: names.rule, bits: names.bits });
  if (middleNames !== undefined) findings.push(middleNames);
  if (birthDates !== undefined) {
    findings.push({ comparison: 'birth-date', rule: birthDateRule(birthDates, dateIsLent), bits: birthDates.bits });
  }
  if (sex !== undefined) {
    const rule = sex === 'equal' ? 'sex-equal' : 'sex-different';
    findings.push({ comparison: 'sex', rule, bits: OWN[rule] });
  }
  findings.push(...identifiers.findings);
  if (homes !== undefined) findings.push(homes.finding);
  findings.push(...contacts.personal, ...contacts.household);
  findings.push(...confirmations(compared, contacts));
  const cap = householdCap(compared, contacts);
  if (cap !== undefined) findings.push(cap);
  return findings;
}

/**
 * What a value adds because nobody else who might have it is left: the weights of homes, phones and numbers allow for
 * families, and a full name, or a first name and a birth date, leave none of the family but him.
 */
function confirmations(compared: PeopleComparison, contacts: ContactComparison): Finding[] {
  const findings: Finding[] = [];
  if (pointsAtOnePerson(compared)) {
    if (compared.homes?.sameHouse === true) findings.push(own('address', 'same-house'));
    if (contacts.familyMobile) findings.push(own('phone', 'phone-of-his-family'));
    if (contacts.personal.length > 0) findings.push(own('phone', 'contact-of-one-man'));
  }
  const { agrees, fingerprintAgrees, nationalAgrees, contradicts } = compared.identifiers;
  if (agrees && !contradicts && compared.names?.surnameAgrees === true && mayBeOnePerson(compared)) {
    if (fingerprintAgrees) findings.push(own('identifier', 'fingerprints-and-name'));
    else if (nationalAgrees) findings.push(own('identifier', 'number-and-name'));
  }
  return findings;
}

/**
 * A man of his name and birth date who has lived with her, or whose number is hers, is he. A twin has another first
 * name, a son or father another birth date; what a household shares already counts by itself.
 */
function protectedFinding(
  compared: PeopleComparison,
  contacts: ContactComparison,
  knowsProtected: () => boolean,
): Finding | undefined {
  if (!pointsAtOnePerson(compared) || compared.names?.surnameAgrees !== true) return undefined;
  if (compared.birthDates?.agrees !== 'equal' || compared.sex === 'different') return undefined;
  if (sharesHousehold(compared, contacts) || !knowsProtected()) return undefined;
  return own('source', 'tied-by-the-case');
}

const own = (comparison: Comparison, rule: Rule & keyof typeof OWN): Finding => ({
  comparison,
  rule,
  bits: OWN[rule],
});

const isOtherIdentity = ({ names, birthDates, sex, generationsDiffer: differ }: PeopleComparison): boolean =>
  names?.first === 'differs' &&
  !names.surnameAgrees &&
  birthDates?.agrees === 'equal' &&
  sex !== 'different' &&
  !differ;

const agreesInName = ({ names }: PeopleComparison): boolean => names?.first === 'agrees' && names.surnameAgrees;

const isFormerSurname = ({ names, birthDates }: PeopleComparison): boolean =>
  names?.rule === 'first-name-only' && birthDates?.agrees === 'equal';

/** A file that calls its person nobody in particular gives him at most to a human, unless an identifier agrees. */
function otherRoleFinding(compared: PeopleComparison, sum: number): Finding | undefined {
  if (compared.identifiers.agrees) return undefined;
  const bits = roundBits(Math.min(0, AT_MOST_PROBABLE - sum));
  return { comparison: 'source', rule: 'recorded-as-other', bits };
}

function humanFinding(human: 'same' | 'different'): Finding {
  const rule = human === 'same' ? 'human-same' : 'human-different';
  return { comparison: 'human', rule, bits: PUBLISHED[rule] };
}

const isContradiction = (finding: Finding): boolean =>
  finding.rule === 'identifier-differs' || finding.rule === 'identifiers-two-differ';

/**
 * Weighs one pair: the prior once, every comparison, the household's cap, the rule of the relation that the pair
 * looks like, and what the source and humans say. Missing values give no finding, so 0 bits.
 */
export function weighPair(
  compared: PeopleComparison,
  contacts: ContactComparison,
  circumstances: PairCircumstances,
): PairWeight {
  const findings = valueFindings(compared, contacts, circumstances.birthDateIsLent);
  const add = (finding: Finding | undefined) => {
    if (finding !== undefined) findings.push(finding);
  };
  const knowsHer = protectedFinding(compared, contacts, circumstances.knowsProtected);
  add(knowsHer);
  if (circumstances.mergedBySource) {
    add({ comparison: 'source', rule: 'merged-by-source', bits: OWN['merged-by-source'] });
  } else {
    const shareHousehold = knowsHer !== undefined || sharesHousehold(compared, contacts);
    add(relationFinding({ compared, shareHousehold }, sumBits(findings)));
  }
  if (circumstances.recordedAsOther) add(otherRoleFinding(compared, sumBits(findings)));
  if (circumstances.human !== undefined) add(humanFinding(circumstances.human));
  const bits = sumBits(findings);
  const { contradicts } = compared.identifiers;
  const relatives = findings.some(isRelative);
  const alike = mayBeOnePerson(compared) && compared.names?.surnameAgrees === true && !relatives;
  return {
    findings,
    bits,
    bitsWithoutContradiction: contradicts ? sumBits(findings.filter((finding) => !isContradiction(finding))) : bits,
    identifiersContradict: contradicts,
    pointsApart: bits - PRIOR < 0 || relatives,
    alike,
    nothingApart: alike && !contradicts,
    otherIdentity: isOtherIdentity(compared) && !relatives && !contradicts,
    firstNameDiffers: compared.names?.first === 'differs',
    tiedByOwnValue: compared.identifiers.agrees || contacts.personal.length > 0,
    sameNumberAndName: compared.identifiers.agrees && agreesInName(compared),
    formerSurname: mayBeOnePerson(compared) && isFormerSurname(compared) && !relatives && !contradicts,
    fingerprintsMeet: compared.identifiers.fingerprintAgrees,
    joinedByHuman: circumstances.human === 'same',
    sameFingerprints: compared.identifiers.fingerprintAgrees && !contradicts,
  };
}
