import { categorySchema, type Category } from '../../../schemas/case.ts';
import { staffIdSchema } from '../../../schemas/case-records.ts';

/** What the list of cases is narrowed to. All of it stands in the address, so that a list can be opened again. */
export interface RegisterFilters {
  readonly category?: Category;
  /** Staff id of the worker to whom a case is allocated. */
  readonly worker?: string;
  readonly review?: 'overdue' | 'soon';
}

export interface ReadFilters {
  readonly filters: RegisterFilters;
  /** As typed, to be shown again; what cannot be a staff id narrows nothing and is said to be wrong. */
  readonly workerTyped: string;
  readonly workerIsWrong: boolean;
}

/** Reads the filters of an address; what is none of ours narrows nothing. */
export function readFilters(query: (name: string) => string | undefined): ReadFilters {
  const category = categorySchema.safeParse(query('category'));
  const workerTyped = (query('worker') ?? '').trim().slice(0, 64);
  const worker = staffIdSchema.safeParse(workerTyped);
  const review = query('review');
  return {
    filters: {
      ...(category.success ? { category: category.data } : {}),
      ...(worker.success ? { worker: worker.data } : {}),
      ...(review === 'overdue' || review === 'soon' ? { review } : {}),
    },
    workerTyped,
    workerIsWrong: workerTyped !== '' && !worker.success,
  };
}

/** The filters as the part of an address after the question mark. */
export function addressOf({ category, worker, review }: RegisterFilters, after?: string): string {
  return new URLSearchParams({
    ...(category === undefined ? {} : { category }),
    ...(worker === undefined ? {} : { worker }),
    ...(review === undefined ? {} : { review }),
    ...(after === undefined ? {} : { after }),
  }).toString();
}
