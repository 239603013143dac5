import type { Router } from 'express';
import type { Render } from '../layout/render.ts';
import type { PageDeps } from '../page-deps.ts';
import { getDeclare, postDeclare } from './declare.ts';
import { getBreakGlass, postBreakGlass } from './open-grant.ts';

/** W7: the pages of an emergency. */
export function breakGlassPages(pages: Router, deps: PageDeps, render: Render): void {
  pages.route('/cases/:ref/break-glass').get(getBreakGlass(deps, render)).post(postBreakGlass(deps, render));
  pages.route('/cases/:ref/break-glass/declare').get(getDeclare(deps, render)).post(postDeclare(deps, render));
}
