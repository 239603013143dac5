import { ok } from '../../../schemas/result.ts';
import { NOT_NOW, subjectOf, type OnCase } from '../cases/case-page.ts';
import { recordView } from '../cases/view-entry.ts';
import type { PageDeps } from '../page-deps.ts';
import { openKept, type Kept } from './kept.ts';
import { HIDDEN_SENTENCES, whyHiddenNow } from './still-shown.ts';

/** What every page about a kept answer begins with: is it there, hers, still permitted and still safe, and in the log. */

export interface ShownAnswer {
  readonly kept: Kept;
  readonly endsAtMs: number;
}

/** Goes on with the answer that the address names, or shows why there is none. The view is an entry either way (P1). */
export async function withShownAnswer(
  deps: PageDeps,
  on: OnCase,
  step: (answer: ShownAnswer) => Promise<void> | void,
): Promise<void> {
  const { kase, agency, session } = on;
  const opened = await openKept(deps, session, String(on.request.params.id));
  const stored = opened.ok ? opened.value : undefined;
  const found = stored?.kept.disclosure.caseRef === kase.caseRef ? stored : undefined;
  const now = { kase, agency, staffId: session.staff.staffId, at: deps.now() };
  const judged = found === undefined ? ok(undefined) : await whyHiddenNow(deps.disclosure, found.kept, now);
  const hidden = judged.ok ? judged.value : judged.error;
  const recorded = await recordView(deps, session, {
    page: 'answer',
    caseRef: kase.caseRef,
    ...subjectOf(deps, kase),
    ...(found === undefined ? { code: 'not-kept' } : viewedOf(found.kept)),
    ...(hidden === undefined ? {} : { code: hidden }),
  });
  if (!opened.ok || !recorded || hidden === 'register-unavailable') on.show('layout/message.njk', NOT_NOW, 503);
  else if (found === undefined) on.show('layout/message.njk', gone(on));
  else if (hidden !== undefined) on.show('layout/message.njk', { ...gone(on), sentences: [HIDDEN_SENTENCES[hidden]] });
  else await step(found);
}

const viewedOf = ({ disclosure, receipt }: Kept) => ({
  questionId: disclosure.questionId,
  disclosedAt: receipt.position,
});

/** In the answer's place: what has ended, was never there and is somebody else's look the same (P6). */
const gone = ({ kase }: OnCase) => ({
  heading: 'This answer is not shown',
  sentences: ['An answer can be opened for ten minutes, by the person who asked. Nothing of it is kept after that.'],
  links: [
    { href: `/cases/${kase.caseRef}/request`, text: 'Ask again' },
    { href: `/cases/${kase.caseRef}`, text: 'Back to the case' },
  ],
});
