import type { FieldRules, PairedCap, PairedGrant } from '../bundle.ts';
import type { Axis, FactAxis } from './space.ts';
import { readFactState } from './space.ts';

/**
 * The rules of one field as bitsets. A state has three bits a rule: whether it is still alive (no condition has failed,
 * the role is one of its roles, a power carries it), whether all its facts are known, and whether all its obligations
 * are declared. Each value of each axis is a mask: going down a diagram is an AND.
 *
 * The second half of the bits stands for the same rules as they are weighed openly: hidden caps are dead from the
 * start, hidden grants ask no fact.
 */

type Paired = PairedGrant | PairedCap;

/** Three bitsets one after the other: alive, known, fulfilled. */
export type State = Int32Array;

export interface RuleBits {
  readonly rules: readonly Paired[];
  /** Words of 32 bits that one of the three bitsets takes. */
  readonly words: number;
  readonly start: State;
  /** The bits of grants, in one bitset. */
  readonly grants: Int32Array;
}

const has = (bits: Int32Array, words: number, set: number, bit: number): boolean =>
  ((bits[set * words + (bit >>> 5)] ?? 0) & (1 << (bit & 31))) !== 0;

function clear(bits: Int32Array, words: number, set: number, bit: number): void {
  const word = set * words + (bit >>> 5);
  bits[word] = (bits[word] ?? 0) & ~(1 << (bit & 31));
}

const ALIVE = 0;
const KNOWN = 1;
const FULFILLED = 2;

/** The bit of a rule, weighed fully or openly. */
const bitOf = (count: number, rule: number, openly: boolean): number => (openly ? count + rule : rule);

export function bitsOf({ grants, caps }: FieldRules): RuleBits {
  const rules = [...grants, ...caps];
  const words = Math.max(1, Math.ceil((2 * rules.length) / 32));
  const start = new Int32Array(3 * words).fill(-1);
  const grantBits = new Int32Array(words);
  for (let bit = 0; bit < words * 32; bit++) {
    const rule = rules[bit < rules.length ? bit : bit - rules.length];
    const openly = bit >= rules.length;
    if (rule === undefined || (openly && rule.kind === 'cap' && rule.hidden)) clear(start, words, ALIVE, bit);
    else if (rule.kind === 'grant') grantBits[bit >>> 5] = (grantBits[bit >>> 5] ?? 0) | (1 << (bit & 31));
  }
  return { rules, words, start: settle(start, words, grantBits), grants: grantBits };
}

/**
 * Forgets what no longer matters, so that states that mean the same are the same: what is not known or not fulfilled
 * of dead rules, what is not fulfilled where facts are unknown, and every cap once no grant is left.
 */
function settle(state: State, words: number, grants: Int32Array): State {
  let granting = 0;
  for (let word = 0; word < words; word++) granting |= (state[word] ?? 0) & (grants[word] ?? 0);
  if (granting === 0) return state.fill(0);
  for (let word = 0; word < words; word++) {
    const known = (state[words + word] ?? 0) & (state[word] ?? 0);
    state[words + word] = known;
    state[2 * words + word] = (state[2 * words + word] ?? 0) & known;
  }
  return state;
}

/** The state once an axis has a value. */
export function narrowed(bits: RuleBits, state: State, mask: Int32Array): State {
  return settle(
    state.map((word, at) => word & (mask[at] ?? 0)),
    bits.words,
    bits.grants,
  );
}

/** Whether a state has no grant left, so that nothing can be given whatever else is asked. */
export const isSpent = (state: State): boolean => state.every((word) => word === 0);

export type Standing = 'dead' | 'unknown' | 'unfulfilled' | 'applies';

/** How a rule stands in a state. A cap that is unknown binds out of doubt. */
export function standingOf(bits: RuleBits, state: State, rule: number, openly: boolean): Standing {
  const bit = bitOf(bits.rules.length, rule, openly);
  if (!has(state, bits.words, ALIVE, bit)) return 'dead';
  if (!has(state, bits.words, KNOWN, bit)) return 'unknown';
  return has(state, bits.words, FULFILLED, bit) ? 'applies' : 'unfulfilled';
}

/** What a value of an axis does to a rule: which of the three bits it takes away. */
type Effect = typeof ALIVE | typeof KNOWN | typeof FULFILLED | undefined;

function maskOf(bits: RuleBits, effectOn: (rule: Paired, openly: boolean) => Effect): Int32Array {
  const mask = new Int32Array(3 * bits.words).fill(-1);
  bits.rules.forEach((rule, index) => {
    for (const openly of [false, true]) {
      const effect = effectOn(rule, openly);
      if (effect !== undefined) clear(mask, bits.words, effect, bitOf(bits.rules.length, index, openly));
    }
  });
  return mask;
}

function factEffect(axis: FactAxis, state: number): (rule: Paired, openly: boolean) => Effect {
  const read = readFactState(axis, state);
  return (rule, openly) => {
    if (openly && rule.hidden) return undefined;
    const conditions = rule.rule.conditions.filter(({ fact }) => fact === axis.fact);
    const known = conditions.filter(({ maxAgeMs }) => read !== undefined && read.maxAgeMs <= maxAgeMs);
    if (known.some(({ values }) => read === undefined || !values.includes(read.value))) return ALIVE;
    return known.length < conditions.length ? KNOWN : undefined;
  };
}

/**
 * The masks of an axis, one a value. `inForce` gives the codes of the powers in force for each value of the situation
 * axis. Undefined for axes that are not weighed by masks.
 */
export function masksOf(
  bits: RuleBits,
  axis: Axis,
  inForce: readonly ReadonlySet<string>[],
): readonly Int32Array[] | undefined {
  switch (axis.kind) {
    case 'role':
      return axis.roles.map((role) => maskOf(bits, (rule) => (rule.roles?.has(role) === false ? ALIVE : undefined)));
    case 'fact':
      return Array.from({ length: axis.size }, (_each, state) => maskOf(bits, factEffect(axis, state)));
    case 'obligation':
      return [false, true].map((declared) =>
        maskOf(bits, (rule) =>
          !declared && rule.kind === 'grant' && rule.asks.includes(axis.obligation) ? FULFILLED : undefined,
        ),
      );
    case 'situation':
      return inForce.map((codes) =>
        maskOf(bits, (rule) =>
          rule.kind === 'grant' && !rule.powers.some(({ code, standsAlone }) => standsAlone && codes.has(code))
            ? ALIVE
            : undefined,
        ),
      );
    case 'confidence':
      return undefined;
  }
}
