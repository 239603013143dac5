import { describe, expect, it } from '@jest/globals';
import { resolveQuestion, type ResolveAnswer } from '../../gateway/cli/resolve.ts';
import { resolveQuestionSchema } from '../../gateway/cli/resolve-question.ts';
import { makeSeal } from '../../gateway/contacts/seal.ts';

/** What an assessor who knew the formats alone found wrong, or feared to find, in the smallest question that shows it. */

const SEAL = makeSeal(new Uint8Array(32).fill(3));
const HIS_PNC = '2016/0362206V';
const BROTHERS_PNC = '2009/0277352F';

const him = {
  names: [{ given: 'Stuart', family: 'Threlfall' }],
  dateOfBirth: '1985-03-14',
  sex: 'male',
  addresses: [{ lines: ['12 Gasworks Road', 'Stockport'], postcode: 'SK15 8HF' }],
};
const brother = { ...him, names: [{ given: 'Gareth', family: 'Threlfall' }], dateOfBirth: '1987-06-02' };
const pnc = (value: string) => ({ identifiers: [{ type: 'PNC', value }] });
const phone = (value: string, more: object = {}) => ({ kind: 'phone', value, recordedAs: 'self', ...more });

/** A record whose id is `agency:system`. */
function record(recordId: string, person: object, contacts: readonly object[] = [], more: object = {}) {
  const [agency = '', system = ''] = recordId.split(':');
  return { recordId, agency, system, person, contacts, ...more };
}

function ask(records: readonly object[], more: object = {}): ResolveAnswer {
  const question = { queryId: 'q', asOf: '2026-04-01', subject: him, records, ...more };
  return resolveQuestion(resolveQuestionSchema.parse(question), SEAL);
}

describe('P5: who else it may be', () => {
  it('his brother gave his name and date, but the number taken with the fingerprints is the brother’s', () => {
    const { subjectRecords } = ask([
      record('police:custody', { ...him, ...pnc(BROTHERS_PNC) }),
      record('probation:delius', him),
      record('courts:listings', { ...brother, ...pnc(BROTHERS_PNC) }),
    ]);
    expect(subjectRecords).toEqual(['probation:delius']);
  });

  it('two agencies spell a twin’s first name in the same other way: slips do not repeat', () => {
    const twin = { ...him, names: [{ given: 'Start', family: 'Threlfall' }] };
    const { subjectRecords } = ask([
      record('police:records', him),
      record('probation:delius', him),
      record('housing:tenancies', twin),
      record('health:pds', twin),
    ]);
    expect(subjectRecords).toEqual(['police:records', 'probation:delius']);
  });

  it.each(['1985-03-15', '1995-03-14'])(
    'one figure of the birth date is wrong (%s), and his number is right: he is found',
    (date) => {
      const known = { subject: { ...him, ...pnc(HIS_PNC) } };
      const { subjectRecords } = ask([record('prison:nomis', { ...him, ...pnc(HIS_PNC), dateOfBirth: date })], known);
      expect(subjectRecords).toEqual(['prison:nomis']);
    },
  );
});

describe('P4: whose number or home it may be', () => {
  const undated = { names: him.names, sex: 'male', phones: ['07700900333'] };
  const his = record('probation:delius', him, [phone('07700 900333', { lastConfirmed: '2026-03-01' })]);

  it('a record of his name that nothing dates holds it, and nobody else of that name is there: it may be called', () => {
    const { contacts } = ask([his, record('childrens:lcs', undated, [phone('07700900333')], { role: 'parent' })]);
    expect(contacts.map(({ value }) => value)).toEqual(['+447700900333']);
  });

  it('the same where he has a son of his name: it is the boy’s as likely as his', () => {
    const { contacts } = ask([
      his,
      record('health:pds', undated, [phone('07700900333')], { role: 'patient' }),
      record('childrens:lcs', { ...undated, phones: [], dateOfBirth: '2012-05-05' }, [], { role: 'child' }),
    ]);
    expect(contacts).toEqual([]);
  });

  it.each([
    ['her address has no postcode', [{ kind: 'address', value: '12 Gasworks Rd, Stockport' }], []],
    [
      'her record has the postcode alone',
      [],
      [record('police:records', { addresses: [{ postcode: 'sk15 8hf' }] }, [], { role: 'victim' })],
    ],
  ])('%s: where they both live is not given', (_, protectedContacts, others) => {
    const home = { kind: 'address', value: '12 Gasworks Road, Stockport, SK15 8HF', recordedAs: 'self' };
    const { contacts } = ask([record('probation:delius', him, [home]), ...others], { protectedContacts });
    expect(contacts).toEqual([]);
  });

  it('hers stands behind his in one field: hers is not given', () => {
    const both = record('probation:delius', him, [phone('07700 900111 / 07700 900222')]);
    const protectedContacts = [{ kind: 'phone', value: '07700900222' }];
    expect(JSON.stringify(ask([both], { protectedContacts }))).not.toContain('900222');
  });
});
