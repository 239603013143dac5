import { DAY_MS } from '../london.ts';
import { grouped, type PlacedLook } from '../context.ts';
import { counted, type Reason, type Rule } from '../reason.ts';

/** What the log tells of refusals: numbers that are tried, and purposes that are tried. */

/**
 * Many references that are not known, one after another. A mistyped reference is put right at the second or third try;
 * whoever goes on is trying numbers, or looking for a person among them. That one now and then is hit ends nothing: it
 * is what the trying is for. A day without any does.
 */
const IN_A_ROW_MIN = 4;

export const notFoundRun: Rule = ({ byStaff }) => {
  const reasons: Reason[] = [];
  for (const [who, looks] of byStaff) {
    const unknown = looks.filter(({ refused }) => refused === 'case-not-known');
    for (const run of runsWithin(unknown, DAY_MS)) {
      const references = new Set(run.map(({ caseRef }) => caseRef)).size;
      if (references < IN_A_ROW_MIN) continue;
      const sentence = `Asked for ${counted(references, 'reference')} that are not known, one after another.`;
      reasons.push({ rule: 'not-found-run', who, looks: run, weight: 1, sentence });
    }
  }
  return reasons;
};

/**
 * Refused under one purpose, then asked under another. Once happens: the wrong purpose was chosen, and whose case it is
 * or the hour it was has to come to it. A second purpose that is refused is somebody who looks for the key that fits.
 * What was granted does not count: work on a case has several purposes in a week.
 */
const NOT_FOR_THIS: ReadonlySet<string> = new Set(['purpose-not-supported', 'role-may-not-claim', 'not-on-case-team']);
const WITHIN_MS = 7 * DAY_MS;
const ONE_REFUSED = 0.7;
const EACH_MORE = 0.5;

export const purposeShopping: Rule = ({ byStaff }) => {
  const reasons: Reason[] = [];
  for (const [who, looks] of byStaff) {
    for (const [caseRef, of] of grouped(looks, (look) => look.caseRef)) {
      for (const run of runsWithin(of, WITHIN_MS)) {
        const refused = new Set(
          run.flatMap((look) => (look.refused !== undefined && NOT_FOR_THIS.has(look.refused) ? [look.purpose] : [])),
        );
        const asked = new Set(run.map(({ purpose }) => purpose));
        if (refused.size === 0 || asked.size < 2) continue;
        reasons.push({
          ...{ rule: 'purpose-shopping', who, caseRef, looks: run },
          weight: ONE_REFUSED + EACH_MORE * (refused.size - 1),
          sentence: `Asked about one person under ${counted(asked.size, 'purpose')} within a week, and was refused under ${refused.size}.`,
        });
      }
    }
  }
  return reasons;
};

/** Cuts looks where there is more than so much time between two. */
function runsWithin(looks: readonly PlacedLook[], gapMs: number): readonly (readonly PlacedLook[])[] {
  const runs: PlacedLook[][] = [];
  for (const look of looks) {
    const run = runs.at(-1);
    if (run === undefined || look.at - (run.at(-1)?.at ?? 0) > gapMs) runs.push([look]);
    else run.push(look);
  }
  return runs;
}
