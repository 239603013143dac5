import { destination, pino } from 'pino';
import type { Say } from '../gateway/operations/messages.ts';

/** Writes the catalogue's messages as JSON lines to standard output (or a file descriptor), and nothing else. */
export function sayThroughPino(options: { readonly fileDescriptor?: number; readonly sync?: boolean } = {}): Say {
  const log = pino(
    { base: null, timestamp: pino.stdTimeFunctions.isoTime, messageKey: 'text' },
    destination({ dest: options.fileDescriptor ?? 1, sync: options.sync ?? false }),
  );
  return (level, message) => log[level](message);
}
