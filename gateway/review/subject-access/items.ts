import type { Case } from '../../../schemas/case.ts';
import type { AgencyId, FieldId, RequesterGroup } from '../../../schemas/names.ts';
import { disclosersOf } from '../seen-by.ts';
import { hasLeft, staffOf } from '../index/facets.ts';
import type { LoggedEvent } from '../index/read-entry.ts';
import { exemptionsFor, type Exemption, type ExemptionCode } from './exemptions.ts';

/**
 * What the log and the case register hold about one person, item by item, for the officer of one agency. No item has a
 * value in it: what an agency holds it gives from its own records. What other agencies hold is said by their existence
 * alone (policy IGREV). The attacker is the person himself, who reads over the officer's shoulder what is released in
 * haste: nothing here tells of a protected person, nor whether there is one.
 */

export interface ExtractItem {
  readonly of: 'case-register' | 'asked-by-us' | 'given-by-us' | 'done-by-us' | 'held-elsewhere' | 'other-people';
  readonly caseRef?: string;
  /** In a sentence. */
  readonly says: string;
  /** Log positions that it rests on; at most 50, the newest. */
  readonly positions?: readonly number[];
  readonly exemptions: readonly Exemption[];
}

export interface FieldAbout {
  readonly label: string;
  readonly class: string;
}

export interface Ground {
  readonly viewer: AgencyId;
  readonly groupOf: (agency: AgencyId) => RequesterGroup | undefined;
  readonly fieldOf: (field: FieldId) => FieldAbout | undefined;
}

const POSITIONS_MAX = 50;
const OTHERS: ReadonlySet<string> = new Set(['TP', 'TL']);
const LIKELY_BY_CLASS: Readonly<Record<string, readonly ExemptionCode[]>> = {
  CI: ['crime', 'third-party'],
  CR: ['crime'],
  OR: ['crime'],
  RK: ['crime', 'serious-harm', 'third-party'],
  HX: ['serious-harm'],
  CH: ['serious-harm', 'third-party'],
  OP: ['third-party'],
};

/** The register's own holding of a case: which parts, never what stands in them. */
export function caseItem({ caseRef, category, openedOn, ...kase }: Case, ground: Ground): ExtractItem {
  const counted = [
    ['decisions with their reasons', kase.decisions?.length],
    ['attempts to reach him', kase.attempts?.length],
    ['allocations', kase.allocations?.length],
    ['judgements on records', kase.judgements?.length],
    ['emergency accesses', kase.breakGlass?.length],
    ['agencies asked for a way to reach him', kase.gapRequests?.length],
  ] as const;
  const parts = counted.flatMap(([what, count]) => (count === undefined || count === 0 ? [] : [`${what}: ${count}`]));
  return {
    of: 'case-register',
    caseRef,
    says:
      `The case register holds a case about him, opened on ${openedOn}, category ${category}: who he is` +
      `${parts.map((part) => `, ${part}`).join('')}. Read it on its page.`,
    exemptions: exemptionsFor(ground.groupOf(ground.viewer), new Set(['third-party', 'crime'])),
  };
}

/** The same words whether or not anybody is protected: that there is somebody is what he must not learn (P4, P6). */
export function otherPeopleItem(ground: Ground): ExtractItem {
  return {
    of: 'other-people',
    says: 'Whatever is held about other people is no part of this extract, and whether anything is held is not said.',
    exemptions: exemptionsFor(ground.groupOf(ground.viewer), new Set(['third-party', 'serious-harm'])),
  };
}

/** Items of the log's entries, oldest first. */
export function logItems(events: readonly LoggedEvent[], ground: Ground): readonly ExtractItem[] {
  return [...askedByUs(events, ground), ...givenByUs(events, ground), ...doneByUs(events, ground)];
}

const isOurs = ({ body }: LoggedEvent, { viewer }: Ground): boolean => staffOf(body)?.agency === viewer;
const newest = (positions: readonly number[]): readonly number[] => positions.slice(-POSITIONS_MAX);
const day = (instant: string): string => instant.slice(0, 10);

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): readonly (readonly [T, readonly T[]])[] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups.values()].flatMap((group) => (group[0] === undefined ? [] : [[group[0], group] as const]));
}

function askedByUs(events: readonly LoggedEvent[], ground: Ground): readonly ExtractItem[] {
  const asked = events.flatMap((event) =>
    event.body.kind === 'question-consulted' && isOurs(event, ground) ? [{ ...event, body: event.body }] : [],
  );
  return grouped(asked, ({ body }) => `${body.caseRef} ${body.purpose}`).map(([{ body }, all]) => ({
    of: 'asked-by-us',
    caseRef: body.caseRef,
    says: `Staff of ${ground.viewer} asked about him under ${body.purpose}, ${times(all)}.`,
    positions: newest(all.map(({ position }) => position)),
    exemptions: exemptionsFor(ground.groupOf(ground.viewer), new Set(['crime'])),
  }));
}

function times(all: readonly LoggedEvent[]): string {
  const [first, last] = [day(all[0]?.recordedAt ?? ''), day(all.at(-1)?.recordedAt ?? '')];
  return all.length === 1 ? `once, on ${first}` : `${all.length} times, from ${first} to ${last}`;
}

function givenByUs(events: readonly LoggedEvent[], ground: Ground): readonly ExtractItem[] {
  const given = events.flatMap((event) => {
    const { body } = event;
    if (body.kind !== 'question-disclosed') return [];
    const ours = body.fields.filter((field) => field.source === ground.viewer && hasLeft(field));
    return ours.length === 0 ? [] : [{ ...event, body, ours }];
  });
  return grouped(given, ({ body }) => `${body.caseRef} ${body.requester.agency} ${body.purpose}`).map(
    ([{ body }, all]) => {
      const fields = [...new Set(all.flatMap(({ ours }) => ours.map(({ field }) => field)))];
      const about = fields.map((field) => ground.fieldOf(field));
      const labels = about.flatMap((each) => (each === undefined || OTHERS.has(each.class) ? [] : [each.label]));
      const likely = new Set(about.flatMap((each) => LIKELY_BY_CLASS[each?.class ?? ''] ?? []));
      return {
        of: 'given-by-us' as const,
        caseRef: body.caseRef,
        says:
          `${ground.viewer} gave ${recipient(body.requester.agency, ground)} under ${body.purpose}, ${times(all)}: ` +
          `${labels.length === 0 ? 'nothing that can be named here' : labels.join(', ')}.`,
        positions: newest(all.map(({ position }) => position)),
        exemptions: exemptionsFor(ground.groupOf(ground.viewer), likely),
      };
    },
  );
}

/** That a victim service is involved says that there is a victim who has spoken. */
const recipient = (agency: AgencyId, { groupOf }: Ground): string => {
  const group = groupOf(agency);
  return group === undefined || group === 'victim-services' ? 'a recipient' : agency;
};

function doneByUs(events: readonly LoggedEvent[], ground: Ground): readonly ExtractItem[] {
  const done = events.filter((event) => isOurs(event, ground) && !event.body.kind.startsWith('question-'));
  return grouped(done, ({ body }) => `${body.kind} ${'caseRef' in body ? body.caseRef : ''}`).map(
    ([{ body }, all]) => ({
      of: 'done-by-us',
      ...('caseRef' in body && body.caseRef !== undefined ? { caseRef: body.caseRef } : {}),
      says: `Staff of ${ground.viewer}: ${body.kind.replaceAll('-', ' ')}, ${times(all)}.`,
      positions: newest(all.map(({ position }) => position)),
      exemptions: exemptionsFor(ground.groupOf(ground.viewer), new Set(['crime', 'third-party'])),
    }),
  );
}

/** Agencies of which anything may be said is decided by policy IGREV and its cap for feared harm. */
export function elsewhereItems(
  events: readonly LoggedEvent[],
  harmFeared: boolean,
  ground: Ground,
): readonly ExtractItem[] {
  const involved = events.flatMap(({ body }) => [
    ...(staffOf(body) === undefined ? [] : [staffOf(body)?.agency]),
    ...(body.kind === 'question-disclosed' ? disclosersOf(body) : []),
  ]);
  const agencies = [...new Set(involved.flatMap((agency) => agency ?? []))].sort();
  return agencies.flatMap((agency) => {
    const group = ground.groupOf(agency);
    if (agency === ground.viewer || group === undefined || group === 'victim-services') return [];
    if (harmFeared && (group === 'health' || group === 'childrens')) return [];
    return [
      {
        of: 'held-elsewhere' as const,
        says: `${agency} holds or did something about him: ask its information-governance officer. What it is, is not said here.`,
        exemptions: exemptionsFor(group, new Set(['crime', 'third-party', 'serious-harm'])),
      },
    ];
  });
}
