import { normaliseContact, readContact } from '../../../gateway/contacts/normalise.ts';
import type { Reach } from '../../../gateway/contacts/reach.ts';
import { sealsFor } from '../../../gateway/contacts/seal.ts';
import type { Linked } from '../../../gateway/disclosure/link.ts';
import { reachLinked } from '../../../gateway/disclosure/reach.ts';
import type { ContactKind } from '../../../schemas/contact-point.ts';
import type { RankedContact } from '../../../schemas/reach.ts';
import type { SourceRecord } from '../../../schemas/source-record.ts';
import { linkQuestion, seal, sealedOf } from '../linkage/population-linked.ts';
import type { ClearContact, Question } from '../../population/questions.ts';
import type { Who } from '../../population/questions/lives.ts';
import { threadTime } from '../thread-time.ts';
import type { Said } from './calibration.ts';
import { countKeptBack, noneKeptBack, type KeptBack } from './kept-back.ts';
import { markedAsOthers } from './marked.ts';
import { PROTECTED } from './protected.ts';
import { mostRecentPhone } from './rivals.ts';

/** One question after another: linked, ranked and judged by the truth. */

export interface Hits {
  asked: number;
  ours: number;
  /** The same where the outcomes of earlier attempts are known, as they are in one case of three. */
  withAttempts: number;
  withTrueIdentities: number;
  mostRecent: number;
  mostRecentUnlabelled: number;
}

export interface Measured {
  questions: number;
  /** Of subjects whom a number in their records reaches, and nobody else. */
  readonly all: Hits;
  readonly groups: Map<string, Hits>;
  /** Ids of questions in which a value is given as his that the answer shows to be another's. */
  readonly wronged: string[];
  /** Numbers given as his that reach somebody else and of which no source, case or record says so. */
  untraceable: number;
  readonly keptBack: KeptBack;
  readonly said: Readonly<Record<ContactKind, Said[]>>;
  readonly saidWithAttempts: Said[];
  readonly linkMs: number[];
  readonly rankMs: number[];
  /** Processor time of both together, the collector's and compiler's threads included. */
  readonly cpuMs: number[];
  /** The same of the one thread that does them; empty where the kernel does not say. */
  readonly threadMs: number[];
  /** How long that thread was kept from a processor meanwhile, in all. */
  waitedMs: number;
}

/** Asks every question once. Takes no clock into any figure but `linkMs` and `rankMs`. */
export function measure(questions: Iterable<Question>): Measured {
  const measured: Measured = {
    questions: 0,
    all: noHits(),
    groups: new Map(),
    wronged: [],
    untraceable: 0,
    keptBack: noneKeptBack(),
    said: { phone: [], email: [], address: [] },
    saidWithAttempts: [],
    linkMs: [],
    rankMs: [],
    cpuMs: [],
    threadMs: [],
    waitedMs: 0,
  };
  for (const question of questions) judge(measured, question);
  return measured;
}

const noHits = (): Hits => ({
  asked: 0,
  ours: 0,
  withAttempts: 0,
  withTrueIdentities: 0,
  mostRecent: 0,
  mostRecentUnlabelled: 0,
});

function judge(measured: Measured, question: Question): void {
  measured.questions += 1;
  const withAttempts = inputsOf(question);
  // The rival knows of no attempt, so what is compared with it is not told of any either.
  const inputs = { ...withAttempts, safety: {} };
  const before = threadTime();
  const cpu = process.cpuUsage();
  const start = performance.now();
  const linked = linkQuestion(question);
  const between = performance.now();
  const reach = reachLinked(linked, inputs);
  measured.linkMs.push(between - start);
  measured.rankMs.push(performance.now() - between);
  const { user, system } = process.cpuUsage(cpu);
  measured.cpuMs.push((user + system) / 1000);
  const after = threadTime();
  if (before !== undefined && after !== undefined) {
    measured.threadMs.push(after.ranMs - before.ranMs);
    measured.waitedMs += after.waitedMs - before.waitedMs;
  }
  const truth = new Map(question.truth.contacts.map((each) => [keyOf(each), each.reaches]));
  const tried = reachLinked(linked, withAttempts);
  const marked = markedAsOthers(question);
  judgeDisclosed(measured, question, reach, truth, marked);
  countKeptBack(measured.keptBack, question.truth.contacts, linked, reach);
  for (const contact of tried.ranked) {
    if (isMarkedIn(marked, contact)) measured.wronged.push(question.queryId);
    measured.saidWithAttempts.push(saidOf(contact, truth));
  }
  judgeFirst(measured, question, { reach, tried }, truth, inputs);
}

type Inputs = Parameters<typeof reachLinked>[1];

/** What the case register would hand over: the protected contacts and the attempts, as keyed hashes. */
export function inputsOf({ protectedContacts, attempts, asOf }: Question): Inputs {
  const sealedAttempts = attempts.flatMap(({ kind, value, outcome, at }) =>
    sealsFor(seal, kind, value).map((each) => ({ sealedContact: { kind, seal: each }, outcome, at })),
  );
  const safety = { attempts: sealedAttempts };
  return { protectedContacts: sealedOf({ protectedContacts }), seal, asOf, permits: () => true, safety };
}

export const keyOf = ({ kind, value }: ClearContact): string => `${kind} ${normaliseContact(kind, value)?.key ?? ''}`;

type TrueReaches = ReadonlyMap<string, readonly Who[]>;

function judgeDisclosed(
  measured: Measured,
  { queryId }: Question,
  { ranked }: Reach,
  truth: TrueReaches,
  marked: ReadonlySet<string>,
): void {
  for (const contact of ranked) {
    const reaches = truth.get(keyOf(contact)) ?? [];
    if (isMarkedIn(marked, contact)) measured.wronged.push(queryId);
    else if (contact.kind !== 'address' && reaches.some((who) => who !== 'himself')) measured.untraceable += 1;
    measured.said[contact.kind].push(saidOf(contact, truth));
  }
}

const isMarkedIn = (marked: ReadonlySet<string>, { kind, value }: RankedContact): boolean =>
  readContact(kind, value).contacts.some(({ key }) => marked.has(`${kind} ${key}`));

const saidOf = (contact: RankedContact, truth: TrueReaches): Said => ({
  probability: contact.probability,
  isRight: isRight(contact.kind, truth.get(keyOf(contact)) ?? []),
});

/** A number or mailbox is right where he and nobody else is reached; a home where he lives and no protected person does. */
export function isRight(kind: ContactKind, reaches: readonly Who[]): boolean {
  if (!reaches.includes('himself')) return false;
  return kind === 'address' ? !reaches.some((who) => PROTECTED.has(who)) : reaches.length === 1;
}

function judgeFirst(
  measured: Measured,
  question: Question,
  { reach, tried }: { readonly reach: Reach; readonly tried: Reach },
  truth: TrueReaches,
  inputs: Inputs,
): void {
  const reachable = [...truth].some(([key, reaches]) => key.startsWith('phone ') && isRight('phone', reaches));
  if (!reachable) return;
  const right = (key: string | undefined): number => Number(isRight('phone', truth.get(`phone ${key ?? ''}`) ?? []));
  const his = recordsOf(question, new Set([...question.truth.his, ...question.truth.secondInSystem]));
  const ours = right(firstPhone(reach.ranked));
  const withAttempts = right(firstPhone(tried.ranked));
  const withTrueIdentities = right(firstPhone(reachLinked(trulyLinked(question), inputs).ranked));
  const mostRecent = right(mostRecentPhone(his, 'bare'));
  const mostRecentUnlabelled = right(mostRecentPhone(his, 'labels'));
  const { nameOrigin, hardCases } = question.truth;
  const groups = [`name origin ${nameOrigin}`, ...hardCases].map((name) => {
    const hits = measured.groups.get(name) ?? noHits();
    measured.groups.set(name, hits);
    return hits;
  });
  for (const hits of [measured.all, ...groups]) {
    hits.asked += 1;
    hits.ours += ours;
    hits.withAttempts += withAttempts;
    hits.withTrueIdentities += withTrueIdentities;
    hits.mostRecent += mostRecent;
    hits.mostRecentUnlabelled += mostRecentUnlabelled;
  }
}

const firstPhone = (ranked: readonly RankedContact[]): string | undefined =>
  ranked.find(({ kind }) => kind === 'phone')?.value;

const recordsOf = ({ records }: Question, ids: ReadonlySet<string>): readonly SourceRecord[] =>
  records.filter(({ recordId }) => ids.has(recordId));

/** The same question as if linkage never erred: what the ranking alone is worth. */
function trulyLinked(question: Question): Linked {
  const his = new Set([...question.truth.his, ...question.truth.secondInSystem]);
  const others = question.records.filter(({ recordId }) => !his.has(recordId));
  const result = { subjectRecords: [], probable: [], clusters: [], links: [], needsAttention: [] };
  return { result, his: recordsOf(question, his), probable: [], others, separated: new Set() };
}
