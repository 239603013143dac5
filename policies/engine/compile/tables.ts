import type { PolicyBundle } from '../bundle.ts';
import { compilePolicy } from './compile-policy.ts';
import type { CompiledPolicy } from './compile-policy.ts';
import type { Root } from './forest.ts';
import { confidenceState, factStateAt, situationFinder } from './locate.ts';
import { distinctionsOf, evaluate } from './operations.ts';
import type { FactAxis } from './space.ts';
import type { FieldDecision, OBLIGATION_KINDS, PolicyRequest } from '../../../schemas/decision.ts';
import type { FieldId, Purpose, RequesterGroup } from '../../../schemas/names.ts';

/**
 * The flat tables that decide. For each purpose and group: the requester's role, the facts as they count at the moment
 * and the confidence, packed into one index; at that index the number of a vector that holds the decisions of every
 * field. There is one such table for each set of declared obligations and each set of powers in force that was asked
 * for. Tables fill as they are asked, from the diagrams; when they hold too much they are all let go and fill anew.
 */

/** Decisions of all fields in catalogue order, sentences and all; shared between answers and frozen. */
type Vector = readonly FieldDecision[];

export interface TableLimits {
  /** Cells of all tables together, four bytes each. */
  readonly cells: number;
  readonly vectors: number;
}

const LIMITS: TableLimits = { cells: 2_000_000, vectors: 10_000 };

/** An axis as a pair's tables see it: values that no rule of the pair tells apart have the same class. */
interface Packed {
  readonly axis: number;
  readonly classes: Uint16Array;
  readonly stride: number;
}
interface PackedFact extends Packed {
  readonly fact: FactAxis;
}
interface PackedObligation extends Packed {
  readonly obligation: (typeof OBLIGATION_KINDS)[number];
}

/** How a purpose and a group are laid out. */
interface Layout {
  readonly roots: readonly Root[];
  readonly role: Packed;
  readonly confidence: Packed;
  readonly facts: readonly PackedFact[];
  /** Cells of one table. */
  readonly cells: number;
  readonly situation: Packed;
  /** Those of which the pair's rules ask any. */
  readonly obligations: readonly PackedObligation[];
  /** By situation and obligations. 0: not filled yet; else the number of a vector + 1. */
  readonly tables: Map<number, Int32Array>;
}

/** What the tables hold, for the benchmark and for tests of the limits. */
export interface TableFigures {
  readonly tables: number;
  readonly cells: number;
  readonly vectors: number;
  readonly emptied: number;
}

export class Tables {
  readonly policy: CompiledPolicy;
  readonly #limits: TableLimits;
  readonly #roles: ReadonlyMap<string, number>;
  readonly #places: ReadonlyMap<FieldId, number>;
  readonly #situationAt: (atMs: number, area: string | undefined) => number | undefined;
  readonly #layouts = new Map<Purpose, Map<RequesterGroup, Layout>>();
  /** One cell, written over for each request: nothing of a request outlives it. */
  readonly #cell: Int32Array;
  readonly #asked: Uint32Array;
  #question = 0;
  #vectors: Vector[] = [];
  #vectorNumbers = new Map<string, number>();
  #decisions = new Map<number, FieldDecision>();
  #cells = 0;
  #emptied = 0;

  constructor(bundle: PolicyBundle, limits: TableLimits = LIMITS) {
    this.policy = compilePolicy(bundle);
    this.#limits = limits;
    const [first] = this.policy.space.axes;
    this.#roles = new Map((first?.kind === 'role' ? first.roles : []).map((role, number) => [role, number]));
    this.#places = new Map(this.policy.fields.map((field, place) => [field, place]));
    this.#situationAt = situationFinder(this.policy.space, bundle);
    this.#cell = new Int32Array(this.policy.space.sizes.length);
    this.#asked = new Uint32Array(this.policy.fields.length);
  }

  get figures(): TableFigures {
    const layouts = [...this.#layouts.values()].flatMap((byGroup) => [...byGroup.values()]);
    const tables = layouts.reduce((sum, layout) => sum + layout.tables.size, 0);
    return { tables, cells: this.#cells, vectors: this.#vectors.length, emptied: this.#emptied };
  }

  /**
   * The decisions of a request, in the order asked, each field once; undefined where the request lies outside the
   * space or a field outside the catalogue: then the interpreter is asked, which refuses in its own words.
   */
  decide(request: PolicyRequest, fields: readonly FieldId[] | 'all'): readonly FieldDecision[] | undefined {
    const vector = this.#vectorFor(request);
    if (vector === undefined || fields === 'all') return vector;
    const question = this.#nextQuestion();
    const decisions: FieldDecision[] = [];
    for (const field of fields) {
      const place = this.#places.get(field);
      const decision = place === undefined ? undefined : vector[place];
      if (place === undefined || decision === undefined) return undefined;
      if (this.#asked[place] === question) continue;
      this.#asked[place] = question;
      decisions.push(decision);
    }
    return decisions;
  }

  #nextQuestion(): number {
    this.#question = (this.#question + 1) >>> 0;
    // Counted round once: an old mark could be taken for this question's.
    if (this.#question === 0) this.#asked.fill(this.#question++);
    return this.#question;
  }

  #vectorFor(request: PolicyRequest): Vector | undefined {
    const layout = this.#layoutOf(request.purpose, request.requester.group);
    const role = this.#roles.get(request.requester.role);
    if (layout === undefined || role === undefined) return undefined;
    const atMs = Date.parse(request.at);
    const situation = this.#situationAt(atMs, request.area);
    if (situation === undefined) return undefined;
    const facts = this.#packFacts(layout, request, atMs);
    if (facts === undefined) return undefined;
    const asked = this.#put(layout.role, role) + this.#put(layout.confidence, confidenceState(request.confidence));
    let which = this.#put(layout.situation, situation);
    for (const packed of layout.obligations) {
      which += this.#put(packed, request.canFulfil.includes(packed.obligation) ? 1 : 0);
    }
    return this.#lookUp(layout, which, asked + facts);
  }

  #packFacts(layout: Layout, { facts }: PolicyRequest, atMs: number): number | undefined {
    let index = 0;
    try {
      for (const packed of layout.facts) {
        const state = factStateAt(packed.fact, facts, atMs);
        if (state === undefined) return undefined;
        index += this.#put(packed, state);
      }
    } catch {
      // Facts come from other systems. What cannot even be read is the interpreter's to deny, rule by rule (P2).
      return undefined;
    }
    return index;
  }

  /** Notes a value in the cell; gives what it adds to the index. */
  #put({ axis, classes, stride }: Packed, value: number): number {
    this.#cell[axis] = value;
    return (classes[value] ?? 0) * stride;
  }

  #lookUp(layout: Layout, which: number, index: number): Vector {
    let table = layout.tables.get(which);
    if (table === undefined) {
      // Never held: so large a table would leave no room for others.
      if (layout.cells * 4 > this.#limits.cells) return this.#vectorAt(this.#fill(layout));
      if (this.#cells + layout.cells > this.#limits.cells) this.#letGo();
      table = new Int32Array(layout.cells);
      layout.tables.set(which, table);
      this.#cells += layout.cells;
    }
    const known = table[index] ?? 0;
    if (known !== 0) return this.#vectorAt(known - 1);
    const number = this.#fill(layout);
    // Filling may have let all tables go, this one among them: writing to it then helps and harms nobody.
    table[index] = number + 1;
    return this.#vectorAt(number);
  }

  #vectorAt(number: number): Vector {
    const vector = this.#vectors[number];
    if (vector === undefined) throw new RangeError(`no vector ${number}`);
    return vector;
  }

  /** Works out the vector of the cell from the diagrams; gives its number. */
  #fill(layout: Layout): number {
    const { forest } = this.policy;
    const terminals = layout.roots.map((root) => evaluate(forest, root, this.#cell));
    const key = terminals.join(' ');
    const known = this.#vectorNumbers.get(key);
    if (known !== undefined) return known;
    if (this.#vectors.length >= this.#limits.vectors) this.#letGo();
    const number = this.#vectors.length;
    this.#vectors.push(Object.freeze(terminals.map((terminal, place) => this.#decisionOf(place, terminal))));
    this.#vectorNumbers.set(key, number);
    return number;
  }

  #decisionOf(place: number, terminal: number): FieldDecision {
    const key = terminal * this.policy.fields.length + place;
    const known = this.#decisions.get(key);
    if (known !== undefined) return known;
    const { decision } = this.policy.outcomes.at(terminal);
    const made: FieldDecision = { field: this.policy.fields[place] ?? '', ...decision };
    // One answer must not be able to change another's.
    for (const part of [made.grants, made.caps, made.powers, made.obligations, made]) Object.freeze(part);
    this.#decisions.set(key, made);
    return made;
  }

  #letGo(): void {
    for (const byGroup of this.#layouts.values()) for (const layout of byGroup.values()) layout.tables.clear();
    this.#vectors = [];
    this.#vectorNumbers = new Map();
    this.#decisions = new Map();
    this.#cells = 0;
    this.#emptied++;
  }

  #layoutOf(purpose: Purpose, group: RequesterGroup): Layout | undefined {
    const known = this.#layouts.get(purpose)?.get(group);
    if (known !== undefined) return known;
    const exists = this.policy.bundle.rulesFor.get(purpose)?.has(group) === true;
    const roots = exists ? this.policy.rootsOf(purpose, group) : undefined;
    if (roots === undefined) return undefined;
    const layout = layOut(this.policy, roots);
    const byGroup = this.#layouts.get(purpose) ?? new Map<RequesterGroup, Layout>();
    this.#layouts.set(purpose, byGroup.set(group, layout));
    return layout;
  }
}

function layOut(policy: CompiledPolicy, roots: readonly Root[]): Layout {
  const distinctions = distinctionsOf(policy.forest, roots);
  const classesOf = (axis: number) => distinctions[axis] ?? new Uint16Array(0);
  const countOf = (axis: number) => Math.max(0, ...classesOf(axis)) + 1;
  const packedFrom = (stride: { now: number }, axis: number): Packed => {
    const packed = { axis, classes: classesOf(axis), stride: stride.now };
    stride.now *= countOf(axis);
    return packed;
  };
  const { axes } = policy.space;
  const within = { now: 1 };
  const across = { now: 1 };
  return {
    roots,
    role: packedFrom(
      within,
      axes.findIndex(({ kind }) => kind === 'role'),
    ),
    confidence: packedFrom(
      within,
      axes.findIndex(({ kind }) => kind === 'confidence'),
    ),
    facts: axes.flatMap((fact, axis) =>
      fact.kind === 'fact' && countOf(axis) > 1 ? [{ fact, ...packedFrom(within, axis) }] : [],
    ),
    situation: packedFrom(
      across,
      axes.findIndex(({ kind }) => kind === 'situation'),
    ),
    obligations: axes.flatMap((each, axis) =>
      each.kind === 'obligation' && countOf(axis) > 1
        ? [{ obligation: each.obligation, ...packedFrom(across, axis) }]
        : [],
    ),
    cells: within.now,
    tables: new Map(),
  };
}
