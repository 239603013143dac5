/**
 * `holdfast link` in one module for each thread: a loader, and the compiler behind it, take more memory than a table of
 * fifty thousand rows, and every thread would start its own. Types are stripped and modules are joined, nothing else.
 */
import { build, stop } from 'esbuild';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';

const OPTIONS = {
  bundle: true,
  write: false,
  platform: 'node',
  format: 'esm',
  target: 'es2023',
  legalComments: 'none',
  tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
};

async function joined(path) {
  const { outputFiles } = await build({ ...OPTIONS, entryPoints: [fileURLToPath(new URL(path, import.meta.url))] });
  return new URL(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}

/** @returns the exit status of `holdfast link` with these words */
export async function linkAlone(words) {
  // What is read is soon garbage. V8 would let it grow to twice the table before it looks.
  setFlagsFromString('--optimize-for-size');
  const [command, worker] = await Promise.all([joined('./link.ts'), joined('../gateway/cli/link-worker.ts')]);
  await stop();
  const { link } = await import(command);
  return link(words, worker);
}
