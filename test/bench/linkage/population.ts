import type { LinkageResult } from '../../../schemas/linkage.ts';
import { generateQuestions, type Question } from '../../population/questions.ts';
import { quantilesOf } from '../quantiles.ts';
import { GroupTally, type GroupFigure } from './population-groups.ts';
import { linkQuestion } from './population-linked.ts';
import { RIVALS, type Rival } from './population-rivals.ts';
import { whyMissed } from './population-reasons.ts';

/** Linkage measured on questions of the project's population, beside simple rivals on the same questions. */

export interface PopulationOptions {
  readonly seed: number;
  readonly count: number;
  /** Each answer is filled up with strangers of his surname to this many records. */
  readonly recordsAtLeast?: number;
  /** `QuestionOptions`. */
  readonly harder?: boolean;
}

export interface LinkageFigure {
  readonly name: string;
  /** Records of somebody else that were given to the subject, by who that is; empty is what P5 promises. */
  readonly wrongMerges: Readonly<Record<string, number>>;
  /** Share of his records found, 0 to 1. A second record that its system has not merged counts neither way. */
  readonly recall: number;
  /** Share of questions with a record or a conflict that a human must look at, 0 to 1; rivals have no such thing. */
  readonly toHuman: number;
  /** Milliseconds a question, by the wall clock of a busy machine. */
  readonly ms: { readonly p50: number; readonly p99: number };
}

export interface PopulationFigures {
  readonly questions: number;
  readonly records: number;
  readonly hisRecords: number;
  readonly ours: LinkageFigure;
  readonly rivals: readonly LinkageFigure[];
  readonly byHardCase: readonly GroupFigure[];
  readonly byNameOrigin: readonly GroupFigure[];
  readonly byAgency: readonly GroupFigure[];
  /** Groups of any kind whose recall is more than a point below the whole, each with what it is lost to. */
  readonly worseGroups: readonly (GroupFigure & { readonly reason: string })[];
  /** Why his records were not found, as shares of all his records, the commonest first. */
  readonly missed: readonly { readonly why: string; readonly share: number }[];
}

class Score {
  readonly #name: string;
  readonly #wrong = new Map<string, number>();
  readonly #times: number[] = [];
  #his = 0;
  #found = 0;
  #toHuman = 0;

  constructor(name: string) {
    this.#name = name;
  }

  add({ truth }: Question, taken: ReadonlySet<string>, toHuman: boolean, ms: number): void {
    this.#his += truth.his.length;
    this.#found += truth.his.filter((id) => taken.has(id)).length;
    if (toHuman) this.#toHuman += 1;
    this.#times.push(ms);
    for (const id of taken) {
      if (truth.his.includes(id) || truth.secondInSystem.includes(id)) continue;
      const who = truth.relationOf.get(id) ?? 'unknown';
      this.#wrong.set(who, (this.#wrong.get(who) ?? 0) + 1);
    }
  }

  figure(): LinkageFigure {
    const { p50, p99 } = quantilesOf(this.#times);
    return {
      name: this.#name,
      wrongMerges: Object.fromEntries([...this.#wrong].sort()),
      recall: this.#found / this.#his,
      toHuman: this.#toHuman / this.#times.length,
      ms: { p50, p99 },
    };
  }
}

function timed<T>(act: () => T): readonly [T, number] {
  const from = performance.now();
  const result = act();
  return [result, performance.now() - from];
}

class Groups {
  readonly hardCases = new GroupTally('hard case');
  readonly origins = new GroupTally('name origin');
  readonly agencies = new GroupTally('agency');
  readonly all = new GroupTally('all');

  add({ truth, records }: Question, result: LinkageResult): void {
    const agencyOf = new Map(records.map(({ recordId, agency }) => [recordId, agency]));
    for (const id of truth.his) {
      const missed = result.subjectRecords.includes(id) ? undefined : whyMissed(result, id);
      for (const hard of truth.hardCases) this.hardCases.add(hard, missed);
      this.origins.add(truth.nameOrigin, missed);
      this.agencies.add(agencyOf.get(id) ?? '', missed);
      this.all.add('all', missed);
    }
  }
}

/** Asks `count` questions of the population; the same options give the same figures but for the times. */
export function measurePopulation(options: PopulationOptions): PopulationFigures {
  const ours = new Score('holdfast');
  const rivals = RIVALS.map((rival): readonly [Rival, Score] => [rival, new Score(rival.name)]);
  const groups = new Groups();
  let [questions, records, hisRecords] = [0, 0, 0];
  for (const question of generateQuestions(options)) {
    questions += 1;
    records += question.records.length;
    hisRecords += question.truth.his.length;
    const [result, ms] = timed(() => linkQuestion(question).result);
    ours.add(question, new Set(result.subjectRecords), result.probable.length + result.needsAttention.length > 0, ms);
    groups.add(question, result);
    for (const [rival, score] of rivals) {
      const [taken, rivalMs] = timed(() => rival.records(question));
      score.add(question, taken, false, rivalMs);
    }
  }
  const whole = groups.all.figures()[0]?.recall ?? 0;
  const tallies = [groups.hardCases, groups.origins, groups.agencies];
  return {
    questions,
    records,
    hisRecords,
    ours: ours.figure(),
    rivals: rivals.map(([, score]) => score.figure()),
    byHardCase: groups.hardCases.figures(),
    byNameOrigin: groups.origins.figures(),
    byAgency: groups.agencies.figures(),
    worseGroups: tallies.flatMap((tally) => tally.worseThan(whole - POINT)),
    missed: groups.all.reasons(),
  };
}

const POINT = 0.01;
