import type { LogTree } from '../../ports/log-tree.ts';
import type { Signer } from '../../ports/signer.ts';
import { publishOnce, type PublishFault } from './publish.ts';

/** Publishes a checkpoint every second in which there is something new. */

export interface PublishLoop {
  /** Publishes what is there now and ends. Safe to call twice. */
  stop(): Promise<void>;
}

export interface PublishLoopOptions {
  readonly tree: LogTree;
  readonly signer: Signer;
  readonly everyMs?: number;
  /** A new checkpoint is kept: the witnesses can be asked for their names to it. */
  readonly onPublished: (checkpoint: { readonly size: number; readonly note: string }) => void;
  /** Told once when publishing begins to fail or fails otherwise than before, and once (undefined) when it works. */
  readonly onState: (fault: Exclude<PublishFault, 'not-our-turn'> | undefined) => void;
}

export const PUBLISH_EVERY_MS = 1_000;

/**
 * Starts publishing. Entries do not wait for it: while it fails they are recorded and receipts given as ever, and the
 * first checkpoint that succeeds covers them all. Only a log that differs from what was signed is for ever refused.
 */
export function startPublishing(options: PublishLoopOptions): PublishLoop {
  const everyMs = options.everyMs ?? PUBLISH_EVERY_MS;
  let timer: NodeJS.Timeout | undefined;
  let stopping: Promise<void> | undefined;
  let running: Promise<unknown> = Promise.resolve();
  let told: PublishFault | undefined;
  const tell = (fault: Exclude<PublishFault, 'not-our-turn'> | undefined): void => {
    if (fault === told) return;
    told = fault;
    options.onState(fault);
  };
  const publishAll = async (): Promise<void> => {
    for (;;) {
      const published = await publishOnce(options.tree, options.signer);
      if (!published.ok) {
        // Whoever has the turn publishes our entries as well.
        if (published.error !== 'not-our-turn') tell(published.error);
        return;
      }
      tell(undefined);
      if (published.value.state === 'nothing-new') return;
      options.onPublished(published.value);
      if (!published.value.more) return;
    }
  };
  const again = (): void => {
    timer = setTimeout(() => {
      running = publishAll().finally(() => {
        if (stopping === undefined) again();
      });
    }, everyMs);
    timer.unref();
  };
  again();
  const stop = async (): Promise<void> => {
    clearTimeout(timer);
    await running;
    await publishAll();
  };
  return { stop: () => (stopping ??= stop()) };
}
