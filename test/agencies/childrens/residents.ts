import { createHash } from 'node:crypto';
import type { HeldAddress, HeldName, HeldOther, HeldPhone, Holding, Relation } from '../../population/types.ts';

/**
 * Everybody the service has a number for: those with a record of their own, and those who only stand in somebody's
 * relationships, as whom a record was opened in passing.
 */

export interface Resident {
  readonly id: number;
  readonly name: HeldName;
  readonly otherNames: readonly HeldName[];
  readonly sex: Holding['sex'] | undefined;
  readonly dateOfBirth?: string;
  readonly nhsNumber?: string;
  readonly addresses: readonly HeldAddress[];
  readonly phones: readonly HeldPhone[];
  readonly emails: readonly string[];
  readonly isChild: boolean;
  readonly isRestricted: boolean;
  /** False for those who are reached through relationships only. */
  readonly isSearched: boolean;
  readonly plan?: Holding['plan'];
  readonly worker?: Holding['worker'];
  readonly lastUpdated: string;
}

export interface Relationship {
  readonly type: string;
  readonly to: Resident;
}

export interface Residents {
  readonly all: readonly Resident[];
  readonly byId: ReadonlyMap<number, Resident>;
  relationsOf(resident: Resident): readonly Relationship[];
}

/** As the service calls what somebody is to the person of the record, and what that person is to them. */
const TYPES: Readonly<Record<Relation, readonly [type: string, inverse: string]>> = {
  victim: ['partner', 'partner'],
  partner: ['partner', 'partner'],
  wife: ['spouse', 'spouse'],
  child: ['child', 'parent'],
  mother: ['parent', 'child'],
  father: ['parent', 'child'],
  brother: ['sibling', 'sibling'],
  twin: ['sibling', 'sibling'],
  neighbour: ['neighbour', 'neighbour'],
  friend: ['friend', 'friend'],
};

/** Reads the register out of the holdings of children's services. */
export function residentsOf(holdings: readonly Holding[], asOf: string): Residents {
  const byCitizen = new Map<string, Resident>();
  for (const holding of holdings) byCitizen.set(holding.citizen, ownRecord(holding, asOf));
  for (const holding of holdings) {
    for (const other of holding.others) {
      if (!byCitizen.has(other.citizen)) byCitizen.set(other.citizen, inPassing(other, holding, asOf));
    }
  }
  const relations = new Map<number, Map<number, Relationship>>();
  const relate = (from: Resident, to: Resident, type: string): void => {
    const known = relations.get(from.id) ?? new Map<number, Relationship>();
    if (!known.has(to.id)) known.set(to.id, { type, to });
    relations.set(from.id, known);
  };
  for (const holding of holdings) {
    const owner = byCitizen.get(holding.citizen);
    for (const { citizen, as } of holding.others) {
      const other = byCitizen.get(citizen);
      if (owner === undefined || other === undefined) continue;
      relate(owner, other, TYPES[as][0]);
      relate(other, owner, TYPES[as][1]);
    }
  }
  const all = [...byCitizen.values()].sort((a, b) => a.id - b.id);
  return {
    all,
    byId: new Map(all.map((resident) => [resident.id, resident])),
    relationsOf: ({ id }) => [...(relations.get(id)?.values() ?? [])],
  };
}

function ownRecord(holding: Holding, asOf: string): Resident {
  const [name, ...otherNames] = holding.names;
  return {
    id: Number(holding.reference),
    name: name ?? { given: 'Unknown', family: 'Unknown' },
    otherNames: [...otherNames, ...holding.aliases],
    sex: holding.sex,
    ...(holding.dateOfBirth === undefined ? {} : { dateOfBirth: holding.dateOfBirth }),
    ...(holding.nhsNumber === undefined ? {} : { nhsNumber: holding.nhsNumber }),
    addresses: holding.addresses,
    phones: holding.phones,
    emails: holding.emails,
    isChild: isMinor(holding.dateOfBirth, asOf),
    isRestricted: holding.restricted,
    isSearched: !holding.relationshipOnly,
    ...(holding.plan === undefined ? {} : { plan: holding.plan }),
    ...(holding.worker === undefined ? {} : { worker: holding.worker }),
    lastUpdated: holding.lastUpdated,
  };
}

function inPassing(other: HeldOther, holding: Holding, asOf: string): Resident {
  const isChild = other.as === 'child' || isMinor(other.dateOfBirth, asOf);
  return {
    id: 5_000_000 + (Number.parseInt(createHash('sha256').update(other.citizen).digest('hex').slice(0, 8), 16) % 4e6),
    name: other.name,
    otherNames: [],
    sex: SEX_OF[other.as],
    ...(other.dateOfBirth === undefined ? {} : { dateOfBirth: other.dateOfBirth }),
    addresses: other.address === undefined ? [] : [other.address],
    phones: other.phones.map((number) => ({ number, type: 'mobile', recordedAs: 'self' })),
    emails: [],
    isChild,
    isRestricted: false,
    isSearched: false,
    // The plan is the child's, on whichever record it was written down.
    ...(isChild && holding.plan !== undefined ? { plan: holding.plan } : {}),
    lastUpdated: holding.lastUpdated,
  };
}

const SEX_OF: Partial<Record<Relation, Holding['sex']>> = {
  wife: 'female',
  mother: 'female',
  father: 'male',
  brother: 'male',
};

function isMinor(born: string | undefined, asOf: string): boolean {
  if (born === undefined) return false;
  const years = Number(asOf.slice(0, 4)) - Number(born.slice(0, 4));
  return years < 18 || (years === 18 && asOf.slice(5) < born.slice(5));
}
