import { parseArgs } from 'node:util';

/** What one run measures and for how long. Everything is bounded in time and count. */
export interface BenchPlan {
  readonly mode: 'quick' | 'full' | 'soak';
  readonly jsonFile: string | undefined;
  /** Profile the gateway under load and say where its time goes. */
  readonly profile: boolean;
  readonly perpetrators: number;
  readonly cases: number;
  readonly delayMs: number;
  readonly connections: number;
  readonly seconds: {
    readonly eachAdapter: number;
    readonly allAdapters: number;
    readonly warmUp: number;
    readonly many: number;
    readonly one: number;
    readonly paced: number;
    readonly proxy: number;
    readonly eachAppend: number;
    readonly eachPart: number;
    /** At most, to reach the last of `memoryAt`. */
    readonly memory: number;
  };
  /** Questions after which memory is looked at. */
  readonly memoryAt: readonly number[];
  /** After this long the run is ended, whatever it is at. */
  readonly endsAfterSeconds: number;
}

export const USAGE = `npm run bench                    about five minutes
npm run bench -- --quick         about one minute
npm run bench -- --soak          also 100,000 questions for memory
               --profile         also where the gateway's time goes, by module
               --json FILE       also the figures as JSON`;

const common = { cases: 60, delayMs: 20, connections: 64 } as const;
const FULL = {
  ...common,
  perpetrators: 3_000,
  seconds: {
    eachAdapter: 3,
    allAdapters: 6,
    warmUp: 6,
    many: 20,
    one: 10,
    paced: 15,
    proxy: 8,
    eachAppend: 3,
    eachPart: 0.6,
    memory: 110,
  },
  memoryAt: [1_000, 4_000, 10_000],
  endsAfterSeconds: 360,
} as const;

const QUICK = {
  ...common,
  perpetrators: 300,
  cases: 24,
  seconds: {
    eachAdapter: 0.8,
    allAdapters: 1.5,
    warmUp: 3,
    many: 5,
    one: 3,
    paced: 4,
    proxy: 2.5,
    eachAppend: 0.7,
    eachPart: 0.15,
    memory: 5,
  },
  memoryAt: [500],
  endsAfterSeconds: 90,
} as const;

const SOAK_SECONDS = 3_000;

/** Reads the words after `npm run bench --`; undefined where they mean nothing. */
export function planOf(words: readonly string[]): BenchPlan | undefined {
  try {
    const { values } = parseArgs({
      args: [...words],
      strict: true,
      options: {
        quick: { type: 'boolean' },
        soak: { type: 'boolean' },
        profile: { type: 'boolean' },
        json: { type: 'string' },
      },
    });
    if (values.quick === true && values.soak === true) return undefined;
    const asked = { jsonFile: values.json, profile: values.profile === true };
    if (values.quick === true) return { mode: 'quick', ...asked, ...QUICK };
    if (values.soak !== true) return { mode: 'full', ...asked, ...FULL };
    return {
      mode: 'soak',
      ...asked,
      ...FULL,
      seconds: { ...FULL.seconds, memory: SOAK_SECONDS },
      memoryAt: [1_000, 10_000, 40_000, 70_000, 100_000],
      endsAfterSeconds: FULL.endsAfterSeconds + SOAK_SECONDS,
    };
  } catch {
    return undefined;
  }
}
