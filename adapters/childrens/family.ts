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
  /** Whether the statuses are those of all his children. */
  readonly allStatuses: boolean;
  readonly allocations: readonly WireAllocation[];
  /** Whether the allocations are all that are needed to say who works on the case. */
  readonly allAllocations: boolean;
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

/** Reads what the fields asked for need of the family, and no more (P3); at once what does not wait for another. */
export async function readFamily(adultId: string, fields: ReadonlySet<FieldId>, call: Call): Promise<Family> {
  const wantsContacts = fields.has('chi.address');
  const wantsStatus = fields.has('chi.plan') || fields.has('chi.s47');
  const wantsWorker = fields.has('chi.worker');
  if (!wantsContacts && !wantsStatus && !wantsWorker) return NO_FAMILY;
  const own = wantsWorker ? readAllocations(adultId, call) : Promise.resolve(NOT_THERE);
  const relations = await readRelations(adultId, call);
  const all = relations.kind === 'held' ? idsByType(relations.value) : NO_IDS;
  const childIds = all.children.slice(0, CHILDREN_MAX);
  const [others, statuses, { allocations, isWorkedOn }] = await Promise.all([
    wantsContacts ? readOthers(adultId, childIds, all.partners, call) : NO_OTHERS,
    wantsStatus ? Promise.all(childIds.map((child) => readStatuses(child, call))) : [],
    readWorkers(own, wantsWorker ? childIds : [], call),
  ]);
  const allChildren = relations.kind === 'held' && childIds.length === all.children.length;
  const tooMany = all.children.length > CHILDREN_MAX || others.tooMany;
  return {
    childIds,
    others: others.held,
    statuses: valuesOf(statuses),
    // A child whom he is related to and whose statuses are not there is no child without statuses.
    allStatuses: allChildren && statuses.every(({ kind }) => kind === 'held'),
    allocations: valuesOf(allocations),
    allAllocations: isWorkedOn || (allChildren && !allocations.some(isFailed)),
    failures: [
      ...[relations, ...others.reads, ...statuses, ...allocations].filter(isFailed),
      ...(tooMany ? [failed('too-many-matches')] : []),
    ],
    unseen: tooMany || relations.kind !== 'held' || others.reads.some(isFailed),
  };
}

const isFailed = (each: Read<unknown>): each is Failed => each.kind === 'failed';

const valuesOf = <T>(reads: readonly Read<readonly T[]>[]): T[] =>
  reads.flatMap((each) => (each.kind === 'held' ? each.value : []));

const NOT_THERE = { kind: 'none' } as const;
const NO_FAMILY: Family = {
  childIds: [],
  others: [],
  statuses: [],
  allStatuses: false,
  allocations: [],
  allAllocations: false,
  failures: [],
  unseen: false,
};
const NO_IDS: Ids = { children: [], partners: [], parents: [] };
const NO_OTHERS: Others = { held: [], reads: [], tooMany: false };

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
  /** Every read that could have named or reached one of them. */
  readonly reads: readonly Read<unknown>[];
  readonly tooMany: boolean;
}

/** The children, and whoever is a partner of his or another parent or carer of a child of his. */
async function readOthers(
  adultId: string,
  childIds: readonly string[],
  partnerIds: readonly string[],
  call: Call,
): Promise<Others> {
  const readAll = (ids: readonly string[]) => Promise.all(ids.map((id) => readOther(id, call)));
  const notHe = (id: string): boolean => id !== adultId && !childIds.includes(id);
  const named = partnerIds.filter(notHe);
  const [relations, children, partners] = await Promise.all([
    Promise.all(childIds.map((child) => readRelations(child, call))),
    readAll(childIds),
    readAll(named.slice(0, PARTNERS_MAX)),
  ]);
  // A child's record may name a parent whom his own does not.
  const parents = relations.flatMap((each) => (each.kind === 'held' ? idsByType(each.value).parents : []));
  const further = [...new Set(parents)].filter((id) => notHe(id) && !named.includes(id));
  const read = [...partners, ...(await readAll(further.slice(0, Math.max(0, PARTNERS_MAX - named.length))))];
  return {
    held: [...ofWhom('child', children), ...ofWhom('partner', read)],
    reads: [...relations, ...children, ...read],
    tooMany: named.length + further.length > PARTNERS_MAX,
  };
}

const ofWhom = (whose: OtherOwner, reads: readonly Read<WireOther>[]): Family['others'] =>
  reads.flatMap((each) => (each.kind === 'held' ? [{ whose, other: each.value }] : []));

async function readRelations(id: string, call: Call): Promise<Read<WireRelations>> {
  const found = await read(call, `${RESIDENTS}/${pathSegment(id)}/relationships`, wireRelationsSchema);
  return found.kind === 'held' && found.value.personId !== id ? failed('wrong-person') : found;
}

async function readOther(id: string, call: Call): Promise<Read<WireOther>> {
  const found = await read(call, `${RESIDENTS}/${pathSegment(id)}`, wireOtherSchema);
  // A relationship names her: what reaches her is not known, and must not be taken for his.
  if (found.kind === 'none') return failed('bad-answer');
  return found.kind === 'held' && found.value.id !== id ? failed('wrong-person') : found;
}

const readStatuses = (id: string, call: Call): Promise<Read<WireStatus[]>> =>
  read(call, `${RESIDENTS}/${pathSegment(id)}/case-statuses`, wireStatusesSchema);

async function readAllocations(id: string, call: Call): Promise<Read<readonly WireAllocation[]>> {
  const found = await read(call, '/api/v1/allocations', wireAllocationsSchema, [['mosaic_id', id]]);
  if (found.kind !== 'held') return found;
  const { allocations } = found.value;
  return allocations.some(({ personId }) => personId !== id)
    ? failed('wrong-person')
    : { kind: 'held', value: allocations };
}

/** Whoever works on his own case is rung, or else whoever works on his children's. */
async function readWorkers(own: Promise<Read<readonly WireAllocation[]>>, childIds: readonly string[], call: Call) {
  const first = await own;
  const isWorkedOn = first.kind === 'held' && first.value.some(isOpen);
  const further = isWorkedOn ? [] : await Promise.all(childIds.map((child) => readAllocations(child, call)));
  return { allocations: [first, ...further], isWorkedOn };
}

/** Whether somebody works on it still. */
export const isOpen = ({ allocationEndDate, caseStatus }: WireAllocation): boolean =>
  (allocationEndDate ?? '').trim() === '' && !/^closed$/i.test((caseStatus ?? '').trim());
