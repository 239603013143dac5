import type { AnsweredSource } from '../../../schemas/answer.ts';
import type { FieldDecision } from '../../../schemas/decision.ts';
import { LEVELS } from '../../../schemas/level.ts';
import type { FieldId } from '../../../schemas/names.ts';
import type { SourceCode, SourceOutcome } from '../../../schemas/source-outcome.ts';
import type { SourceReport } from '../ask.ts';
import type { Plan } from '../plan.ts';

/** What the asker is told of each source: always one of the closed outcomes, with a sentence (P7), and no more (P6). */
export function releaseSources(
  plan: Plan,
  reports: readonly SourceReport[],
  decisions: ReadonlyMap<FieldId, FieldDecision>,
): AnsweredSource[] {
  // Where policy leaves nothing at all, nobody was asked, and that must look like nobody holding anything (P6): each
  // source that would have been asked for what was wanted looks asked.
  const nobodyAsked = plan.asks.length === 0;
  const asked = reports.map((report) => answered(report, decisions));
  const notAsked = plan.notAsked.map(({ guarded: { source }, code }) =>
    nobodyAsked && code === 'nothing-permitted' && source.takes.some((field) => decisions.has(field))
      ? shown(source.agency, source.name, 'none-held', undefined, QUIET_MS)
      : shown(source.agency, source.name, 'not-asked', code, undefined),
  );
  return [...asked, ...notAsked].sort((a, b) => (a.agency < b.agency ? -1 : 1));
}

function answered(report: SourceReport, decisions: ReadonlyMap<FieldId, FieldDecision>): AnsweredSource {
  const { outcome, code } = report.answer;
  const told = mayKnowOfRestriction(report, decisions) ? outcome : maskedOutcome(outcome);
  const tookMs = roundedUp(report.tookMs, told);
  return shown(report.agency, report.name, told, told === outcome ? code : undefined, tookMs);
}

/** That a source restricts a record even from its own staff says a lot about a person: not for one who may see little. */
function mayKnowOfRestriction(report: SourceReport, decisions: ReadonlyMap<FieldId, FieldDecision>): boolean {
  return report.fields.some(
    (field) => LEVELS.indexOf(decisions.get(field)?.level ?? 'deny') >= LEVELS.indexOf('summary'),
  );
}

function maskedOutcome(outcome: SourceOutcome): SourceOutcome {
  return outcome === 'withheld' || outcome === 'restricted' ? 'none-held' : outcome;
}

/** What almost every answer without a record takes, rounded up; said too where nobody was asked at all. */
const QUIET_MS = 250;

/** Coarse where the exact time could tell a withheld record from an absent one. */
function roundedUp(tookMs: number, outcome: SourceOutcome): number {
  const step = outcome === 'none-held' || outcome === 'withheld' || outcome === 'restricted' ? QUIET_MS : 10;
  return Math.ceil(tookMs / step) * step;
}

function shown(
  agency: string,
  name: string,
  outcome: SourceOutcome,
  code: SourceCode | undefined,
  tookMs: number | undefined,
): AnsweredSource {
  return {
    agency,
    name,
    outcome,
    ...(code === undefined ? {} : { code }),
    ...(tookMs === undefined ? {} : { tookMs }),
    sentence: sentenceOf(name, outcome, code),
  };
}

function sentenceOf(name: string, outcome: SourceOutcome, code: SourceCode | undefined): string {
  const because = code === undefined ? undefined : BECAUSE[code];
  const isInPart = outcome === 'found' && code !== undefined && FAILED.has(code);
  const first = isInPart
    ? `${name} answered in part. That does not mean it holds nothing of the rest: ask again.`
    : SAYS[outcome](name);
  return because === undefined ? first : `${first} ${because}`;
}

/** With records beside them these codes say that some of the calls behind one answer failed. */
const FAILED: ReadonlySet<SourceCode> = new Set([
  'rate-limited',
  'not-authorised',
  'bad-answer',
  'wrong-person',
  'connect-failed',
  'server-error',
  'deadline',
]);

const SAYS: Record<SourceOutcome, (name: string) => string> = {
  found: (name) => `${name} answered.`,
  'none-held': (name) => `${name} answered that it holds nobody like this.`,
  withheld: (name) => `${name} answered, and holds back what it has: ask its information-governance officer.`,
  restricted: (name) => `${name} holds a record that it restricts: ask its information-governance officer.`,
  'timed-out': (name) =>
    `${name} did not answer in time. That does not mean it holds nothing: ask again, or telephone.`,
  unavailable: (name) => `${name} could not be reached. That does not mean it holds nothing: ask again, or telephone.`,
  error: (name) => `${name} did not give an answer that can be used. That does not mean it holds nothing.`,
  'not-asked': (name) => `${name} was not asked.`,
};

const BECAUSE: Partial<Record<SourceCode, string>> = {
  'nothing-permitted': 'The agreements let nothing of its be shared for this purpose as the case stands.',
  'own-records': 'It is your own agency: look in its own system.',
  'not-enough-known': 'It needs a full name and a date of birth.',
  'too-many-matches': 'It holds too many people like this to say which: add an identifier to the case.',
  'limited-access': 'Access to this record is limited.',
  'rate-limited': 'It asked for fewer questions just now.',
  'stale-extract': 'Its last extract is older than its agreement allows.',
};
