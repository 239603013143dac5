import { OBLIGATION_KINDS } from '../../schemas/decision.ts';
import type { Obligations } from '../../schemas/decision.ts';

type ObligationKind = (typeof OBLIGATION_KINDS)[number];

// Narrowest first.
const ONWARD = ['none', 'owner-consent', 'case-team'] as const;
const NOTIFY = ['at-once', 'monthly'] as const;
const SHOW = ['asAt', 'verifiedBy', 'reliability'] as const;

function strictest<T>(order: readonly T[], given: readonly (T | undefined)[]): T | undefined {
  return order.find((value) => given.includes(value));
}

function least(given: readonly (number | undefined)[]): number | undefined {
  const numbers = given.filter((value) => value !== undefined);
  return numbers.length > 0 ? Math.min(...numbers) : undefined;
}

/**
 * Unites obligations, the strictest of each kind: shortest retention, review and expiry, narrowest onward use,
 * earliest notice, everything that any of them wants shown. Source: reference algebra, "strictest wins per kind".
 */
export function uniteObligations(all: readonly Obligations[]): Obligations {
  const [only] = all;
  if (only !== undefined && all.every((other) => other === only)) return only;
  const retainMonths = least(all.map((each) => each.retainMonths));
  const onward = strictest(
    ONWARD,
    all.map((each) => each.onward),
  );
  const notifyOwner = strictest(
    NOTIFY,
    all.map((each) => each.notifyOwner),
  );
  const show = SHOW.filter((item) => all.some((each) => each.show?.includes(item) === true));
  const reviewWithinHours = least(all.map((each) => each.reviewWithinHours));
  const expiresAfterHours = least(all.map((each) => each.expiresAfterHours));
  return {
    ...(retainMonths !== undefined && { retainMonths }),
    ...(onward !== undefined && { onward }),
    ...(notifyOwner !== undefined && { notifyOwner }),
    ...(show.length > 0 && { show }),
    ...(all.some((each) => each.loneWorkingCheck === true) && { loneWorkingCheck: true }),
    ...(all.some((each) => each.undertaking === true) && { undertaking: true }),
    ...(reviewWithinHours !== undefined && { reviewWithinHours }),
    ...(expiresAfterHours !== undefined && { expiresAfterHours }),
  };
}

/** The kinds that really ask something of the requester. `onward: case-team`, for one, still binds; `false` does not. */
export function kindsOf(obligations: Obligations): readonly ObligationKind[] {
  return OBLIGATION_KINDS.filter((kind) => {
    const asked = obligations[kind];
    return asked !== undefined && asked !== false && !(Array.isArray(asked) && asked.length === 0);
  });
}
