import type { OtherOwner } from '../../schemas/contact-point.ts';
import type { FieldId } from '../../schemas/names.ts';
import { pathSegment } from '../https/agency-client.ts';
import { read, type Held } from '../https/calls.ts';
import { failed, type Failed } from '../https/failure.ts';
import type { Call } from './call.ts';
import {
  wireAllocationsSchema,
  wireOtherSchema,
  wireRelationsSchema,
  wireStatusesSchema,
  type WireAllocation,
  type WireOther,
  type WireRelations,
  type WireStatus,
} from './wire.ts';

/**
 * The people around him by number only: his children, and those with whom he has or had them. They are read for what
 * must be sealed and for the status of a case, and not one word about them is kept.
 */

export interface Family {
  readonly childIds: readonly string[];
  /** What the service holds to reach each of them, and whose it is. */
  readonly others: readonly { readonly whose: OtherOwner; readonly other: WireOther }[];
  readonly statuses: readonly WireStatus[];
  readonly allocations: readonly WireAllocation[];
  /** What could not be read. */
  readonly failures: readonly Failed[];
  /** Somebody's contact points are not known: an address of his may be theirs, and must not be taken. */
  readonly unseen: boolean;
}

/** A larger family than this is read in part, and the answer says so. */
const CHILDREN_MAX = 12;
const PARTNERS_MAX = 8;

const RESIDENTS = '/api/v1/residents';

type Read<T> = Held<T> | { readonly kind: 'none' } | Failed;

/** Reads what the fields asked for need of the family, and no more (P3). */
export async function readFamily(adultId: string, fields: ReadonlySet<FieldId>, call: Call): Promise<Family> {
  const wantsContacts = fields.has('chi.address');
  const wantsStatus = fields.has('chi.plan') || fields.has('chi.s47');
  const wantsWorker = fields.has('chi.worker');
  if (!wantsContacts && !wantsStatus && !wantsWorker) return NO_FAMILY;
  const relations = await readRelations(adultId, call);
  if (relations.kind === 'failed') return { ...NO_FAMILY, failures: [relations], unseen: true };
  const all = relations.kind === 'held' ? idsByType(relations.value) : NO_IDS;
  const childIds = all.children.slice(0, CHILDREN_MAX);
  const [others, statuses, allocations] = await Promise.all([
    wantsContacts ? readOthers(adultId, childIds, all.partners, call) : NO_OTHERS,
    wantsStatus ? Promise.all(childIds.map((child) => readStatuses(child, call))) : [],
    wantsWorker ? readAllocations(adultId, childIds, call) : [],
  ]);
  const tooMany = all.children.length > CHILDREN_MAX || others.tooMany;
  return {
    childIds,
    others: others.held,
    statuses: statuses.flatMap((read) => (read.kind === 'held' ? read.value : [])),
    allocations: allocations.flatMap((read) => (read.kind === 'held' ? read.value.allocations : [])),
    failures: [
      ...others.failures,
      ...[...statuses, ...allocations].filter((read) => read.kind === 'failed'),
      ...(tooMany ? [failed('too-many-matches')] : []),
    ],
    unseen: tooMany || others.failures.length > 0,
  };
}

const NO_FAMILY: Family = { childIds: [], others: [], statuses: [], allocations: [], failures: [], unseen: false };
const NO_IDS: Ids = { children: [], partners: [], parents: [] };
const NO_OTHERS: Others = { held: [], failures: [], tooMany: false };

interface Ids {
  readonly children: readonly string[];
  readonly partners: readonly string[];
  readonly parents: readonly string[];
}

const CHILD = /^(?:step|unborn|foster|privateFoster)?child$/i;
const PARTNER = /^(?:ex)?(?:partner|spouse)$|^parentOfUnbornChild$/i;
const PARENT = /^(?:step)?parent$|carer$/i;

function idsByType({ personalRelationships }: WireRelations): Ids {
  const idsOf = (pattern: RegExp): string[] => {
    const groups = personalRelationships.filter(({ type }) => pattern.test((type ?? '').trim()));
    return [...new Set(groups.flatMap(({ relationships }) => relationships.map(({ personId }) => personId)))];
  };
  return { children: idsOf(CHILD), partners: idsOf(PARTNER), parents: idsOf(PARENT) };
}

interface Others {
  readonly held: Family['others'];
  readonly failures: readonly Failed[];
  readonly tooMany: boolean;
}

/** The children, and whoever is a partner of his or another parent or carer of a child of his. */
async function readOthers(
  adultId: string,
  childIds: readonly string[],
  partnerIds: readonly string[],
  call: Call,
): Promise<Others> {
  const relations = await Promise.all(childIds.map((child) => readRelations(child, call)));
  const parents = relations.flatMap((read) => (read.kind === 'held' ? idsByType(read.value).parents : []));
  const children = new Set(childIds);
  const partners = [...new Set([...partnerIds, ...parents])].filter((id) => id !== adultId && !children.has(id));
  const people = [
    ...childIds.map((id) => ({ id, whose: 'child' as const })),
    ...partners.slice(0, PARTNERS_MAX).map((id) => ({ id, whose: 'partner' as const })),
  ];
  const read = await Promise.all(people.map(async ({ id, whose }) => ({ whose, read: await readOther(id, call) })));
  return {
    held: read.flatMap((each) => (each.read.kind === 'held' ? [{ whose: each.whose, other: each.read.value }] : [])),
    failures: [...relations, ...read.map((each) => each.read)].filter((each) => each.kind === 'failed'),
    tooMany: partners.length > PARTNERS_MAX,
  };
}

async function readRelations(id: string, call: Call): Promise<Read<WireRelations>> {
  const found = await read(call, `${RESIDENTS}/${pathSegment(id)}/relationships`, wireRelationsSchema);
  return found.kind === 'held' && found.value.personId !== id ? failed('wrong-person') : found;
}

async function readOther(id: string, call: Call): Promise<Read<WireOther>> {
  const found = await read(call, `${RESIDENTS}/${pathSegment(id)}`, wireOtherSchema);
  return found.kind === 'held' && found.value.id !== id ? failed('wrong-person') : found;
}

const readStatuses = (id: string, call: Call): Promise<Read<WireStatus[]>> =>
  read(call, `${RESIDENTS}/${pathSegment(id)}/case-statuses`, wireStatusesSchema);

/** Whoever works on his own case, or else on his children's. */
async function readAllocations(
  adultId: string,
  childIds: readonly string[],
  call: Call,
): Promise<Read<{ allocations: WireAllocation[] }>[]> {
  const of = async (id: string): Promise<Read<{ allocations: WireAllocation[] }>> => {
    const found = await read(call, '/api/v1/allocations', wireAllocationsSchema, [['mosaic_id', id]]);
    const another = found.kind === 'held' && found.value.allocations.some(({ personId }) => personId !== id);
    return another ? failed('wrong-person') : found;
  };
  const own = await of(adultId);
  const isWorkedOn = own.kind === 'held' && own.value.allocations.some(isOpen);
  return isWorkedOn ? [own] : [own, ...(await Promise.all(childIds.map(of)))];
}

/** Whether somebody works on it still. */
export const isOpen = ({ allocationEndDate, caseStatus }: WireAllocation): boolean =>
  (allocationEndDate ?? '').trim() === '' && !/^closed$/i.test((caseStatus ?? '').trim());
