import type { LoadFigures } from './closed-loop.ts';
import type { LogAppendFigures } from './log-appends.ts';
import type { Machine } from './machine.ts';
import type { Parts } from './parts.ts';
import type { ModuleShare } from './profile.ts';

/** Everything one run found out. Written as JSON where asked for; the report says the same to people. */
export interface Figures {
  readonly at: string;
  readonly mode: string;
  readonly machine: Machine & { readonly postgres: string };
  readonly asked: {
    readonly perpetrators: number;
    readonly cases: number;
    /** Cases left out: nothing is disclosed of them, and such answers are held back on purpose (P6). */
    readonly quietCases: number;
    readonly delayMs: number;
  };
  /** Each adapter's whole ask without a gateway, one at a time. */
  readonly agencies: readonly AgencyFigures[];
  /** All five at once without a gateway, as many askers as `manyConnections` has connections. */
  readonly allAgencies: Direct;
  /** One call to an agency that answers anybody the same, through the adapters' own client. */
  readonly plainCall: AtCost;
  readonly manyConnections: PathFigures;
  /** The same connections, asked at half the rate that they reached. */
  readonly paced: PathFigures;
  readonly oneConnection: PathFigures;
  readonly proxy: AtCost;
  readonly log: LogAppendFigures;
  readonly parts: Parts;
  readonly memory: readonly MemoryFigures[];
  readonly residentPeak: number;
  /** Answers that were given, and entries that say so (P1): never more of the first. */
  readonly recorded: { readonly answers: number; readonly entries: number };
  readonly profile?: readonly ModuleShare[];
}

export interface AtCost {
  readonly load: LoadFigures;
  /** Microseconds of processor time for each call. */
  readonly cpuUs: number;
}

export interface Direct {
  readonly load: LoadFigures;
  readonly callsPerAsk: number;
  readonly cpuMsPerAsk: number;
}

export interface AgencyFigures extends Direct {
  readonly agency: string;
}

export interface PathFigures {
  readonly load: LoadFigures;
  readonly spent: Spent;
}

/** What a measurement used: processor time of each process, in microseconds. */
export interface Spent {
  /** Connections that the gateway had to open to agencies; each costs a handshake. */
  readonly connects: number;
  readonly gateway: number;
  readonly agencies: number;
  readonly asker: number;
  /** Undefined where the system is not Linux. */
  readonly database: number | undefined;
  readonly machine: number | undefined;
}

export interface MemoryFigures {
  readonly questions: number;
  /** After the garbage was collected, in bytes. */
  readonly resident: number;
  readonly heapUsed: number;
}
