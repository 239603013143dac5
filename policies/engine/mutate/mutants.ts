import type { Agreement, BundleContent } from '../bundle.ts';
import { FACT_DIMENSIONS } from '../dimensions.ts';
import type { CapText, GrantText, GuardCapText, When } from '../language.ts';
import { caseFactSchema, whenSchema } from '../language.ts';
import { guards, levelNumber, levelOf } from '../assemble.ts';
import type { Purpose } from '../../../schemas/names.ts';

/**
 * Agreements with one rule changed, as a tired hand or a patient one would: each a good bundle that says something else.
 * Whoever holds agreements to statements and examples can count how many of these they would notice. After R. A.
 * DeMillo, R. J. Lipton and F. G. Sayward, Hints on test data selection, IEEE Computer 11(4), 1978.
 */

export const MUTATIONS = [
  'cap dropped',
  'cap raised',
  'cap lifted for some',
  'cap made to hold always',
  'condition of a cap narrowed',
  'grant raised',
  'grant lowered',
  'grant dropped',
  'condition of a grant widened',
] as const;
export type Mutation = (typeof MUTATIONS)[number];

export interface Mutant {
  readonly mutation: Mutation;
  readonly rule: string;
  /** What was done to the rule, in words. */
  readonly what: string;
  readonly purposes: readonly Purpose[];
  readonly content: BundleContent;
  /** Whether the rule is a cap meant for grants yet to come, or a guard over all agreements. */
  readonly standsBy: boolean;
}

/** A rule as it becomes; undefined where it is taken out. */
interface Changed<T> {
  readonly mutation: Mutation;
  readonly what: string;
  readonly rule: T | undefined;
}

/** Every bundle that differs from this one in one rule, by one of the mutations. */
export function* mutantsOf(content: BundleContent): Generator<Mutant> {
  for (const [purpose, agreement] of content.agreements) {
    const made = (part: Partial<Agreement>) => ({
      ...content,
      agreements: new Map([...content.agreements, [purpose, { ...agreement, ...part }]]),
    });
    for (const grant of agreement.grants) {
      for (const { mutation, what, rule } of changedGrants(grant)) {
        const grants = replaced(agreement.grants, grant, rule);
        const place = { purposes: [purpose], content: made({ grants }), standsBy: false };
        yield { mutation, what, rule: grant.id, ...place };
      }
    }
    for (const cap of agreement.caps) {
      for (const { mutation, what, rule } of changedCaps(cap)) {
        const place = { purposes: [purpose], content: made({ caps: replaced(agreement.caps, cap, rule) }) };
        yield { mutation, what, rule: cap.id, ...place, standsBy: cap.standBy === true };
      }
    }
  }
  yield* mutantsOfGuards(content);
}

function* mutantsOfGuards(content: BundleContent): Generator<Mutant> {
  for (const guard of content.guardCaps) {
    const purposes = [...content.purposes.keys()].filter((purpose) => guards(guard, purpose));
    for (const { mutation, what, rule } of changedCaps(guard)) {
      const changed = { ...content, guardCaps: replaced(content.guardCaps, guard, rule) };
      yield { mutation, what, rule: guard.id, purposes, content: changed, standsBy: true };
    }
  }
}

const replaced = <T>(all: readonly T[], one: T, by: T | undefined): readonly T[] =>
  all.flatMap((each) => (each !== one ? [each] : by === undefined ? [] : [by]));

const GRANT_LEVELS: readonly GrantText['level'][] = ['exists', 'summary', 'partial', 'full'];
const CAP_LEVELS: readonly CapText['atMost'][] = ['deny', 'exists', 'summary', 'partial'];

function* changedGrants(grant: GrantText): Generator<Changed<GrantText>> {
  const number = levelNumber(grant.level);
  const [lower, higher] = [GRANT_LEVELS[number - 2], GRANT_LEVELS[number]];
  const to = (level: GrantText['level']) => `from ${grant.level} to ${level}`;
  if (higher !== undefined) yield { mutation: 'grant raised', what: to(higher), rule: { ...grant, level: higher } };
  if (lower !== undefined) yield { mutation: 'grant lowered', what: to(lower), rule: { ...grant, level: lower } };
  yield { mutation: 'grant dropped', what: 'taken out', rule: undefined };
  for (const { what, when } of widened(grant.when)) {
    yield { mutation: 'condition of a grant widened', what, rule: withWhen(grant, when) };
  }
}

function* changedCaps<T extends CapText | GuardCapText>(cap: T): Generator<Changed<T>> {
  yield { mutation: 'cap dropped', what: 'taken out', rule: undefined };
  const higher = CAP_LEVELS[levelNumber(cap.atMost) + 1];
  if (higher !== undefined) {
    const what = `from ${levelOf(levelNumber(cap.atMost))} to ${higher}`;
    yield { mutation: 'cap raised', what, rule: { ...cap, atMost: higher } };
  }
  for (const { what, when } of narrowed(cap.when)) {
    yield { mutation: 'condition of a cap narrowed', what, rule: withWhen(cap, when) };
  }
  if (cap.factsNoOlderThanHours !== undefined) {
    yield {
      mutation: 'condition of a cap narrowed',
      what: 'facts of any age',
      rule: { ...cap, factsNoOlderThanHours: undefined },
    };
  }
  for (const key of ['to', 'classes', 'fields'] as const) {
    const words = cap[key] ?? [];
    for (const word of words.length > 1 ? words : []) {
      const rule = { ...cap, [key]: words.filter((each) => each !== word) };
      yield { mutation: 'cap lifted for some', what: `no longer for ${word}`, rule };
    }
  }
  if (cap.when !== undefined)
    yield { mutation: 'cap made to hold always', what: 'without its condition', rule: withWhen(cap, {}) };
}

interface ChangedWhen {
  readonly what: string;
  readonly when: When;
}

/** A grant's condition made to hold more often: a fact that no longer matters, or one more value. */
function widened(when: When | undefined): readonly ChangedWhen[] {
  return caseFactSchema.options.flatMap((fact): readonly ChangedWhen[] => {
    const values: readonly unknown[] | undefined = when?.[fact];
    if (values === undefined) return [];
    const { [fact]: _dropped, ...others } = when ?? {};
    const more = FACT_DIMENSIONS[fact].values.filter((value) => !values.includes(value));
    return [
      { what: `whatever ${fact} is`, when: others },
      ...more.map((value) => ({
        what: `for ${fact} ${String(value)} too`,
        when: whenSchema.parse({ ...when, [fact]: [...values, value] }),
      })),
    ];
  });
}

/** A cap's condition made to hold less often: one value fewer. Without its last value the cap would be dropped. */
function narrowed(when: When | undefined): readonly ChangedWhen[] {
  return caseFactSchema.options.flatMap((fact): readonly ChangedWhen[] => {
    const values: readonly unknown[] = when?.[fact] ?? [];
    if (values.length < 2) return [];
    return values.map((value) => ({
      what: `no longer for ${fact} ${String(value)}`,
      when: whenSchema.parse({ ...when, [fact]: values.filter((each) => each !== value) }),
    }));
  });
}

function withWhen<T extends GrantText | CapText>(rule: T, when: When): T {
  return { ...rule, when: Object.keys(when).length === 0 ? undefined : when };
}
