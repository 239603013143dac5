import { createHash, randomUUID } from 'node:crypto';
import type { IsoDate } from '../../../schemas/names.ts';
import { LEAD_AGENCY, WORKERS, type CastCase } from '../../population/cast-cases.ts';
import { daysBefore } from '../../population/calendar.ts';

/** As many cases as a region has, each with a history: what lists and pages about cases are measured on. */

/** So that each worker has forty cases out of ten thousand. */
const EACH_WORKER = 250;
const FAMILIES = ['Ashworth', 'Bellamy', 'Carrow', 'Dunmore', 'Eastley', 'Fenwick', 'Garland', 'Hollis'];

/** Reference of the nth case, from 0. Of other length than those of the cast, so none is given twice. */
export const refOf = (asOf: IsoDate, n: number): string => `DAPG-${asOf.slice(0, 4)}-${String(n).padStart(5, '0')}`;

const workerOf = (n: number): string => (n % EACH_WORKER === 0 ? WORKERS.amara : `worker.${n % EACH_WORKER}`);

/** The nth case of the borough, from 0, with twelve attempts at most. */
export function nthCase(asOf: IsoDate, n: number): CastCase {
  const openedOn = daysBefore(asOf, 20 + (n % 340));
  const chair = { agency: LEAD_AGENCY, group: 'council', role: 'dai.dapg_chair', staffId: 'h.lindqvist' } as const;
  const at = `${openedOn}T14:00:00.000Z`;
  const category = n % 20 === 7 ? 'closed' : n % 7 === 3 ? 'monitor' : 'contact';
  return {
    subjectIs: `nobody ${n}`,
    caseRef: refOf(asOf, n),
    maracReference: `MARAC-${openedOn}-${n % 9_000}`,
    category,
    leadAgency: LEAD_AGENCY,
    agencies: [LEAD_AGENCY, 'police', 'probation', 'housing', 'riverton-idva'],
    allocatedTo: workerOf(n),
    team: [`worker.${(n + 1) % EACH_WORKER}`],
    facts: { facts: { category, marac: 'listed' }, asAt: { category: at, marac: at } },
    subject: {
      names: [{ given: `Case${n}`, family: FAMILIES[n % FAMILIES.length] ?? 'Hollis', type: 'current' }],
      dateOfBirth: `19${60 + (n % 40)}-0${1 + (n % 9)}-1${n % 10}`,
    },
    protectedContacts: [{ kind: 'phone', value: `07700 9009${10 + (n % 90)}`, whose: 'victim' }],
    openedOn,
    referrals: [
      { maracReference: `MARAC-${openedOn}-${n % 9_000}`, criterion: 'repeat', referredOn: openedOn, by: chair, at },
    ],
    decisions: [{ from: 'none', to: category, by: chair, at, because: 'As the panel decided at its meeting' }],
    allocations: [{ to: workerOf(n), by: chair, at }],
    attempts: Array.from({ length: n % 13 }, (_, nth) => ({
      sealedContact: {
        kind: 'phone' as const,
        seal: createHash('sha256')
          .update(`${n % 5} ${nth}`)
          .digest('base64url'),
      },
      outcome: nth % 4 === 3 ? ('reached-him' as const) : ('no-answer' as const),
      at: daysBefore(asOf, 12 - nth),
      attemptId: randomUUID(),
      by: workerOf(n),
    })),
  };
}
