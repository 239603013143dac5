import { parseArgs } from 'node:util';
import { agencyIdSchema, isoDateSchema } from '../../schemas/names.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import type { Finding } from '../review/unusual/findings.ts';
import { DAY_MS } from '../review/unusual/london.ts';
import {
  runUnusual,
  type RunDeps,
  type RunFault,
  type UnusualOutcome,
  type UnusualRun,
} from '../review/unusual/run.ts';

/** `holdfast log unusual`: runs the rules of unusual access and opens a review for each finding, once. */

export const UNUSUAL_USAGE = 'holdfast log unusual --url FILE --keys FOLDER [--for AGENCY] [--from DAY] [--to DAY]';

export interface AskedUnusual {
  readonly url: string;
  readonly keys: string;
  readonly run: UnusualRun;
}

/** Long enough for the rules that wait two weeks whether something followed, and for a timer that was down for some. */
const DAYS_DEFAULT = 42;

/** Reads the words; a sentence says what is wrong with them. `now` in milliseconds since 1970. */
export function readUnusualWords(words: readonly string[], now: number): Result<AskedUnusual, string> {
  const { url, keys, ...given } = optionsOf(words) ?? {};
  const agency = agencyIdSchema.optional().safeParse(given.for);
  if (url === undefined || keys === undefined || !agency.success) return err(`Usage: ${UNUSUAL_USAGE}`);
  const from = given.from === undefined ? now - DAYS_DEFAULT * DAY_MS : dayOf(given.from);
  const to = given.to === undefined ? now : dayOf(given.to) + DAY_MS;
  if (Number.isNaN(from) || Number.isNaN(to) || from >= to)
    return err('--from and --to are days (2026-11-20), the first not after the second.');
  return ok({
    ...{ url, keys },
    run: { actor: 'operator', from, to, ...(agency.data === undefined ? {} : { agency: agency.data }) },
  });
}

function optionsOf(words: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    const options = { url: text, keys: text, for: text, from: text, to: text };
    return parseArgs({ args: [...words], options, strict: true }).values;
  } catch {
    return undefined;
  }
}

const dayOf = (day: string): number =>
  isoDateSchema.safeParse(day).success ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;

const SENTENCES: Readonly<Record<RunFault, string>> = {
  'index-unavailable': 'The search index cannot be read: check the address, and that the database runs.',
  'index-behind':
    'The search index does not go to the end of the log yet, so something could be missed: run this again.',
  'log-unavailable': 'The access log cannot be read or written, so nothing is shown: check the database.',
  'log-full': 'The access log is busy, so nothing is shown: try again in a minute.',
  'request-replayed': 'The log has seen this request before.',
  'entry-invalid': 'The log did not take an entry of this run: tell the developers.',
  'register-unavailable': 'A register (staff, cases or reviews) cannot be read: check that the database runs.',
  'reasons-unavailable': 'Notes cannot be kept: check the keys folder and the database.',
  'too-many-looks': 'There are too many entries in this period for one run: give a shorter one with --from and --to.',
};

type Print = (line: string) => void;

/**
 * Runs the rules and prints. For one agency each finding in sentences, the newest last; for all agencies counts alone,
 * because whoever runs that is the operator, who is no agency's reviewer. Returns the exit status.
 */
export async function printUnusual(deps: RunDeps, run: UnusualRun, print: Print, report: Print): Promise<number> {
  const ran = await runUnusual(deps, run);
  if (!ran.ok) {
    report(SENTENCES[ran.error]);
    return 1;
  }
  const { findings, opened } = ran.value;
  if (run.agency === undefined) countsByAgency(findings).forEach((line) => print(line));
  else findings.forEach((finding) => print(sentenceOf(finding, opened.includes(finding))));
  report(`${findings.length} findings in ${ran.value.looks} looks; ${opened.length} reviews were opened now.`);
  doubtsAbout(ran.value).forEach((sentence) => report(sentence));
  return 0;
}

/** `housing h.one, DAPG-2026-0042 [review opened]: Looked …` */
function sentenceOf({ staff, caseRef, reasons, positions }: Finding, isNew: boolean): string {
  const what =
    caseRef === undefined ? `${staff.agency} ${staff.staffId}` : `${staff.agency} ${staff.staffId}, ${caseRef}`;
  const where = `entries ${positions.slice(-5).join(', ')}`;
  const said = reasons.map(({ sentence }) => sentence).join(' ');
  return `${what} [${isNew ? 'review opened' : 'known'}; ${where}]: ${said}`;
}

function countsByAgency(findings: readonly Finding[]): string[] {
  const counts = new Map<string, number>();
  for (const { staff } of findings) counts.set(staff.agency, (counts.get(staff.agency) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([agency, count]) => `${agency}: ${count}`);
}

/** A rule that could not look is not a rule that found nothing. */
function doubtsAbout({ unreadCases, withoutRegister }: UnusualOutcome): string[] {
  return [
    ...(unreadCases === 0 ? [] : [`${unreadCases} cases could not be read: rules about them were silent.`]),
    ...withoutRegister.map(
      (agency) => `Of ${agency} there is no staff list: names, homes, teams and leave were not compared.`,
    ),
  ];
}
