import type { ResolveAnswer } from '../../../../gateway/cli/resolve.ts';
import type { Labelled } from '../question.ts';
import type { ContactEntry, Question } from '../registers/entries.ts';
import { formatFaults } from './format.ts';
import { plainPhone, postcodeOf } from './plain.ts';
import type { Ownership } from './ownership.ts';
import { isRecordedAsAnothers, tracesOf, type Traces } from './traces.ts';
import type { Truth } from './truth.ts';

/** One contact point that was given as his. */
export interface Shown {
  readonly kind: ContactEntry['kind'];
  readonly probability: number;
  /** It is his and works today. */
  readonly isRight: boolean;
  /** What it should not have been given for. */
  readonly wrong?: 'protected' | 'anothers' | 'anothers without a trace';
}

/** What one answer is worth. */
export interface Judged {
  readonly faults: readonly string[];
  /** Records of others among his; of these, those that something in the question tells apart. */
  readonly strangers: number;
  readonly tellableStrangers: number;
  /** His records that hold enough to be known as his, and how many were. */
  readonly own: number;
  readonly found: number;
  readonly isProbable: boolean;
  readonly needsAttention: boolean;
  readonly shown: readonly Shown[];
  /** Some phone of his records works, is his and is nobody's to protect. */
  readonly isReachable: boolean;
  readonly isFirstRight: boolean;
  /** Whether the most recent phone of his true records, placeholders dropped, would have been right. */
  readonly isRuleRight: boolean;
}

/** Judges an answer by what is true. */
export function judge({ question, truth }: Labelled, answer: ResolveAnswer): Judged {
  const isHis = (id: string): boolean => truth.records[id]?.person === truth.subject;
  const traces = tracesOf(question, truth);
  const told = new Set(answer.subjectRecords);
  const strangers = answer.subjectRecords.filter((id) => !isHis(id));
  const own = Object.entries(truth.records).flatMap(([id, { isEnough, isOptional }]) =>
    isHis(id) && isEnough && !isOptional ? [id] : [],
  );
  const works = (phone: string | undefined): boolean => {
    const whose = truth.phones[phone ?? ''];
    return whose?.hisNow === true && !whose.protectedNow;
  };
  return {
    faults: formatFaults(question, answer),
    strangers: strangers.length,
    tellableStrangers: strangers.filter((id) => truth.records[id]?.isTellable).length,
    own: own.length,
    found: own.filter((id) => told.has(id)).length,
    isProbable: answer.probable.length > 0,
    needsAttention: answer.needsAttention.length > 0,
    shown: answer.contacts.map((contact) => judgeShown(truth, traces, contact)),
    isReachable: hisPhones(question, truth).some((phone) => works(phone) && !traces.guarded.has(phone)),
    isFirstRight: works(answer.contacts.find(({ kind }) => kind === 'phone')?.value),
    isRuleRight: works(mostRecentPhone(question, truth)),
  };
}

const NOBODYS: Ownership = { hisNow: false, hisEver: false, protectedNow: false, othersNow: false };

function judgeShown(
  truth: Truth,
  traces: Traces,
  { kind, value, probability }: ResolveAnswer['contacts'][number],
): Shown {
  const key = kind === 'address' ? (postcodeOf(value) ?? value) : value;
  const table = { phone: truth.phones, email: truth.emails, address: truth.postcodes }[kind];
  const whose = table[key] ?? NOBODYS;
  const isProtected = traces.guarded.has(key) || (whose.protectedNow && traces.hers.has(key));
  // He may share a home or its line with others; what never was his, or is another's today, is not his.
  const isAnothers = kind === 'address' ? !whose.hisEver && whose.othersNow : !whose.hisNow && whose.othersNow;
  const wrong = isProtected
    ? 'protected'
    : !isAnothers
      ? undefined
      : traces.anothers.has(key)
        ? 'anothers'
        : 'anothers without a trace';
  return { kind, probability, isRight: whose.hisNow, ...(wrong === undefined ? {} : { wrong }) };
}

/** Phones of his true records that these do not call another's, newest last. */
function hisPhones({ records }: Question, truth: Truth): string[] {
  return records
    .filter(({ recordId }) => truth.records[recordId]?.person === truth.subject)
    .flatMap(({ contacts }) => contacts.filter((contact) => contact.kind === 'phone' && !isRecordedAsAnothers(contact)))
    .flatMap(({ value }) => plainPhone(value) ?? []);
}

function mostRecentPhone({ records }: Question, truth: Truth): string | undefined {
  const dated = records
    .filter(({ recordId }) => truth.records[recordId]?.person === truth.subject)
    .flatMap(({ contacts, lastUpdated }) =>
      contacts.flatMap(({ kind, value, lastConfirmed, from }) => {
        const phone = kind === 'phone' ? plainPhone(value) : undefined;
        return phone === undefined ? [] : [{ phone, date: lastConfirmed ?? from ?? lastUpdated ?? '' }];
      }),
    );
  return dated.sort((a, b) => a.date.localeCompare(b.date)).at(-1)?.phone;
}
