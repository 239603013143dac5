import type { LogEntryBody } from '../../schemas/entry.ts';
import type { AgencyId } from '../../schemas/names.ts';

/**
 * What the reviewers of one agency may see of the log: all that their own staff did, and of what others' staff were
 * told, the part that was their agency's own. The attacker is a reviewer who is curious about another agency: that
 * health gave anything at all on a man is health's to know (policy IGREV: across agencies, existence at most, and that
 * only through a question of its own). Everything that can be searched is made from what is seen here, so a filter
 * cannot tell more than a page.
 */

/** Everybody's: how the gateway itself was run. */
export const EVERYBODY = '*';

/** The agencies whose reviewers may see something of an entry; `*` for all. */
export function viewersOf(body: LogEntryBody): readonly string[] {
  switch (body.kind) {
    case 'question-consulted':
      return [body.requester.agency];
    case 'question-disclosed':
      return [...new Set([body.requester.agency, ...disclosersOf(body)])];
    case 'question-refused':
      return body.requester?.agency === undefined ? [] : [body.requester.agency];
    case 'policy-loaded':
    case 'policy-refused':
    case 'gateway-started':
      return [EVERYBODY];
    case 'certificate-issued':
    case 'certificate-renewed':
    case 'certificate-revoked':
    case 'review-step':
      return [...new Set([body.agency, ...agencyOf(body.actor)])];
    case 'signed-in':
      return [...new Set([...(body.agency === undefined ? [] : [body.agency]), ...agencyOf(body.actor)])];
    case 'break-glass-closed':
      return [...new Set([...(body.agency === undefined ? [] : [body.agency]), ...agencyOf(body.actor)])];
    case 'page-viewed':
    case 'attempt-recorded':
    case 'outcome-recorded':
    case 'break-glass-opened':
    case 'break-glass-reviewed':
    case 'log-exported':
    case 'log-searched':
    case 'log-replayed':
    case 'log-verified':
    case 'key-destroyed':
    case 'case-changed':
    case 'records-combined':
      return agencyOf(body.actor);
  }
}

/** The entry as one agency's reviewers see it, or undefined where they may not see it at all. */
export function seenBy(viewer: AgencyId, body: LogEntryBody): LogEntryBody | undefined {
  const viewers = viewersOf(body);
  if (!viewers.includes(viewer) && !viewers.includes(EVERYBODY)) return undefined;
  if (body.kind !== 'question-disclosed') return body;
  // On what it was decided holds facts that the asker's agency may not know, such as an enquiry about a child.
  const { decidedOn: _decidedOn, ...shown } = body;
  if (body.requester.agency === viewer) return shown;
  return {
    ...shown,
    sources: body.sources.filter(({ source }) => source === viewer),
    fields: body.fields.filter(({ source }) => source === viewer),
    // Counted over all sources: what was held back of others' is theirs.
    withheld: {},
  };
}

type Disclosed = Extract<LogEntryBody, { kind: 'question-disclosed' }>;

/** Agencies of which something left: existence alone is something. */
export function disclosersOf({ fields }: Disclosed): readonly AgencyId[] {
  const left = fields.filter(({ level, count }) => level !== 'deny' && (count ?? 0) > 0);
  return [...new Set(left.flatMap(({ source }) => source ?? []))];
}

type Actor = Extract<LogEntryBody, { kind: 'log-verified' }>['actor'];

const agencyOf = (actor: Actor | undefined): AgencyId[] => (typeof actor === 'object' ? [actor.agency] : []);
