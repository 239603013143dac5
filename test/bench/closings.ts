/** What is to be ended at the end, whatever the end is: the last that was started goes first. */
export class Closings {
  readonly #closings: (() => Promise<unknown>)[] = [];

  add(close: () => Promise<unknown>): void {
    this.#closings.push(close);
  }

  /** Ends everything; one that fails does not keep the others. Safe to call twice. */
  async close(): Promise<void> {
    for (let close = this.#closings.pop(); close !== undefined; close = this.#closings.pop()) {
      await close().catch(() => undefined);
    }
  }
}
