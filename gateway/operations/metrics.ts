import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { ProblemCode } from '../../schemas/problem.ts';
import type { SourceOutcome } from '../../schemas/source-outcome.ts';
import type { AgencyId } from '../../schemas/names.ts';

/** What is counted. Labels are agencies, outcomes and codes, all from closed lists: never a case, a person or a text. */
export interface Metrics {
  answered(agency: AgencyId, seconds: number): void;
  refused(code: ProblemCode): void;
  sourceAnswered(source: AgencyId, outcome: SourceOutcome, seconds: number): void;
  underWay(count: number): void;
  /** The version of the agreements in force, which is not refused. */
  policyLoaded(version: string): void;
  /** Newer agreements were refused; the ones before stay in force. */
  policyRefused(): void;
  /** The two policy engines said different things of one question, which was denied everything. */
  enginesDiffered(): void;
  /** How the witnesses stand, read whenever the metrics are asked for. */
  watchWitnesses(read: () => WitnessFigures | undefined): void;
  /** Prometheus text exposition. */
  text(): Promise<string>;
}

/** As far as this gateway has seen. */
export interface WitnessFigures {
  /** Without a quorum for ten minutes. */
  readonly lost: boolean;
  /** Entries that a quorum of witnesses has countersigned. */
  readonly size?: number;
}

const SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8];

/** Makes a registry of its own, so that two apps in one process do not share counters. */
export function makeMetrics(options: { readonly processMetrics: boolean }): Metrics {
  const registry = new Registry();
  if (options.processMetrics) collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const answered = new Histogram({
    name: 'holdfast_question_seconds',
    help: 'Time from a question to its answer',
    labelNames: ['agency'],
    buckets: SECONDS,
    registers,
  });
  const refused = new Counter({
    name: 'holdfast_refused_total',
    help: 'Requests refused, by problem code',
    labelNames: ['code'],
    registers,
  });
  const source = new Histogram({
    name: 'holdfast_source_seconds',
    help: 'Time a source took, by outcome',
    labelNames: ['source', 'outcome'],
    buckets: SECONDS,
    registers,
  });
  const underWay = new Gauge({ name: 'holdfast_questions_under_way', help: 'Questions being answered now', registers });
  const policy = new Gauge({
    name: 'holdfast_policy_info',
    help: 'Version of the agreements in force',
    labelNames: ['version'],
    registers,
  });
  const policyRefused = new Gauge({
    name: 'holdfast_policy_refused',
    help: '1 while newer agreements are refused and older ones stay in force',
    registers,
  });
  const enginesDiffer = new Counter({
    name: 'holdfast_engines_differ_total',
    help: 'Questions denied everything because the two policy engines said different things',
    registers,
  });
  return {
    answered: (agency, seconds) => answered.observe({ agency }, seconds),
    refused: (code) => refused.inc({ code }),
    sourceAnswered: (name, outcome, seconds) => source.observe({ source: name, outcome }, seconds),
    underWay: (count) => underWay.set(count),
    policyLoaded: (version) => {
      policy.reset();
      policy.set({ version }, 1);
      policyRefused.set(0);
    },
    policyRefused: () => policyRefused.set(1),
    enginesDiffered: () => enginesDiffer.inc(),
    watchWitnesses: (read) => watchWitnesses(registers, read),
    text: () => registry.metrics(),
  };
}

function watchWitnesses(registers: Registry[], read: () => WitnessFigures | undefined): void {
  new Gauge({
    name: 'holdfast_witness_quorum_lost',
    help: '1 while the log has been without enough witnesses for ten minutes',
    registers,
    collect() {
      this.set(read()?.lost === true ? 1 : 0);
    },
  });
  new Gauge({
    name: 'holdfast_witnessed_entries',
    help: 'Entries that a quorum of witnesses has countersigned, as far as this gateway has seen',
    registers,
    collect() {
      this.set(read()?.size ?? 0);
    },
  });
}
