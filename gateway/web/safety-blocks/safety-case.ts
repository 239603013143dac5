import type { SafetyStep } from '../../../schemas/case-safety.ts';
import { safetyOf, type SafetyView } from '../../cases/view-case.ts';
import { isUnacknowledged, type VictimAnswer } from '../../cases/victim-answers.ts';
import type { OnCase } from '../cases/case-page.ts';
import { CATEGORY_WORDS } from '../cases/category-words.ts';
import { sayDate, sayDay } from '../layout/say-date.ts';
import type { PageDeps } from '../page-deps.ts';
import { ALL_CONTACT, ONE_OF_KIND, sayKind, WHOSE_WORDS } from './kind-words.ts';

/** `GET /safety-blocks/:ref`: what protects somebody on one case, as victim services may see it (gateway/cases/view-case.ts). */
export const getSafetyCase =
  (deps: PageDeps) =>
  (on: OnCase): void => {
    const { kase } = on;
    const { tag, colour } = CATEGORY_WORDS[kase.category];
    const safety = safetyOf(kase);
    const href = `/safety-blocks/${kase.caseRef}`;
    on.show('safety-blocks/case.njk', {
      heading: `Safety blocks on ${kase.caseRef}`,
      href,
      ...{ tag, colour },
      rows: [
        { key: 'MARAC reference', value: kase.maracReference },
        { key: 'Opened on', value: sayDay(kase.openedOn) },
        { key: 'Lead agency', value: deps.nameOfAgency(kase.leadAgency) },
        { key: 'Lead practitioner', value: kase.allocatedTo ?? 'Nobody yet' },
      ],
      isStopped: safety.blocks.some(({ contactKind }) => contactKind === undefined),
      answers: safety.answers.map((answer) => answerView(deps, on, answer)),
      blocks: safety.blocks.map((block) => blockView(deps, href, block)),
      protectedContacts: countedOf(safety),
      steps: safety.steps.map((step) => stepView(deps, step)),
    });
  };

function answerView(deps: PageDeps, { kase }: OnCase, answer: VictimAnswer) {
  const { attemptId, on, by, acknowledgement } = answer;
  const recorder = by === undefined ? 'somebody' : by;
  return {
    says: `On ${sayDay(on)}, recorded by ${recorder} of ${deps.nameOfAgency(kase.leadAgency)}.`,
    isUnread: isUnacknowledged(answer),
    attemptId,
    read:
      acknowledgement === undefined
        ? undefined
        : `Read by ${sayWho(deps, acknowledgement)} on ${sayDate(acknowledgement.at)}.`,
  };
}

const sayWho = (deps: PageDeps, { by }: Pick<SafetyStep, 'by'>): string =>
  `${by.staffId} of ${deps.nameOfAgency(by.agency)}`;

function blockView(deps: PageDeps, href: string, { blockId, since, contactKind, step }: SafetyView['blocks'][number]) {
  return {
    kind: sayKind(contactKind),
    since: step === undefined ? sayDay(since) : sayDate(step.at),
    by: step === undefined ? 'Not recorded' : sayWho(deps, step),
    because: step?.because ?? 'Not recorded',
    liftHref: blockId === undefined ? undefined : `${href}/lift?block=${blockId}`,
  };
}

/** How many of each kind and owner: of a hash there is nothing else to say. */
function countedOf({ protectedContacts }: SafetyView) {
  const counts = new Map<string, number>();
  for (const { kind, whose } of protectedContacts) {
    const says = `${ONE_OF_KIND[kind].replace(/^One /u, '')} (${WHOSE_WORDS[whose].toLowerCase()})`;
    counts.set(says, (counts.get(says) ?? 0) + 1);
  }
  return [...counts].map(([says, count]) => `${count} × ${says}`);
}

const STEP_WORDS: Readonly<Record<SafetyStep['did'], string>> = {
  'block-set': 'Block set',
  'block-lifted': 'Block lifted',
  'contact-protected': 'Contact protected',
  'protection-ended': 'Contact protected no more',
};

function stepView(deps: PageDeps, step: SafetyStep) {
  const { did, contactKind, whose, at, because } = step;
  const about = contactKind === undefined ? ALL_CONTACT : ONE_OF_KIND[contactKind];
  return {
    title: STEP_WORDS[did],
    about: whose === undefined ? about : `${about}. ${WHOSE_WORDS[whose]}`,
    when: sayDate(at),
    by: sayWho(deps, step),
    because: because ?? 'No reason was recorded',
  };
}
