/** Says what is going on when it takes longer than a second, so that nobody wonders whether it hangs. */
export async function during<T>(what: string, work: Promise<T>): Promise<T> {
  const startedAt = performance.now();
  const timer = setInterval(() => {
    process.stdout.write(`  … ${what} (${Math.round((performance.now() - startedAt) / 1000)} s)\n`);
  }, 1_000);
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}
