import type { Router } from 'express';
import type { Render } from '../layout/render.ts';
import type { PageDeps } from '../page-deps.ts';
import { getChange, postChange } from './change-routes.ts';
import { getPreview, getUpload, postImport, postUpload } from './import/import-routes.ts';
import { getNewCase, postNewCase } from './new-case.ts';
import { getRegisterCase } from './register-case.ts';
import { getRegister } from './register-list.ts';

/** The panel's pages about its cases. */
export function registerPages(pages: Router, deps: PageDeps, render: Render): void {
  pages.get('/register', getRegister(deps, render));
  pages.route('/register/new').get(getNewCase(deps, render)).post(postNewCase(deps, render));
  pages.route('/register/import').get(getUpload(deps, render)).post(postUpload(deps, render));
  pages.route('/register/import/:id').get(getPreview(deps, render)).post(postImport(deps, render));
  pages.get('/register/:ref', getRegisterCase(deps, render));
  pages.route('/register/:ref/:change').get(getChange(deps, render)).post(postChange(deps, render));
}
