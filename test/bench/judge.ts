/**
 * Judges every answer, cheaply enough to do it under load: what an answer says of a man must be, to the byte, what the
 * first answer about him said, and nothing of hers may be in it.
 */

export interface Judge {
  /** Learns the first answer about a case; says whether it discloses something, or what is wrong with it. */
  learn(caseRef: string, answer: string): 'discloses' | 'discloses-nothing' | Fault;
  /** Undefined for a good answer. */
  judge(caseRef: string, answer: string): Fault | undefined;
}

/** `incomplete`: a source did not answer as it did the first time. The others are wrong answers and end the benchmark. */
export type Fault = 'incomplete' | 'answer-differs' | 'holds-hers' | 'receipt-given-twice' | 'not-an-answer';

/** Beyond these nothing may ever be counted away: the benchmark fails. */
export const WRONG: ReadonlySet<string> = new Set([
  'answer-differs',
  'holds-hers',
  'receipt-given-twice',
  'not-an-answer',
]);

const BEGINS = '"identity":';
const ENDS = '},"receipt":{';

interface Read {
  /** Each source's outcome, in the order of the answer. */
  readonly outcomes: string;
  /** All that is disclosed but for the question's own id, moment and durations. */
  readonly told: string;
  readonly position: number;
}

/** @param hers what must not be in an answer about the man of a case */
export function makeJudge(hers: ReadonlyMap<string, readonly string[]>): Judge {
  const first = new Map<string, Read>();
  const positions = new Set<number>();
  const faultOf = (caseRef: string, read: Read): Fault | undefined => {
    if (positions.has(read.position)) return 'receipt-given-twice';
    positions.add(read.position);
    return (hers.get(caseRef) ?? []).some((value) => read.told.includes(value)) ? 'holds-hers' : undefined;
  };
  return {
    learn: (caseRef, answer) => {
      const read = readAnswer(answer);
      if (read === undefined) return 'not-an-answer';
      first.set(caseRef, read);
      return faultOf(caseRef, read) ?? (disclosesSomething(read.told) ? 'discloses' : 'discloses-nothing');
    },
    judge: (caseRef, answer) => {
      const read = readAnswer(answer);
      const expected = first.get(caseRef);
      if (read === undefined || expected === undefined) return 'not-an-answer';
      const fault = faultOf(caseRef, read);
      if (fault !== undefined) return fault;
      if (read.outcomes !== expected.outcomes) return 'incomplete';
      return read.told === expected.told ? undefined : 'answer-differs';
    },
  };
}

function readAnswer(answer: string): Read | undefined {
  const begins = answer.indexOf(BEGINS);
  const ends = answer.lastIndexOf(ENDS);
  const position = /"position":(\d+)/.exec(answer.slice(Math.max(0, ends)))?.[1];
  if (begins < 0 || ends < begins || position === undefined) return undefined;
  const outcomes = [...answer.slice(0, begins).matchAll(/"outcome":"([a-z-]+)"/g)].map(([, outcome]) => outcome);
  return { outcomes: outcomes.join(), told: answer.slice(begins, ends), position: Number(position) };
}

/** The same question the gateway asks itself before it holds a quiet answer back (gateway/disclosure/answer.ts). */
function disclosesSomething(told: string): boolean {
  return ['"contacts":[{', '"records":[{', '"withheldContacts":[{'].some((sign) => told.includes(sign));
}
