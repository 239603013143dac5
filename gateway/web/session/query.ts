import type { Request } from 'express';

/** A member of the address after the question mark; of one sent twice the last counts, as with forms. */
export function queryOf(request: Request, name: string): string | undefined {
  return new URLSearchParams(request.originalUrl.split('?')[1] ?? '').getAll(name).at(-1);
}
