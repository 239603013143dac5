import type { CaseActor } from '../../../schemas/case-history.ts';
import { err, ok, type Result } from '../../../schemas/result.ts';
import type { ChangeCaseDeps } from '../change-case.ts';
import { dayOf } from '../days.ts';
import { openCase, type EnteredBy } from '../open-case.ts';
import { readMaracList, type ListFault, type RowFault } from './read-marac-list.ts';

export interface ImportedList {
  readonly opened: number;
  readonly faults: readonly RowFault[];
  /** Lines whose reference a case has already: nothing of it was changed, so the same list may be sent again. */
  readonly known: readonly number[];
}

/** `stopped`: log or register went away at this line; everything before it is done, and the list may be sent again. */
export type ImportFault =
  | { readonly fault: ListFault | 'may-not' }
  | { readonly fault: 'stopped'; readonly line: number; readonly opened: number };

/** Opens a case for every good row of a list, each with its entry. It changes no case that there is. */
export async function importMaracList(
  deps: ChangeCaseDeps,
  actor: CaseActor,
  file: Uint8Array,
  enteredBy: EnteredBy = 'actor',
): Promise<Result<ImportedList, ImportFault>> {
  const list = readMaracList(file, dayOf(deps.now().toISOString()));
  if (!list.ok) return err({ fault: list.error });
  const known: number[] = [];
  let opened = 0;
  for (const { line, asked } of list.value.rows) {
    const one = await openCase(deps, actor, asked, enteredBy);
    if (one.ok) opened += 1;
    else if (one.error === 'case-exists') known.push(line);
    else if (one.error === 'may-not') return err({ fault: 'may-not' });
    else return err({ fault: 'stopped', line, opened });
  }
  return ok({ opened, faults: list.value.faults, known });
}
