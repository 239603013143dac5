import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Response } from 'express';
import nunjucks from 'nunjucks';
import type { Assets } from './assets.ts';
import { sayDate, sayDay } from './say-date.ts';
import { maySqueeze, squeezed } from './squeeze.ts';

/** Turns a view model into a page. Templates lie beside their routes; everything in them is escaped. */

const WEB = fileURLToPath(new URL('../', import.meta.url));
const packageFolder = (name: string): string => dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));

/** An item of the navigation at the top; which there are depends on the role. */
export interface NavigationItem {
  readonly text: string;
  readonly href: string;
  readonly current: boolean;
}

/** What every page shows around its own content. */
export interface Frame {
  readonly signedInAs?: { readonly name: string; readonly agency: string };
  /** Token that every form carries. */
  readonly formToken?: string;
  /** Keyed digest of whoever types, so that what she typed can be kept for her when her session ends meanwhile. */
  readonly typedBy?: string;
  readonly navigation: readonly NavigationItem[];
}

export interface PageErrors {
  /** One line for each field that needs mending, in the order of the form. */
  readonly list: readonly { readonly text: string; readonly href: string }[];
}

/** A page's own part. `heading` is also its title; `errors` puts "Error: " before it. */
export interface Page {
  readonly heading: string;
  readonly errors?: PageErrors;
  readonly [name: string]: unknown;
}

export type Render = (response: Response, template: string, frame: Frame, page: Page, status?: number) => void;

/** A page as text, from its template, frame and own part. */
export type WritePage = (template: string, frame: Frame, page: Page) => string;

/** Sends pages as answers. */
export function makeRender(assets: Assets): Render {
  const write = makeWritePage(assets);
  return (response, template, frame, page, status = 200) => {
    send(response.status(status).type('html'), write(template, frame, page));
  };
}

function send(response: Response, html: string): void {
  const { req } = response;
  response.vary('accept-encoding');
  const may = maySqueeze(req.headers['sec-fetch-site']) && req.acceptsEncodings('gzip') === 'gzip';
  const small = may ? squeezed(html) : undefined;
  if (small !== undefined) response.setHeader('content-encoding', 'gzip');
  response.send(small ?? html);
}

/** Makes what writes pages: one environment for all of them, templates read once. */
export function makeWritePage(assets: Assets): WritePage {
  const environment = new nunjucks.Environment(
    new nunjucks.FileSystemLoader([
      WEB,
      join(packageFolder('govuk-frontend'), 'dist'),
      join(packageFolder('@ministryofjustice/frontend')),
    ]),
    { autoescape: true, throwOnUndefined: false, trimBlocks: true, lstripBlocks: true },
  );
  environment.addGlobal('asset', (name: string) => assets.get(name) ?? '/assets/missing');
  environment.addFilter('sayDate', sayDate);
  environment.addFilter('sayDay', sayDay);
  // Names that the timeline of the design system asks for.
  environment.addFilter('mojDate', sayDate);
  environment.addFilter('date', sayDate);
  return (template, frame, page) => environment.render(template, { ...page, frame });
}
