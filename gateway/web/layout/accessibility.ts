import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { isoDateSchema } from '../../../schemas/names.ts';
import type { Page } from './render.ts';
import { sayDay } from './say-date.ts';

/** The accessibility statement. What it claims of checks is what the last run of them found, and nothing where none did. */

const FOLDER = fileURLToPath(new URL('../built/', import.meta.url));
export const CHECKED_FILE = 'checked.json';

/** What a run of the browser checks without any fault leaves beside what was built; a new build takes it away. */
export const checkedSchema = z.strictObject({
  on: isoDateSchema,
  /** Kinds of page, each looked at in every width. */
  pages: z.number().int().min(1),
  widths: z.array(z.number().int()).min(1).max(5),
  checker: z.string().regex(/^[\w .-]{1,40}$/),
  browser: z.string().regex(/^[\w .-]{1,40}$/),
});
export type Checked = z.infer<typeof checkedSchema>;

/** The last run without a fault, where there was one since these pages were built. */
export function readChecked(folder = FOLDER): Checked | undefined {
  try {
    return checkedSchema.parse(JSON.parse(readFileSync(`${folder}${CHECKED_FILE}`, 'utf8')));
  } catch {
    return undefined;
  }
}

/** The page `/accessibility`. */
export function accessibilityPage(checked: Checked | undefined): Page {
  return {
    heading: 'Accessibility',
    sentences: [
      'These pages are made to meet the Web Content Accessibility Guidelines 2.2 at level AA. They are made to work with a keyboard alone, without scripts and on narrow screens.',
      ...whatWasChecked(checked),
      'They have not yet been checked by people who use assistive technology.',
      'If something is hard to use, tell your service desk which page and what happened.',
    ],
    links: [{ href: '/', text: 'Go to your first page' }],
  };
}

function whatWasChecked(checked: Checked | undefined): readonly string[] {
  if (checked === undefined) return ['No check of this version by a program is recorded here.'];
  const { on, pages, widths, checker, browser } = checked;
  return [
    `This version was last checked on ${sayDay(on)} by a program (${checker} in ${browser}): ${pages} kinds of page, on windows ${widths.join(' and ')} pixels wide, with scripts and, on the narrow one, without. It found no fault.`,
    'Such a program finds some faults and not others: it cannot tell whether words are understood.',
  ];
}
