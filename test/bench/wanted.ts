import type { Result } from '../../schemas/result.ts';

/** The value of a result without which the benchmark cannot go on; throws the sentence that says why it is not there. */
export function wanted<T>(result: Result<T, string | readonly string[] | { readonly sentence: string }>): T {
  if (result.ok) return result.value;
  const { error } = result;
  if (typeof error === 'string') throw new Error(error);
  throw new Error('sentence' in error ? error.sentence : error.join('\n'));
}
