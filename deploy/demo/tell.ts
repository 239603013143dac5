import type { Answer, AnsweredSource, Disclosure, ReleasedContact } from '../../schemas/answer.ts';
import type { ReleasedValue } from '../../schemas/released-value.ts';
import type { Problem } from '../../schemas/problem.ts';
import { bold, dim, green, line, row, yellow } from './print.ts';

/** Tells an answer so that a person understands it: who answered, who he is, how to reach him, what is held back. */

export interface Asking {
  readonly who: string;
  readonly purpose: string;
  readonly caseRef: string;
  readonly reason: string;
}

export function tellAsking({ who, purpose, caseRef, reason }: Asking): void {
  line(`${bold(who)} asks about case ${bold(caseRef)}, purpose ${bold(purpose)}: “${reason}”.`, 2);
}

export function tellAnswer({ disclosure, receipt }: Answer, tookMs: number): void {
  line();
  line(disclosure.summary, 2);
  tellSources(disclosure.sources);
  tellIdentity(disclosure.identity);
  if (disclosure.whereabouts !== undefined) line(`Where he is: ${disclosure.whereabouts.sentence}`, 2);
  tellContacts(disclosure.contacts);
  tellWithheld(disclosure);
  tellFields(disclosure);
  line();
  line(
    `Recorded before it left: log entry ${receipt.position}, hash ${receipt.entryHash.slice(0, 16)}…, ${receipt.at}. ` +
      `Whole answer in ${tookMs} ms.`,
    2,
  );
}

export function tellRefusal(problem: Problem): void {
  line();
  line(`${yellow(`Refused (${problem.status} ${problem.code}).`)} ${problem.title}`, 2);
}

function tellSources(sources: readonly AnsweredSource[]): void {
  line();
  line(bold('Who answered'), 2);
  for (const { name, outcome, code, tookMs, sentence } of sources) {
    const shown =
      outcome === 'found'
        ? green(outcome)
        : outcome === 'none-held' || outcome === 'not-asked'
          ? outcome
          : yellow(outcome);
    row(
      [
        [name, 30],
        [code === undefined ? shown : `${shown} (${code})`, 34],
        [tookMs === undefined ? '' : `≤ ${tookMs} ms`, 10],
      ],
      4,
    );
    if (outcome !== 'found' && outcome !== 'none-held') line(dim(sentence), 6);
  }
}

function tellIdentity({ summary, records, needsAttention }: Disclosure['identity']): void {
  line();
  line(`${bold('Which records are the same man.')} ${summary}`, 2);
  for (const { record, judged, bits, evidence } of records) {
    row(
      [
        [record, 16],
        [judged === 'subject' ? green('his') : yellow('may be his'), 12],
        [bits === undefined ? '' : `${bits} bits`, 12],
      ],
      4,
    );
    line(dim(evidence.map(sayEvidence).join('; ')), 6);
  }
  for (const { reason } of needsAttention) line(yellow(`Needs a human: ${reason}.`), 4);
}

/** Bits for and against, as the linkage gives them: what speaks for him first, the odds against any two people last. */
function sayEvidence({ because, bits }: { readonly because: string; readonly bits: number }): string {
  return `${bits > 0 ? '+' : ''}${bits.toFixed(1)} ${because.replace(/\.$/, '')}`;
}

function tellContacts(contacts: readonly ReleasedContact[]): void {
  if (contacts.length === 0) return;
  line();
  line(bold('How to reach him, best first'), 2);
  for (const { rank, value, probability, because, flags, sources } of contacts) {
    const percent = `${Math.round(probability * 100)} %`;
    row(
      [
        [`${rank}.`, 4],
        [bold(shownValue(value)), 46],
        [percent, 7],
        [flags.join(', '), 30],
      ],
      4,
    );
    line(because, 8);
    line(dim(`From ${[...new Set(sources.map(({ agency }) => agency))].join(', ')}.`), 8);
  }
}

function tellWithheld({ withheldContacts, withheldFields }: Disclosure): void {
  if (withheldContacts.length > 0) {
    line();
    line(bold('Held back (the values are nowhere in this answer)'), 2);
    for (const { kind, agencies, sentence } of withheldContacts)
      line(`${kind} from ${agencies.join(', ')}: ${sentence}`, 4);
  }
  for (const { field, label, reason, because } of withheldFields) {
    if (reason === 'source-withholds' || reason === 'not-answered') line(`${label} (${field}): ${because}`, 4);
  }
}

function tellFields({ records }: Disclosure): void {
  const fields = records.flatMap((each) => each.fields.map((field) => ({ record: each.record, field })));
  if (fields.length === 0) return;
  line();
  line(bold('What else may be known for this purpose'), 2);
  for (const { record, field } of fields) {
    line(`${field.label} (${record}, ${field.level}, ${field.nature}): ${shownValue(field.value)}`, 4);
  }
}

/** One line for any released value, at whatever level it came. */
export function shownValue(value: ReleasedValue): string {
  if (value.kind === 'held') return value.held ? 'held' : 'none held';
  if (value.kind === 'phone' && value.level === 'full') return asDialled(value.number);
  if (value.kind === 'list' && value.level === 'full') {
    return value.entries.map(({ title, until, conditions }) => sayEntry(title, until, conditions)).join('; ');
  }
  const parts: string[] = [];
  for (const [name, part] of Object.entries(value)) {
    if (name !== 'kind' && name !== 'level') parts.push(...shownPart(part));
  }
  return parts.join(value.kind === 'name' ? ' ' : ', ');
}

function sayEntry(title: string, until: string | undefined, conditions: readonly string[] | undefined): string {
  const end = until === undefined ? '' : ` until ${until}`;
  return `${title}${end}${conditions === undefined || conditions.length === 0 ? '' : ` (${conditions.join('; ')})`}`;
}

/** A British number as a person dials it. */
function asDialled(number: string): string {
  return number.replace(/^\+44(\d{4})(\d{6})$/, '0$1 $2').replace(/^\+44(\d{2})(\d{4})(\d{4})$/, '0$1 $2 $3');
}

function shownPart(part: unknown): string[] {
  if (Array.isArray(part)) return part.flatMap(shownPart);
  if (typeof part === 'object' && part !== null) return [Object.values(part).flatMap(shownPart).join(' ')];
  if (typeof part === 'boolean') return part ? ['confirmed'] : [];
  return typeof part === 'string' || typeof part === 'number' ? [asDialled(String(part))] : [];
}
