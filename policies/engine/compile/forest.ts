/**
 * Decision diagrams over axes with few values each, all in one store: a node stands for the question "which value has
 * this axis?" and has a child for each answer. Ordered (an axis is asked at most once, in one order everywhere),
 * reduced (a node whose answers are all the same does not exist) and shared (equal nodes are one node). So two
 * functions are equal exactly when their roots are the same number.
 *
 * Ordered, reduced diagrams: R. E. Bryant, Graph-based algorithms for Boolean function manipulation, IEEE Transactions
 * on Computers C-35(8), 1986; here with more than two children a node.
 */

/** A diagram: the number of its top node, or, where nothing is left to ask, the complement of a terminal's number. */
export type Root = number;

/** The diagram that gives this terminal whatever is asked. Terminals are counted from 0 by whoever makes them. */
export const leafOf = (terminal: number): Root => ~terminal;

/** The terminal of a diagram that asks nothing; undefined where it asks something. */
export const terminalOf = (root: Root): number | undefined => (root < 0 ? ~root : undefined);

const FIRST_NODES = 1024;

function grown(old: Int32Array, needed: number): Int32Array<ArrayBuffer> {
  const bigger = new Int32Array(Math.max(old.length * 2, needed));
  bigger.set(old);
  return bigger;
}

/** The store. Nodes are only ever added; a forest is let go as a whole. */
export class Forest {
  /** How many values each axis has, in the order in which axes are asked. */
  readonly sizes: readonly number[];
  #axes = new Int32Array(FIRST_NODES);
  #starts = new Int32Array(FIRST_NODES);
  #children = new Int32Array(FIRST_NODES * 4);
  #nodes = 0;
  #used = 0;
  /** Open addressing: node number + 1, or 0 where free. At most half full. */
  #slots = new Int32Array(FIRST_NODES * 4);

  constructor(sizes: readonly number[]) {
    this.sizes = sizes;
  }

  /** How many nodes there are. */
  get nodeCount(): number {
    return this.#nodes;
  }

  /** Bytes that the store holds. */
  get byteLength(): number {
    return this.#axes.byteLength + this.#starts.byteLength + this.#children.byteLength + this.#slots.byteLength;
  }

  /** The axis that a root asks first; for a terminal the number of axes, as if it came after all of them. */
  axisOf(root: Root): number {
    return root < 0 ? this.sizes.length : (this.#axes[root] ?? 0);
  }

  /** What is left to ask once the axis of this root (which must not be a terminal) has a value. */
  childOf(root: Root, value: number): Root {
    return this.#children[(this.#starts[root] ?? 0) + value] ?? 0;
  }

  /**
   * The diagram that asks `axis` and goes on with the child of its value. Every child asks later axes only; there is
   * one for each value of the axis.
   */
  ask(axis: number, children: ArrayLike<Root>): Root {
    const only = children[0] ?? 0;
    let same = true;
    for (let value = 1; value < children.length && same; value++) same = children[value] === only;
    if (same) return only;
    const mask = this.#slots.length - 1;
    let slot = hashOf(axis, children) & mask;
    for (let found = this.#slots[slot] ?? 0; found !== 0; found = this.#slots[slot] ?? 0) {
      if (this.#isNode(found - 1, axis, children)) return found - 1;
      slot = (slot + 1) & mask;
    }
    return this.#add(axis, children, slot);
  }

  #isNode(node: number, axis: number, children: ArrayLike<Root>): boolean {
    if (this.#axes[node] !== axis) return false;
    const start = this.#starts[node] ?? 0;
    for (let value = 0; value < children.length; value++) {
      if (this.#children[start + value] !== children[value]) return false;
    }
    return true;
  }

  #add(axis: number, children: ArrayLike<Root>, slot: number): Root {
    const node = this.#nodes++;
    if (node >= this.#axes.length) {
      this.#axes = grown(this.#axes, node + 1);
      this.#starts = grown(this.#starts, node + 1);
    }
    if (this.#used + children.length > this.#children.length) {
      this.#children = grown(this.#children, this.#used + children.length);
    }
    this.#axes[node] = axis;
    this.#starts[node] = this.#used;
    this.#children.set(children, this.#used);
    this.#used += children.length;
    this.#slots[slot] = node + 1;
    if (this.#nodes * 2 > this.#slots.length) this.#rehash();
    return node;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let node = 0; node < this.#nodes; node++) {
      const axis = this.#axes[node] ?? 0;
      const start = this.#starts[node] ?? 0;
      let slot = hashOf(axis, this.#children.subarray(start, start + (this.sizes[axis] ?? 0))) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = node + 1;
    }
    this.#slots = slots;
  }
}

/** FNV-1a over the words (Fowler, Noll, Vo), with the high half folded in since only the low bits are used. */
function hashOf(axis: number, children: ArrayLike<number>): number {
  let hash = Math.imul(0x811c9dc5 ^ axis, 0x01000193);
  for (let value = 0; value < children.length; value++) {
    hash = Math.imul(hash ^ (children[value] ?? 0), 0x01000193);
  }
  return (hash ^ (hash >>> 15)) >>> 0;
}
