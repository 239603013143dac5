import type { DisclosableValue, FieldValue } from '../../schemas/disclosable-value.ts';
import type { FieldId, IsoDate } from '../../schemas/names.ts';
import { dayOf } from '../council/dates.ts';
import { squeezed } from '../council/text.ts';
import { isOpen } from './family.ts';
import type { WireAllocation, WireStatus } from './wire.ts';

/** What is said of the children's cases: a code and since when. How many children there are is not said. */

/** The plan that asks for most care first: one code is said for all children together. */
const PLANS: readonly (readonly [code: string, label: string])[] = [
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

function isRunning({ startDate, endDate }: WireStatus, asOf: IsoDate): boolean {
  const from = dayOf(startDate);
  const to = dayOf(endDate);
  // An end that cannot be read is an end.
  const ended = squeezed(endDate) !== '' && (to === undefined || to < asOf);
  return !ended && (from === undefined || from <= asOf);
}

/**
 * Status of the children's cases under `chi.plan`, under `chi.s47` whether an enquiry is among them. No plan said is not
 * "none".
 * @param complete whether every status there is was read; only then is "no enquiry" said (P7)
 */
export function caseFacts(statuses: readonly WireStatus[], complete: boolean, asOf: IsoDate): FieldValue[] {
  const running = statuses.filter((status) => isRunning(status, asOf));
  const values: FieldValue[] = [];
  const say = (field: FieldId, code: string, label: string): void => {
    const since = running
      .filter((status) => codeOf(status) === code)
      .flatMap(({ startDate }) => dayOf(startDate) ?? [])
      .sort()[0];
    values.push({ field, value: { kind: 'coded', code, label }, ...(since === undefined ? {} : { asAt: since }) });
  };
  const plan = PLANS.find(([code]) => running.some((status) => codeOf(status) === code));
  if (plan !== undefined) say('chi.plan', ...plan);
  // Always said, open or not: an asker who may only know that something is held must not read an enquiry from it.
  if (running.some((status) => codeOf(status) === ENQUIRY)) say('chi.s47', ENQUIRY, 'Section 47 enquiry open');
  else if (complete) say('chi.s47', 'NONE', 'No section 47 enquiry among the case statuses');
  return values;
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
