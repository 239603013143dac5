import type { SourceOutcome } from '../../../schemas/source-outcome.ts';
import type { Case } from '../../../schemas/case.ts';
import { dayOf } from '../../cases/days.ts';
import { isForMeeting } from '../../disclosure/meeting.ts';
import { err, ok, type Result } from '../../../schemas/result.ts';
import { subjectOf } from '../cases/case-page.ts';
import { CATEGORY_WORDS, CONTACT_STOPPED } from '../cases/category-words.ts';
import { sayBorn, sayName } from '../cases/say-person.ts';
import { recordView, type View } from '../cases/view-entry.ts';
import type { PageDeps } from '../page-deps.ts';
import type { OnPanel } from '../register/panel-page.ts';
import { answerView } from '../request/answer-view.ts';
import { whyHiddenNow, type Hidden } from '../request/still-shown.ts';
import { isOfPanel } from './choose-cases.ts';
import { sayMeeting } from './meetings.ts';
import { openPart, type OpenPack, type PackCase, type PartOutcome } from './pack.ts';
import { sayRefused } from './say-refused.ts';

/**
 * One case of a pack as it may be shown now. However it was when the agencies answered: the case and the agreements are
 * asked again at each look, and the look is an entry before anything of it leaves (P1, P4).
 */
export interface Sheet {
  readonly caseRef: string;
  readonly listing: string;
  readonly meeting: string;
  /** In place of everything else: why nothing is shown. */
  readonly sentence?: string;
  readonly person?: string;
  readonly born?: string;
  readonly tag?: string;
  readonly view?: ReturnType<typeof answerView>;
  /** Names of the agencies that did not answer. */
  readonly silent?: readonly string[];
  readonly receipt?: { readonly position: number; readonly at: string };
}

export async function sheetOf(
  deps: PageDeps,
  on: OnPanel,
  pack: OpenPack,
  part: number,
): Promise<Result<Sheet, 'unavailable'>> {
  const packCase = pack.definition.cases[part];
  if (packCase === undefined) return err('unavailable');
  const outcome = await openPart(deps, on.session, pack, part);
  const file = await deps.cases.open(packCase.caseRef, on.actor.agency);
  if (!outcome.ok || (!file.ok && file.error !== 'not-found')) return err('unavailable');
  const kase = file.ok && isOfPanel(file.value.kase, on.actor) ? file.value.kase : undefined;
  const hidden = await hiddenBecause(deps, on, { pack, packCase, outcome: outcome.value, kase });
  if (!hidden.ok) return hidden;
  const kept = outcome.value !== undefined && 'kept' in outcome.value ? outcome.value.kept : undefined;
  const view: View = {
    page: 'meeting-pack',
    caseRef: packCase.caseRef,
    ...(kase === undefined ? {} : subjectOf(deps, kase)),
    ...(kept === undefined ? {} : { questionId: kept.disclosure.questionId, disclosedAt: kept.receipt.position }),
    ...(hidden.value === undefined ? {} : { code: hidden.value.code }),
  };
  if (!(await recordView(deps, on.session, view))) return err('unavailable');
  const about = aboutOf(pack, packCase);
  if (kase === undefined || kept === undefined || hidden.value !== undefined)
    return ok({ ...about, sentence: hidden.value?.sentence ?? STILL_ASKED });
  return ok({ ...about, ...personOf(deps, kase), ...answerOf(deps, kept) });
}

const STILL_ASKED = 'The agencies are still being asked about this case.';

const aboutOf = ({ definition }: OpenPack, { caseRef, listing }: PackCase) => ({
  caseRef,
  listing: listing ?? 'The panel’s own meeting has no list',
  meeting: sayMeeting(definition),
});

interface Looked {
  readonly pack: OpenPack;
  readonly packCase: PackCase;
  readonly outcome: PartOutcome | undefined;
  readonly kase: Case | undefined;
}

type Because = { readonly code: string; readonly sentence: string };

/** Why nothing of it is shown; undefined where it still stands. */
async function hiddenBecause(
  deps: PageDeps,
  { agency, session }: OnPanel,
  { pack, packCase, outcome, kase }: Looked,
): Promise<Result<Because | undefined, 'unavailable'>> {
  if (kase === undefined) return ok({ code: 'not-found', sentence: sayRefused('case-not-known') });
  if (outcome === undefined) return ok({ code: 'not-answered', sentence: STILL_ASKED });
  if (!('kept' in outcome)) return ok({ code: outcome.code, sentence: sayRefused(outcome.code) });
  const { purpose, on } = pack.definition;
  const at = deps.now();
  const { listing } = packCase;
  const bound = { on, ...(listing === undefined ? {} : { listing }) };
  if (!isForMeeting(kase, bound, { purpose, today: dayOf(at.toISOString()) })) return ok(hiddenBy('purpose-over'));
  const now = { kase, agency, staffId: session.staff.staffId, at };
  const hidden = await whyHiddenNow(deps.disclosure, outcome.kept, now);
  if (!hidden.ok) return err('unavailable');
  return ok(hidden.value === undefined ? undefined : hiddenBy(hidden.value));
}

const hiddenBy = (hidden: Hidden): Because => ({ code: hidden, sentence: HIDDEN_SENTENCES[hidden] });

const CHANGED =
  'This case has changed since it was asked about, so nothing of it is shown. Do not use what was printed before: ask again.';

/** A block on one contact point, a newly protected person and changed agreements read alike, as on an answer. */
const HIDDEN_SENTENCES: Readonly<Record<Hidden, string>> = {
  'case-on-monitor': `The case was put on ${CATEGORY_WORDS.monitor.tag} since it was asked about. Ask again.`,
  'case-on-hold': `The case was put on ${CATEGORY_WORDS.hold.tag} since it was asked about. Ask again.`,
  'case-closed': 'The case was closed since it was asked about.',
  'case-undecided': 'The case has no state any more, so it is not asked about.',
  'contact-stopped': CONTACT_STOPPED,
  'case-changed': CHANGED,
  'off-the-team': CHANGED,
  'purpose-over': 'The case does not support this purpose for this meeting any more, so nothing of it is shown.',
};

function personOf(deps: PageDeps, kase: Case) {
  const today = dayOf(deps.now().toISOString());
  return {
    person: sayName(kase.subject),
    born: sayBorn(kase.subject, today),
    tag: CATEGORY_WORDS[kase.category].tag,
  };
}

type Kept = Extract<PartOutcome, { kept: unknown }>['kept'];

function answerOf(deps: PageDeps, { disclosure, receipt }: Kept) {
  const { bundle } = deps.disclosure;
  return {
    receipt,
    silent: silentIn(disclosure.sources),
    view: answerView(disclosure, {
      nameOfAgency: deps.nameOfAgency,
      labelOf: (field) => bundle.fields.get(field)?.label ?? field,
      // A printed sheet leads nowhere.
      recordHref: () => undefined,
      judgeHref: () => undefined,
    }),
  };
}

const SILENT: ReadonlySet<SourceOutcome> = new Set(['timed-out', 'unavailable', 'error']);

/** P7: who did not answer, by name, so that nobody reads an empty sheet as "nothing held". */
export const silentIn = (sources: Kept['disclosure']['sources']): readonly string[] =>
  sources.filter(({ outcome }) => SILENT.has(outcome)).map(({ name }) => name);
