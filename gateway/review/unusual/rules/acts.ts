import { DAY_MS } from '../london.ts';
import { grouped, type Context, type PlacedLook } from '../context.ts';
import type { Act } from '../look.ts';
import { counted, type Reason, type Rule } from '../reason.ts';

/** Looks that should have led to something, and did not. */

/** What a purpose is for, as far as the log shows it; purposes whose act happens elsewhere are not judged by it. */
const USUAL_ACT: Readonly<Record<string, { readonly kind: Act['kind']; readonly withinMs: number }>> = {
  ENGAGE: { kind: 'attempt', withinMs: 14 * DAY_MS },
};
const BREAK_GLASS = 'EMERG';
const BREAK_GLASS_WITHIN_MS = 2 * DAY_MS;

/**
 * A purpose that this person's looks never lead to the act it is for. Nobody who asks how to reach a man calls him every
 * time; whoever asked about many and has called none of them asks for something else. Four is where a chance of
 * one in two each time, which is low for work that is meant, has become one in sixteen.
 */
const PEOPLE_MIN = 4;

export const actNeverFollowed: Rule = (context) => {
  const reasons: Reason[] = [];
  for (const [who, looks] of context.byStaff) {
    for (const [purpose, of] of grouped(looks, (look) => look.purpose)) {
      const act = USUAL_ACT[purpose];
      const asked = act === undefined ? [] : of.filter((look) => isOver(context, look, act));
      const people = new Set(asked.map(({ caseRef }) => caseRef)).size;
      if (act === undefined || people < PEOPLE_MIN) continue;
      if (asked.some((look) => followed(context, look, act))) continue;
      const sentence = `Asked about ${counted(people, 'person', 'people')} for ${purpose}, and for none of them what that is for was ever done.`;
      reasons.push({ rule: 'act-never-followed', who, looks: asked, weight: 1, sentence });
    }
  }
  return reasons;
};

/** Glass that was broken to reach somebody at once, and nobody tried to: for a person to look at each time. */
export const glassWithoutAttempt: Rule = (context) => {
  const act = { withinMs: BREAK_GLASS_WITHIN_MS };
  const broken = context.looks.filter((look) => look.purpose === BREAK_GLASS && isOver(context, look, act));
  return [...grouped(broken, ({ who, caseRef }) => `${who}\n${caseRef}`).values()].flatMap((of) => {
    const [first] = of;
    if (first === undefined || of.some((look) => followed(context, look, act))) return [];
    const sentence = 'Broke the glass in an emergency, and within two days nobody did anything about the case.';
    const { who, caseRef } = first;
    return [{ rule: 'glass-without-attempt' as const, who, caseRef, looks: of, weight: 1, sentence }];
  });
};

/** Whether the time in which something should have followed is over: nobody is found out for what she did an hour ago. */
const isOver = (
  { until }: Context,
  { at, refused }: PlacedLook,
  { withinMs }: { readonly withinMs: number },
): boolean => refused === undefined && at + withinMs <= until;

function followed(
  { actsOfCase }: Context,
  { at, caseRef }: PlacedLook,
  { kind, withinMs }: { readonly kind?: Act['kind']; readonly withinMs: number },
): boolean {
  return (actsOfCase.get(caseRef) ?? []).some(
    (act) => (kind === undefined || act.kind === kind) && act.at >= at && act.at - at <= withinMs,
  );
}
