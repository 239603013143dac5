import type { LogEntryBody } from '../../../schemas/entry.ts';
import type { AgencyId } from '../../../schemas/names.ts';
import type { EntryText, IndexRow } from '../../ports/entry-index.ts';
import { disclosersOf, seenBy, viewersOf } from '../seen-by.ts';
import { readEntry, type LoggedEvent } from './read-entry.ts';

/**
 * By what an entry can be found: short texts, each a letter and a value. Who, where and what for are the same for
 * everybody who may see the entry at all; the parts of a disclosure and the words of a reason carry the agency whose
 * reviewers may find it by them.
 */

export const facet = {
  viewer: (agency: string): string => `v|${agency}`,
  kind: (kind: string): string => `k|${kind}`,
  agency: (agency: AgencyId): string => `a|${agency}`,
  staff: (agency: AgencyId, staffId: string): string => `s|${agency}|${staffId}`,
  role: (role: string): string => `r|${role}`,
  caseRef: (caseRef: string): string => `c|${caseRef}`,
  subject: (subject: string): string => `u|${subject}`,
  purpose: (purpose: string): string => `p|${purpose}`,
  policyVersion: (version: string): string => `l|${version}`,
  breakGlass: 'b|',
  /** Something of a source's field left, whoever looks. Only the owner's own commands search by it. */
  left: (field: string): string => `e|${field}`,
  field: (viewer: AgencyId, field: string): string => `f|${viewer}|${field}`,
  power: (viewer: AgencyId, power: string): string => `w|${viewer}|${power}`,
  outcome: (viewer: AgencyId, outcome: string): string => `o|${viewer}|${outcome}`,
  decision: (viewer: AgencyId, decision: string): string => `d|${viewer}|${decision}`,
  /** Something of this agency's went out. */
  wentOut: (owner: AgencyId): string => `x|${owner}`,
  word: (viewer: AgencyId, token: string): string => `t|${viewer}|${token}`,
} as const;

/** How an entry can be found. `tokens` are the keyed tokens of its reason's words, where it has one. */
export function indexRowOf({ position, canonical }: EntryText, tokens: readonly string[] = []): IndexRow {
  const entry = readEntry(canonical);
  // Kept as a row without anything to find it by: a gap would stop the following for good.
  if (entry === undefined) return { position, recordedAt: '1970-01-01T00:00:00.000Z', facets: [] };
  const { recordedAt, body } = entry;
  return body === undefined
    ? { position, recordedAt, facets: [] }
    : indexRowOfEvent({ position, recordedAt, body }, tokens);
}

/** The same for an entry that was read already. */
export function indexRowOfEvent({ position, recordedAt, body }: LoggedEvent, tokens: readonly string[] = []): IndexRow {
  const staff = staffOf(body);
  const caseRef = 'caseRef' in body ? body.caseRef : undefined;
  return {
    position,
    recordedAt,
    ...(caseRef === undefined ? {} : { caseRef }),
    ...(staff === undefined ? {} : { staff: { agency: staff.agency, staffId: staff.staffId } }),
    facets: [...new Set([...facetsForAll(body), ...facetsByViewer(body, tokens)])],
  };
}

interface Staff {
  readonly agency: AgencyId;
  readonly staffId: string;
  readonly role?: string | undefined;
}

/** The member of staff who did what an entry says. */
export function staffOf(body: LogEntryBody): Staff | undefined {
  if ('requester' in body && body.requester !== undefined) {
    const { agency, staffId, role } = body.requester;
    return agency === undefined || staffId === undefined ? undefined : { agency, staffId, role };
  }
  return 'actor' in body && typeof body.actor === 'object' ? body.actor : undefined;
}

function facetsForAll(body: LogEntryBody): string[] {
  const staff = staffOf(body);
  const found = [facet.kind(body.kind), ...viewersOf(body).map(facet.viewer)];
  if (staff !== undefined) {
    found.push(facet.agency(staff.agency), facet.staff(staff.agency, staff.staffId));
    if (staff.role !== undefined) found.push(facet.role(staff.role));
  }
  if ('caseRef' in body && body.caseRef !== undefined) found.push(facet.caseRef(body.caseRef));
  if ('subject' in body && body.subject !== undefined) found.push(facet.subject(body.subject));
  if ('purpose' in body && body.purpose !== undefined) found.push(facet.purpose(body.purpose));
  if ('policyVersion' in body && body.policyVersion !== undefined) found.push(facet.policyVersion(body.policyVersion));
  if (touchesBreakGlass(body)) found.push(facet.breakGlass);
  if (body.kind === 'question-disclosed') {
    found.push(...disclosersOf(body).map(facet.wentOut));
    found.push(...body.fields.filter(hasLeft).map(({ field }) => facet.left(field)));
  }
  return found;
}

/** The purpose under which glass is broken. */
export const BREAK_GLASS_PURPOSE = 'EMERG';

const touchesBreakGlass = (body: LogEntryBody): boolean =>
  'breakGlassId' in body || ('purpose' in body && body.purpose === BREAK_GLASS_PURPOSE);

export const hasLeft = ({ level, count }: { readonly level: string; readonly count?: number | undefined }): boolean =>
  level !== 'deny' && (count ?? 0) > 0;

/** Made of what each viewer sees, so that nobody can find an entry by what she may not read in it. */
function facetsByViewer(body: LogEntryBody, tokens: readonly string[]): string[] {
  return viewersOf(body).flatMap((viewer) => {
    if (viewer === '*') return [];
    const seen = seenBy(viewer, body);
    if (seen === undefined) return [];
    const own = staffOf(body)?.agency === viewer;
    return [...partsOf(viewer, seen), ...(own ? tokens.map((token) => facet.word(viewer, token)) : [])];
  });
}

function partsOf(viewer: AgencyId, seen: LogEntryBody): string[] {
  const outcome = (word: string): string => facet.outcome(viewer, word);
  const decision = (word: string): string => facet.decision(viewer, word);
  switch (seen.kind) {
    case 'question-consulted':
      return [decision('consulted'), ...(seen.wanted ?? []).map((field) => facet.field(viewer, field))];
    case 'question-disclosed':
      return [
        decision(seen.fields.some(hasLeft) ? 'disclosed' : 'nothing-disclosed'),
        ...seen.fields.flatMap(({ field, reason, powers }) => [
          facet.field(viewer, field),
          decision(reason),
          ...powers.map((power) => facet.power(viewer, power)),
        ]),
        ...seen.sources.map((source) => outcome(source.outcome)),
      ];
    case 'question-refused':
      return [decision('refused'), outcome(seen.code)];
    case 'outcome-recorded':
      return [outcome(seen.outcome)];
    case 'signed-in':
      return [outcome(seen.event)];
    case 'break-glass-reviewed':
      return [decision(seen.decision)];
    case 'review-step':
      return [decision(seen.to)];
    default:
      return [];
  }
}
