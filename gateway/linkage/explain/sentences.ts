import type { Evidence } from '../../../schemas/linkage.ts';
import type { Finding, Rule } from '../weigh/finding.ts';

/** One sentence for each rule. None holds a value: who reads why two records are one may not be allowed to see either. */
const SENTENCES: Readonly<Record<Rule, string>> = {
  population: 'Two people of the population taken at random are almost never one.',
  'name-exact': 'Same first name and surname.',
  'name-near': 'First name and surname differ by a letter or two.',
  'name-swapped': 'First name and surname stand in each other’s place.',
  'name-alias': 'A full name of one is an alias of the other.',
  'name-alias-of-many': 'A full name of one is among the many aliases of the other.',
  'name-variant': 'Forms or spellings of the same first name and surname.',
  'name-slip': 'One of first name and surname agrees, the other differs by a slip of the pen or in spelling.',
  'name-part': 'Same first name, and one half of a double surname.',
  'name-middle-as-first': 'Same surname, and the middle name of one is the first name of the other.',
  'name-like': 'First names and surnames resemble each other only loosely.',
  'surname-alone': 'Same surname; the first name is missing on one side.',
  'surname-and-initial': 'Same surname, and an initial that fits the first name.',
  'first-name-alone': 'Same first name; the surname is missing on one side.',
  'first-name-only': 'Same first name, another surname.',
  'surname-only': 'Same surname, another first name.',
  'name-different': 'Different names.',
  'middle-name-exact': 'A middle name in common.',
  'middle-name-near': 'Middle names that differ by a letter or two.',
  'middle-name-different': 'Different middle names.',
  'birth-date-exact': 'Same birth date.',
  'birth-date-other': 'A further birth date held of one is a birth date of the other.',
  'birth-date-other-of-many': 'One of many further birth dates meets.',
  'birth-date-lent':
    'The case gives no birth date; this is the one of everybody of his name at his home or number in this answer.',
  'birth-date-swapped': 'Birth dates with day and month exchanged.',
  'birth-date-month': 'Born in the same month, as far as the dates are known.',
  'birth-date-year': 'Born in the same year, as far as the dates are known.',
  'birth-date-one-edit': 'Birth dates that differ by one digit.',
  'birth-date-two-parts': 'Birth dates with two of day, month and year in common, within ten years.',
  'birth-date-within-5-years': 'Different birth dates, within five years.',
  'birth-date-different': 'Different birth dates, more than five years apart.',
  'sex-equal': 'Same sex recorded.',
  'sex-different': 'Different sex recorded.',
  'postcode-rare': 'A home address in common.',
  'postcode-uncommon': 'An address in common at which many people live.',
  'postcode-common': 'A hostel, prison or other shared place in common.',
  'postcode-outward': 'Homes in the same postal district.',
  'postcode-other-house': 'Same postcode, another house.',
  'same-house': 'The same house at that postcode, and neither name nor birth date of another in it.',
  'postcode-different': 'No postcode in common.',
  'identifiers-two-equal': 'Two identifiers of different kinds agree.',
  'identifier-pnc-equal': 'Same PNC number.',
  'identifier-cro-equal': 'Same CRO number.',
  'identifier-other-equal': 'Same personal identifier.',
  'identifier-core-equal': 'PNC and CRO numbers of the same arrest.',
  'identifier-weak-equal': 'Same identifier, though its check character fails or it need not be one person’s.',
  'fingerprints-and-name': 'The name confirms the PNC or CRO number.',
  'number-and-name': 'The name confirms the number.',
  'identifiers-two-differ': 'Valid identifiers of two kinds contradict each other.',
  'identifier-differs': 'Valid identifiers of one kind contradict each other.',
  'mobile-equal': 'Same mobile number, held for nobody else in this answer.',
  'phone-shared': 'A phone number in common that a household, an institution or another person shares.',
  'phone-of-his-family': 'That phone is his family’s, and neither name nor birth date is another’s of the family.',
  'contact-of-one-man': 'That number or e-mail address is nobody else’s of the same name and birth date.',
  // Not by whom: an asker who may not know that this source holds her number would read it here.
  'tied-by-the-case': 'What this case keeps ties the record to him, and its name and birth date are his.',
  'email-equal': 'Same e-mail address, held for nobody else in this answer.',
  'tenancy-equal': 'Same tenancy, which is a household’s.',
  'household-cap': 'Surname, address and shared phone are one fact, living together, and count once.',
  twins: 'Same surname, birth date and household but another first name: looks like a twin.',
  'father-and-son': 'Same name and household but another generation: looks like a parent or child.',
  brothers: 'Same surname and household but another first name and birth date: looks like a brother or sister.',
  spouses: 'Same household but another first name and sex: looks like a partner or relative.',
  'common-name-same-birth-date': 'A common name and the same birth date, and nothing else: may be a namesake.',
  'name-and-birth-date-only':
    'Same name and birth date, and nothing else: no address, contact or identifier in common.',
  'same-name-in-household': 'Same name and household, and no birth date to tell a father from a son.',
  'twin-or-middle-name': 'Called by his middle name, or a twin who bears it as first name.',
  'name-of-another-sex':
    'His name, but the other sex, and no identifier in common: a slip, or somebody who used his name.',
  'recorded-as-other': 'Its source records this person as somebody other than the subject of the file.',
  'merged-by-source': 'The system that holds both says that one record replaced the other.',
  'all-records-together': 'Weighed against everything that his other records hold, taken together.',
  'one-of-the-name':
    'No birth date here, but two other systems know one man of this name at that home, and nobody knows another.',
  'human-same': 'A named person has decided that these are one.',
  'human-different': 'A named person has decided that these are two.',
};

/** The sentence of a rule. */
export const sentenceOf = (rule: Rule): string => SENTENCES[rule];

/** Findings as evidence that may be shown: bits and a sentence each, never a value. */
export const explain = (findings: readonly Finding[]): Evidence[] =>
  findings.map(({ comparison, rule, bits }) => ({ comparison, rule, bits, because: SENTENCES[rule] }));
