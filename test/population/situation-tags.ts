import type { Family } from './family.ts';
import type { Holding } from './types.ts';

/** Marks on the subject what follows from the records made: known to one agency or none, or no hard case at all. */
export function tagged({ subject }: Family, his: readonly Holding[]): void {
  const { situations } = subject;
  if (his.length === 0) situations.add('known-to-none');
  if (his.length === 1) situations.add('known-to-one-agency');
  situations.delete('plain');
  if (situations.size === 0) situations.add('plain');
}
