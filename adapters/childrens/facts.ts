import type { DisclosableValue, FieldValue } from '../../schemas/disclosable-value.ts';
import type { FieldId, IsoDate } from '../../schemas/names.ts';
import { dayOf } from '../council/dates.ts';
import { squeezed } from '../council/text.ts';
import { isOpen } from './family.ts';
import type { WireAllocation, WireStatus } from './wire.ts';

/** What is said of the children's cases: a code and since when. How many children there are is not said. */

/** The plan that asks for most care first: one code is said for all children together. */
const PLANS: readonly Coded[] = [
  ['CP', 'Child protection plan'],
  ['LAC', 'Looked after by the council'],
  ['CIN', 'Child in need plan'],
];

/**
 * Not one of the codes that the service is published with: councils that keep enquiries beside the statuses are asked
 * to serve them so (README).
 */
const ENQUIRY = 'S47';

const codeOf = ({ type }: WireStatus): string => squeezed(type).toUpperCase();

type Standing = 'running' | 'over' | 'unclear';

/** How a status stands on a day; `unclear` where an end is written that is no date. */
function standingOf({ startDate, endDate }: WireStatus, asOf: IsoDate): Standing {
  const from = dayOf(startDate);
  const to = dayOf(endDate);
  if ((from !== undefined && from > asOf) || (to !== undefined && to < asOf)) return 'over';
  return squeezed(endDate) !== '' && to === undefined ? 'unclear' : 'running';
}

export interface CaseFacts {
  readonly values: readonly FieldValue[];
  /** Those of which not the whole was read (P7). */
  readonly unanswered: readonly FieldId[];
}

/**
 * Status of the children's cases under `chi.plan`, under `chi.s47` whether an enquiry is among them. No plan said is not
 * "none".
 * @param complete whether every status there is was read; only then is "no enquiry" said (P7)
 */
export function caseFacts(statuses: readonly WireStatus[], complete: boolean, asOf: IsoDate): CaseFacts {
  const standing = (...these: readonly Standing[]): WireStatus[] =>
    statuses.filter((status) => these.includes(standingOf(status, asOf)));
  const mostCare = (among: readonly WireStatus[]) => PLANS.find(([code]) => among.some(isOf(code)));
  // A plan is said only where it surely runs. An enquiry whose end nobody can read is open: missing one costs a child.
  const [running, notOver] = [standing('running'), standing('running', 'unclear')];
  const plan = mostCare(running);
  const enquiries = notOver.filter(isOf(ENQUIRY));
  // A status without a type may be of either.
  const whole = complete && !notOver.some(isOf(''));
  return {
    values: [
      ...(plan === undefined ? [] : [factOf('chi.plan', plan, running.filter(isOf(plan[0])))]),
      factOf('chi.s47', enquiryOf(enquiries.length > 0, whole), enquiries),
    ],
    unanswered: [
      ...(whole && mostCare(notOver) === plan ? [] : ['chi.plan']),
      // Of an open enquiry too: that it alone were answered would tell of it.
      ...(whole ? [] : ['chi.s47']),
    ],
  };
}

type Coded = readonly [code: string, label: string];

/**
 * Always something, open or not or not known: whoever may know only that something is held, and perhaps that not all
 * was answered, must not read an enquiry from it; whoever may know of one is told even where other statuses failed.
 */
function enquiryOf(isOpenNow: boolean, whole: boolean): Coded {
  if (isOpenNow) return [ENQUIRY, 'Section 47 enquiry open'];
  return whole
    ? ['NONE', 'No section 47 enquiry among the case statuses']
    : ['NOT-KNOWN', 'Not known: not every case status could be read'];
}

const isOf =
  (code: string) =>
  (status: WireStatus): boolean =>
    codeOf(status) === code;

function factOf(field: FieldId, [code, label]: Coded, statuses: readonly WireStatus[]): FieldValue {
  const since = statuses.flatMap(({ startDate }) => dayOf(startDate) ?? []).sort()[0];
  return { field, value: { kind: 'coded', code, label }, ...(since === undefined ? {} : { asAt: since }) };
}

/** The worker to ring: of the open allocation that began last. */
export function workerOf(
  allocations: readonly WireAllocation[],
  allocatedTeam: string | null | undefined,
): DisclosableValue | undefined {
  const latest = allocations
    .filter(isOpen)
    .sort((a, b) => (b.allocationStartDate ?? '').localeCompare(a.allocationStartDate ?? ''));
  const [allocation] = latest.filter(({ allocatedWorker }) => squeezed(allocatedWorker) !== '').concat(latest);
  const name = squeezed(allocation?.allocatedWorker).slice(0, 150);
  const team = (squeezed(allocation?.allocatedWorkerTeam) || squeezed(allocatedTeam)).slice(0, 150);
  if (name === '' && team === '') return undefined;
  return { kind: 'professional', ...(name === '' ? {} : { name }), ...(team === '' ? {} : { team }) };
}
