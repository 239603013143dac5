import type { Context } from '../context.ts';
import type { Reason, Rule } from '../reason.ts';
import { grouped } from '../context.ts';

/**
 * Own name, own surname, own home. The whole name, and a home, are enough by themselves: a first name and surname
 * together are shared by few, a postcode by about fifteen households. A surname alone is as telling as it is rare: among
 * the staff and cases of one partnership it is counted how many have it.
 */
const SURNAME_WEIGHT = 0.9;

export const likenessRules: Rule = (context) => {
  const holders = surnameHolders(context);
  const reasons: Reason[] = [];
  for (const [who, looks] of context.byStaff) {
    const member = context.staff.get(who);
    if (member === undefined) continue;
    for (const [caseRef, of] of grouped(looks, (look) => look.caseRef)) {
      const known = context.cases.get(caseRef);
      if (known === undefined) continue;
      const found = (rule: Reason['rule'], weight: number, sentence: string): number =>
        reasons.push({ rule, who, caseRef, looks: of, weight, sentence });
      const ownName = member.nameDigest !== undefined && known.names.includes(member.nameDigest);
      const surname = member.surnameDigests.find((digest) => known.surnames.includes(digest));
      if (ownName) found('own-name', 1, 'Looked at the case of a person who has the same first name and surname.');
      else if (surname !== undefined) found('same-surname', ...surnameReason(holders.get(surname) ?? 1));
      if (member.homeDigest !== undefined && known.homes.includes(member.homeDigest))
        found('same-address', 1, 'Looked at the case of a person who lives, or lived, at the same postcode.');
    }
  }
  return reasons;
};

function surnameReason(holders: number): [weight: number, sentence: string] {
  const others = Math.max(0, holders - 2);
  const sentence = `Looked at the case of a person with the same surname; ${others === 0 ? 'nobody else' : others} else among staff and cases has it.`;
  return [SURNAME_WEIGHT / (1 + others / 2), sentence];
}

/** How many members of staff and cases have each surname. */
function surnameHolders({ staff, cases }: Context): ReadonlyMap<string, number> {
  const holders = new Map<string, number>();
  const count = (digests: readonly string[]): void => {
    for (const digest of new Set(digests)) holders.set(digest, (holders.get(digest) ?? 0) + 1);
  };
  for (const { surnameDigests } of staff.values()) count(surnameDigests);
  for (const { surnames } of cases.values()) count(surnames);
  return holders;
}
