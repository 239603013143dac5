import { DEMO_PEOPLE } from '../agencies/identity/people.ts';
import { tellStaff } from '../agencies/identity/tell-staff.ts';
import { explore, type FoundForm, type SeenPage } from '../journeys/explore-pages.ts';
import { askOn, sendForm } from '../journeys/pages-worker.ts';
import { WORKERS } from '../population/cast-cases.ts';
import { VICTIM_ANSWERED } from '../../gateway/web/attempts/outcome-words.ts';
import { makePlainBrowser, signIn, type PlainBrowser } from '../journeys/plain-browser.ts';
import { pageRoutes } from '../journeys/page-routes.ts';
import { openStage, type Stage, type StageOptions } from '../journeys/stage.ts';

/** Everybody of the demo signed in, with every page and form that each of them can come to: what attacks play on. */

export interface PagesGround {
  readonly stage: Stage;
  readonly pagesUrl: string;
  readonly pages: readonly SeenPage[];
  readonly forms: readonly FoundForm[];
  /** The signed-in browser of one of these people. */
  browserOf(who: string): PlainBrowser;
  /** Another browser, in which nobody is signed in. */
  stranger(): PlainBrowser;
  close(): Promise<void>;
}

/** One person of each role whose pages differ: the second worker, officer and the chair see those of another. */
const SEE_WHAT_OTHERS_SEE = ['joseph.tate', 'h.lindqvist', 'i.fallow'];
export const PEOPLE: readonly string[] = DEMO_PEOPLE.map(({ staffId }) => staffId).filter(
  (each) => !SEE_WHAT_OTHERS_SEE.includes(each),
);

export async function openPagesGround(options: Omit<StageOptions, 'pages'> = {}): Promise<PagesGround> {
  const stage = await openStage({ ...options, pages: {} });
  // An officer takes steps only where teams are known.
  await tellStaff(stage.database, stage.partnership.keys);
  const [first] = stage.cases;
  if (first === undefined) throw new Error('the cast has no case');
  // One more of which victim services are an agency, so that there is a case for everybody.
  const agencies = [...new Set([...first.agencies, 'riverton-idva'])];
  await stage.partnership.putCase({ ...first, caseRef: stage.caseRef(501), agencies });
  const pagesUrl = stage.partnership.pagesUrl ?? '';
  const authority = stage.partnership.pki.authority.certificatePem;
  const browsers = new Map(PEOPLE.map((who) => [who, makePlainBrowser(authority, `browser of ${who}`)]));
  const strangers: PlainBrowser[] = [];
  const routes = pageRoutes();
  const pages: SeenPage[] = [];
  const forms: FoundForm[] = [];
  for (const [who, browser] of browsers) {
    await signIn(browser, `${pagesUrl}/`, who);
    if (who === WORKERS.amara) await sayTheVictimAnswered(browser, pagesUrl, stage.caseRef(501));
    const seen = await explore({ browser, pagesUrl, who, routes, from: [`${pagesUrl}/`], each: 1 });
    pages.push(...seen.pages);
    forms.push(...seen.forms);
  }
  return {
    ...{ stage, pagesUrl, pages, forms },
    browserOf: (who) => {
      const browser = browsers.get(who);
      if (browser === undefined) throw new Error(`nobody is called ${who}`);
      return browser;
    },
    stranger: () => {
      const made = makePlainBrowser(authority, `browser of a stranger ${strangers.length}`);
      strangers.push(made);
      return made;
    },
    close: async () => {
      await Promise.all([...browsers.values(), ...strangers].map((each) => each.close()));
      await stage.close();
    },
  };
}

/** Of which victim services then have a message. */
async function sayTheVictimAnswered(browser: PlainBrowser, pagesUrl: string, caseRef: string): Promise<void> {
  const answer = await askOn(browser, pagesUrl, caseRef);
  const link = answer.$('.govuk-summary-card__actions a').last().attr('href') ?? '';
  await sendForm(browser, await browser.open(new URL(link, answer.url).href), { outcome: VICTIM_ANSWERED });
}

/** Of all that was found, one of each kind: by the person's first coming to it. */
export function oneOfEach<T extends { readonly route: string; readonly who: string }>(
  found: readonly T[],
): readonly T[] {
  const first = new Map<string, T>();
  for (const each of found) first.set(`${each.route} ${each.who}`, first.get(`${each.route} ${each.who}`) ?? each);
  return [...first.values()];
}
