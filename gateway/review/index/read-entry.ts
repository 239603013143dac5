import { z } from 'zod';
import { logEntryBodySchema, type LogEntryBody } from '../../../schemas/entry.ts';
import { isoInstantSchema, type IsoInstant } from '../../../schemas/names.ts';

/** An entry of the log as review reads it. */
export interface LoggedEvent {
  readonly position: number;
  readonly recordedAt: IsoInstant;
  readonly body: LogEntryBody;
}

const placedSchema = z.object({ body: z.unknown(), position: z.number().int(), recordedAt: isoInstantSchema });

/**
 * Reads the text of an entry. An entry of a kind that this version does not know has a place and no body: it is never
 * shown, and following goes on past it.
 */
export function readEntry(canonical: string): (Omit<LoggedEvent, 'body'> & { body?: LogEntryBody }) | undefined {
  const placed = placedSchema.safeParse(parsed(canonical));
  if (!placed.success) return undefined;
  const { position, recordedAt } = placed.data;
  const body = logEntryBodySchema.safeParse(placed.data.body);
  return { position, recordedAt, ...(body.success ? { body: body.data } : {}) };
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
