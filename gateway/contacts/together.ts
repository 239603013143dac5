/**
 * Several agencies' probabilities of one thing as one: the best counts fully, each further one by its weight (noisy-or).
 * Sorted first, so that the order of the answers cannot change a digit.
 *
 * @param probabilities one for each agency, each 0 to 1
 * @param weight how much of an independent source a further agency is, 0 to 1
 */
export function together(probabilities: readonly number[], weight: number): number {
  const [best = 0, ...others] = [...probabilities].sort((a, b) => b - a);
  return others.reduce((sum, p) => sum + (1 - sum) * weight * p, best);
}
