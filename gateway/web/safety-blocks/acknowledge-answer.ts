import { z } from 'zod';
import { changeCase } from '../../cases/change-case.ts';
import { NOT_NOW, type OnCase } from '../cases/case-page.ts';
import type { PageDeps } from '../page-deps.ts';
import { fieldsOf } from '../session/form-fields.ts';

/** `POST /safety-blocks/:ref`: she has read that the victim answered, or may have. */
export const postAcknowledge =
  (deps: PageDeps) =>
  async (on: OnCase): Promise<void> => {
    const attemptId = z.uuid().safeParse(fieldsOf(on.request).attemptId);
    if (!attemptId.success) {
      on.response.redirect(303, `/safety-blocks/${on.kase.caseRef}`);
      return;
    }
    const { cases, log, now, disclosure } = deps;
    const changed = await changeCase(
      { cases, log, seal: disclosure.seal, pseudonymOf: disclosure.pseudonymOf, now },
      on.actor,
      {
        caseRef: on.kase.caseRef,
        change: { kind: 'acknowledge-answer', attemptId: attemptId.data },
        session: on.session.name,
      },
    );
    if (changed.ok) on.response.redirect(303, `/safety-blocks/${on.kase.caseRef}`);
    else if (changed.error === 'register-unavailable' || changed.error === 'log-unavailable')
      on.show('layout/message.njk', NOT_NOW, 503);
    else on.notFound();
  };
