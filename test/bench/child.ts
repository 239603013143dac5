import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import { answerSchema, usageSchema, type Usage } from './parent.ts';

/** The parent's side: every part of the benchmark that uses time runs in a process of its own, so it can be told apart. */

export interface Child {
  /** Tells it a duty and reads its answer. Rejects where the duty failed or the process ended. */
  tell<T>(duty: string, told: unknown, shape: z.ZodType<T>): Promise<T>;
  usage(): Promise<Usage>;
  /** Usage after its garbage was collected. */
  settled(): Promise<Usage>;
  /** Ends it and waits until it is gone. Safe to call twice. */
  stop(): Promise<void>;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

const STOP_WITHIN_MS = 10_000;
const SAID_MAX = 2_000;

/** Starts a file of this folder as a process of its own. */
export function startChild(file: string): Child {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), [], {
    execArgv: [
      '--import',
      new URL('../../deploy/typescript.mjs', import.meta.url).href,
      '--expose-gc',
      '--disable-warning=ExperimentalWarning',
    ],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const waiting = new Map<number, Waiting>();
  let said = '';
  let ended = false;
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-SAID_MAX);
  });
  child.on('message', (message) => {
    const answer = answerSchema.parse(message);
    const who = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (answer.ok) who?.resolve(answer.value);
    else who?.reject(new Error(`${file}: ${answer.sentence}`));
  });
  const gone = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      ended = true;
      const error = new Error(`${file} ended (${code ?? signal ?? 'unknown'}). It said: ${said}`);
      for (const who of waiting.values()) who.reject(error);
      resolve();
    });
  });
  let next = 0;
  const tell: Child['tell'] = async (duty, told, shape) => {
    if (ended) throw new Error(`${file} has ended. It said: ${said}`);
    const id = next++;
    const value = new Promise<unknown>((resolve, reject) => waiting.set(id, { resolve, reject }));
    child.send({ id, duty, told });
    return shape.parse(await value);
  };
  return {
    tell,
    usage: () => tell('usage', null, usageSchema),
    settled: () => tell('settle', null, usageSchema),
    stop: async () => {
      if (child.connected) child.disconnect();
      const forced = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
      await gone;
      clearTimeout(forced);
    },
  };
}
