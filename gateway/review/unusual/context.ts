import type { CaseRef } from '../../../schemas/names.ts';
import type { StaffMember } from '../../ports/staff-register.ts';
import type { Likeness } from './likeness.ts';
import { londonOf, type LocalMoment } from './london.ts';
import { staffKey, type Act, type Look, type LooksAndActs } from './look.ts';

/** What is known of a case beside the log. */
export interface CaseKnown extends Likeness {
  /** Worker and team, as staff ids of any agency. */
  readonly team: readonly string[];
  /** Milliseconds since 1970. */
  readonly openedAt: number;
  readonly closedAt?: number;
}

export interface UnusualInput extends LooksAndActs {
  /** Of the agencies that gave a register; rules that need one are silent about others. */
  readonly staff: readonly StaffMember[];
  readonly cases: ReadonlyMap<CaseRef, CaseKnown>;
  /** Milliseconds since 1970: up to when the log was read. Whether something followed is judged only where it could have. */
  readonly until: number;
}

export interface PlacedLook extends Look {
  readonly who: string;
  /** The team's name with its agency; the agency alone where no register says. */
  readonly team: string;
  readonly local: LocalMoment;
}

/** The looks in every order that a rule goes by. Built once for all rules. */
export interface Context {
  readonly looks: readonly PlacedLook[];
  readonly byStaff: ReadonlyMap<string, readonly PlacedLook[]>;
  readonly byCase: ReadonlyMap<CaseRef, readonly PlacedLook[]>;
  readonly actsOfCase: ReadonlyMap<CaseRef, readonly Act[]>;
  readonly staff: ReadonlyMap<string, StaffMember>;
  readonly cases: UnusualInput['cases'];
  readonly until: number;
}

/** Puts looks in order and beside them what is known of staff and cases. */
export function contextOf({ looks, acts, staff, cases, until }: UnusualInput): Context {
  const known = new Map(staff.map((member) => [staffKey(member), member]));
  const placed = looks
    .map((look): PlacedLook => {
      const who = staffKey(look);
      const team = known.get(who)?.team;
      return {
        ...look,
        who,
        team: team === undefined ? look.agency : `${look.agency} ${team}`,
        local: londonOf(look.at),
      };
    })
    .sort((a, b) => a.at - b.at || a.position - b.position);
  return {
    looks: placed,
    byStaff: grouped(placed, ({ who }) => who),
    byCase: grouped(placed, ({ caseRef }) => caseRef),
    actsOfCase: grouped(
      [...acts].sort((a, b) => a.at - b.at),
      ({ caseRef }) => caseRef,
    ),
    staff: known,
    cases,
    until,
  };
}

export function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
