import { z } from 'zod';
import { caseFactsSchema, type DatedFacts } from '../../schemas/case.ts';
import { isoDateSchema, isoInstantSchema, REQUESTER_GROUPS, type RequesterGroup } from '../../schemas/names.ts';

/**
 * A request as `holdfast decide` reads it. Words that only a bundle can know (role, purpose, field) are taken as they
 * come: one that the bundle does not know is denied by the engine (P2), not refused as a broken line.
 */

const word = z.string().min(1).max(80);

export const decideRequestSchema = z.strictObject({
  requestId: z.string().min(1).max(200),
  /** A moment, or a day. */
  at: z.union([isoDateSchema, z.iso.datetime({ offset: true })]),
  requester: z.strictObject({ agency: word, role: word }),
  owner: word,
  purpose: word,
  /** Facts of the case. One that has no date in `asAt` counts as asserted at the moment of the request. */
  caseFacts: caseFactsSchema.extend({
    asAt: z.partialRecord(caseFactsSchema.keyof(), isoInstantSchema).optional(),
  }),
  fields: z.union([z.literal('all'), z.array(word).max(500)]),
});
export type DecideRequest = z.infer<typeof decideRequestSchema>;

/** A day is taken at noon, which is that day in London in summer and winter, and in UTC. */
export function momentOf(at: DecideRequest['at']): string {
  return new Date(/^\d{4}-\d\d-\d\d$/.test(at) ? `${at}T12:00:00Z` : at).toISOString();
}

/** Dates every fact: as the request says, else as of the moment of the request. */
export function datedFactsOf({ caseFacts }: DecideRequest, moment: string): DatedFacts {
  const { asAt, ...facts } = caseFacts;
  const dated: DatedFacts['asAt'] = {};
  for (const fact of caseFactsSchema.keyof().options) {
    if (facts[fact] !== undefined) dated[fact] = asAt?.[fact] ?? moment;
  }
  return { facts, asAt: dated };
}

/** Short codes under which papers on the agreements name the groups. */
const CODES: ReadonlyMap<string, RequesterGroup> = new Map<string, RequesterGroup>([
  ['pol', 'police'],
  ['pro', 'probation'],
  ['hou', 'housing'],
  ['hea', 'health'],
  ['chi', 'childrens'],
  ['vic', 'victim-services'],
  ['dai', 'council'],
]);

/** The group of agencies that a word names, in full or by its code, in any case of letters; undefined for any other. */
export function groupOf(agency: string): RequesterGroup | undefined {
  const lower = agency.toLowerCase();
  return REQUESTER_GROUPS.find((group) => group === lower) ?? CODES.get(lower);
}
