import { z } from 'zod';
import { CONTACT_KINDS, otherOwnerSchema } from '../../schemas/contact-point.ts';
import { caseSchema } from '../../schemas/case.ts';
import type { IsoDate } from '../../schemas/names.ts';
import { daysBefore } from '../population/calendar.ts';
import { LEAD_AGENCY, WORKERS } from '../population/cast-cases.ts';
import { generatePopulation } from '../population/generate.ts';
import type { Citizen, Holding, Population } from '../population/types.ts';

/** The men who are asked about: drawn from the generated borough as it comes, hard cases and all. */

export const boroughSchema = z.strictObject({ seed: z.number(), asOf: z.string(), perpetrators: z.number() });
export type Borough = z.infer<typeof boroughSchema>;

/** A man on a case, as the panel knows him, and what must never be in an answer about him. */
export const manSchema = z.strictObject({
  kase: caseSchema.omit({ protectedContacts: true }),
  protectedContacts: z.array(
    z.strictObject({ kind: z.enum(CONTACT_KINDS), value: z.string(), whose: otherOwnerSchema }),
  ),
});
export type Man = z.infer<typeof manSchema>;

export const WORKER = WORKERS.amara;
const AGENCIES = [LEAD_AGENCY, 'police', 'probation', 'housing', 'health', 'childrens'];
/** Fewer holdings, and there is nothing to link or to rank. */
const HOLDINGS_MIN = 2;

export const populationOf = (borough: Borough): Population => generatePopulation(borough);

/** The first men of the borough whom at least two agencies hold, with the case each is on. */
export function menOf(population: Population, count: number): readonly Man[] {
  const holdings = new Map<string, Holding[]>();
  for (const holding of population.holdings) {
    holdings.set(holding.citizen, [...(holdings.get(holding.citizen) ?? []), holding]);
  }
  const citizens = new Map(population.citizens.map((citizen) => [citizen.id, citizen]));
  return population.citizens
    .filter(({ kind, id }) => kind === 'perpetrator' && agenciesOf(holdings.get(id)).size >= HOLDINGS_MIN)
    .slice(0, count)
    .map((citizen, n) => manOf(citizen, n, population.asOf, { held: holdings.get(citizen.id) ?? [], citizens }));
}

const agenciesOf = (held: readonly Holding[] = []): Set<string> => new Set(held.map(({ agency }) => agency));

interface Around {
  readonly held: readonly Holding[];
  readonly citizens: ReadonlyMap<string, Citizen>;
}

function manOf(citizen: Citizen, n: number, asOf: IsoDate, { held, citizens }: Around): Man {
  const meeting = daysBefore(asOf, 9);
  const at = `${daysBefore(asOf, 1)}T12:00:00.000Z`;
  const pnc = held.find((holding) => holding.agency === 'police')?.pnc;
  const facts = { category: 'contact', marac: 'listed', mappa: 0, s47Open: false, orderInForce: false } as const;
  return {
    kase: {
      caseRef: `DAPG-${asOf.slice(0, 4)}-${String(n + 1).padStart(4, '0')}`,
      maracReference: `MARAC-${meeting}-${n + 1}`,
      maracMeetingOn: meeting,
      category: 'contact',
      leadAgency: LEAD_AGENCY,
      agencies: AGENCIES,
      allocatedTo: WORKER,
      team: [],
      facts: { facts: { ...facts, dvds: 'none' }, asAt: { ...dated(at), dvds: at } },
      subject: {
        names: [{ ...citizen.name, type: 'current' }],
        dateOfBirth: citizen.dateOfBirth,
        sex: citizen.sex,
        ...(pnc === undefined ? {} : { identifiers: [{ type: 'PNC', value: pnc }] }),
      },
      openedOn: daysBefore(asOf, 30),
    },
    protectedContacts: herContacts(citizen, citizens),
  };
}

const dated = (at: string) => ({ category: at, marac: at, mappa: at, s47Open: at, orderInForce: at });

const HERS: ReadonlySet<string> = new Set(['victim', 'partner', 'wife']);

function herContacts(citizen: Citizen, citizens: Around['citizens']): Man['protectedContacts'] {
  return citizen.relations
    .filter((relation) => HERS.has(relation.as))
    .flatMap(({ to }) => citizens.get(to)?.contacts ?? [])
    .filter(({ worksTo }) => worksTo === undefined)
    .map(({ kind, value }) => ({ kind, value, whose: 'victim' }));
}
