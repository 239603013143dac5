import { DAY_MS } from '../london.ts';
import { grouped } from '../context.ts';
import { counted, type Reason, type Rule } from '../reason.ts';

/**
 * Again and again at a case that is closed. The weeks after a closure have letters and minutes in them, and a single look
 * may answer a complaint; a reason to come back on several days would have opened the case again.
 */
const AFTERWORK_MS = 28 * DAY_MS;
const ONE_DAY = 0.3;
const EACH_DAY_MORE = 0.35;

export const afterClosure: Rule = ({ byCase, cases }) => {
  const reasons: Reason[] = [];
  for (const [caseRef, looks] of byCase) {
    const closedAt = cases.get(caseRef)?.closedAt;
    if (closedAt === undefined) continue;
    const late = looks.filter(({ at }) => at > closedAt + AFTERWORK_MS);
    for (const [who, own] of grouped(late, (look) => look.who)) {
      const days = new Set(own.map(({ local }) => local.date)).size;
      const weight = ONE_DAY + EACH_DAY_MORE * (days - 1);
      const sentence = `Looked on ${counted(days, 'day')} at a case that had been closed for weeks.`;
      reasons.push({ rule: 'after-closure', who, caseRef, looks: own, weight, sentence });
    }
  }
  return reasons;
};
