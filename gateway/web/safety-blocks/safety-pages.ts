import type { RequestHandler, Router } from 'express';
import { casePage, type OnCase } from '../cases/case-page.ts';
import type { Render } from '../layout/render.ts';
import type { PageDeps } from '../page-deps.ts';
import { postAcknowledge } from './acknowledge-answer.ts';
import { BLOCK, LIFT } from './block-forms.ts';
import { PROTECT, UNPROTECT } from './protect-forms.ts';
import { getSafetyCase } from './safety-case.ts';
import { getSafetyList } from './safety-list.ts';
import { getDone, getStep, postStep } from './safety-step.ts';

/** The pages of victim services. They find a case by its reference and are told no name: that a question would give. */
export function safetyPages(pages: Router, deps: PageDeps, render: Render): void {
  const caseOf = (answer: (on: OnCase) => Promise<void> | void): RequestHandler =>
    casePage(deps, render, 'safety-blocks', answer, ['vic.idva']);
  pages.get('/safety-blocks', getSafetyList(deps, render));
  pages
    .route('/safety-blocks/:ref')
    .get(caseOf(getSafetyCase(deps)))
    .post(caseOf(postAcknowledge(deps)));
  for (const form of [BLOCK, LIFT, PROTECT, UNPROTECT])
    pages
      .route(`/safety-blocks/:ref/${form.slug}`)
      .get(caseOf(getStep(deps, form)))
      .post(caseOf(postStep(deps, form)));
  pages.get('/safety-blocks/:ref/done/:step', caseOf(getDone()));
}
