import { OBLIGATION_KINDS } from '../../../schemas/decision.ts';
import type { DecisionReason, FieldDecision } from '../../../schemas/decision.ts';
import type { LevelNumber } from '../../../schemas/level.ts';

/** A field's decision without the field: what one terminal of a diagram stands for. */
export interface CompiledOutcome {
  readonly level: LevelNumber;
  /** The true reason, for those who may see everything; `decision.reason` is the one that the asker gets. */
  readonly reason: DecisionReason;
  /** The outcome with everything hidden from the asker left out. */
  readonly open: {
    readonly level: LevelNumber;
    readonly reason: DecisionReason;
    readonly grants: readonly string[];
    readonly caps: readonly string[];
  };
  readonly decision: Omit<FieldDecision, 'field'>;
}

/** Outcomes by number, each once: equal outcomes have one number, so a terminal says all of them that is to say. */
export class Outcomes {
  #all: CompiledOutcome[] = [];
  #numbers = new Map<string, number>();

  /** The number of an outcome. */
  numberOf(outcome: CompiledOutcome): number {
    const { level, reason, open, decision } = outcome;
    const key = JSON.stringify([
      [level, reason, open.level, open.reason, open.grants, open.caps],
      [decision.reason, decision.because, decision.grants, decision.caps, decision.powers],
      OBLIGATION_KINDS.map((kind) => decision.obligations[kind] ?? null),
    ]);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#all.length);
    return this.#all.push(outcome) - 1;
  }

  /** The outcome of a number that this store gave. */
  at(number: number): CompiledOutcome {
    const outcome = this.#all[number];
    if (outcome === undefined) throw new RangeError(`no outcome ${number}`);
    return outcome;
  }

  get size(): number {
    return this.#all.length;
  }
}
