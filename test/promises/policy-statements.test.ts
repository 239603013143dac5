import { beforeAll, describe, expect, it } from '@jest/globals';
import { decide, mayClaim } from '../../policies/engine/index.ts';
import type { CaseFacts } from '../../schemas/case.ts';
import { LEVELS } from '../../schemas/level.ts';
import { REQUESTER_GROUPS } from '../../schemas/names.ts';
import type { FieldId, Purpose, RequesterGroup, Role } from '../../schemas/names.ts';
import { combinationsThatDiffer, dated, mustLoad, requestOf, shippedFiles } from './policy-shipped.ts';

/**
 * What the agreements will never do, checked over every role, field and combination of the facts that any rule of the
 * purpose reads. A fact that no rule reads cannot change an answer, so the cells stand for the whole space.
 */

interface Cell {
  readonly purpose: Purpose;
  readonly group: RequesterGroup;
  readonly role: Role;
  readonly facts: CaseFacts;
  readonly field: FieldId;
  readonly fieldClass: string;
  readonly level: number;
  readonly claimable: boolean;
}

const bundle = mustLoad(shippedFiles());
const cells: Cell[] = [];

beforeAll(() => {
  for (const purpose of bundle.purposes.keys()) {
    for (const group of REQUESTER_GROUPS) {
      for (const facts of combinationsThatDiffer(bundle, purpose, group)) {
        for (const [role, { groups }] of bundle.roles) {
          if (!groups.includes(group)) continue;
          const requester = { agency: 'riverton', group, role };
          const request = requestOf(bundle, purpose, group, dated(facts), { requester });
          const claimable = mayClaim(bundle, request).ok;
          for (const { field, level } of decide(bundle, request, 'all')) {
            const fieldClass = bundle.fields.get(field)?.class ?? '';
            cells.push({ purpose, group, role, facts, field, fieldClass, level: LEVELS.indexOf(level), claimable });
          }
        }
      }
    }
  }
});

/** Whether a fact is certainly not one of some values: it was worked out and is another. */
const isNot = <T>(value: T | undefined, ...values: T[]): boolean => value !== undefined && !values.includes(value);

/** A statement: within the cells it speaks of, never above a level. */
interface Statement {
  readonly says: string;
  readonly of: (cell: Cell) => boolean;
  readonly atMost: number;
}

const STATEMENTS: readonly Statement[] = [
  {
    says: 'nothing of a third party goes to the council, in an emergency neither',
    of: ({ group, fieldClass }) => group === 'council' && fieldClass === 'TP',
    atMost: 0,
  },
  {
    says: 'no location of a third party goes to the council, in an emergency neither',
    of: ({ group, fieldClass }) => group === 'council' && fieldClass === 'TL',
    atMost: 0,
  },
  {
    says: 'victim services never get his full address',
    of: ({ group, field }) => group === 'victim-services' && field.endsWith('.address'),
    atMost: 3,
  },
  {
    says: 'the location of a third party is given in part or full only to police, children\u2019s and victim services',
    of: ({ group, fieldClass }) => fieldClass === 'TL' && !['police', 'childrens', 'victim-services'].includes(group),
    atMost: 2,
  },
  {
    says: 'the location of a third party is given in part or full only for MARAC, an enquiry or an emergency',
    of: ({ purpose, fieldClass }) => fieldClass === 'TL' && !['MARAC', 'S47', 'EMERG'].includes(purpose),
    atMost: 2,
  },
  {
    says: 'health is never above exists for housing or the council',
    of: ({ group, fieldClass }) => fieldClass === 'HX' && (group === 'housing' || group === 'council'),
    atMost: 1,
  },
  {
    says: 'intelligence is never above exists for housing, health, victim services or the council',
    of: ({ group, fieldClass }) =>
      fieldClass === 'CI' && ['housing', 'health', 'victim-services', 'council'].includes(group),
    atMost: 1,
  },
  {
    says: 'no engagement and no case review without a MARAC referral',
    of: ({ purpose, facts }) => (purpose === 'ENGAGE' || purpose === 'DAPG') && facts.marac === 'none',
    atMost: 0,
  },
  {
    says: 'no engagement on a case that is closed or was never opened',
    of: ({ purpose, facts }) => purpose === 'ENGAGE' && (facts.category === 'closed' || facts.category === 'none'),
    atMost: 0,
  },
  {
    says: 'no engagement on hold but professional contacts and the release date',
    of: ({ purpose, facts, field, fieldClass }) =>
      purpose === 'ENGAGE' && facts.category === 'hold' && fieldClass !== 'OP' && field !== 'pro.release',
    atMost: 0,
  },
  {
    says: 'nothing for MAPPA unless he is a MAPPA offender',
    of: ({ purpose, facts }) => purpose === 'MAPPA' && facts.mappa === 0,
    atMost: 0,
  },
  {
    says: 'nothing for child protection unless an enquiry is open',
    of: ({ purpose, facts }) => purpose === 'S47' && facts.s47Open === false,
    atMost: 0,
  },
  {
    says: 'nothing for enforcement unless an order is in force',
    of: ({ purpose, facts }) => purpose === 'BREACH' && facts.orderInForce === false,
    atMost: 0,
  },
  {
    says: 'nothing beyond the police before a decision of the disclosure scheme',
    of: ({ purpose, facts, group }) => purpose === 'DVDS' && group !== 'police' && facts.dvds !== 'decided',
    atMost: 0,
  },
  {
    says: 'nothing for an emergency that nobody declared',
    of: ({ purpose, facts }) => purpose === 'EMERG' && facts.emergency === false,
    atMost: 0,
  },
  {
    says: 'a review across agencies learns existence only, professional contacts apart',
    of: ({ purpose, fieldClass }) => purpose === 'IGREV' && fieldClass !== 'OP',
    atMost: 1,
  },
  {
    says: 'the NHS number goes to children\u2019s services for an enquiry or an emergency, and nowhere else',
    of: ({ purpose, group, field }) =>
      field === 'hea.nhs_number' && !(group === 'childrens' && (purpose === 'S47' || purpose === 'EMERG')),
    atMost: 0,
  },
  {
    says: 'an actuarial score is never given as a number',
    of: ({ field }) => field === 'pro.scores',
    atMost: 2,
  },
  {
    says: 'no protected location without a second person, an emergency apart',
    of: ({ purpose, fieldClass, facts }) =>
      fieldClass === 'TL' && purpose !== 'EMERG' && facts.secondPerson === 'not-given',
    atMost: 0,
  },
  {
    says: 'no intelligence above exists that its owner did not approve, an emergency apart',
    of: ({ purpose, fieldClass, facts }) =>
      fieldClass === 'CI' && purpose !== 'EMERG' && facts.ownerApproval === 'not-given',
    atMost: 1,
  },
  {
    says: 'no clinical detail that no Caldicott Guardian approved, an emergency apart',
    of: ({ purpose, fieldClass, facts }) =>
      fieldClass === 'HX' && purpose !== 'EMERG' && facts.caldicottApproval === 'not-given',
    atMost: 2,
  },
  {
    says: 'an owner\u2019s approval opens no clinical content for MAPPA, an enquiry or enforcement',
    of: ({ purpose, fieldClass, facts }) =>
      fieldClass === 'HX' &&
      ['MAPPA', 'S47', 'BREACH'].includes(purpose) &&
      (facts.caldicottApproval === 'not-given' || facts.approved === false),
    atMost: 1,
  },
  {
    says: 'nothing for MAPPA to a body that the chair did not invite',
    of: ({ purpose, group, facts }) =>
      purpose === 'MAPPA' &&
      (group === 'victim-services' || group === 'council') &&
      (facts.chairApproval === 'not-given' || facts.approved === false),
    atMost: 0,
  },
  {
    says: 'no identity, contact or treatment from health for engagement once he has withdrawn his consent',
    of: ({ purpose, field, fieldClass, facts }) =>
      purpose === 'ENGAGE' &&
      field.startsWith('hea.') &&
      ['ID', 'CT', 'HX'].includes(fieldClass) &&
      facts.healthConsent === 'withdrawn',
    atMost: 0,
  },
  {
    says: 'no contact details for a homelessness referral once he has withdrawn his consent',
    of: ({ purpose, role, field, fieldClass, facts }) =>
      purpose === 'HOUSING' &&
      role === 'hou.homelessness_officer' &&
      fieldClass === 'CT' &&
      !field.startsWith('pol.') &&
      facts.referralConsent === 'withdrawn',
    atMost: 0,
  },
  {
    says: 'nothing about health or children for a review where serious harm is feared',
    of: ({ purpose, fieldClass, facts }) =>
      purpose === 'IGREV' &&
      (fieldClass === 'HX' || fieldClass === 'CH') &&
      facts.seriousHarmOpinion === 'serious-harm',
    atMost: 0,
  },
  {
    says: 'nothing is said of a case for engagement or review once it is closed',
    of: ({ purpose, facts }) =>
      (purpose === 'ENGAGE' || purpose === 'DAPG') && isNot(facts.category, 'monitor', 'contact', 'hold'),
    atMost: 0,
  },
  {
    says: 'who made a referral to children\u2019s services is never above exists',
    of: ({ field }) => field === 'chi.source',
    atMost: 1,
  },
];

describe('P4: what the shipped agreements never do, in every cell', () => {
  it.each(STATEMENTS.map(({ says, of, atMost }) => [says, of, atMost] as const))('%s', (_says, of, atMost) => {
    const spokenOf = cells.filter(of);
    expect(spokenOf.length).toBeGreaterThan(0);
    expect(spokenOf.filter(({ level }) => level > atMost).slice(0, 3)).toEqual([]);
  });

  it('a statement that is false is found to be false', () => {
    const full = cells.filter(
      ({ purpose, field, level }) => purpose === 'ENGAGE' && field === 'pol.phone' && level > 3,
    );
    expect(full.length).toBeGreaterThan(0);
  });

  it('covers every purpose, role and field', () => {
    expect(new Set(cells.map(({ purpose }) => purpose)).size).toBe(bundle.purposes.size);
    expect(new Set(cells.map(({ role }) => role)).size).toBe(bundle.roles.size);
    expect(new Set(cells.map(({ field }) => field)).size).toBe(bundle.fields.size);
  });

  it('P9: a purpose that may not be claimed gives nothing, whatever admission let through', () => {
    const refused = cells.filter(({ claimable }) => !claimable);
    expect(refused.length).toBeGreaterThan(1000);
    expect(refused.filter(({ level }) => level > 0).slice(0, 3)).toEqual([]);
  });
});
