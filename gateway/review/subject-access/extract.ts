import type { Case } from '../../../schemas/case.ts';
import type { AgencyId, CaseRef, IsoInstant } from '../../../schemas/names.ts';
import { err, ok, type Result } from '../../../schemas/result.ts';
import type { AccessLog, AppendFault, Receipt } from '../../ports/access-log.ts';
import type { CaseRegister, FindCaseFault } from '../../ports/case-register.ts';
import type { EntryIndex, IndexFault } from '../../ports/entry-index.ts';
import { facet } from '../index/facets.ts';
import { catchUp, type FollowDeps } from '../index/follow.ts';
import { readEntry, type LoggedEvent } from '../index/read-entry.ts';
import { searchedBy, type Searcher } from '../search.ts';
import { caseItem, elsewhereItems, logItems, otherPeopleItem, type ExtractItem, type Ground } from './items.ts';

/**
 * A subject-access extract (UK GDPR Article 15, DPA 2018 s.45): everything that the log and the case register hold about
 * one person, for an officer to decide on. It is given to nobody by itself, and only after the log has its entry (P1).
 */

export interface SubjectAccessDeps extends Pick<FollowDeps, 'reasons'> {
  readonly log: Pick<AccessLog, 'read' | 'append' | 'head'>;
  readonly index: EntryIndex;
  readonly cases: Pick<CaseRegister, 'find'>;
  readonly subjectOf: (kase: Case) => string;
  readonly ground: Omit<Ground, 'viewer'>;
  readonly now: () => Date;
}

export interface SubjectAccessExtract {
  readonly madeAt: IsoInstant;
  readonly for: AgencyId;
  readonly caseRef: CaseRef;
  readonly items: readonly ExtractItem[];
  readonly receipt: Receipt;
}

export type SubjectAccessFault =
  FindCaseFault | IndexFault | AppendFault | 'reasons-unavailable' | 'index-behind' | 'too-many-entries';

/** More about one person would be a fault in the log, or an extract that nobody reads (P11). */
const ENTRIES_MAX = 100_000;
const PAGE = 1_000;

/** @param caseRef a case of the searcher's own agency that is about him */
export async function extractForSubject(
  deps: SubjectAccessDeps,
  searcher: Searcher,
  caseRef: CaseRef,
): Promise<Result<SubjectAccessExtract, SubjectAccessFault>> {
  const { viewer } = searcher;
  const found = await deps.cases.find(caseRef, viewer);
  if (!found.ok) return found;
  const subject = deps.subjectOf(found.value);
  const events = await eventsAbout(deps, subject, caseRef);
  if (!events.ok) return events;
  const ground = { ...deps.ground, viewer };
  const cases = await ownCases(deps, found.value, events.value, { viewer, subject });
  if (!cases.ok) return cases;
  const harmFeared = cases.value.some(feared);
  const items = [
    ...cases.value.map((kase) => caseItem(kase, ground)),
    ...logItems(events.value, ground),
    ...elsewhereItems(events.value, harmFeared, ground),
    otherPeopleItem(ground),
  ];
  const at = deps.now();
  const receipt = await deps.log.append(
    {
      ...searchedBy(at, { ...searcher, matter: caseRef }),
      ...{ view: 'subject-access', filters: ['subject'], about: { agency: viewer, caseRef, subject } },
      found: items.length,
    },
    searcher.requestKey,
  );
  if (!receipt.ok) return receipt;
  return ok({ madeAt: at.toISOString(), for: viewer, caseRef, items, receipt: receipt.value });
}

/** A professional's opinion that an answer would cause serious harm, whatever its age: an old one is no reason to tell. */
const feared = ({ records }: Case): boolean => records?.opinions?.some(({ seriousHarm }) => seriousHarm) ?? false;

async function eventsAbout(
  { log, index, reasons }: SubjectAccessDeps,
  subject: string,
  caseRef: CaseRef,
): Promise<Result<readonly LoggedEvent[], SubjectAccessFault>> {
  const head = await log.head();
  if (!head.ok) return head;
  const reached = await catchUp({ log, index, reasons }, Number.MAX_SAFE_INTEGER);
  if (!reached.ok) return reached;
  // An extract with something missing reads as one that has everything.
  if (head.value !== undefined && reached.value <= head.value.position) return err('index-behind');
  const events = new Map<number, LoggedEvent>();
  for (const about of [facet.subject(subject), facet.caseRef(caseRef)]) {
    for (let before: number | undefined, more = true; more;) {
      const page = await index.search({
        ...{ all: [about], anyOf: [], limit: PAGE },
        ...(before === undefined ? {} : { before }),
      });
      if (!page.ok) return page;
      const texts = await index.entriesAt(page.value.positions);
      if (!texts.ok) return texts;
      for (const event of texts.value.flatMap(eventOf)) events.set(event.position, event);
      if (events.size > ENTRIES_MAX) return err('too-many-entries');
      before = page.value.positions.at(-1);
      more = page.value.more;
    }
  }
  return ok([...events.values()].sort((one, other) => one.position - other.position));
}

function eventOf({ canonical }: { readonly canonical: string }): LoggedEvent[] {
  const entry = readEntry(canonical);
  return entry?.body === undefined
    ? []
    : [{ position: entry.position, recordedAt: entry.recordedAt, body: entry.body }];
}

/** His cases that are the agency's. Another agency's is like none. */
async function ownCases(
  { cases, subjectOf }: SubjectAccessDeps,
  first: Case,
  events: readonly LoggedEvent[],
  { viewer, subject }: { readonly viewer: AgencyId; readonly subject: string },
): Promise<Result<readonly Case[], FindCaseFault>> {
  const refs = new Set(events.flatMap(({ body }) => ('caseRef' in body ? (body.caseRef ?? []) : [])));
  refs.delete(first.caseRef);
  const found = [first];
  for (const caseRef of [...refs].sort()) {
    const kase = await cases.find(caseRef, viewer);
    if (kase.ok && subjectOf(kase.value) === subject) found.push(kase.value);
    else if (!kase.ok && kase.error !== 'not-found') return kase;
  }
  return ok(found);
}
