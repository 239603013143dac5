import type { Router } from 'express';
import type { Render } from '../layout/render.ts';
import type { PageDeps } from '../page-deps.ts';
import { makePackAsker } from './ask-cases.ts';
import { getNewPack, postNewPack } from './new-pack.ts';
import { getCasePack, getMeetings, getPack, getWholePack, postPack } from './pack-pages.ts';

/** The panel's pages for its meetings. */
export function meetingPages(pages: Router, deps: PageDeps, render: Render): void {
  const asker = makePackAsker();
  pages.get('/meetings', getMeetings(deps, render));
  pages
    .route('/meetings/new')
    .get(getNewPack(deps, render))
    .post(postNewPack(deps, render, asker));
  pages
    .route('/meetings/:id')
    .get(getPack(deps, render))
    .post(postPack(deps, render, asker));
  pages.get('/meetings/:id/print', getWholePack(deps, render));
  pages.get('/meetings/:id/cases/:ref', getCasePack(deps, render));
}
