import type { Router } from 'express';
import { casePage } from '../cases/case-page.ts';
import type { Render } from '../layout/render.ts';
import type { PageDeps } from '../page-deps.ts';
import { getGap, postGap } from './gap-of-case.ts';
import { getGapList } from './gap-list.ts';

/** W6: cases without a usable contact, and what is being done about each. */
export function gapPages(pages: Router, deps: PageDeps, render: Render): void {
  pages.get('/contact-gaps', getGapList(deps, render));
  const gap = pages.route('/contact-gaps/:ref');
  gap.get(casePage(deps, render, 'contact-gaps', getGap(deps)));
  gap.post(casePage(deps, render, 'contact-gaps', postGap(deps)));
}
